"""What may be done to planned work: each wish gives a change, or a named refusal; nothing is done here."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from incidents.maintenance import Flexible, Position, Window, running
from incidents.recurrence import Recurring
from incidents.span import Span

LONGEST = timedelta(days=31)
FARTHEST = timedelta(days=5 * 365)


class Refusal(StrEnum):
    """Why work is not planned, or not changed."""

    PAST = "past"  # it would be over already
    EMPTY = "empty"  # no time at all
    TOO_LONG = "too_long"  # longer than LONGEST
    FAR = "far"  # further ahead than FARTHEST: a slip of the pen
    ENDLESS = "endless"  # it recurs before it has ended
    NO_SCOPE = "no_scope"  # no channel and no unit is named
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_UNIT = "unknown_unit"
    NO_CHANNEL = "no_channel"  # what is named has no channel that is watched
    UNKNOWN_WINDOW = "unknown_window"
    OVER = "over"  # ended or withdrawn already
    NOT_RUNNING = "not_running"  # none of its spans is running, so there is none to end or extend
    NOT_LATER = "not_later"  # to extend is to end later
    SHORT = "short"  # a team gives less notice than is owed even for urgent work
    TWO_NEEDED = "two_needed"  # what mutes so many lines is not made longer by one person
    NOT_YOURS = "not_yours"  # a part of it is not this person's to deal with


@dataclass(frozen=True, slots=True)
class Begun:
    """A flexible window began with the silence of a line."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """The span that began at *start* was ended early, at *end*."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """The span that begins at *start* lasts until *end*, later than before."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """From *at* on nothing of it takes place."""

    at: datetime


Change = Begun | Ended | Extended | Withdrawn


def amended(window: Window, change: Change) -> Window:
    """Return the window as it is after *change*."""
    match change:
        case Begun(at):
            assert isinstance(window.rule, Flexible)
            return replace(window, rule=replace(window.rule, begun=at))
        case Ended(start, end) | Extended(start, end):
            others = (each for each in window.moved if each.start != start)
            return replace(window, moved=(*others, Span(start, end)))
        case Withdrawn(at):
            return replace(window, withdrawn=at)


def over(window: Window, at: datetime) -> bool:
    """Whether nothing of the window is left at *at*; also where the silence it waited for never came."""
    rule = window.rule
    if isinstance(rule, Flexible) and rule.begun is None and rule.latest < at:
        return True
    return window.over is not None and window.over <= at


def begin(window: Window, position: Position, since: datetime) -> Begun | None:
    """Return the start of a flexible window by a channel that fell silent *since*, or None."""
    rule = window.rule
    if not isinstance(rule, Flexible) or rule.begun is not None or window.withdrawn is not None:
        return None
    awaited = rule.earliest <= since <= rule.latest
    return Begun(since) if awaited and window.scope.covers(position) else None


def end(window: Window, at: datetime, *, whole: bool = False) -> Ended | Withdrawn | Refusal:
    """End the span that is running at *at*; *whole* ends with it all that was to come.

    What happens but once and has not begun is withdrawn.
    """
    if over(window, at):
        return Refusal.OVER
    span = running(window, at)
    if whole or (span is None and not isinstance(window.rule, Recurring)):
        return Withdrawn(at)
    return Refusal.NOT_RUNNING if span is None else Ended(span.start, at)


def extend(window: Window, until: datetime, at: datetime) -> Extended | Refusal:
    """Let the span that is running at *at*, or the one of a fixed window to come, last *until* then."""
    if over(window, at):
        return Refusal.OVER
    span = running(window, at) or _to_come(window)
    if span is None:
        return Refusal.NOT_RUNNING
    if until <= span.end:
        return Refusal.NOT_LATER
    return Refusal.TOO_LONG if until - span.start > LONGEST else Extended(span.start, until)


def _to_come(window: Window) -> Span | None:
    if isinstance(window.rule, Flexible | Recurring):
        return None  # when its next span is to end is not known, or not meant
    return Span(window.rule.start, window.over or window.rule.end)
