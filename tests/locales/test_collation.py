import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.collation import sort_key

WORDS = st.lists(st.text(st.sampled_from("aăâdđiyxáàảãạXĐ 0129-\u0301"), max_size=8))


@pytest.mark.parametrize(
    "ordered",
    [
        ["ba", "bà", "bả", "bã", "bá", "bạ"],
        ["An", "Ăn", "Ân", "Ba"],
        ["Du", "Đa", "Ea"],
        ["Phủ Lý", "Phủ Thông", "Phú Bình"],  # hỏi before sắc, syllable by syllable
        ["X9", "X10", "X010a"],
        ["Tổ 2", "Tổ 10"],
        ["Oanh", "Ốc", "Ôn Lương", "Ơn"],
    ],
)
def test_names_stand_as_in_the_dictionary(ordered):
    backwards = ordered[::-1]
    assert sorted(backwards, key=sort_key) == ordered


def test_where_the_tone_is_written_makes_no_difference_to_the_order():
    assert sorted(["hoá b", "hóa c", "hóa a"], key=sort_key) == ["hóa a", "hoá b", "hóa c"]


@given(WORDS)
@settings(deadline=None)
def test_the_order_does_not_depend_on_how_it_was_before(words):
    composed = [unicodedata.normalize("NFC", word) for word in words]
    backwards = composed[::-1]
    assert sorted(composed, key=sort_key) == sorted(backwards, key=sort_key)


@given(st.text(), st.text())
@settings(deadline=None)
def test_any_two_texts_can_be_compared(one, other):
    assert (sort_key(one) < sort_key(other)) or (sort_key(other) <= sort_key(one))


def test_a_number_of_any_length_is_sorted():
    assert sorted(["9" * 5000, "1" + "0" * 5000, "2"], key=sort_key)[0] == "2"
