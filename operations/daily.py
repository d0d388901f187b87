"""Daily: what a morning's letter tells, as one value: what is on, who is out, yesterday, what is overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from incidents.figures import counting
from incidents.figures.parts import Parts, total
from incidents.figures.periods import Period, before
from incidents.figures.stretches import parts
from incidents.span import Span
from operations.agenda import Item, agenda
from operations.desk import Act
from operations.ledger import days
from operations.overdue import overdue
from operations.without import Standing, standing
from storage import incidents

WEEK = 7


@dataclass(frozen=True, slots=True)
class Past:
    """A span that is over: incidents a day, and what part of the seen time was up, and not the carrier's."""

    cases: float
    availability: float | None
    carriers: float | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """A promise that is past its hour: whose unit it is about, what is owed, and since when."""

    unit: str
    owed: str
    by: datetime


@dataclass(frozen=True, slots=True)
class Daily:
    """The state of a morning; *scope* is the part it is of, None for the province."""

    at: datetime
    scope: str | None
    agenda: tuple[Item, ...]
    standing: Standing
    yesterday: Past
    week_before: Past
    overdue: tuple[Overdue, ...]


_ADAPTER = TypeAdapter(Daily)


async def daily(act: Act, scope: int | None = None, *, past: bool = False) -> Daily:
    """Return the state of *scope* (None: the province) at the time of *act*.

    What was overdue at a time that is *past* is not known any more, and not told.
    """
    yesterday = before(Period.DAY, act.at, act.zone)
    week = Span(yesterday.start - WEEK * timedelta(days=1), yesterday.start)
    return Daily(
        at=act.at,
        scope=act.directory.units[scope].name if scope and scope != act.directory.top else None,
        agenda=await agenda(act, scope),
        standing=await standing(act, scope),
        yesterday=await _past(act, yesterday, scope, 1),
        week_before=await _past(act, week, scope, WEEK),
        overdue=() if past else tuple(await _overdue(act, scope)),
    )


def written(told: Daily) -> dict[str, Any]:
    """Return it as a letter keeps it."""
    content: dict[str, Any] = _ADAPTER.dump_python(told, mode="json")
    return content


def read(content: dict[str, Any]) -> Daily:
    """Return what ``written`` gave."""
    return _ADAPTER.validate_python(content)


async def _past(act: Act, asked: Span, scope: int | None, of_days: int) -> Past:
    known = await incidents.between(act.session, asked.start, asked.end)
    spent = await days(act, asked, known)
    unit_of = {id_: each.unit_id for id_, each in act.directory.live_channels.items()}
    here: Parts = total(
        parts(each) for id_, each in spent.items() if act.directory.within(unit_of[id_], scope)
    )
    cases = sum(counting.counts(each, asked) and act.directory.within(each.unit, scope) for each in known)
    return Past(cases / of_days, here.availability, here.carriers)


async def _overdue(act: Act, scope: int | None) -> list[Overdue]:
    live = await incidents.live(act.session)
    mine = [each for each in live if not each.security and act.directory.within(each.unit, scope)]
    found = [Overdue(late.unit, late.owed, act.at - late.by) for late in overdue(act, mine)]
    return sorted(found, key=lambda one: one.by)
