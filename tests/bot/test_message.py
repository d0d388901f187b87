"""Messages keep to what Telegram takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.buttons import pack, unpack
from bot.cards.message import LIMIT, Button, Message, in_rows, units


@given(st.lists(st.text(min_size=0, max_size=600), max_size=40))
def test_no_text_is_longer_than_telegram_takes(lines: list[str]) -> None:
    text = Message.of(lines).text
    assert units(text.striptags()) <= LIMIT
    assert units(f"{text.striptags()}\n(sent again)") <= LIMIT  # what a copy says of itself


def test_what_does_not_fit_is_cut_by_whole_lines() -> None:
    message = Message.of([Markup("<b>{}</b>").format("x" * 1000)] * 6)
    assert message.text.endswith("</b>\n…")
    assert message.text.count("<b>") == message.text.count("</b>") == 4


def test_a_line_that_is_no_markup_is_escaped() -> None:
    assert Message.of(["<b>"]).text == "&lt;b&gt;"


def test_a_message_is_what_it_was_after_a_stay_in_the_outbox() -> None:
    message = Message(Markup("<b>a</b>"), in_rows([Button("x", "ack:1"), Button("y", "ack:2")], 1))
    assert Message.from_json(message.to_json()) == message


def test_the_digest_tells_two_messages_apart_by_text_or_buttons() -> None:
    plain = Message(Markup("a"))
    assert plain.digest == Message(Markup("a")).digest
    assert plain.digest != Message(Markup("b")).digest
    assert plain.digest != Message(Markup("a"), ((Button("x", "ack:1"),),)).digest


@pytest.mark.parametrize("data", ["", "x" * 65, "ạ" * 40])
def test_a_button_that_telegram_refuses_is_never_made(data: str) -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        Button("x", data)


@given(st.from_regex(r"[a-z]{1,16}", fullmatch=True), st.lists(st.integers(0, 10**15 - 1), max_size=2))
def test_callback_data_says_what_was_put_in(verb: str, numbers: list[int]) -> None:
    assert unpack(pack(verb, *numbers)) == (verb, tuple(numbers))


@given(st.text(max_size=80))
def test_foreign_callback_data_is_read_as_nothing_or_as_a_verb_with_numbers(data: str) -> None:
    said = unpack(data)
    assert said is None or pack(said[0], *said[1]).count(":") == data.count(":")
