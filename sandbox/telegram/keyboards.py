"""The shapes a reply_markup may have, and what Telegram says to the others."""

from collections.abc import Callable
from typing import Any

from sandbox.telegram.entities import units
from sandbox.telegram.refusals import Refusal, Violation, bad_request

Json = dict[str, Any]

INLINE_ACTIONS = frozenset(
    [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ]
)
INLINE_STYLE = frozenset({"text", "style", "icon_custom_emoji_id"})
KEY_FIELDS = frozenset(
    [
        "text",
        "request_users",
        "request_chat",
        "request_contact",
        "request_location",
        "request_poll",
        "web_app",
        "style",
        "icon_custom_emoji_id",
    ]
)
KEYBOARD_FIELDS = frozenset(
    [
        "keyboard",
        "is_persistent",
        "resize_keyboard",
        "one_time_keyboard",
        "input_field_placeholder",
        "selective",
    ]
)


def check_markup(markup: Json) -> None:
    """Raise a refusal unless *markup* is one of Telegram's four."""
    if not markup:
        return None
    for kind, check in _KINDS.items():
        if kind in markup:
            return check(markup)
    raise Violation([f"reply_markup is of no known kind: {sorted(markup)}"])


def _check_inline(markup: Json) -> None:
    _only(markup, frozenset({"inline_keyboard"}), "InlineKeyboardMarkup")
    buttons = _buttons(markup["inline_keyboard"])
    if len(buttons) > 100:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _only(button, INLINE_ACTIONS | INLINE_STYLE, "InlineKeyboardButton")
        _check_action(button)


def _check_action(button: Json) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    actions = INLINE_ACTIONS & button.keys()
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise Violation([f"InlineKeyboardButton has more than one action: {sorted(actions)}"])
    data = button.get("callback_data")
    if "callback_data" in button and not (isinstance(data, str) and 1 <= len(data.encode()) <= 64):
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])


def _check_url(url: Any) -> None:
    scheme, _, rest = str(url).partition("://")
    host = rest.partition("/")[0].partition(":")[0]
    if scheme in {"tg", "ton"} or (scheme in {"http", "https"} and "." in host):
        return
    raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_reply(markup: Json) -> None:
    _only(markup, KEYBOARD_FIELDS, "ReplyKeyboardMarkup")
    _check_placeholder(markup)
    for button in _buttons(markup["keyboard"]):
        _only(button, KEY_FIELDS, "KeyboardButton")
        if not button.get("text"):
            raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')


def _check_remove(markup: Json) -> None:
    _only(markup, frozenset({"remove_keyboard", "selective"}), "ReplyKeyboardRemove")
    _must_be_true(markup, "remove_keyboard")


def _check_force(markup: Json) -> None:
    _only(markup, frozenset({"force_reply", "input_field_placeholder", "selective"}), "ForceReply")
    _must_be_true(markup, "force_reply")
    _check_placeholder(markup)


def _check_placeholder(markup: Json) -> None:
    if units(markup.get("input_field_placeholder") or "") > 64:
        raise Violation(["input_field_placeholder is longer than 64"])


def _must_be_true(markup: Json, name: str) -> None:
    if markup[name] is not True:
        raise Violation([f"{name} must be True"])


def _buttons(rows: Any) -> list[Json]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _not_an_array()
    buttons = [{"text": button} if isinstance(button, str) else button for row in rows for button in row]
    if not all(isinstance(button, dict) for button in buttons):
        raise _not_an_array()
    return buttons


def _not_an_array() -> Refusal:
    return bad_request("can't parse reply keyboard markup JSON object")


def _only(value: Json, known: frozenset[str], kind: str) -> None:
    if unknown := sorted(value.keys() - known):
        raise Violation([f"{kind} has unknown fields: {', '.join(unknown)}"])


_KINDS: dict[str, Callable[[Json], None]] = {
    "inline_keyboard": _check_inline,
    "keyboard": _check_reply,
    "remove_keyboard": _check_remove,
    "force_reply": _check_force,
}
