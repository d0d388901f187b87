"""What the lines have taught: each series' habit, the fleet's as a whole, and what to expect by them."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from incidents.habit import Expectation, Habit, Silence, expect
from incidents.outcome import Observation
from incidents.policy import Detection
from incidents.verdict import Belief, Standing, ended

SHARED: Final = 10.0  # seconds: silences that end so close together have one cause, which is none of the line
ALONE: Final = 0.05  # of the series, or FEW: more than this at once teach nothing of any one
FEW: Final = 3
LONG: Final = 2.0  # seconds; shorter silences coincide by chance


class _Lesson(NamedTuple):
    """A silence that is over; how many ended just *before* it is known, how many do just after is not yet."""

    series: int
    silence: Silence
    before: int


class Experience:
    """The habits of every series; what many suffer at once, or behind a silent uplink, is not theirs."""

    def __init__(self, rules: Mapping[int, Detection], habits: Mapping[int, Habit]) -> None:
        self._rules = rules
        self._habits = dict(habits)
        self._fleet = _total(self._habits.values())
        self._expected: dict[int, Expectation] = {}
        self._lessons: deque[_Lesson] = deque()

    @property
    def habits(self) -> dict[int, Habit]:
        """What is known of each series."""
        return dict(self._habits)

    def expected(self, series: int, belief: Belief, observation: Observation) -> Expectation:
        """Return what *series* is judged by; found anew where a silence begins."""
        self._learn_until(observation.sent)
        begins = belief.standing in (Standing.UP, Standing.NEW) and not observation.outcome.answered
        if begins or series not in self._expected:
            self._expected[series] = self._expect(series, observation.sent)
        return self._expected[series]

    def last_expected(self, series: int) -> Expectation:
        """Return what *series* was judged by the last time."""
        return self._expected.get(series) or self._expect(series, self._fleet.at)

    def take(self, series: int, before: Belief, after: Belief, above: Iterable[Sequence[Belief]]) -> None:
        """Learn from the silence that has ended with *after*, if one has, unless it is no habit of the line.

        *above* are the lines it hangs behind. A silence that was counted afresh began before that.
        """
        silence = ended(before, after)
        if silence is None or before.silent_since <= before.hold:
            return
        if any(_silent(line, before.silent_since) for line in above):
            return
        if silence.seconds < LONG:
            self._learn(series, silence)
        else:
            self._learn_until(silence.at)
            self._lessons.append(_Lesson(series, silence, len(self._lessons)))

    def _learn_until(self, at: float) -> None:
        """Learn from the long silences of which it is known *at* this time that few ended with them."""
        while self._lessons and self._lessons[0].silence.at < at - SHARED:
            series, silence, before = self._lessons.popleft()
            if before + 1 + len(self._lessons) <= max(FEW, ALONE * len(self._rules)):
                self._learn(series, silence)

    def _learn(self, series: int, silence: Silence) -> None:
        self._habits[series] = self._own(series, silence.at).learned(silence, self._rules[series])
        self._fleet = self._fleet.learned(silence, self._rules[series], len(self._rules))

    def _expect(self, series: int, at: float) -> Expectation:
        own = self._own(series, at).faded(at)
        return expect(self._rules[series], own, self._fleet.faded(at, len(self._rules)))

    def _own(self, series: int, at: float) -> Habit:
        if not self._habits:  # the first word of anyone: from here on the fleet is watched
            self._fleet = Habit(at)
        return self._habits.setdefault(series, Habit(at))


def _silent(line: Iterable[Belief], since: float) -> bool:
    """Whether a line was silent at some time after *since*; one never heard of is not known to have been."""
    heard = [belief for belief in line if belief.standing is not Standing.NEW]
    return bool(heard) and not any(b.standing is Standing.UP and b.returned < since for b in heard)


def _total(habits: Iterable[Habit]) -> Habit:
    """Return the fleet's habit: the sums of all, as of the latest."""
    habits = list(habits)
    if not habits:
        return Habit(0.0)
    at = max(habit.at for habit in habits)
    sums = (sum(counts) for counts in zip(*(habit.faded(at)[1:] for habit in habits), strict=True))
    return Habit(at, *sums)
