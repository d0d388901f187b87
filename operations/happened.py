"""Happened: the incidents of a day, as a leader reads them: where, how long, and why."""

from dataclasses import dataclass
from datetime import datetime

from incidents.figures.counting import counts
from incidents.model import Cause
from incidents.span import Span
from locales.collation import sort_key
from operations.desk import Act
from storage import incidents


@dataclass(frozen=True, slots=True)
class Happened:
    """An incident: its unit with its area, how many channels, from when to when (None: it lasts), and why."""

    unit: str
    area: str
    channels: int
    began: datetime
    ended: datetime | None
    cause: Cause | None


async def happened(act: Act, span: Span, scope: int | None) -> list[Happened]:
    """Return the incidents of lines opened in *span* in *scope*, area by area, the earliest first."""
    known = await incidents.between(act.session, span.start, span.end)
    found = [
        Happened(
            unit=act.directory.units[each.unit].name,
            area=act.directory.table_area(each.unit),
            channels=len({member.channel for member in each.members}),
            began=min((member.joined for member in each.members), default=each.opened),
            ended=each.recovered or each.closed,
            cause=each.cause,
        )
        for each in known
        if counts(each, span) and act.directory.within(each.unit, scope)
    ]
    return sorted(found, key=lambda each: (sort_key(each.area), each.began))
