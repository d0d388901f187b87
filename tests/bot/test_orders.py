"""What a person typed or tapped, taken out of an Update."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.orders import Order, parse, ticket
from storage.letters import Address

AN = {"id": 7, "is_bot": False, "first_name": "An"}


def typed(text: str, chat: dict[str, Any] | None = None, **more: Any) -> Order | None:
    message = {"message_id": 5, "date": 1_770_000_000, "from": AN, "text": text, **more}
    message["chat"] = chat or {"id": 7, "type": "private"}
    update = Update.de_json({"update_id": 9, "message": message})
    assert update is not None
    return parse(update, "trucmang_bot")


GROUP = {"id": -100, "type": "supergroup", "title": "Trực ban"}


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("/baosuco", "baosuco", ""),
        ("/BaoSuCo  mất mạng ", "baosuco", "mất mạng"),
        ("/xem@trucmang_bot SC-0001", "xem", "SC-0001"),
        ("/baosuco\nđứt cáp", "baosuco", "đứt cáp"),
        ("mất mạng rồi", "", "mất mạng rồi"),
        ("/báo sự cố", "", "/báo sự cố"),
    ],
)
def test_private_words_are_a_verb_and_the_rest(text: str, verb: str, words: str) -> None:
    order = typed(text)
    assert order is not None
    assert (order.verb, order.words, order.private) == (verb, words, True)
    assert order.at == datetime.fromtimestamp(1_770_000_000, UTC)


def test_a_command_for_another_bot_is_not_ours() -> None:
    assert typed("/xem@other_bot 1", GROUP) is None


def test_people_talking_in_a_group_are_left_alone() -> None:
    assert typed("mất mạng rồi", GROUP) is None


def test_a_topic_of_a_forum_is_part_of_the_address() -> None:
    order = typed("/suco", GROUP, message_thread_id=12, is_topic_message=True)
    assert order is not None
    assert order.where == Address(-100, 12)


@pytest.mark.parametrize(
    ("username", "text", "about"),
    [
        ("trucmang_bot", "🔴 SC-0012 · Xã Thần Xa mất kết nối", 12),
        ("trucmang_bot", "Mất giám sát", None),
        ("other_bot", "SC-0012", None),
        (None, "xem SC-0012 giúp", None),
    ],
)
def test_a_reply_is_about_the_ticket_that_our_message_names(
    username: str | None, text: str, about: int | None
) -> None:
    sender = {"id": 1, "is_bot": username is not None, "first_name": "x", "username": username}
    replied = {"message_id": 3, "date": 1, "chat": GROUP, "text": text, "from": sender}
    order = typed("/tiepnhan", GROUP, reply_to_message=replied)
    assert order is not None
    assert order.about == about


@pytest.mark.parametrize(
    ("words", "number", "rest"),
    [
        ("SC-0012", 12, ""),
        ("sc12 VNPT Võ Nhai", 12, "VNPT Võ Nhai"),
        ("#12", 12, ""),
        ("12 ghi chú", 12, "ghi chú"),
        ("VNPT 12", None, "VNPT 12"),
        ("", None, ""),
        ("9" * 40, None, "9" * 40),
    ],
)
def test_a_ticket_s_number_is_read_as_people_write_it(words: str, number: int | None, rest: str) -> None:
    order = typed(f"/xem {words}")
    assert order is not None
    assert ticket(order) == (number, rest)
