"""Windows over lines, planned work or a mute: what each covers and when, and the plan they make together."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from incidents.recurrence import Recurring
from incidents.span import Span, merged


@dataclass(frozen=True, slots=True)
class Fixed:
    """Work from one hour to another."""

    start: datetime
    end: datetime

    @property
    def opens(self) -> datetime:
        """Nothing is covered before this."""
        return self.start

    @property
    def over(self) -> datetime:
        """Nothing is covered from then on."""
        return self.end

    def spans(self, asked: Span) -> Iterator[Span]:
        """Yield it if it meets *asked*."""
        span = Span(self.start, self.end)
        if span.meets(asked):
            yield span


@dataclass(frozen=True, slots=True)
class Flexible:
    """Work for *duration* that begins with the first silence from *earliest* to *latest*, both included."""

    earliest: datetime
    latest: datetime
    duration: timedelta
    begun: datetime | None = None

    @property
    def opens(self) -> datetime:
        """Nothing is covered before this."""
        return self.begun or self.earliest

    @property
    def over(self) -> datetime:
        """Nothing is covered from then on."""
        return (self.begun or self.latest) + self.duration

    def spans(self, asked: Span) -> Iterator[Span]:
        """Yield what it covers, once it has begun, if that meets *asked*."""
        span = Span(self.opens, self.over)
        if self.begun is not None and span.meets(asked):
            yield span


Rule = Fixed | Flexible | Recurring


class Purpose(StrEnum):
    """Why nobody is called for the lines of a window."""

    WORKS = "works"  # they are worked on: a silence is expected, and no fault of the carrier's
    MUTE = "mute"  # the desk wants no alarm: a silence counts as ever, and the carrier's clock goes on


@dataclass(frozen=True, slots=True)
class Position:
    """Where a channel hangs: itself with all it hangs behind, and the units of those with all above them."""

    channels: frozenset[int]
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is worked on: channels with all behind them, units with all below them."""

    channels: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()

    def covers(self, position: Position) -> bool:
        """Whether a channel that hangs there is without its line while the work goes on."""
        return not (self.channels.isdisjoint(position.channels) and self.units.isdisjoint(position.units))


@dataclass(frozen=True, slots=True)
class Window:
    """Planned work, or a mute. *moved* holds, by its start, each span that has another end than the rule's.

    Nothing is covered from *withdrawn* on. *by* is None where it was planned at the command line; *team* is
    the one that asked for it.
    """

    rule: Rule
    scope: Scope
    reason: str
    created: datetime
    by: int | None = None
    id: int = 0  # 0 until storage numbers it
    moved: tuple[Span, ...] = ()
    withdrawn: datetime | None = None
    purpose: Purpose = Purpose.WORKS
    team: int | None = None

    @property
    def over(self) -> datetime | None:
        """Nothing is covered from then on; None where it recurs for ever."""
        if self.withdrawn is not None:
            return self.withdrawn
        if isinstance(self.rule, Recurring):
            last = self.rule.over
            return None if last is None else max([last, *(span.end for span in self.moved)])
        return self.moved[-1].end if self.moved else self.rule.over


def occurrences(window: Window, asked: Span) -> tuple[Span, ...]:
    """Return every span that the window covers and that meets *asked*, whole, in order of their starts."""
    moved = {span.start for span in window.moved}
    spans = [span for span in window.rule.spans(asked) if span.start not in moved]
    if window.withdrawn is not None:
        spans = [Span(each.start, min(each.end, window.withdrawn)) for each in (*spans, *window.moved)]
    else:
        spans += window.moved
    return tuple(sorted(span for span in spans if span.start < span.end and span.meets(asked)))


def running(window: Window, at: datetime) -> Span | None:
    """Return the span of the window that *at* is in, of several the one that ends last."""
    found = occurrences(window, Span(at, at + timedelta.resolution))
    return max(found, key=lambda span: span.end, default=None)


def ends(window: Window, at: datetime) -> datetime | None:
    """Return when the span of the window that *at* is in ends, of several the last; None if it is in none.

    Only a span extended into the next one ends while the window goes on.
    """
    span = running(window, at)
    return None if span is None else span.end


def active(windows: Iterable[Window], position: Position, at: datetime) -> tuple[Window, ...]:
    """Return the windows that cover a channel at *position* at *at*."""
    return tuple(
        window for window in windows if window.scope.covers(position) and running(window, at) is not None
    )


def covered(windows: Iterable[Window], position: Position, asked: Span) -> tuple[Span, ...]:
    """Return the planned time of a channel at *position* within *asked*: disjoint, in order.

    A mute is none: what is silent meanwhile is out.
    """
    return merged(
        span.within(asked)
        for window in windows
        if window.purpose is Purpose.WORKS and window.scope.covers(position)
        for span in occurrences(window, asked)
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """The windows that matter at the time it was read for, over the network as it was then."""

    windows: tuple[Window, ...]
    position: Callable[[int], Position]

    def covers(self, channel: int, at: datetime, purpose: Purpose | None = None) -> Window | None:
        """Return the window, for *purpose* or any, that covers the channel at *at*: which ends last."""
        windows = [each for each in self.windows if purpose in (None, each.purpose)]
        found = active(windows, self.position(channel), at) if windows else ()
        return max(found, key=lambda window: (ends(window, at) or at, window.id), default=None)

    def covered(self, channel: int, asked: Span) -> tuple[Span, ...]:
        """Return the planned time of the channel within *asked*: disjoint, in order."""
        return covered(self.windows, self.position(channel), asked)
