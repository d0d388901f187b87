"""Duty: who is on duty, by the roster and by who has taken the shift over from whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from incidents.roster import Shift, present

EARLY = timedelta(hours=2)  # a shift may be taken over so long before it begins
LASTS = timedelta(hours=24)  # and where there is no roster, whoever took over is on duty for so long


@dataclass(frozen=True, slots=True)
class Takeover:
    """A hand-over that was confirmed; *giver* is None where nobody was on duty."""

    giver: int | None
    taker: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty. *since* is when *first* took over: None where only the roster says so."""

    first: int | None = None
    second: int | None = None
    since: datetime | None = None
    shift: Shift | None = None


def duty(shifts: Sequence[Shift], takeovers: Sequence[Takeover], zone: ZoneInfo, at: datetime) -> Duty:
    """Return who is on duty at *at*; *takeovers* are in the order in which they were confirmed.

    A shift begins with whom the roster names, and each who takes over within it stands in the giver's place.
    """
    shift = present(shifts, zone, at)
    begun = shift.span(zone).start if shift else at - LASTS
    first, second = (shift.first, shift.second) if shift else (None, None)
    since: dict[int, datetime] = {}
    for each in takeovers:
        if not begun - EARLY <= each.at <= at:
            continue
        if each.taker in (first, second):
            since[each.taker] = each.at
        elif each.at >= begun:
            since[each.taker] = each.at
            if each.giver is not None and each.giver == second:
                second = each.taker
            else:
                first = each.taker
    return Duty(first, second, since.get(first) if first is not None else None, shift)
