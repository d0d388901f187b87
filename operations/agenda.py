"""Agenda: what is on today that the network must carry, or that takes a part of it away."""

from dataclasses import dataclass
from datetime import datetime

from incidents.figures.periods import Period, around
from incidents.maintenance import Window, occurrences
from incidents.span import Span
from incidents.vigil import Occasion
from operations.desk import Act
from storage import maintenance, vigils

MEETING, WORKS = "meeting", "works"


@dataclass(frozen=True, slots=True)
class Item:
    """A meeting, or works: from when to when, and where; no name: in the whole province."""

    what: str
    start: datetime
    end: datetime
    units: tuple[str, ...] = ()


async def agenda(act: Act, scope: int | None) -> tuple[Item, ...]:
    """Return what is still to come today in *scope*, meetings first, then works, the earliest first."""
    today = around(Period.DAY, act.at.astimezone(act.zone).date(), act.zone)
    rest = Span(act.at, today.end)
    return (*await _meetings(act, rest, scope), *await _works(act, rest, scope))


async def _meetings(act: Act, rest: Span, scope: int | None) -> list[Item]:
    found = []
    for vigil in await vigils.within(act.session, rest):
        if vigil.occasion is Occasion.MEETING and _touches(act, vigil.unit, scope):
            names = () if vigil.unit is None else (act.directory.units[vigil.unit].name,)
            found.append(Item(MEETING, vigil.span.start, vigil.span.end, names))
    return found


async def _works(act: Act, rest: Span, scope: int | None) -> list[Item]:
    plan = await maintenance.planned(act.session, act.directory, act.at)
    found = [
        Item(WORKS, span.start, span.end, tuple(act.directory.units[each].name for each in sorted(units)))
        for window in plan.windows
        if (units := [each for each in _units(act, window) if _touches(act, each, scope)])
        for span in occurrences(window, rest)
    ]
    return sorted(found, key=lambda each: each.start)


def _units(act: Act, window: Window) -> set[int]:
    own = {act.directory.channels[each].unit_id for each in window.scope.channels}
    return set(window.scope.units) | own


def _touches(act: Act, unit: int | None, scope: int | None) -> bool:
    """Return whether what is on at *unit* (None: everywhere) matters in *scope*: it is below it, or above."""
    if unit is None or scope is None:
        return True
    return act.directory.within(unit, scope) or act.directory.within(scope, unit)
