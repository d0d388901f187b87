"""Who is in a group: joining, leaving, the bot's own place, and the move to a supergroup."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.telegram.groups import Group
    from sandbox.telegram.people import Person
    from sandbox.telegram.users import User

_RIGHTS = (
    "can_be_edited",
    "can_change_info",
    "can_delete_messages",
    "can_delete_stories",
    "can_edit_stories",
    "can_invite_users",
    "can_manage_chat",
    "can_manage_video_chats",
    "can_pin_messages",
    "can_post_stories",
    "can_promote_members",
    "can_restrict_members",
    "is_anonymous",
)
_LIBERTIES = (
    "can_add_web_page_previews",
    "can_change_info",
    "can_edit_tag",
    "can_invite_users",
    "can_manage_topics",
    "can_pin_messages",
    "can_react_to_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_messages",
    "can_send_other_messages",
    "can_send_photos",
    "can_send_polls",
    "can_send_video_notes",
    "can_send_videos",
    "can_send_voice_notes",
)


def member_json(user: "User", status: str) -> dict[str, Any]:
    """Return the Bot API's ChatMember."""
    body: dict[str, Any] = {"user": user.as_json(), "status": status}
    if status == "kicked":
        body["until_date"] = 0
    if status == "creator":
        body["is_anonymous"] = False
    if status == "restricted":
        body |= {"is_member": True, "until_date": 0} | dict.fromkeys(_LIBERTIES, False)
    if status == "administrator":
        body |= {right: right not in {"is_anonymous", "can_be_edited"} for right in _RIGHTS}
    return body


def add(group: "Group", person: "Person", by: "User") -> None:
    """Make *person* a member and tell the bot."""
    if person in group.members:
        raise ValueError(f"{person.name} is already in {group.title}")
    group.members.append(person)
    group.serve(by, {"new_chat_members": [person.as_json()], "new_chat_member": person.as_json()})
    _tell(group, "chat_member", by, (person, "left", "member"))


def remove(group: "Group", person: "Person", by: "User") -> None:
    """Make *person* a stranger and tell the bot."""
    before = group.status_of(person)
    group.members.remove(person)
    group.serve(by, {"left_chat_member": person.as_json()})
    _tell(group, "chat_member", by, (person, before, "left" if by is person else "kicked"))


def set_bot_status(group: "Group", by: "User", status: str) -> None:
    """Give the bot another place in the group, and tell it."""
    bot, before = group.world.bot, group.bot_status
    group.bot_status = status
    if status == "member" and before in {"left", "kicked"}:
        group.serve(by, {"new_chat_members": [bot.as_json()]})
    _tell(group, "my_chat_member", by, (bot, before, status))
    group.changed()


def tell_private(person: "Person", before: str, after: str) -> None:
    """Tell the bot that *person* blocked or unblocked it."""
    world = person.world
    change = (world.bot, before, after)
    world.updates.push("my_chat_member", _change(person.chat.as_json(), person, change, world.now()))


def migrate(group: "Group", to: int) -> "Group":
    """Move everybody to the supergroup *to*, with the two service messages Telegram sends."""
    if group.type != "group" or group.migrated_to:
        raise ValueError(f"{group.title} can't become a supergroup")
    world = group.world
    moved = world.group(id=to, title=group.title, members=group.members)
    moved.bot_status, moved.admins = group.bot_status, set(group.admins)
    anybody = group.members[0] if group.members else world.bot
    group.serve(anybody, {"migrate_to_chat_id": moved.id})
    group.migrated_to = moved
    moved.serve(anybody, {"migrate_from_chat_id": group.id})
    return moved


def _tell(group: "Group", kind: str, by: "User", change: tuple["User", str, str]) -> None:
    if kind == "chat_member" and group.bot_status != "administrator":
        return  # only an administrator learns of other members
    group.world.updates.push(kind, _change(group.as_json(), by, change, group.world.now()))


def _change(chat: dict[str, Any], by: "User", change: tuple["User", str, str], at: int) -> dict[str, Any]:
    user, before, after = change
    return {
        "chat": chat,
        "from": by.as_json(),
        "date": at,
        "old_chat_member": member_json(user, before),
        "new_chat_member": member_json(user, after),
    }
