from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from sandbox.telegram import TelegramServer

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)
KEY = {"inline_keyboard": [[{"text": "Nhận", "callback_data": "ack"}]]}


@pytest.fixture
async def sent(call, an):
    await call("sendMessage", chat_id=11, text="<b>một</b>", parse_mode="HTML", reply_markup=KEY)
    return an.chat.bot_messages[-1]


async def test_an_edit_changes_words_and_keyboard(call, sent):
    answer = await call("editMessageText", chat_id=11, message_id=sent.id, text="hai")
    assert (answer["result"]["text"], "edit_date" in answer["result"]) == ("hai", True)
    assert (sent.text, sent.buttons, sent.edits) == ("hai", [], 1)


async def test_the_same_again_is_not_modified(call, sent):
    same = {
        "chat_id": 11,
        "message_id": sent.id,
        "text": "<b>một</b>",
        "parse_mode": "HTML",
        "reply_markup": KEY,
    }
    assert (await call("editMessageText", **same))["description"] == NOT_MODIFIED
    assert sent.edits == 0


async def test_the_same_words_without_the_bold_are_a_change(call, sent):
    assert (await call("editMessageText", chat_id=11, message_id=sent.id, text="một", reply_markup=KEY))["ok"]


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"message_id": 999, "text": "x"}, "message to edit not found"),
        ({"message_id": 1, "text": "x"}, "message can't be edited"),
        ({"message_id": 2, "text": ""}, "message text is empty"),
        ({"message_id": 2, "text": "x", "reply_markup": {"force_reply": True}}, "inline keyboard expected"),
    ],
)
async def test_what_cannot_be_edited(call, sent, params, complaint):
    answer = await call("editMessageText", chat_id=11, **params)
    assert answer["description"] == f"Bad Request: {complaint}"


async def test_a_keyboard_can_be_taken_away_alone(call, sent):
    assert (await call("editMessageReplyMarkup", chat_id=11, message_id=sent.id))["ok"]
    assert sent.buttons == []


async def test_words_have_no_caption(call, sent):
    answer = await call("editMessageCaption", chat_id=11, message_id=sent.id, caption="x")
    assert answer["description"] == "Bad Request: there is no caption in the message to edit"


async def test_a_pin_is_seen_and_taken_off(call, sent):
    assert (await call("pinChatMessage", chat_id=11, message_id=sent.id))["ok"]
    assert sent.chat.pinned == [sent]
    assert (await call("unpinChatMessage", chat_id=11))["ok"]
    assert sent.chat.pinned == []
    assert not (await call("unpinChatMessage", chat_id=11))["ok"]


async def test_pinning_in_a_group_needs_rights(call, group):
    await call("sendMessage", chat_id=group.id, text="x")
    group.bot_status = "member"
    answer = await call("pinChatMessage", chat_id=group.id, message_id=2)
    assert answer["description"] == "Bad Request: not enough rights to manage pinned messages in the chat"


async def test_a_deleted_message_is_gone(call, sent):
    assert (await call("deleteMessage", chat_id=11, message_id=sent.id))["ok"]
    assert sent.deleted
    again = await call("deleteMessage", chat_id=11, message_id=sent.id)
    assert again["description"] == "Bad Request: message to delete not found"


async def test_a_reaction_is_seen(call, sent):
    reaction = [{"type": "emoji", "emoji": "👍"}]
    assert (await call("setMessageReaction", chat_id=11, message_id=sent.id, reaction=reaction))["ok"]
    assert sent.reactions == ["👍"]


async def test_deleting_ends_after_48_hours_and_editing_does_not():
    now = datetime(2026, 7, 1, tzinfo=UTC)
    async with TelegramServer(clock=lambda: now) as server, aiohttp.ClientSession() as session:
        await server.world.person(11, "An").starts()
        url = f"{server.base_url}{server.token}"
        await session.post(f"{url}/sendMessage", data={"chat_id": "11", "text": "x"})
        now += timedelta(hours=48, seconds=1)
        gone = await session.post(f"{url}/deleteMessage", data={"chat_id": "11", "message_id": "2"})
        assert (await gone.json())["description"] == "Bad Request: message can't be deleted for everyone"
        edit = {"chat_id": "11", "message_id": "2", "text": "y"}
        assert (await session.post(f"{url}/editMessageText", data=edit)).status == 200
