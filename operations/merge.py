"""Merge: several tickets become one, with their lines, their reports and what was said of power."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from incidents.actions import Absorb, Merge
from incidents.lifecycle import Refused, Step
from incidents.merging import unfit
from incidents.model import Incident, Severity
from incidents.refusal import Refusal
from operations.announce import Notice, team_of, tell
from operations.desk import Act, Desk
from operations.hearing import hearers
from operations.respond import take_quietly
from storage import belongings, incidents
from storage.letters import Address

MOST = 20  # tickets at once


@dataclass(frozen=True, slots=True)
class Union:
    """What would become of tickets: *parts* become parts of *target*; *why* not, by their numbers."""

    target: Incident
    parts: tuple[Incident, ...]
    why: Mapping[int, Refusal] = field(default_factory=dict)


async def union(act: Act, numbers: Sequence[int]) -> Union | None:
    """Return what would become of the tickets, the first of which is to hold the others; None if one is not.

    A ticket that is named twice, or is to become a part of itself, is named once.
    """
    found = [await incidents.find(act.session, each) for each in dict.fromkeys(numbers)]
    known = [each for each in found if each is not None]
    if len(known) < len(found) or not known:
        return None
    target, *parts = known
    return Union(target, tuple(parts), unfit(target, parts, await _above(act, target)))


async def merge(desk: Desk, numbers: Sequence[int], by: int) -> Step | Union | None:
    """Make the tickets one, the first; or return why not, None where one of them does not exist."""
    async with desk.act() as act:
        meant = await union(act, numbers)
        if meant is None or meant.why or not meant.parts:
            return meant
        step = await take_quietly(act, meant.target, _absorb(meant, by))
        assert isinstance(step, Step)
        for part in meant.parts:
            await _give_up(act, part, step.after.id, by)
        return step


async def _above(act: Act, incident: Incident) -> set[int]:
    """Return the tickets that *incident* came out of."""
    found: set[int] = set()
    above = incident.parent
    while above is not None and above not in found:
        found.add(above)
        parent = await incidents.find(act.session, above)
        above = parent.parent if parent else None
    return found


def _absorb(meant: Union, by: int) -> Absorb:
    stays = (stay for part in meant.parts for stay in part.members if stay.left is None)
    power = (said for part in meant.parts for said in part.power)
    highest = min((part.severity for part in meant.parts), key=list(Severity).index)
    return Absorb(by, tuple(part.id for part in meant.parts), highest, tuple(stays), tuple(power))


async def _give_up(act: Act, part: Incident, into: int, by: int) -> None:
    """Close *part* as a part of the other; its team and whoever waits for it are told."""
    waiting = await hearers(act, part.id)
    its = await belongings.move_all(act.session, part.id, into)
    step = await take_quietly(act, part, Merge(into, by, its.reports, its.added))
    assert not isinstance(step, Refused)
    told = [*team_of(act, part), *(Address(person.telegram_id) for person in waiting)]
    await tell(act, told, Notice("merged", {}), part.id)


def lines(tickets: Iterable[Incident]) -> int:
    """Return how many lines of *tickets* are out."""
    return sum(len(each.silent) for each in tickets)
