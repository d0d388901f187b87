"""What the lines have taught: each series' habit, the fleet's as a whole, and what to expect by them."""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Final

from incidents.habit import Expectation, Habit, expect
from incidents.outcome import Observation
from incidents.policy import Detection
from incidents.verdict import NEVER, Belief, Standing, ended

SHARED: Final = 10.0  # seconds: silences that end so close together have one cause, which is none of the line
ALONE: Final = 0.05  # of the series, or FEW: more than this at once teach nothing of any one
FEW: Final = 3
LONG: Final = 2.0  # seconds; shorter silences coincide by chance


class Experience:
    """The habits of every series; what many suffer at once, or behind a silent uplink, is not theirs."""

    def __init__(self, rules: Mapping[int, Detection], habits: Mapping[int, Habit]) -> None:
        self._rules = rules
        self._habits = dict(habits)
        self._fleet = _total(self._habits.values())
        self._expected: dict[int, Expectation] = {}
        self._recent: deque[float] = deque()

    @property
    def habits(self) -> dict[int, Habit]:
        """What is known of each series."""
        return dict(self._habits)

    def expected(self, series: int, belief: Belief, observation: Observation) -> Expectation:
        """Return what *series* is judged by; found anew where a silence begins."""
        begins = belief.standing in (Standing.UP, Standing.NEW) and not observation.outcome.answered
        if begins or series not in self._expected:
            self._expected[series] = self._expect(series, observation.sent)
        return self._expected[series]

    def last_expected(self, series: int) -> Expectation:
        """Return what *series* was judged by the last time."""
        return self._expected.get(series) or self._expect(series, self._fleet.at)

    def take(self, series: int, before: Belief, after: Belief, above: Iterable[Belief]) -> None:
        """Learn from the silence that has ended with *after*, if one has; *above* is what it hangs behind."""
        silence = ended(before, after)
        if silence is None or before.silent_since == NEVER:
            return
        began = silence.at - silence.seconds
        if any(each.standing is not Standing.UP or each.returned >= began for each in above):
            return
        if silence.seconds >= LONG and self._shared(silence.at):
            return
        self._habits[series] = self._own(series, silence.at).learned(silence, self._rules[series])
        self._fleet = self._fleet.learned(silence, self._rules[series], len(self._rules))

    def _shared(self, at: float) -> bool:
        self._recent.append(at)
        while self._recent[0] < at - SHARED:
            self._recent.popleft()
        return len(self._recent) > max(FEW, ALONE * len(self._rules))

    def _expect(self, series: int, at: float) -> Expectation:
        own = self._own(series, at).faded(at)
        return expect(self._rules[series], own, self._fleet.faded(at, len(self._rules)))

    def _own(self, series: int, at: float) -> Habit:
        if series not in self._habits:
            self._habits[series] = Habit(at)
        return self._habits[series]


def _total(habits: Iterable[Habit]) -> Habit:
    """Return the fleet's habit: the sums of all, as of the latest."""
    habits = list(habits)
    if not habits:
        return Habit(0.0)
    at = max(habit.at for habit in habits)
    sums = (sum(counts) for counts in zip(*(habit.faded(at)[1:] for habit in habits), strict=True))
    return Habit(at, *sums)
