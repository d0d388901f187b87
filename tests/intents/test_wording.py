import pytest

from intents.distance import distance
from intents.wording import bare_name, full_name


@pytest.mark.parametrize(
    ("name", "kind", "full"),
    [
        ("Thần Xa", "xã", "Xã Thần Xa"),
        ("Xã Thần Xa", "xã", "Xã Thần Xa"),
        ("Quân Chu", "Thị trấn", "Thị trấn Quân Chu"),
        ("Phương Giao", "xã", "Xã Phương Giao"),
        ("Sở Nội vụ", "sở", "Sở Nội vụ"),
        ("Huyện ủy Phú Bình", "huyện ủy", "Huyện ủy Phú Bình"),
    ],
)
def test_an_area_bears_its_title(name, kind, full):
    assert full_name(name, kind) == full


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Huyện Võ Nhai", "Võ Nhai"),
        ("Thành phố Thái Nguyên", "Thái Nguyên"),
        ("Võ Nhai", "Võ Nhai"),
        ("Huyện ủy Võ Nhai", "Huyện ủy Võ Nhai"),
        ("Phương Giao", "Phương Giao"),
    ],
)
def test_a_bare_name_has_no_title(name, bare):
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("one", "other", "limit", "expected"),
    [
        ("thanxa", "thanxa", 2, 0),
        ("thanxa", "thansa", 2, 1),
        ("thanxa", "tahnxa", 2, 1),  # two swapped
        ("thanxa", "thanxaa", 1, 1),
        ("thanxa", "tanx", 2, 2),
        ("thanxa", "tanx", 1, None),
        ("", "ab", 2, 2),
    ],
)
def test_slips_of_the_finger_are_counted_up_to_a_limit(one, other, limit, expected):
    assert distance(one, other, limit) == expected
