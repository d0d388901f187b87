"""Whether we see at all: what the anchors say, and the lines where no anchor is left to say it."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from math import ceil, inf
from typing import Final

from incidents.verdict import NEVER, Belief, Standing

QUORUM: Final = 0.25  # of the lines; so many answer only if our own way out is whole
WITNESSES: Final = 3  # lines at least: one that answers may hang on the same switch as we do
FEWEST: Final = 5  # lines; fewer that are silent at once prove nothing
BACK: Final = 2.0  # seconds that a witness must have been back: what was lost with it answers again by then
STEADY: Final = 6.0  # seconds, for our own sight: a blip that ran into its failure is over by then
DARK: Final = frozenset({Standing.DOWN, Standing.RETURNING})
SILENT: Final = frozenset({Standing.NEW, Standing.SUSPECT, Standing.DOWN})
ALIVE: Final = frozenset({Standing.UP, Standing.SUSPECT})

Lines = Callable[[], Iterable[Sequence[Belief]]]


class Sight(StrEnum):
    """How we see."""

    CLEAR = "clear"
    LINES = "lines"  # no anchor answers, but the lines do: we go by them
    BLIND = "blind"  # no anchor answers, and hardly a line
    TOTAL = "total"  # no line answers, and there is no anchor: all is lost, or we are blind

    @property
    def sees(self) -> bool:
        """Whether anything can be said of a line."""
        return self in (Sight.CLEAR, Sight.LINES)


def sight(was: Sight, anchors: Sequence[Belief], lines: Lines) -> tuple[Sight, float]:
    """Return how we see, and since when (monotonic seconds; NEVER where that is not known).

    *lines* gives the beliefs of each line's series, of those not yet held to be out; it is only asked where
    the anchors do not decide.
    """
    if not anchors:
        return _without_anchors(was, lines)
    if any(belief.standing is Standing.UP for belief in anchors):
        return Sight.CLEAR, max(belief.returned for belief in anchors)
    if not _dark(anchors):  # in doubt: as before
        return was, NEVER
    since = max(belief.silent_since for belief in anchors)
    known = _known(lines())
    if _until(known) > since:
        return Sight.LINES, since
    alive = sum(any(b.standing in ALIVE and b.replied > since for b in line) for line in known)
    return was if alive >= _quorum(known) else Sight.BLIND, since


def seen_until(anchors: Sequence[Belief], lines: Lines) -> float:
    """Return until when we are known to have seen: only a silence that began before is a line's own.

    The word of one anchor is enough, or that of many lines where no anchor lives. Where there is no anchor at
    all one line will do, since nobody is silent alone; and so few lines that none can vouch need not.
    """
    if anchors and not _dark(anchors):
        return lived_until(anchors, STEADY)
    known = _known(lines())
    if anchors:
        return _until(known)
    return _latest(known, 1) if len(known) >= FEWEST else inf


def lived_until(beliefs: Iterable[Belief], back: float = BACK) -> float:
    """Return until when one of them is known to have lived.

    Those never heard of have no say, so that without any other there is no end of it. Nor has one that is
    only just *back* (seconds): what was lost with it may be on its way back as well.
    """
    heard = [belief for belief in beliefs if belief.standing is not Standing.NEW]
    if not heard:
        return inf
    up = (belief for belief in heard if belief.standing is Standing.UP)
    return max((each.replied for each in up if each.replied - each.returned >= back), default=NEVER)


def _without_anchors(was: Sight, lines: Lines) -> tuple[Sight, float]:
    if any(each.standing is Standing.UP for line in lines() for each in line):
        return Sight.CLEAR, NEVER
    known = _known(lines())
    if was is Sight.TOTAL and known:
        return Sight.TOTAL, NEVER
    down = [line for line in known if all(each.standing in (Standing.DOWN, Standing.NEW) for each in line)]
    silent = all(each.standing in SILENT for line in known for each in line)
    if len(known) < FEWEST or not silent or 2 * len(down) < len(known):
        return Sight.CLEAR, NEVER
    return Sight.TOTAL, max(each.silent_since for line in known for each in line)


def _dark(anchors: Iterable[Belief]) -> bool:
    """Whether no anchor lives, of those that were ever heard of."""
    heard = [belief.standing for belief in anchors if belief.standing is not Standing.NEW]
    return bool(heard) and DARK.issuperset(heard)


def _until(known: Sequence[Sequence[Belief]]) -> float:
    """Return until when enough lines are known to have lived to prove that we see."""
    return _latest(known, _quorum(known))


def _latest(known: Sequence[Sequence[Belief]], count: int) -> float:
    """Return until when *count* of the lines are known to have lived, each for a while."""
    latest = sorted((lived_until(line, STEADY) for line in known), reverse=True)
    return latest[count - 1] if len(latest) >= count else NEVER


def _quorum(known: Sequence[Sequence[Belief]]) -> int:
    return max(WITNESSES, ceil(QUORUM * len(known)))


def _known(lines: Iterable[Sequence[Belief]]) -> list[Sequence[Belief]]:
    return [line for line in lines if any(each.standing is not Standing.NEW for each in line)]
