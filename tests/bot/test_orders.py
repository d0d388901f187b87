"""What a person typed or tapped, taken out of an Update."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.orders import Order, parse, ticket
from incidents.supplement import Medium
from storage.attachments import File
from storage.letters import Address

AN = {"id": 7, "is_bot": False, "first_name": "An"}


def typed(text: str | None, chat: dict[str, Any] | None = None, **more: Any) -> Order | None:
    message = {"message_id": 5, "date": 1_770_000_000, "from": AN, "text": text, **more}
    message = {name: value for name, value in message.items() if value is not None}
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


PHOTO = [
    {"file_id": f"AgAC{size}", "file_unique_id": f"u{size}", "width": size, "height": size, "file_size": size}
    for size in (90, 800)
]
FILE = {"file_id": "F" * 90, "file_unique_id": "u", "file_size": 5}


def sent(chat: dict[str, Any] | None = None, **what: Any) -> Order | None:
    return typed(None, chat, **what)


@pytest.mark.parametrize(
    ("what", "file"),
    [
        ({"photo": PHOTO}, File(Medium.PHOTO, "AgAC800", "u800", 800)),
        ({"photo": PHOTO, "media_group_id": "7"}, File(Medium.PHOTO, "AgAC800", "u800", 800, "7")),
        ({"voice": FILE | {"duration": 3}}, File(Medium.VOICE, "F" * 90, "u", 5)),
        ({"video": FILE | {"duration": 3, "width": 9, "height": 9}}, File(Medium.VIDEO, "F" * 90, "u", 5)),
        ({"document": FILE | {"mime_type": "image/png"}}, File(Medium.DOCUMENT, "F" * 90, "u", 5)),
    ],
)
def test_what_is_sent_without_a_command_is_to_be_added(what: dict[str, Any], file: File) -> None:
    order = sent(**what)
    assert order is not None
    assert (order.verb, order.file, order.strange, order.words) == ("bosung", file, False, "")


def test_a_caption_that_is_a_command_is_that_command_with_the_photo() -> None:
    order = sent(photo=PHOTO, caption="/baosuco cháy modem")
    assert order is not None
    assert (order.verb, order.words, order.file is not None) == ("baosuco", "cháy modem", True)


@pytest.mark.parametrize(
    "what",
    [
        {
            "sticker": FILE
            | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
        },
        {"location": {"latitude": 21.0, "longitude": 105.0}},
        {"contact": {"phone_number": "+84", "first_name": "An"}},
        {"document": FILE | {"mime_type": "application/zip"}},
        {"document": FILE},
        {
            "animation": FILE | {"duration": 1, "width": 1, "height": 1},
            "document": FILE | {"mime_type": "image/gif"},
        },
        {"dice": {"emoji": "🎲", "value": 3}},
        {
            "poll": None,
            "venue": {"location": {"latitude": 1.0, "longitude": 1.0}, "title": "x", "address": "y"},
        },
    ],
)
def test_what_cannot_be_kept_is_said_to_be_strange(what: dict[str, Any]) -> None:
    order = sent(**what)
    assert order is not None
    assert (order.verb, order.file, order.strange) == ("bosung", None, True)


def test_what_tells_of_the_chat_itself_is_no_order() -> None:
    assert sent(new_chat_title="Trực ban") is None


def test_photos_in_a_group_are_left_alone_unless_a_command_is_with_them() -> None:
    assert sent(GROUP, photo=PHOTO, caption="cột gãy rồi") is None
    order = sent(GROUP, photo=PHOTO, caption="/bosung SC-0001")
    assert order is not None
    assert (order.verb, order.words) == ("bosung", "SC-0001")


def test_a_photo_that_answers_a_card_in_a_group_is_added_to_its_ticket() -> None:
    ours = {"id": 1, "is_bot": True, "first_name": "B", "username": "trucmang_bot"}
    replied = {"message_id": 4, "date": 1, "chat": GROUP, "from": ours, "text": "🔴 SC-0012 · Xã Thần Xa"}
    order = typed(None, GROUP, photo=PHOTO, reply_to_message=replied)
    assert order is not None
    assert (order.verb, order.about) == ("bosung", 12)
    assert typed("đã xong", GROUP, reply_to_message=replied) is None  # words alone are said to each other


def test_a_reply_to_a_file_of_ours_is_about_the_ticket_in_its_caption() -> None:
    ours = {"id": 1, "is_bot": True, "first_name": "x", "username": "trucmang_bot"}
    shown = {
        "message_id": 3,
        "date": 1,
        "chat": GROUP,
        "photo": PHOTO,
        "caption": "SC-0012 · Xã",
        "from": ours,
    }
    order = typed("/xem", GROUP, reply_to_message=shown)
    assert order is not None
    assert order.about == 12
