"""Relieve: an officer speaks for a unit no longer; who hears of its tickets now is told of them."""

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import select

from incidents.roles import Role
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from operations.hearing import hearers
from operations.journal import note
from storage import incidents, postings
from storage.letters import Address
from storage.tables import Person, Posting, Report

DESK = frozenset({Role.ONCALL, Role.ADMIN})  # who decides who speaks for a unit


class NotRelieved(StrEnum):
    """Why a posting is not ended."""

    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"


@dataclass(frozen=True, slots=True)
class Relieved:
    """Whose posting at which unit has ended; doing it twice is doing it once."""

    person: str
    unit: str


async def relieve(desk: Desk, posting_id: int, by: int) -> Relieved | NotRelieved:
    """End the posting as the person *by* wishes; their right to is checked here, at the act."""
    async with desk.act() as act:
        posting, maker = await act.session.get(Posting, posting_id), await act.session.get(Person, by)
        assert maker is not None
        if posting is None:
            return NotRelieved.UNKNOWN
        if not oversees(act, maker, posting.unit_id):
            return NotRelieved.NOT_YOURS
        if posting.until is None:
            await end_posting(act, posting, by)
        person = await act.session.get(Person, posting.person_id)
        assert person is not None
        return Relieved(person.name, act.directory.units[posting.unit_id].name)


def oversees(act: Act, person: Person, unit: int) -> bool:
    """Return whether *person* decides who speaks for *unit*: one of the desk in whose part it is."""
    at_the_desk = person.locked_at is None and person.role in DESK
    return at_the_desk and act.directory.within(unit, person.unit_id)


async def end_posting(act: Act, posting: Posting, by: int | None) -> None:
    """End *posting* within an open act: reports stay their author's, but what comes of them others hear."""
    reported = await _reported(act, posting)
    before = [await hearers(act, each, posting.unit_id) for each in reported]
    await postings.end(act.session, posting, act.at, by)
    note(act, "relieved", by, about=posting.person_id, unit=posting.unit_id)
    person = await act.session.get(Person, posting.person_id)
    assert person is not None
    if person.locked_at is None:
        notice = Notice("relieved", {"unit": act.directory.units[posting.unit_id].name})
        await tell(act, [Address(person.telegram_id)], notice, key=f"relieved:{posting.id}")
    for incident, had in zip(reported, before, strict=True):
        new = [each for each in await hearers(act, incident, posting.unit_id) if each not in had]
        await tell(act, [Address(each.telegram_id) for each in new], Notice("inherited", {}), incident)


async def _reported(act: Act, posting: Posting) -> list[int]:
    """Return the open tickets that the officer reported for the unit."""
    rows = await act.session.exec(
        select(Report.incident_id)
        .where(Report.person_id == posting.person_id, Report.unit_id == posting.unit_id)
        .distinct()
    )
    reported = set(rows.all())
    return [each.id for each in await incidents.live(act.session) if each.id in reported]
