"""What is learned of a line from its own past: how often it stutters, how long, and what to wait for."""

from math import ceil, exp, log
from typing import Final, NamedTuple

from incidents.chain import Nature
from incidents.policy import Detection

DAY: Final = 86_400.0
MEMORY: Final = 10 * DAY  # what is older than this counts little
BLIP: Final = 10.0  # seconds: a silence shorter than this was no outage
MARGIN: Final = 1 / 3  # of the way from the learned loss to a total one: a spell may be worse than the mean

# A row of losses is longer than chance makes it where the worst spell of the fleet hardly ever would.
WORSE: Final = 2.8  # times the odds of a loss that the fleet's spells have on the average
HARDLY: Final = 5e-5

# How much of the fleet's experience a line starts with, until it has its own.
BURSTS_PRIOR: Final = 2.0  # days
SILENCES_PRIOR: Final = 30.0  # outcomes
LASTING_PRIOR: Final = 20.0  # days
LASTING_TOLERATED: Final = 0.08  # silences a day that would have been false alarms


class Silence(NamedTuple):
    """A silence that ended by itself: its length in seconds, the probes lost, whether a bad spell began.

    *within* says that it began within a spell: shortly after another. Of one that was declared the losses are
    not told (0).
    """

    at: float
    seconds: float
    misses: int
    burst: bool
    within: bool


class Habit(NamedTuple):
    """Counts of the past that fade with its age; *at* is seconds of the monotonic clock."""

    at: float
    days: float = 0.0  # watched
    bursts: float = 0.0
    misses: float = 0.0  # probes lost within silences, after the first
    silences: float = 0.0
    lasting: float = 0.0  # silences that outlasted the guard and were no outage

    def faded(self, at: float, lines: int = 1) -> "Habit":
        """Return the habit as it counts at *at*, *lines* having been watched since; never as of before."""
        at = max(at, self.at)
        left = exp((self.at - at) / MEMORY)
        return Habit(
            at,
            self.days * left + lines * MEMORY / DAY * (1 - left),
            self.bursts * left,
            self.misses * left,
            self.silences * left,
            self.lasting * left,
        )

    def learned(self, silence: Silence, rule: Detection, lines: int = 1) -> "Habit":
        """Return the habit that has taken *silence* in."""
        faded = self.faded(silence.at, lines)
        lasting = rule.guard - rule.quick < silence.seconds < BLIP
        # Alone it is a loss by chance, or a blip that takes every probe: neither tells how lossy a spell is.
        lossy = silence.within and silence.misses > 0 and silence.seconds < BLIP
        return faded._replace(
            bursts=faded.bursts + silence.burst,
            misses=faded.misses + lossy * (silence.misses - 1),
            silences=faded.silences + lossy,
            lasting=faded.lasting + lasting,
        )


class Expectation(NamedTuple):
    """What a line is judged by: its nature, how long a silence must be (seconds), and of how many losses."""

    nature: Nature
    guard: float
    misses: int


def expect(rule: Detection, own: Habit, fleet: Habit) -> Expectation:
    """Return what to expect of a line that has *own* behind it, in a fleet with *fleet*.

    A line's own experience outweighs the fleet's as it grows, the fleet's the defaults of *rule*.
    """
    bursts = _blend(own.bursts, own.days, _blend(fleet.bursts, fleet.days, rule.bursts, 1.0), BURSTS_PRIOR)
    common = _blend(fleet.misses, fleet.misses + fleet.silences, rule.bad_loss, SILENCES_PRIOR)
    loss = _blend(own.misses, own.misses + own.silences, common, SILENCES_PRIOR)
    lasting = _blend(fleet.lasting, fleet.days, 0.0, LASTING_PRIOR)
    lasting = _blend(own.lasting, own.days, lasting, LASTING_PRIOR)
    nature = Nature(bursts / DAY, rule.outages / DAY, loss + (1.0 - loss) * MARGIN)
    guard = rule.guard if lasting <= LASTING_TOLERATED else max(rule.guard, rule.patience)
    odds = WORSE * common / (1.0 - common)
    most = int(max(rule.guard, rule.patience) / rule.quick)  # nothing learned makes us wait for longer
    return Expectation(nature, guard, min(ceil(log(HARDLY) / log(odds / (1.0 + odds))), most))


def _blend(count: float, exposure: float, prior: float, weight: float) -> float:
    """Return the rate of *count* in *exposure*, drawn to *prior* by *weight* of exposure."""
    return (count + prior * weight) / (exposure + weight)
