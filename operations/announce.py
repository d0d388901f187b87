"""Who is told of a step: the letters that commit with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from incidents.actions import Accept, Acknowledge, Assign, Escalate, Expect, Join, Leave, Reopen, Retract
from incidents.lifecycle import Step
from incidents.model import Incident
from incidents.policy import Audience
from incidents.quiet import wakes
from incidents.roles import Role, Room
from operations.desk import Act
from operations.hearing import hearers
from operations.promise import moved
from storage import attachments, letters, people, reports, spells
from storage.letters import Address
from storage.spells import FLAPPING
from storage.tables import Attachment, Letter


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that rings: *name* is its text in bot/cards, *data* what the text needs."""

    name: str
    data: dict[str, Any]


async def redraw(act: Act, incident: Incident, wait: timedelta = timedelta(), *, quiet: bool = False) -> None:
    """Have the incident's card drawn anew, after *wait*, in every chat that has it or should."""
    for where in await _rooms(act, incident):
        await redraw_at(act, incident, where, wait, quiet=quiet)


async def redraw_at(
    act: Act, incident: Incident, where: Address, wait: timedelta = timedelta(), *, quiet: bool = False
) -> None:
    """Have the incident's card drawn anew, after *wait*, in one chat."""
    letter = _letter(act, where, "card", incident.id)
    letter.not_before = act.at + wait
    letter.content = {"quiet": True} if quiet else {}
    await letters.post(act.session, letter)


async def announce(act: Act, step: Step) -> None:
    """Post every letter that *step* causes besides the redrawn card."""
    for notice, wheres in await _notices(act, step):
        await tell(act, wheres, notice, step.after.id)
    if isinstance(step.action, Leave):
        await _tell_of_return(act, step)
    if isinstance(step.action, Assign):
        added = await attachments.of_incident(act.session, step.after.id)
        await post_media(act, _team(act, step.after), added)


async def tell(
    act: Act,
    wheres: Iterable[Address],
    notice: Notice,
    incident: int | None = None,
    key: str | None = None,
    *,
    asked: bool = False,
) -> None:
    """Post *notice* to each address once; *key* makes it unique for ever.

    At night an officer is told what was *asked* for; all else waits for the morning, and of what waits for a
    ticket the newest alone is told.
    """
    places = list(dict.fromkeys(wheres))
    asleep = set() if asked else await _asleep(act, places)
    for where in places:
        letter = _letter(act, where, "notice", incident)
        letter.content = {"name": notice.name} | notice.data | ({"asked": True} if asked else {})
        letter.key = None if key is None else letters.keyed(key, where)
        if where.chat in asleep:
            letter.due = letter.not_before = _morning(act) or act.at
        await letters.post(act.session, letter)
        if where.chat in asleep:
            await letters.supersede(act.session, letter, act.at)


async def show(act: Act, incident: Incident, added: Iterable[Attachment], but: Address | None = None) -> None:
    """Post what was *added* to the duty desk and the team that has the job; *but* has seen it.

    Of a suspicion nothing is shown unasked.
    """
    if incident.security:
        return
    wheres = [*await rooms_of(act, Room.ONCALL, incident.unit), *_team(act, incident)]
    await post_media(act, [each for each in wheres if each != but], added)


async def post_media(
    act: Act, wheres: Iterable[Address], added: Iterable[Attachment], asked: str | None = None
) -> None:
    """Post the files among *added* to each address: once for ever, or once for what *asked* for them."""
    files = [each for each in added if each.file_id is not None]
    for where in dict.fromkeys(wheres):
        for each in files:
            letter = _letter(act, where, letters.MEDIA, each.incident_id)
            letter.content = {"attachment": each.id, "quiet": True, "asked": asked is not None}
            letter.key = letters.keyed(f"media:{each.id}:{asked or ''}", where)
            letter.expires = None if asked is None else act.at + act.policies.query_lives
            await letters.post(act.session, letter)


async def rooms_of(act: Act, room: Room, unit: int | None) -> list[Address]:
    """Return the chats with this role whose scope holds *unit*."""
    chats = await people.chats(act.session, room)
    return [letters.address(chat) for chat in chats if act.directory.within(unit, chat.unit_id)]


def service_owner(act: Act, incident: Incident) -> list[Address]:
    """Return the chat of whoever answers for the service that the incident is of, if it is of one."""
    service = act.directory.services.get(incident.service.of) if incident.service else None
    return [] if service is None or service.chat_id is None else [Address(service.chat_id)]


async def _rooms(act: Act, incident: Incident) -> list[Address]:
    wheres = await rooms_of(act, Room.ONCALL, incident.unit)
    wheres += _team(act, incident)
    # a team that no longer has it keeps a card, which says so
    wheres += [letters.address(card) for card in await letters.cards(act.session, incident.id)]
    return list(dict.fromkeys(wheres))


