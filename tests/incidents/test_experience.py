import pytest

from incidents.experience import ALONE, FEW, LONG, SHARED, Experience
from incidents.habit import DAY, Habit, expect
from incidents.outcome import Observation, Outcome, Reason
from incidents.policy import Detection
from incidents.verdict import Belief, Standing, hear, renew

RULE = Detection()
START = 50 * DAY  # the machine has been up for long
PACE = 0.2
LINES = range(1, 21)


def answer(series, sent):
    return Observation(series, Outcome(Reason.REPLY, 0.02), sent, sent + 0.02)


def miss(series, sent):
    return Observation(series, Outcome(Reason.TIMEOUT), sent, sent + 1)


class Fleet:
    """Series that are heard of; each hangs behind *above*."""

    def __init__(self, habits=None):
        self.experience = Experience(dict.fromkeys(LINES, RULE), habits or {})
        self.beliefs = dict.fromkeys(LINES, Belief())
        self.above = ()
        for series in LINES:
            self.hear(answer(series, START))

    def hear(self, observation):
        series = observation.series
        before = self.beliefs[series]
        expected = self.experience.expected(series, before, observation)
        after = self.beliefs[series] = hear(before, observation, expected, RULE)
        self.experience.take(series, before, after, self.above)

    def silence(self, *series, at, seconds):
        """Let *series* be silent from *at* on, all at once, and then answer for good."""
        for turn in range(round(seconds / PACE)):
            for each in series:
                self.hear(miss(each, at + turn * PACE))
        for turn in range(RULE.replies):
            for each in series:
                self.hear(answer(each, at + seconds + turn * PACE))

    def wait(self, at):
        """Hear of somebody at *at*, when what was long ago can be judged."""
        self.hear(answer(LINES[-1], at))

    def taught(self):
        """Return the series that have learned anything."""
        return {s for s, habit in self.experience.habits.items() if habit.silences or habit.lasting}


def belief(standing, returned=START, **values):
    return Belief(standing, returned=returned, replied=returned, **values)


def lone_silence(fleet, seconds=3.0, at=START + 30):
    fleet.silence(1, at=at, seconds=seconds)
    fleet.wait(at + 100)
    return fleet.taught()


def test_a_silence_of_one_line_teaches_it():
    assert lone_silence(Fleet()) == {1}


@pytest.mark.parametrize("seconds", [LONG + 1, 4.0, 7.0])
def test_what_many_suffer_at_once_teaches_none_of_them(seconds):
    fleet = Fleet()
    fleet.silence(*LINES[: FEW + 1], at=START + 30, seconds=seconds)
    fleet.wait(START + 200)
    assert fleet.taught() == set()


def test_what_few_suffer_at_once_teaches_each():
    fleet = Fleet()
    fleet.silence(*LINES[:FEW], at=START + 30, seconds=3)
    fleet.wait(START + 200)
    assert fleet.taught() == set(LINES[:FEW])


def test_those_that_return_one_after_the_other_are_many_as_well():
    fleet = Fleet()
    for place, series in enumerate(LINES[: FEW + 2]):
        fleet.silence(series, at=START + 30 + place * SHARED / 6, seconds=3)
    fleet.wait(START + 200)
    assert fleet.taught() == set()


def test_those_far_apart_are_not_many():
    fleet = Fleet()
    for place, series in enumerate(LINES[:4]):
        fleet.silence(series, at=START + 10 + place * (SHARED + 1), seconds=3)
    fleet.wait(START + 1000)
    assert fleet.taught() == set(LINES[:4])


def test_short_silences_coincide_by_chance():
    fleet = Fleet()
    fleet.silence(*LINES, at=START + 30, seconds=LONG - 1)
    assert fleet.taught() == set(LINES)


def test_how_many_are_many_grows_with_the_fleet():
    size = 400
    experience = Experience(dict.fromkeys(range(size), RULE), {})
    for series in range(int(size * ALONE)):
        before = Belief(Standing.SUSPECT, misses=9, silent_since=START, returned=START - 9)
        after = belief(Standing.UP, START + 3)
        experience.take(series, before, after, ())
    experience.expected(0, Belief(), answer(0, START + 30))
    assert all(experience.habits[series].silences for series in range(int(size * ALONE)))


