from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from intents.appointed import appointed

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2026, 3, 2, 8, 15, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("words", "day", "hour"),
    [
        ("Khắc phục ngay, báo cáo tôi trước 10h", 2, "10:00"),
        ("báo cáo trước 9 giờ 30", 2, "09:30"),
        ("trong 30 phút báo lại", 2, "08:45"),
        ("trong vòng 2 giờ phải xong", 2, "10:15"),
        ("trước 8h sáng mai", 3, "08:00"),
        ("báo cáo lúc 14:00", 2, "14:00"),
        ("xong trước 10:00 ngày 5/3", 5, "10:00"),
    ],
)
def test_the_hour_that_the_words_name_is_when_it_is_due(words, day, hour):
    found = appointed(words, AT)
    assert found is not None
    assert (found.day, f"{found:%H:%M}") == (day, hour)


@pytest.mark.parametrize(
    "words", ["kiểm tra ngay", "tăng cường từ 7h", "trong 90 ngày", "", "xong trong ngày", "trong 0 phút"]
)
def test_words_without_an_hour_to_come_name_none(words):
    assert appointed(words, AT) is None
