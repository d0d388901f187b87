"""A channel's day as it was spent: stretches of time, each with the share it belongs to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from incidents.figures.parts import Parts, Share
from incidents.model import LineState
from incidents.span import Span
from incidents.summary import OUT, UNSEEN, Turn

_ORDER = {share: place for place, share in enumerate(Share)}


@dataclass(frozen=True, slots=True)
class Excuse:
    """A span in which an outage of the channel is not the carrier's."""

    span: Span
    share: Share


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span of one share."""

    span: Span
    share: Share


def stretches(turns: Sequence[Turn], excuses: Iterable[Excuse], asked: Span) -> tuple[Stretch, ...]:
    """Return how one channel spent *asked*, in order; before the first of *turns* it was not there.

    *turns* are in order, *excuses* in any.
    """
    waiting = sorted(excuses, key=lambda each: each.span.start, reverse=True)
    present: list[Excuse] = []
    found: list[Stretch] = []
    for stretch in _states(turns, asked):
        if stretch.share is not Share.CARRIER:
            found.append(stretch)
            continue
        while waiting and waiting[-1].span.start < stretch.span.end:
            present.append(waiting.pop())
        present = [each for each in present if each.span.end > stretch.span.start]
        found += _excused(stretch.span, present)
    return tuple(_joined(found))


def parts(spent: Iterable[Stretch]) -> Parts:
    """Return the stretches summed by share."""
    sums = dict.fromkeys(Share, timedelta())
    for stretch in spent:
        sums[stretch.share] += stretch.span.end - stretch.span.start
    return Parts(**sums)


def _states(turns: Sequence[Turn], asked: Span) -> Iterator[Stretch]:
    for index, turn in enumerate(turns):
        until = turns[index + 1].since if index + 1 < len(turns) else asked.end
        start, end = max(turn.since, asked.start), min(until, asked.end)
        if start < end:
            yield Stretch(Span(start, end), _share(turn.state))


def _share(state: LineState) -> Share:
    if state in OUT:
        return Share.CARRIER
    return Share.BLIND if state in UNSEEN else Share.UP


def _excused(span: Span, excuses: Sequence[Excuse]) -> Iterator[Stretch]:
    """Yield an outage cut at every excuse, each piece with the first share in order that explains it."""
    inner = {at for each in excuses for at in (each.span.start, each.span.end) if at in span}
    for start, end in pairwise(sorted({span.start, *inner, span.end})):
        shares = (each.share for each in excuses if start in each.span)
        yield Stretch(Span(start, end), min(shares, key=_ORDER.__getitem__, default=Share.CARRIER))


def _joined(found: Iterable[Stretch]) -> Iterator[Stretch]:
    held: Stretch | None = None
    for stretch in found:
        if held is not None and held.share is stretch.share and held.span.end == stretch.span.start:
            held = Stretch(Span(held.span.start, stretch.span.end), held.share)
            continue
        if held is not None:
            yield held
        held = stretch
    if held is not None:
        yield held
