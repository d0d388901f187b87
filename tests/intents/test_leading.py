import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.leading import leading
from intents.names import Found, Nothing, Several


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("Thần Xa mất mạng từ sáng", "Xã Thần Xa", "mất mạng từ sáng"),
        ("xã thần xa: mất mạng", "Xã Thần Xa", "mất mạng"),
        ("than sa  -  không vào được, 2 máy", "Xã Thần Xa", "không vào được, 2 máy"),
        ("Tân Thịnh Định Hóa mất mạng", "Xã Tân Thịnh", "mất mạng"),
        ("xã Tân Thành, Phú Bình, đứt cáp", "Xã Tân Thành", "đứt cáp"),
        ("Bá Xuyên", "Xã Bá Xuyên", ""),
    ],
)
def test_the_longest_beginning_that_is_a_name_is_the_unit(gazetteer, text, name, rest):
    match, words = leading(text, gazetteer)
    assert (match.place.name, words) == (name, rest)


@pytest.mark.parametrize(
    ("text", "rest"), [("Tân Thành mất mạng", "mất mạng"), ("Bá Xuyênn mất mạng", "mất mạng")]
)
def test_a_double_or_near_name_is_a_question_and_the_words_are_kept(gazetteer, text, rest):
    match, words = leading(text, gazetteer)
    assert (type(match), words) == (Several, rest)


def test_words_without_a_name_name_nothing(gazetteer):
    assert leading("zzz qqq www", gazetteer) == (Nothing(), "zzz qqq www")


@given(st.text(max_size=60))
def test_whatever_is_typed_the_words_after_the_name_are_its_end(gazetteer, text):
    match, words = leading(text, gazetteer)
    assert text.rstrip(" \t\n,.;:–-").endswith(words) or words in text
    assert isinstance(match, Found | Several | Nothing)
