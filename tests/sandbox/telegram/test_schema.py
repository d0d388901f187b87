import pytest

from tests.schema import check

KEY = {"text": "a", "callback_data": "b"}


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x"}, None),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[KEY]]}}, None),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 2}}, None),
        ("getUpdates", {"offset": 1, "timeout": 10, "allowed_updates": ["message"]}, None),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "default"}},
            None,
        ),
        ("sendMassage", {}, "no such method"),
        ("sendMessage", {"chat_id": 1}, "text: Field required"),
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": 1}, "unknown 'colour'"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "disable_notification": "perhaps"},
            "disable_notification",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[KEY | {"colour": 1}]]}},
            "reply_markup.inline_keyboard[0][0]: unknown 'colour'",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 2, "quiet": True}},
            "reply_parameters: unknown 'quiet'",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "b", "x": 1}]},
            "commands[0]: unknown 'x'",
        ),
    ],
)
def test_a_request_is_checked_to_its_depth(method, params, complaint):
    complaints = check(method, params)
    assert (complaint is None) == (not complaints), complaints
    assert complaint is None or complaint in " | ".join(complaints)
