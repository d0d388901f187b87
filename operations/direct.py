"""Direct: a leader tells the desk what to do; it is called until it has reported back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from incidents.directive import Directive as State
from incidents.directive import next_ring
from incidents.model import code
from incidents.roles import Role, Room
from intents.appointed import appointed
from intents.masking import mask_addresses
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.journal import note
from storage import directives, incidents, people
from storage.letters import Address
from storage.tables import Directive, Person

DESK = frozenset({Role.ONCALL, Role.ADMIN})


class NotReported(StrEnum):
    """Why a directive is neither received nor reported on."""

    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"
    ANSWERED = "answered"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Dealt:
    """A directive after an act on it; *first* is who was first where it was done already."""

    row: Directive
    first: str


async def direct(
    desk: Desk,
    leader: Person,
    words: str,
    where: Address,
    source: str,
    incident: int | None = None,
    said_at: datetime | None = None,
) -> Directive:
    """Keep the words of *leader* and pass them on to the desk; told twice, they are kept once."""
    async with desk.act() as act:
        known = await directives.by_source(act.session, source)
        if known is not None:
            return known
        assert leader.id is not None
        said = (said_at or act.at).astimezone(act.zone)
        named = appointed(words, said)
        due = act.at + act.policies.directing.due if named is None else named.astimezone(UTC)
        row = Directive(
            person_id=leader.id,
            at=act.at,
            words=mask_addresses(words),
            incident_id=incident,
            chat=where.chat,
            topic=where.topic,
            due=max(due, act.at),
            source=source,
        )
        row.ring = next_ring(state(row), act.policies.directing)
        act.session.add(row)
        await act.session.flush()
        note(act, "directed", leader.id, incident=incident, directive=row.id)
        await _call(act, row, "directive")
        return row


async def receive(desk: Desk, number: int, by: int) -> Dealt | NotReported:
    """Note that the person *by* at the desk has taken the directive in."""
    async with desk.act() as act:
        row = await _meant(act, number, by)
        if isinstance(row, NotReported):
            return row
        if row.received is None:
            row.received, row.received_by = act.at, by
            row.rung, row.last = 0, None
            row.ring = next_ring(state(row), act.policies.directing)
            act.session.add(row)
            note(act, "directive_received", by, incident=row.incident_id, directive=row.id)
        return Dealt(row, await _name(act, row.received_by))


async def report(desk: Desk, number: int, by: int, words: str) -> Dealt | NotReported:
    """Report *words* to whoever gave the directive; the first report is the one that counts."""
    async with desk.act() as act:
        row = await _meant(act, number, by)
        if isinstance(row, NotReported):
            return row
        if not words.strip():
            return NotReported.EMPTY
        row.received = row.received or act.at
        row.received_by = row.received_by or by
        row.answered, row.answered_by, row.answer = act.at, by, mask_addresses(words)
        row.ring = None
        act.session.add(row)
        note(act, "directive_reported", by, incident=row.incident_id, directive=row.id)
        name = await _name(act, by)
        told = Notice("directive_reported", {**await _data(act, row), "answer": row.answer, "by": name})
        await tell(act, [Address(row.chat, row.topic)], told, key=f"directive:{row.id}:reported", asked=True)
        return Dealt(row, name)


async def call_again(desk: Desk, at: datetime) -> int:
    """Call the desk for every directive whose time has come; return how many there were."""
    async with desk.storage.read() as session:
        waiting = [row.id for row in await directives.to_ring(session, at)]
    for number in waiting:
        async with desk.act(at) as act:
            row = await act.session.get(Directive, number)
            if row is None or row.ring is None or row.ring > at:
                continue  # somebody has reported meanwhile
            row.rung, row.last = row.rung + 1, at
            row.ring = next_ring(state(row), act.policies.directing)
            act.session.add(row)
            await _call(act, row, "directive_waits")
    return len(waiting)


def state(row: Directive) -> State:
    """Return the directive as the rules see it."""
    return State(row.at, row.due, row.received, row.answered, row.rung, row.last)


async def scope_of(act: Act, row: Directive) -> int:
    """Return the unit that the directive is about: its ticket's, or what its leader deals with."""
    if row.incident_id is not None:
        incident = await incidents.find(act.session, row.incident_id)
        assert incident is not None
        return incident.unit
    leader = await act.session.get(Person, row.person_id)
    assert leader is not None
    return leader.unit_id or act.directory.top


async def _meant(act: Act, number: int, by: int) -> Directive | NotReported:
    """Return the directive if the person *by* may deal with it and nobody has reported on it yet."""
    row, person = await act.session.get(Directive, number), await act.session.get(Person, by)
    if row is None:
        return NotReported.UNKNOWN
    may = person is not None and person.locked_at is None and person.role in DESK
    if person is None or not may or not act.directory.within(await scope_of(act, row), person.unit_id):
        return NotReported.NOT_YOURS
    return NotReported.ANSWERED if row.answered is not None else row


async def _call(act: Act, row: Directive, name: str) -> None:
    rooms = [] if await is_discreet(act, row) else await rooms_of(act, Room.ONCALL, await scope_of(act, row))
    if not rooms:
        rooms = [Address(each.telegram_id) for each in await people.with_role(act.session, Role.ONCALL)]
    key = f"directive:{row.id}:{row.rung}:{'' if row.received is None else row.received.isoformat()}"
    await tell(act, rooms, Notice(name, await _data(act, row)), key=key)


async def is_discreet(act: Act, row: Directive) -> bool:
    """Whether it is about a suspicion, of which nothing is said in a group."""
    incident = None if row.incident_id is None else await incidents.find(act.session, row.incident_id)
    return incident is not None and incident.security


async def _data(act: Act, row: Directive) -> dict[str, object]:
    """Return what a message about the directive says; its ticket by the number alone."""
    return {
        "directive": row.id,
        "person": await _name(act, row.person_id),
        "words": row.words,
        "given": row.at.isoformat(),
        "due": row.due.isoformat(),
        "code": None if row.incident_id is None else code(row.incident_id),
        "received": row.received is not None,
    }


async def _name(act: Act, person: int | None) -> str:
    found = None if person is None else await act.session.get(Person, person)
    return found.name if found is not None else ""
