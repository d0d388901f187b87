"""Which service is meant: by its names, else by what the words usually stand for; never a guess."""

import pytest

from intents.services import Named, service_meant

SERVICES = (
    Named.of(1, "Một cửa điện tử", "một cửa", "dịch vụ công"),
    Named.of(2, "Quản lý văn bản và điều hành", "văn bản", "iOffice"),
    Named.of(3, "Hồ sơ cán bộ"),
    Named.of(4, "Cổng thông tin điện tử", "cổng thông tin"),
)


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("không vào được một cửa", 1),
        ("mot cua bi loi tu sang", 1),
        ("MỘT CỬA lỗi <b>", 1),
        ("trang dịch vụ công quay mãi", 1),
        ("ioffice khong dang nhap duoc", 2),
        ("hồ sơ cán bộ báo lỗi 500", 3),
        ("hồ sơ không nộp được", 1),  # what «hồ sơ» alone usually stands for
        ("trang web không mở được", 4),
        ("phần mềm kế toán lỗi", None),
        ("mất mạng", None),
        ("", None),
    ],
)
def test_a_service_is_known_by_its_names(text, service):
    assert service_meant(text, SERVICES) == service


def test_of_two_that_bear_the_name_none_is_meant():
    twins = (Named.of(1, "Một cửa tỉnh", "một cửa"), Named.of(2, "Một cửa xã", "một cửa"))
    assert service_meant("không vào được một cửa", twins) is None
    assert service_meant("không vào được một cửa xã", twins) == 2


def test_where_no_service_is_known_none_is_meant():
    assert service_meant("không vào được một cửa", ()) is None
