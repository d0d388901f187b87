"""Work somebody wants to plan: what is left of it from now on, why it cannot be, what to be warned of."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from incidents.amendment import FARTHEST, LONGEST, Refusal
from incidents.maintenance import Fixed, Flexible, Rule, Window, occurrences
from incidents.recurrence import DAY, Recurring
from incidents.span import Span, merged

YEAR = timedelta(days=366)  # what recurs at all recurs within it


class Warned(StrEnum):
    """What is allowed but said."""

    STARTED = "started"  # a part of it is past; it counts from now
    URGENT = "urgent"  # less than a normal notice
    SHORT = "short"  # less than an urgent notice
    OVERLAPS = "overlaps"  # other work on the same lines at the same time


def from_now(rule: Rule, at: datetime) -> Rule:
    """Return what is left of *rule* from *at* on: what has happened is never planned afterwards."""
    match rule:
        case Fixed(start=start):
            return replace(rule, start=max(start, at))
        case Flexible(earliest=earliest):
            return replace(rule, earliest=max(earliest, at))
        case Recurring():
            return _left(rule, at)


def refusal(rule: Rule, at: datetime) -> Refusal | None:
    """Return why *rule*, as somebody wrote it, cannot be planned at *at*, or None."""
    match rule:
        case Fixed(start, end):
            return _wrong(end - start, past=end <= at, far=end - at > FARTHEST)
        case Flexible(earliest, latest, duration):
            if latest < earliest:
                return Refusal.EMPTY
            waits = Refusal.TOO_LONG if latest - earliest > LONGEST else None
            return _wrong(duration, past=latest < at, far=latest - at > FARTHEST) or waits
        case Recurring(duration=duration, first=first, until=until):
            now, last = at.astimezone(rule.zone), until or first
            past = until is not None and (until, rule.at) < (now.date(), now.time())
            far = max(first, last) - now.date() > FARTHEST
            return _wrong(duration, past=past, far=far) or _unending(_left(rule, at))


def _wrong(duration: timedelta, *, past: bool, far: bool) -> Refusal | None:
    if duration <= timedelta():
        return Refusal.EMPTY
    if past:
        return Refusal.PAST
    if far:
        return Refusal.FAR
    return Refusal.TOO_LONG if duration > LONGEST else None


def _left(rule: Recurring, at: datetime) -> Recurring:
    left = replace(rule, first=max(rule.first, at.astimezone(rule.zone).date()))
    return left if left.opens >= at else replace(left, first=left.first + DAY)


def _unending(rule: Recurring) -> Refusal | None:
    spans = list(rule.spans(Span(rule.opens, rule.opens + YEAR)))
    if not spans:
        return Refusal.EMPTY
    touch = any(one.end >= other.start for one, other in pairwise(spans))
    return Refusal.ENDLESS if touch else None


def notice(window: Window, at: datetime, normal: timedelta, urgent: timedelta) -> Warned | None:
    """Return how planning the window at *at* falls short of the notice that is owed, or None."""
    opens = window.rule.opens
    first = min(_likely(window, Span(opens, opens + YEAR)))
    if first.start - at >= normal:
        return None
    return Warned.URGENT if first.start - at >= urgent else Warned.SHORT


def overlap(window: Window, other: Window) -> bool:
    """Whether both may cover the same instant, within a year of the start of the first."""
    opens = window.rule.opens
    asked = Span(opens, opens + YEAR)
    one, two = _likely(window, asked), _likely(other, asked)
    return _length((*one, *two)) < _length(one) + _length(two)


def during(window: Window, span: Span) -> bool:
    """Whether the window may cover an instant of *span*."""
    return any(each.meets(span) for each in _likely(window, span))


def _likely(window: Window, asked: Span) -> tuple[Span, ...]:
    """Return what the window may cover, whole: all it waits through where it has not begun."""
    rule = window.rule
    if isinstance(rule, Flexible) and rule.begun is None and window.withdrawn is None:
        return (Span(rule.opens, rule.over),)
    return occurrences(window, asked)


def _length(spans: Iterable[Span]) -> timedelta:
    return sum((span.length for span in merged(spans)), timedelta())
