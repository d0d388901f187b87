"""Whether a line that is back may be held for mended: by its last probes, and by how often it fell again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many good probes in a row, over how long, bear out that a line is mended; none: its return does.

    One that has relapsed *relapses* times is restless, and must have been back for *steady*.
    """

    good: int = 20
    over: timedelta = timedelta(minutes=3)
    relapses: int = 3
    steady: timedelta = timedelta(hours=1)

    def __post_init__(self) -> None:
        if self.good < 0 or self.relapses < 1 or self.over < timedelta() or self.steady < self.over:
            raise ValueError("expected 0 <= good, 1 <= relapses, and 0 <= over <= steady")

    def met_by(self, run: "Run") -> bool:
        """Return whether *run* is long enough."""
        return run.good >= self.good and run.span >= self.over

    def holds(self, relapses: int) -> timedelta:
        """Return how long a line must have been back that has relapsed so often."""
        return self.steady if relapses >= self.relapses else self.over


class Standing(StrEnum):
    """How a return stands up to the probes."""

    PROVEN = "proven"
    EARLY = "early"  # too few good probes yet, or over too short a time
    SHAKEN = "shaken"  # one was lost not long ago
    RESTLESS = "restless"  # it has come and gone too often to be trusted so soon


@dataclass(frozen=True, slots=True)
class Run:
    """A line's unbroken run of answered probes: how many, when the first and the last were sent.

    *lost* is when the last lost one was sent, since the line came back.
    """

    good: int = 0
    first: datetime | None = None
    last: datetime | None = None
    lost: datetime | None = None

    @property
    def span(self) -> timedelta:
        """How long it lasts."""
        return timedelta() if self.first is None or self.last is None else self.last - self.first


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where it stands, the weakest line's run, how often it relapsed, and the earliest time of proof."""

    standing: Standing
    run: Run
    relapses: int
    earliest: datetime


@dataclass(frozen=True, slots=True)
class Return:
    """When an incident's lines were back, how often they had relapsed, and whether one flaps just now."""

    at: datetime
    relapses: int = 0
    flapping: bool = False


def judge(back: Return, runs: Iterable[Run], rule: Evidence, at: datetime) -> Verdict:
    """Return how a return stands up at *at*: as well as the weakest of its lines' *runs*."""
    weakest = min(runs, key=lambda run: (rule.met_by(run), run.good, run.span), default=Run())
    holds = rule.holds(back.relapses)
    restless = back.flapping or (holds > rule.over and at - back.at < holds)
    earliest = max(back.at + holds, (weakest.first or at) + rule.over)
    return Verdict(
        _standing(weakest, enough=rule.met_by(weakest), restless=restless), weakest, back.relapses, earliest
    )


def _standing(run: Run, *, enough: bool, restless: bool) -> Standing:
    if restless:
        return Standing.RESTLESS
    if enough:
        return Standing.PROVEN
    return Standing.EARLY if run.lost is None else Standing.SHAKEN