async def _notices(act: Act, step: Step) -> list[tuple[Notice, list[Address]]]:
    action = step.action
    if isinstance(action, Retract):
        return []
    if isinstance(action, Escalate):
        rung = Notice("escalated", {"rung": action.rung})
        return [(rung, await _called(act, step.after, action.rung))]
    reporters = await _reporters(act, step.after, but=getattr(action, "by", None))
    return [(Notice(name, {}), wheres) for name, wheres in await _calls(act, step, reporters)] + [
        (notice, reporters) for notice in _progress(act, step)
    ]


async def _calls(act: Act, step: Step, reporters: list[Address]) -> list[tuple[str, list[Address]]]:
    """Return the notices that ring at the desk or in a team's chat; *reporters* hear some of them."""
    oncall = await rooms_of(act, Room.ONCALL, step.after.unit)
    team = _team(act, step.after)
    if step.closes and step.after.service is not None:
        return [("closed", oncall), ("service_over", [*reporters, *service_owner(act, step.after)])]
    if step.closes:
        return [("closed", [*oncall, *reporters])]
    if isinstance(step.action, Join) and await _all_flap(act, step.action.channels):
        return []  # of which was told when it began
    if isinstance(step.action, Reopen):
        return [("reopened", [*oncall, *reporters, *team])]
    if step.contests:
        return [("contested", [*oncall, *team])]
    if _cuts_off(act, step):
        return [("cut_off", [*oncall, *team])]
    if step.relapses:
        return [("relapsed", [*oncall, *reporters, *team])]
    return await _handed(act, step) if isinstance(step.action, Assign) else []


def _progress(act: Act, step: Step) -> list[Notice]:
    """Return what those who wait hear of a step: who has it now, or that its promise has moved."""
    if (was := moved(act, step)) is not None:
        return [Notice("moved", {"was": was.isoformat()})]
    return [Notice("progress", {})] if isinstance(step.action, Acknowledge | Assign | Accept | Expect) else []


async def _all_flap(act: Act, channels: Iterable[int]) -> bool:
    return all([await spells.open_(act.session, channel, FLAPPING) for channel in channels])


def _cuts_off(act: Act, step: Step) -> bool:
    """Whether the last line of a unit that another one has carried is lost."""
    lines = set(act.directory.channels_of(step.after.unit))
    was, lost = lines.intersection(step.before.silent), lines.intersection(step.after.silent)
    return step.after.wide is None and bool(was) and was < lost == lines


async def _tell_of_return(act: Act, step: Step) -> None:
    """Tell the reporters of a unit once its lines are back; those of no line in it, once all are."""
    ever = {member.channel for member in step.after.members}
    for unit in await reports.units(act.session, step.after.id):
        lines = set(act.directory.channels_of(unit))
        back = not lines.isdisjoint(step.before.silent) and lines.isdisjoint(step.after.silent)
        if back or (step.recovers and lines.isdisjoint(ever)):
            notice = Notice("back", {"unit": act.directory.units[unit].name, "unit_id": unit})
            await tell(act, await _reporters(act, step.after, unit), notice, step.after.id)


async def _handed(act: Act, step: Step) -> list[tuple[str, list[Address]]]:
    """Return what rings in the teams' chats: the loss of a job, and one that comes back to an old card."""
    lost, got = _team(act, step.before), _team(act, step.after)
    again = [where for where in got if await letters.card(act.session, step.after.id, where)]
    return [("withdrawn", lost), ("handed_again", again)]


def _team(act: Act, incident: Incident) -> list[Address]:
    """Return the chat of the team that has it, if there is one."""
    team = act.directory.teams.get(incident.assignment.team) if incident.assignment else None
    return [Address(team.chat_id)] if team and team.chat_id is not None else []


async def _called(act: Act, incident: Incident, rung: int) -> list[Address]:
    if act.policies.ladder[rung - 1].to is Audience.ONCALL:
        return await rooms_of(act, Room.ONCALL, incident.unit)
    leaders = await people.with_role(act.session, Role.LEADER)
    scoped = [leader for leader in leaders if act.directory.within(incident.unit, leader.unit_id)]
    rooms = await rooms_of(act, Room.LEADERS, incident.unit)
    return [*rooms, *(Address(leader.telegram_id) for leader in scoped)]


async def _reporters(
    act: Act, incident: Incident, unit: int | None = None, but: int | None = None
) -> list[Address]:
    """Return the officers who hear of it, or of them those who do for *unit*; not whose own act it is."""
    found = await hearers(act, incident.id, unit)
    return [Address(person.telegram_id) for person in found if person.id != but]


def _morning(act: Act) -> datetime | None:
    """Return when the night is over, or None by day."""
    until = wakes(act.policies.quiet, act.at.astimezone(act.zone))
    return None if until is None else until.astimezone(UTC)


async def _asleep(act: Act, wheres: Iterable[Address]) -> set[int]:
    """Return the chats among *wheres* of officers, who are let sleep; none by day."""
    if _morning(act) is None:
        return set()
    return await people.among(act.session, Role.OFFICER, (where.chat for where in wheres))


def _letter(act: Act, where: Address, kind: str, incident: int | None) -> Letter:
    return Letter(
        transport=where.transport,
        chat=where.chat,
        topic=where.topic,
        kind=kind,
        incident_id=incident,
        created=act.at,
        not_before=act.at,
    )
