"""Whether we see at all: what the anchors say, and the lines where no anchor is left to say it."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Final

from incidents.verdict import NEVER, Belief, Standing

QUORUM: Final = 0.25  # of the lines; so many answer only if our own way out is whole
WITNESSES: Final = 3  # lines at least: one that answers may hang on the same switch as we do
FEWEST: Final = 5  # lines; fewer that are silent at once prove nothing
DARK: Final = frozenset({Standing.DOWN, Standing.RETURNING})
SILENT: Final = frozenset({Standing.NEW, Standing.SUSPECT, Standing.DOWN})

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

    *lines* gives the beliefs of each line's series; it is only asked where the anchors do not decide.
    """
    if not anchors:
        return _without_anchors(was, lines)
    if any(belief.standing is Standing.UP for belief in anchors):
        return Sight.CLEAR, max(belief.returned for belief in anchors)
    if not all(belief.standing in DARK for belief in anchors):  # in doubt: as before
        return was, NEVER
    since = max(belief.silent_since for belief in anchors)
    return Sight.LINES if quorum(lines(), since) else Sight.BLIND, since


def quorum(lines: Iterable[Sequence[Belief]], since: float) -> bool:
    """Whether enough lines answered a probe sent after *since* to prove that we see."""
    known = [line for line in lines if _known(line)]
    answered = [line for line in known if any(b.standing is Standing.UP and b.replied > since for b in line)]
    return len(answered) >= max(WITNESSES, QUORUM * len(known))


def _without_anchors(was: Sight, lines: Lines) -> tuple[Sight, float]:
    if any(each.standing is Standing.UP for line in lines() for each in line):
        return Sight.CLEAR, NEVER
    known = [line for line in lines() if _known(line)]
    if was is Sight.TOTAL and known:
        return Sight.TOTAL, NEVER
    down = [line for line in known if any(each.standing is Standing.DOWN for each in line)]
    silent = all(each.standing in SILENT for line in known for each in line)
    if len(known) < FEWEST or not silent or 2 * len(down) < len(known):
        return Sight.CLEAR, NEVER
    return Sight.TOTAL, min(max(each.silent_since for each in line) for line in known)


def _known(line: Sequence[Belief]) -> bool:
    return any(each.standing is not Standing.NEW for each in line)
