"""What a watch decides: a channel's new state, the rule it rests on, and what that rests on."""

from dataclasses import dataclass
from enum import StrEnum

from incidents.model import LineState
from incidents.sight import Sight
from incidents.verdict import NEVER


class Why(StrEnum):
    """The rule a verdict rests on."""

    SILENT = "silent"  # it and nothing else we look at
    UPLINK = "uplink"  # the channel it hangs behind is dead
    REPLIED = "replied"
    ANCHORS = "anchors"  # nothing we look at answers, the anchors included
    ALL = "all"  # nothing we look at answers, and there is no anchor
    OURSELVES = "ourselves"  # our own probes of it cannot be sent


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a verdict of silence rests on; times in seconds, *sure* and *bad_loss* as shares of one."""

    series: int
    silence: float  # how long it was
    misses: int
    sure: float  # how probable the outage is, by the filter
    guard: float  # how long it had to be
    bad_loss: float  # what the line is thought to lose in a bad spell
    witness: int | None = (
        None  # the series that answered after the silence began, an anchor's where there is one
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """A channel's new state, since when (monotonic seconds), why, and the dead uplink it hangs behind."""

    channel: int
    state: LineState
    since: float
    why: Why
    root: int | None = None
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What should now be written; *sight* is how we see, where that has changed."""

    verdicts: tuple[Verdict, ...] = ()
    sight: Sight | None = None
    since: float = NEVER

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.verdicts) or self.sight is not None
