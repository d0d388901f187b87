"""Half-typed, shortened and misspelt words, and what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.plain import plain
from intents.syllables import is_syllable, untyped
from intents.tokens import words_in


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mangj", "mang"),
        ("ddieenj", "dien"),
        ("mang5", "mang"),
        ("d9ien65", "dien"),
        ("dduwowcj", "duoc"),
        ("khoong", "khong"),
        ("rooiiii", "roi"),
        ("laf", "la"),
        ("modem", "modem"),
        ("mang", "mang"),
        ("t2", "t2"),
        ("5p", "5p"),
    ],
)
def test_keys_that_were_left_over_are_read(typed, meant):
    assert untyped(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("k vào dc mạng", "khong vao duoc mang"),
        ("hok vào được j", "khong vao duoc gi"),
        ("mang ntn r", "mang nhu the nao roi"),
        ("bao h co mang", "bao gio co mang"),
        ("mất mangj", "mat mang"),
        ("mất mạg", "mat mang"),
        ("cúp điện", "mat dien"),
        ("1 cửa", "mot cua"),
        ("8h30", "0 gio 0"),
    ],
)
def test_short_forms_are_written_out(typed, meant):
    assert " ".join(plain(word.plain for word in words_in(typed))) == meant


@given(st.from_regex(r"[a-z]{1,12}[1-9]?", fullmatch=True))
def test_a_syllable_is_left_as_it_is(word):
    assert untyped(word) == word or not is_syllable(word)
