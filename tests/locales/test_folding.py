import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.folding import fold, tidy

VIETNAMESE = st.text(st.sampled_from("aăâbcdđeêoôơuưyáàảãạắằẳẵặấầẩẫậÁĐÐỚ \u0301\u0323\u200b\u00a0"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đại Từ", "dai tu"),
        ("ÐẠI TỪ", "dai tu"),  # U+00D0, as some keyboards have it
        ("Định  Hóa ", "dinh hoa"),
        ("Định Hoá", "dinh hoa"),
        ("Ủy ban\u00a0nhân\tdân", "uy ban nhan dan"),
        ("Th\u200bần \u202eXa\u202c", "than xa"),
        ("ＴＴ Hương Sơn", "tt huong son"),
        ("", ""),
    ],
)
def test_fold_leaves_what_is_typed_in_haste(text, folded):
    assert fold(text) == folded


@given(st.one_of(st.text(), VIETNAMESE))
@settings(deadline=None)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
@settings(deadline=None)
def test_the_composed_and_the_decomposed_fold_alike(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(VIETNAMESE)
@settings(deadline=None)
def test_case_makes_no_difference(text):
    assert fold(text.upper()) == fold(text)


def test_tidy_composes_and_drops_stray_spaces_and_invisible_characters():
    assert tidy("\ufeff " + unicodedata.normalize("NFD", "Thần   Xa") + "\u200b\n") == "Thần Xa"


@given(st.text())
@settings(deadline=None)
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)
