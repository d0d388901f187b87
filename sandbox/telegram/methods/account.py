"""Methods about the bot itself: who it is, what it can do, how it presents itself."""

from typing import Any

from sandbox.telegram.api import Api, Method
from sandbox.telegram.entities import units
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request

_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(api: Api, params: Params) -> dict[str, Any]:  # noqa: ARG001 - one signature for all
    """getMe."""
    return api.world.bot.as_me()


def log_out(api: Api, params: Params) -> bool:  # noqa: ARG001 - one signature for all
    """logOut and close: nothing to do in a box."""
    return True


def set_my_commands(api: Api, params: Params) -> bool:
    """setMyCommands."""
    scope, language = params.mapping("scope"), params.text("language_code")
    api.commands.set(scope, language, params.array("commands"))
    return True


def get_my_commands(api: Api, params: Params) -> list[dict[str, str]]:
    """getMyCommands."""
    return api.commands.get(params.mapping("scope"), params.text("language_code"))


def delete_my_commands(api: Api, params: Params) -> bool:
    """deleteMyCommands."""
    api.commands.delete(params.mapping("scope"), params.text("language_code"))
    return True


def profile_setter(field: str) -> Method:
    """Return setMyName, setMyDescription or setMyShortDescription."""

    def set_profile(api: Api, params: Params) -> bool:
        text = params.text(field)
        if units(text) > _LIMITS[field]:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        api.profile[field, params.text("language_code")] = text
        return True

    return set_profile


def profile_getter(field: str) -> Method:
    """Return getMyName, getMyDescription or getMyShortDescription."""

    def get_profile(api: Api, params: Params) -> dict[str, str]:
        otherwise = api.world.bot.name if field == "name" else ""
        fallback = api.profile.get((field, ""), otherwise)
        return {field: api.profile.get((field, params.text("language_code")), "") or fallback}

    return get_profile


def set_chat_menu_button(api: Api, params: Params) -> bool:
    """setChatMenuButton."""
    button = params.mapping("menu_button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse menu button: unsupported type")
    api.menu_buttons[params.integer("chat_id", 0)] = button
    return True


def get_chat_menu_button(api: Api, params: Params) -> dict[str, Any]:
    """getChatMenuButton."""
    fallback = api.menu_buttons.get(0, {"type": "commands"})
    return api.menu_buttons.get(params.integer("chat_id", 0), fallback)
