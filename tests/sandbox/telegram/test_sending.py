import pytest

KEY = {"text": "Nhận", "callback_data": "ack:1"}


def keyboard(*buttons):
    return {"inline_keyboard": [list(buttons)]}


async def test_a_message_comes_back_as_telegram_tells_it(call, an):
    answer = await call(
        "sendMessage", chat_id=11, text=" <b>Chào</b> /ack ", parse_mode="HTML", reply_markup=keyboard(KEY)
    )
    message = answer["result"]
    assert message["text"] == "Chào /ack"
    assert [entity["type"] for entity in message["entities"]] == ["bold", "bot_command"]
    assert message["from"]["is_bot"]
    assert message["reply_markup"] == keyboard(KEY)
    [shown] = an.chat.bot_messages
    assert (shown.html, shown.button("Nhận").data, shown.silent) == ("<b>Chào</b> /ack", "ack:1", False)


@pytest.mark.parametrize(
    ("params", "code", "complaint"),
    [
        ({"text": ""}, 400, "message text is empty"),
        ({"text": " \n "}, 400, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, 400, "message text is empty"),
        ({"text": "a" * 4097}, 400, "message is too long"),
        ({"text": "😀" * 2049}, 400, "message is too long"),
        ({"text": "<x>", "parse_mode": "HTML"}, 400, "can't parse entities: Unsupported start tag"),
        ({"text": "*x*", "parse_mode": "MarkdownV2"}, 400, "parse_mode 'MarkdownV2' is not supported here"),
        ({"text": "x", "chat_id": 999}, 400, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, 400, "chat not found"),
        ({"text": "x", "chat_id": ""}, 400, "chat_id is empty"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, 400, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 5}, 400, "message thread not found"),
        ({"text": "x", "reply_markup": keyboard({"text": "a"})}, 400, "Text buttons are unallowed"),
        ({"text": "x", "reply_markup": keyboard({"callback_data": "a"})}, 400, 'Field "text" must be'),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": ""})},
            400,
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": "ế" * 22})},
            400,
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "url": "http://localhost/"})},
            400,
            "Wrong HTTP URL",
        ),
        ({"text": "x", "reply_markup": keyboard(*[KEY] * 101)}, 400, "reply markup is too long"),
        ({"text": "x", "reply_markup": keyboard({**KEY, "colour": 1})}, 400, "unknown fields: colour"),
        (
            {"text": "x", "reply_markup": keyboard({**KEY, "url": "https://x.vn"})},
            400,
            "more than one action",
        ),
        ({"text": "x", "reply_markup": {"remove_keyboard": False}}, 400, "must be True"),
        ({"text": "x", "reply_markup": {"keys": []}}, 400, "no known kind"),
        (
            {"text": "x", "reply_markup": {"keyboard": [[{"text": "a", "data": "b"}]]}},
            400,
            "unknown fields: data",
        ),
    ],
)
async def test_what_telegram_refuses_is_refused(call, an, params, code, complaint):
    answer = await call("sendMessage", **({"chat_id": 11} | params))
    assert answer["error_code"] == code
    assert complaint in answer["description"]
    assert not an.chat.bot_messages


@pytest.mark.parametrize("text", ["a" * 4096, "😀" * 2048, "<b>" + "a" * 4096 + "</b>"])
async def test_4096_units_after_parsing_are_allowed(call, an, text):
    assert (await call("sendMessage", chat_id=11, text=text, parse_mode="HTML"))["ok"]


async def test_64_bytes_of_data_are_allowed(call, an):
    markup = keyboard({"text": "a", "callback_data": "x" * 64})
    assert (await call("sendMessage", chat_id=11, text="x", reply_markup=markup))["ok"]


async def test_a_reply_may_outlive_its_question(call, an):
    reply = {"message_id": 999, "allow_sending_without_reply": True}
    assert (await call("sendMessage", chat_id=11, text="x", reply_parameters=reply))["ok"]


async def test_a_digit_is_a_text_too(call, an):
    await call("sendMessage", chat_id=11, text="5")
    assert an.chat.bot_messages[0].text == "5"


async def test_a_shape_that_is_wrong_is_a_violation(server, call, an):
    await call("sendMessage", chat_id=11, text="x", reply_markup=keyboard({**KEY, "colour": 1}))
    assert server.violations == ["sendMessage: InlineKeyboardButton has unknown fields: colour"]


async def test_a_stranger_is_not_spoken_to(server, call):
    server.world.person(12, "Trần Thị Bình")
    answer = await call("sendMessage", chat_id=12, text="x")
    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_who_has_blocked_the_bot_hears_nothing_until_unblocking(call, an):
    await an.blocks()
    answer = await call("sendMessage", chat_id=11, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    await an.unblocks()
    assert (await call("sendMessage", chat_id=11, text="x"))["ok"]


async def test_an_unknown_method_is_not_found(call):
    assert await call("sendEverything") == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_a_wrong_token_is_unauthorized(server, call):
    server._endpoint.token = "1:other"
    assert (await call("getMe"))["error_code"] == 401


async def test_requests_are_remembered(server, call, an):
    await call("sendMessage", chat_id=11, text="x", disable_notification=True)
    request = server.requests[-1]
    assert (request.method, request.params) == (
        "sendMessage",
        {"chat_id": 11, "text": "x", "disable_notification": True},
    )
    assert an.chat.bot_messages[-1].silent


@pytest.mark.parametrize(
    ("method", "params", "kind"),
    [
        ("sendLocation", {"latitude": 16.0, "longitude": 108.2}, "location"),
        ("sendVenue", {"latitude": 16, "longitude": 108, "title": "UBND", "address": "1 Lê Lợi"}, "venue"),
        ("sendContact", {"phone_number": "0900", "first_name": "An"}, "contact"),
    ],
)
async def test_places_and_contacts(call, an, method, params, kind):
    answer = await call(method, chat_id=11, **params)
    assert kind in answer["result"]
    assert an.chat.bot_messages[-1].kind == kind


async def test_copies_and_forwards_differ_by_their_origin(call, an):
    original = await an.says("Đứt cáp")
    copied = await call("copyMessage", chat_id=11, from_chat_id=11, message_id=original.id)
    forwarded = await call("forwardMessage", chat_id=11, from_chat_id=11, message_id=original.id)
    assert set(copied["result"]) == {"message_id"}
    assert forwarded["result"]["forward_origin"]["sender_user"]["id"] == an.id
    assert [message.text for message in an.chat.bot_messages] == ["Đứt cáp", "Đứt cáp"]
