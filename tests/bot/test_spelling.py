"""Commands as people spell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders import Author, Order
from bot.routes import NAMES
from bot.spelling import nearest, respelled
from storage.letters import Address


def order(words: str, verb: str = "", author: Author = Author.SENDER) -> Order:
    return Order("1", 7, "An", Address(7), True, None, verb, words, author=author)


@pytest.mark.parametrize(
    ("verb", "words", "meant", "rest"),
    [
        ("", "/báo sự cố", "baosuco", ""),
        ("", "/Báo_sự_cố mất mạng từ sáng", "baosuco", "mất mạng từ sáng"),
        ("", "/báo sự cố\nđứt cáp", "baosuco", "đứt cáp"),
        ("bao", "su co mat mang", "baosuco", "mat mang"),
        ("", "/ báo sự cố", "baosuco", ""),
        ("", "／ｂａｏｓｕｃｏ mất", "baosuco", "mất"),
        ("", "/bao\u200bsu\u200bco", "baosuco", ""),
        ("", "\u202e/baosuco", "baosuco", ""),
        ("", "/ba\u0301o su\u031b\u0323 co\u0302\u0301", "baosuco", ""),
        ("", "/báo_sự_cố@trucmang_bot mất", "baosuco", "mất"),
        ("", "/trạng thái la hiên", "trangthai", "la hiên"),
        ("sc", "12", "sc", "12"),
        ("", "/mất điện", "", "/mất điện"),
        ("", "/đứt cáp rồi", "", "/đứt cáp rồi"),
        ("baosuco", "  mất\n\nmạng", "baosuco", "  mất\n\nmạng"),
        ("", "mất mạng", "", "mất mạng"),
        ("", "", "", ""),
        ("", "/", "", "/"),
    ],
)
def test_a_command_is_found_however_it_is_spelled(verb: str, words: str, meant: str, rest: str) -> None:
    found = respelled(order(words, verb), NAMES)
    assert (found.verb, found.words) == (meant, rest)


def test_what_was_forwarded_commands_nothing() -> None:
    sent_on = order("/báo sự cố", author=Author.ANOTHER)
    assert respelled(sent_on, NAMES) is sent_on


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("baosucoo", "baosuco"),
        ("baosco", "baosuco"),
        ("trangtahi", "trangthai"),
        ("tragthai", "trangthai"),
        ("suc", None),  # short ones are all one apart
        ("xyzxyz", None),
        ("", None),
    ],
)
def test_a_slip_is_read_as_the_one_command_near_it(typed: str, meant: str | None) -> None:
    assert nearest(typed, ("baosuco", "trangthai", "suco", "sua")) == meant


def test_two_commands_as_near_as_each_other_are_no_guess() -> None:
    assert nearest("kiemtro", ("kiemtra", "kiemtri")) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_an_order_still(text: str) -> None:
    found = respelled(order("/" + text), NAMES)
    assert found.verb in NAMES | {""}