@pytest.mark.parametrize(
    "uplink",
    [
        [belief(Standing.SUSPECT, silent_since=START + 31)],
        [belief(Standing.DOWN, silent_since=START + 31)],
        [belief(Standing.RETURNING, returned=START + 32)],
        [belief(Standing.UP, returned=START + 32)],  # back just before
    ],
)
def test_a_silence_behind_a_silent_uplink_teaches_nothing(uplink):
    fleet = Fleet()
    fleet.above = ([belief(Standing.UP)], uplink)
    assert lone_silence(fleet) == set()


@pytest.mark.parametrize(
    "uplink",
    [
        [belief(Standing.UP)],
        [Belief()],  # never heard of
        [
            belief(Standing.UP),
            belief(Standing.DOWN, silent_since=START - DAY),
        ],  # a probe that is out for good
        [belief(Standing.UP), belief(Standing.UP, returned=START + 32)],
    ],
)
def test_a_silence_behind_a_living_uplink_is_the_lines_own(uplink):
    fleet = Fleet()
    fleet.above = (uplink,)
    assert lone_silence(fleet) == {1}


def test_a_silence_that_counted_afresh_teaches_nothing():
    fleet = Fleet()
    for turn in range(20):
        fleet.hear(miss(1, START + 30 + turn * PACE))
    fleet.beliefs[1] = renew(fleet.beliefs[1], START + 34, START + 124)  # its uplink is back
    assert lone_silence(fleet, 6, at=START + 34) == set()


def test_the_next_silence_after_one_that_counted_afresh_teaches_again():
    fleet = Fleet()
    fleet.hear(miss(1, START + 30))
    fleet.beliefs[1] = renew(fleet.beliefs[1], START + 34, START + 124)
    fleet.hear(answer(1, START + 105))
    assert lone_silence(fleet, at=START + 130) == {1}


def test_a_false_alarm_teaches_the_guard_and_not_the_loss():
    fleet = Fleet()
    fleet.silence(1, at=START + 30, seconds=8)
    fleet.wait(START + 200)
    learned = fleet.experience.habits[1]
    assert (learned.lasting, learned.silences, learned.misses) == (1, 0, 0)


def test_a_blip_long_after_any_other_teaches_nothing_of_loss():
    assert lone_silence(Fleet(), at=START + 100) == set()


def test_an_outage_teaches_nothing_of_blips():
    assert lone_silence(Fleet(), seconds=60) == set()


def test_the_fleet_is_watched_from_its_first_word_on():
    fleet, by_rule = Fleet(), expect(RULE, Habit(0.0), Habit(0.0))
    found = fleet.experience.expected(1, fleet.beliefs[1], miss(1, START + 1))
    assert found.nature == pytest.approx(by_rule.nature, rel=0.01)


def test_a_line_that_is_new_goes_by_the_others():
    fleet = Fleet()
    for day in range(10):
        for series in LINES[1:]:
            for turn in range(2):
                fleet.silence(series, at=START + day * DAY + series * 600 + turn * 30, seconds=1.6)
    fleet.wait(START + 10 * DAY)
    found = fleet.experience.expected(1, fleet.beliefs[1], miss(1, START + 10 * DAY))
    assert found.nature.bad_loss > expect(RULE, Habit(0.0), Habit(0.0)).nature.bad_loss


def test_what_is_expected_does_not_change_while_a_silence_lasts():
    fleet = Fleet()
    fleet.hear(miss(1, START + 30))
    before = fleet.experience.last_expected(1)
    for hour in range(1, 20):
        fleet.silence(2, at=START + hour * 3600, seconds=7)
    assert fleet.experience.expected(1, fleet.beliefs[1], miss(1, START + DAY)) is before


def test_what_was_learned_goes_on_after_a_restart():
    blips = Habit(START, days=5, silences=9, misses=200, lasting=9)
    fleet = Fleet({1: blips})
    fleet.hear(miss(1, START + 10))
    assert fleet.experience.last_expected(1).guard == RULE.patience
