"""Methods about chats and who is in them."""

from typing import Any

from sandbox.telegram.api import Api, find_chat, find_group, open_chat
from sandbox.telegram.groups import Group
from sandbox.telegram.membership import member_json, set_bot_status
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.wire import full_chat_json


def get_chat(api: Api, params: Params) -> dict[str, Any]:
    """getChat."""
    chat = find_chat(api, params)
    if isinstance(chat, Group):
        chat.check_reachable()
    elif not getattr(chat, "opened", True):
        raise bad_request("chat not found")
    return full_chat_json(chat)


def get_chat_member(api: Api, params: Params) -> dict[str, Any]:
    """getChatMember."""
    chat = open_chat(api, params)
    user = api.world.user(params.integer("user_id"))
    status = chat.status_of(user) if isinstance(chat, Group) else "member"
    return member_json(user, status)


def get_chat_administrators(api: Api, params: Params) -> list[dict[str, Any]]:
    """getChatAdministrators."""
    group = _group(api, params)
    people = [api.world.bot, *group.members]
    statuses = [(user, group.status_of(user)) for user in people]
    return [member_json(user, status) for user, status in statuses if status in {"creator", "administrator"}]


def get_chat_member_count(api: Api, params: Params) -> int:
    """getChatMemberCount."""
    chat = open_chat(api, params)
    return len(chat.members) + 1 if isinstance(chat, Group) else 2


def leave_chat(api: Api, params: Params) -> bool:
    """leaveChat."""
    set_bot_status(find_group(api, params), api.world.bot, "left")
    return True


def export_chat_invite_link(api: Api, params: Params) -> str:
    """exportChatInviteLink."""
    group = find_group(api, params)
    if group.bot_status != "administrator":
        raise bad_request("not enough rights to manage chat invite link")
    return f"https://t.me/+sandbox{abs(group.id)}"


def create_chat_invite_link(api: Api, params: Params) -> dict[str, Any]:
    """createChatInviteLink."""
    return {
        "invite_link": export_chat_invite_link(api, params),
        "creator": api.world.bot.as_json(),
        "creates_join_request": params.flag("creates_join_request"),
        "is_primary": False,
        "is_revoked": False,
    }


def _group(api: Api, params: Params) -> Group:
    chat = open_chat(api, params)
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    return chat
