"""The chats: the bot is in each, may write there, and may pin where it should."""

from dataclasses import dataclass

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted, ChatPermissions
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.doctor.finding import Finding, fail, ok, warn
from bot.doctor.patient import Patient
from bot.doctor.records import Records
from incidents.roles import Room

WHERE_IDS_ARE = "TRUCMANG_ONCALL_CHAT or the sheet teams"
ADD = "add the bot to the group"


@dataclass(frozen=True, slots=True)
class Known:
    """A chat we write to; *pins*: the bot should be able to pin there."""

    id: int
    name: str
    pins: bool


async def examine(patient: Patient) -> list[Finding]:
    """Look at every chat the bot knows."""
    records = await patient.records()
    findings = judge_oncall(records, patient.settings.oncall_chat)
    known = _known(records, patient.settings.oncall_chat)
    if not patient.has_token:
        return [*findings, warn("the chats were not looked at", "see settings")]
    try:
        me = await patient.line.me()
    except TelegramError:
        return [*findings, warn("the chats were not looked at", "see Telegram")]
    for chat in known:
        findings += await _look(patient, chat, me.id)
    return findings or [ok(f"the bot is at home in {len(known)} chats")]


def judge_oncall(records: Records | None, wanted: int | None) -> list[Finding]:
    """Judge whether the desk has a chat."""
    rooms = [] if records is None else [each for each in records.chats if each.role == Room.ONCALL]
    if wanted is None and not rooms:
        mend = "add the bot to the duty desk's group and set TRUCMANG_ONCALL_CHAT to the group's id"
        return [fail("the duty desk has no chat: nobody is told of an outage", mend)]
    if wanted is not None and rooms and wanted not in {each.chat for each in rooms}:
        said = f"TRUCMANG_ONCALL_CHAT is {wanted}, but the desk's chat is known as {rooms[0].chat}"
        return [warn(said, "correct it: the next start adds it as another chat of the desk")]
    shut = [each for each in ([] if records is None else records.chats) if each.blocked_at is not None]
    return [
        warn(f"«{each.title or each.chat}» took no letter the last time: {each.blocked_why}", f"{ADD} again")
        for each in shut
    ]


def _known(records: Records | None, oncall: int | None) -> list[Known]:
    rows = [] if records is None else records.chats
    known = [
        Known(
            row.chat, f"«{row.title}» ({row.chat})" if row.title else str(row.chat), row.role == Room.ONCALL
        )
        for row in {each.chat: each for each in rows}.values()
    ]
    if oncall is not None and oncall not in {each.id for each in known}:
        known.append(Known(oncall, f"the duty desk's chat ({oncall})", pins=True))
    return known


async def _look(patient: Patient, chat: Known, me: int) -> list[Finding]:
    try:
        full = await patient.line.bot.get_chat(chat.id)
        member = await patient.line.bot.get_chat_member(chat.id, me)
    except ChatMigrated as error:
        said = f"{chat.name} has become a supergroup with the id {error.new_chat_id}"
        return [fail(said, f"write the new id where you keep it: {WHERE_IDS_ARE}")]
    except Forbidden:
        return [fail(f"the bot is not in {chat.name}", ADD)]
    except BadRequest:
        return [fail(f"there is no chat {chat.name} that the bot can see", f"{ADD}, or mend {WHERE_IDS_ARE}")]
    except TelegramError as error:
        return [warn(f"{chat.name} could not be looked at ({type(error).__name__})", "try again in a while")]
    return judge(chat, member, full.permissions)


def judge(chat: Known, member: ChatMember, everybody: ChatPermissions | None) -> list[Finding]:
    """Judge the bot's place in a chat where every member may do what *everybody* says."""
    if member.status in (ChatMember.LEFT, ChatMember.BANNED):
        return [fail(f"the bot is not in {chat.name}", ADD)]
    muted = (
        everybody is not None and everybody.can_send_messages is False and member.status == ChatMember.MEMBER
    )
    if muted or (isinstance(member, ChatMemberRestricted) and not member.can_send_messages):
        return [
            fail(
                f"the bot may not write in {chat.name}", "allow it to send messages, or make it administrator"
            )
        ]
    may_pin = isinstance(member, ChatMemberAdministrator) and member.can_pin_messages is not False
    if chat.pins and chat.id < 0 and not may_pin:
        return [warn(f"the bot may not pin in {chat.name}", "make it administrator with the right to pin")]
    return []
