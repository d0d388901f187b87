"""What must hold after a storm, read from the database and from what people see in their chats."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from bot.app import civil_now
from bot.cards import incident as incident_card
from incidents.actions import Accept, Acknowledge, Action, Assign, Close, Complain, Escalate, Join, Leave
from incidents.lifecycle import Step, advance
from incidents.model import Incident, code
from incidents.roles import Room
from locales.voice import Voice
from operations.desk import Act, Desk
from operations.look import incident_view
from sandbox.telegram.markup import parse_html
from storage import incidents, intervals, letters
from storage.engine import Storage
from storage.tables import Card, Letter, Ticket, Timeline
from tests.journeys.town import Town

VOICE = Voice.of("vi", "Asia/Ho_Chi_Minh")
AGAIN = "\n(gửi lại)"
ACTIONS = {
    each.__name__.lower(): each
    for each in (Accept, Acknowledge, Assign, Close, Complain, Escalate, Join, Leave)
}
Told = tuple[int, str]  # a chat and a ticket's number
FirstWords = Mapping[tuple[int, int], str]  # by chat and message: what it said when it came
MOMENTARY = ("Kiểm tra ", "Xung quanh ")  # what the probes saw as the card was drawn
ANSWERS = ("giao cho đội nào", "Đã giao")  # of taps: a finger that taps again is told again


@dataclass(frozen=True)
class Audit:
    """What was lost, as sentences, and how many copies people have of cards and notices."""

    tickets: int
    steps: int
    lost: tuple[str, ...]
    copies: int
    marked: int  # how many messages said that they may be copies


async def settled(town: Town, down: set[str], up: set[str], seconds: float) -> None:
    """Wait until the bot believes the lines as they are and has delivered all it has to say."""
    async with Storage(town.url) as storage, asyncio.timeout(seconds):
        desk = Desk(storage, civil_now, VOICE)
        while not await _quiet(desk, down, up):
            await asyncio.sleep(0.2)


async def _quiet(desk: Desk, down: set[str], up: set[str]) -> bool:
    async with desk.look() as act:
        latest = await intervals.latest(act.session)
        states = {act.directory.channels[id_].code: row.state for id_, row in latest.items()}
        believed = all(states.get(code) == "down" for code in down)
        believed = believed and all(states.get(code) == "up" for code in up)
        return believed and await letters.depth(act.session) == 0


async def audit(town: Town, cut: Iterable[str], down: set[str], first: FirstWords) -> Audit:
    """Hold the database against the world, and the chats against the database."""
    async with Storage(town.url) as storage:
        desk = Desk(storage, civil_now, VOICE)
        async with desk.look() as act:
            tickets = [row.id for row in await act.session.exec(select(Ticket))]
            found = [each for id_ in tickets if (each := await incidents.find(act.session, id_ or 0))]
            steps = [await _replayed(act, each) for each in found]
            lost = [*_incidents(act, found, cut, down), *(each for each in steps if isinstance(each, str))]
            for each in found:
                lost += [wrong async for wrong in _cards(act, town, each)]
            lost += [wrong async for wrong in _letters(act, town)]
            due = await _due(act)
    copies = _told(first) - due
    marked = sum(text.endswith(AGAIN) for text in first.values())
    counted = sum(each for each in steps if isinstance(each, int))
    return Audit(len(found), counted, tuple(lost), sum(copies.values()), marked)


def _incidents(act: Act, found: list[Incident], cut: Iterable[str], down: set[str]) -> list[str]:
    """Each outage is of one ticket, which says whether the line is still silent."""
    wrong = []
    for line in cut:
        channel = next(id_ for id_, each in act.directory.channels.items() if each.code == line)
        own = [each for each in found if any(member.channel == channel for member in each.members)]
        if len(own) != 1:
            wrong.append(f"{line} has {len(own)} tickets")
        elif (channel in own[0].silent) != (line in down):
            wrong.append(f"{line} is {'down' if line in down else 'up'} and its ticket does not know")
    return wrong


async def _replayed(act: Act, stands: Incident) -> int | str:
    """Return how many steps brought the ticket to where it stands, or what does not fit."""
    rows = await incidents.timeline(act.session, stands.id)
    if [row.version for row in rows] != list(range(stands.version + 1)):
        return f"{stands.id}: versions {[row.version for row in rows]} of {stands.version}"
    joins = sum(len(row.data["channels"]) for row in rows if row.action == "join")
    first = stands.members[: len(stands.members) - joins]
    incident = Incident(
        unit=stands.unit,
        opened=stands.opened,
        id=stands.id,
        root=first[0].channel if first else None,
        members=tuple(replace(member, left=None) for member in first),
        severity=stands.severity,
        parent=stands.parent,
    )
    for row in rows[1:]:
        step = advance(incident, _action(row), row.at)
        if not isinstance(step, Step):
            return f"{stands.id}: {row.action} at version {row.version} is refused in the replay"
        incident = step.after
    return len(rows) if incident == stands else f"{stands.id}: {stands} is not the replay {incident}"


def _action(row: Timeline) -> Action:
    kind = ACTIONS[row.action]
    values: dict[str, Any] = dict(row.data)
    if "by" in kind.__dataclass_fields__:
        values["by"] = row.person_id
    if "since" in values:
        values["since"] = datetime.fromisoformat(values["since"])
    if "channels" in values:
        values["channels"] = tuple(values["channels"])
    return kind(**values)


async def _cards(act: Act, town: Town, incident: Incident) -> Any:
    """Yield what is wrong with the cards of *incident*: each of its chats has one that shows the present."""
    oncall, team = town.chats_of(act.directory.units[incident.unit].code)
    rooms = {oncall.id: Room.ONCALL} | ({team.id: Room.TEAM} if incident.assignment else {})
    kept = {card.chat: card for card in await letters.cards(act.session, incident.id)}
    view = await incident_view(act, incident)
    for chat, room in rooms.items():
        fresh = incident_card.render(view, VOICE, act.at, room)
        message = town.telegram.world.chat(chat).find(kept[chat].message_id) if chat in kept else None
        if message is None:
            yield f"{incident.id} has no card in {chat}"
        elif _lasting(shown := message.text.removesuffix(AGAIN)) != _lasting(parse_html(str(fresh.text))[0]):
            yield f"{incident.id} in {chat} shows {shown!r}, not {fresh.text!r}"


def _lasting(text: str) -> list[str]:
    """Return the lines of a card that are redrawn when what they tell changes."""
    return [line for line in text.splitlines() if not line.startswith(MOMENTARY)]


async def _letters(act: Act, town: Town) -> Any:
    """Yield every letter that did not end well: unsettled, dead, or said to be where it is not."""
    for row in await act.session.exec(select(Letter).order_by(col(Letter.id))):
        chat = town.telegram.world.chat(row.chat)
        if row.settled is None or row.outcome not in ("sent", "expired"):
            yield f"letter {row.id} ({row.kind}): {row.outcome} {row.error}"
        elif row.message_id is not None and chat.find(row.message_id) is None:
            yield f"letter {row.id} ({row.kind}) is not in {row.chat}"
        elif row.message_id is None and row.kind in ("card", "notice") and row.outcome == "sent":
            yield f"letter {row.id} ({row.kind}) was let go"


async def _due(act: Act) -> Counter[Told]:
    """Return how many messages each chat should have of each ticket: its card, and a message a notice."""
    due: Counter[Told] = Counter()
    for card in await act.session.exec(select(Card)):
        due[card.chat, code(card.incident_id)] += 1
    for letter in await act.session.exec(select(Letter).where(Letter.kind == "notice")):
        due[letter.chat, code(letter.incident_id or 0)] += 1
    return due


def _told(first: FirstWords) -> Counter[Told]:
    """Return how many messages each chat has of each ticket, but for answers."""
    told: Counter[Told] = Counter()
    for (chat, _), text in first.items():
        ticket = re.search(r"SC-\d+", text)
        if ticket and not any(words in text for words in ANSWERS):
            told[chat, ticket[0]] += 1
    return told
