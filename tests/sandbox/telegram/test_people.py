import asyncio

import pytest

from sandbox.telegram import CallbackAnswer
from sandbox.telegram.files import PIXEL

KEYS = {
    "inline_keyboard": [[{"text": "Nhận", "callback_data": "ack"}, {"text": "Xem", "url": "https://x.vn"}]]
}


def newest(server):
    return server.world.updates.pending[-1]


@pytest.fixture
async def card(call, an):
    await call("sendMessage", chat_id=11, text="thẻ", reply_markup=KEYS)
    return an.chat.bot_messages[-1]


async def test_start_carries_its_payload(server, an):
    await an.starts("moi_123")
    message = newest(server)["message"]
    assert message["text"] == "/start moi_123"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "vi"


async def test_a_tap_is_answered(server, call, an, card):
    tap = an.taps(card, "Nhận")
    query = newest(server)["callback_query"]
    assert (query["data"], query["message"]["text"], query["from"]["id"]) == ("ack", "thẻ", 11)
    await call("answerCallbackQuery", callback_query_id=query["id"], text="Rõ", show_alert=True)
    assert await tap == CallbackAnswer("Rõ", show_alert=True)


async def test_a_tap_is_answered_once(server, call, an, card):
    an.taps_data(card, "gia-mao")
    query = newest(server)["callback_query"]
    assert (await call("answerCallbackQuery", callback_query_id=query["id"]))["ok"]
    for query_id in (query["id"], "123"):
        answer = await call("answerCallbackQuery", callback_query_id=query_id)
        expected = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        assert answer["description"] == expected


async def test_a_tap_nobody_answers_fails_in_words(an, card):
    with pytest.raises(AssertionError, match=r"did not answer Nguyễn Văn An's tap 'ack'"):
        await an.taps(card, "Nhận", timeout=0.01)


@pytest.mark.parametrize(("button", "why"), [("Đóng", "0 buttons match"), ("Xem", "opens a link")])
async def test_a_button_that_is_not_there_cannot_be_tapped(an, card, button, why):
    with pytest.raises(AssertionError, match=why):
        an.taps(card, button)


async def test_a_reply_keyboard_shares_ones_own_contact(server, call, an):
    keys = {"keyboard": [[{"text": "Chia sẻ số", "request_contact": True}, "Trợ giúp"]]}
    await call("sendMessage", chat_id=11, text="x", reply_markup=keys)
    await an.presses("Chia sẻ số")
    contact = newest(server)["message"]["contact"]
    assert (contact["user_id"], contact["phone_number"]) == (11, "+84900000011")
    await an.presses("Trợ giúp")
    assert newest(server)["message"]["text"] == "Trợ giúp"
    await call("sendMessage", chat_id=11, text="x", reply_markup={"remove_keyboard": True})
    with pytest.raises(AssertionError, match="no key"):
        await an.presses("Trợ giúp")


async def test_anothers_contact_tells_whose_it_is(server, an):
    await an.shares_contact(server.world.person(12, "Bình", phone="+84900000012"))
    assert newest(server)["message"]["contact"]["user_id"] == 12


async def test_an_edit_and_a_forward(server, an):
    message = await an.says("đứt")
    await an.edits(message, "đứt cáp")
    assert newest(server)["edited_message"]["text"] == "đứt cáp"
    await an.forwards(message)
    assert newest(server)["message"]["forward_origin"]["sender_user"]["id"] == 11


async def test_photo_voice_document_and_place(server, an):
    await an.sends_photo(caption="cột gãy")
    assert newest(server)["message"]["caption"] == "cột gãy"
    await an.sends_voice(caption="nghe")
    message = newest(server)["message"]
    assert (message["voice"]["mime_type"], message["caption"]) == ("audio/ogg", "nghe")
    await an.sends_video()
    assert newest(server)["message"]["video"]["duration"] == 5
    await an.sends_sticker()
    assert newest(server)["message"]["sticker"]["emoji"] == "👍"
    await an.sends_document(b"a,b", "kênh.csv")
    assert newest(server)["message"]["document"]["file_name"] == "kênh.csv"
    await an.shares_location(16.0, 108.2)
    assert newest(server)["message"]["location"]["latitude"] == 16.0


async def test_an_album_is_as_many_updates_with_the_caption_on_the_first(server, an):
    await an.sends_album([PIXEL] * 3, caption="tủ mạng")
    album = [each["message"] for each in server.world.updates.pending]
    assert [each.get("caption") for each in album] == ["tủ mạng", None, None]
    assert len({each["media_group_id"] for each in album}) == 1


async def test_a_file_s_names_are_as_long_as_telegram_s_and_differ(server, an):
    await an.sends_album([PIXEL] * 3)
    photos = [each["message"]["photo"][-1] for each in server.world.updates.pending]
    assert {len(each["file_id"]) for each in photos} == {87}
    assert len({each["file_id"] for each in photos}) == len({each["file_unique_id"] for each in photos}) == 3


async def test_blocking_is_told_and_silences(server, an):
    await an.blocks()
    assert newest(server)["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    with pytest.raises(ValueError, match="has blocked"):
        await an.says("x")
    await an.starts()
    assert newest(server)["message"]["text"] == "/start"


async def test_waiting_wakes_at_the_change(call, an):
    waiting = asyncio.create_task(an.chat.wait(lambda chat: chat.bot_messages, timeout=2))
    await call("sendMessage", chat_id=11, text="x")
    assert [message.text for message in await waiting] == ["x"]


async def test_next_message_gives_each_message_once(call, an):
    for text in ("một", "hai", "ba"):
        await call("sendMessage", chat_id=11, text=text)
    first = await an.chat.next_message()
    assert first.text == "một"
    assert (await an.chat.next_message(containing="b")).text == "ba"
    assert (await an.chat.next_message(after=first)).text == "hai"


async def test_waiting_in_vain_shows_the_transcript(call, an, card):
    with pytest.raises(AssertionError, match=r"(?s)An»:.*An: /start.*Trực Mạng: thẻ \[Nhận \| Xem\]"):
        await an.chat.next_message(containing="không có", timeout=0.01)
