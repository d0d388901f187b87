import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.habit import BLIP, DAY, MEMORY, Habit, Silence, expect
from incidents.policy import Detection

RULE = Detection()
NEW = Habit(0.0)
COUNTS = st.floats(0, 1000)
HABITS = st.builds(Habit, st.floats(0, 1e6), COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
SILENCES = st.builds(
    Silence, st.floats(0, 1e6), st.floats(0, 3600), st.integers(0, 500), st.booleans(), st.booleans()
)


def silence(seconds, misses=2, at=0.0, burst=False, within=True):
    return Silence(at, seconds, misses, burst, within)


def taught(*silences, habit=NEW, rule=RULE):
    for each in silences:
        habit = habit.learned(each, rule)
    return habit


def alone(habit, rule=RULE):
    """Return what is expected of a line with this habit in a fleet without any."""
    return expect(rule, habit, Habit(habit.at))


def test_a_line_without_a_past_is_judged_by_its_profile():
    expected = alone(NEW)
    assert expected.nature.bursts == pytest.approx(RULE.bursts / DAY)
    assert expected.nature.outages == pytest.approx(RULE.outages / DAY)
    assert expected.guard == RULE.guard


def test_a_bad_spell_may_be_worse_than_the_mean():
    assert RULE.bad_loss < alone(NEW).nature.bad_loss < 1


def test_a_lossy_line_is_expected_to_lose_more():
    calm = taught(*(silence(0.2, misses=1) for _ in range(50)))
    lossy = taught(*(silence(1.5, misses=8) for _ in range(50)))
    assert alone(calm).nature.bad_loss < alone(NEW).nature.bad_loss < alone(lossy).nature.bad_loss


def test_a_line_that_often_stutters_is_expected_to():
    restless = taught(*(silence(1, burst=True, at=hour * 1800) for hour in range(96)))
    assert alone(restless).nature.bursts > 1.5 * alone(NEW).nature.bursts


def test_a_line_that_never_stutters_is_trusted():
    assert alone(NEW.faded(MEMORY)).nature.bursts < alone(NEW).nature.bursts / 2


def test_a_line_with_long_blips_has_the_longer_guard():
    blips = [silence(7, misses=30, at=day * DAY) for day in range(3)]
    assert alone(taught(*blips[:1])).guard == RULE.guard
    assert alone(taught(*blips)).guard == RULE.patience


def test_a_profile_that_waits_longer_anyway_goes_on_to():
    rule = Detection(guard=20)
    habit = Habit(0.0, days=10, lasting=50)
    assert alone(habit, rule).guard == 20


@pytest.mark.parametrize(
    ("seconds", "lasting"), [(RULE.guard - 1, 0), (RULE.guard + 1, 1), (BLIP + 1, 0), (3600, 0)]
)
def test_a_silence_that_outlasts_the_guard_and_ends_by_itself_was_a_blip(seconds, lasting):
    assert taught(silence(seconds)).lasting == lasting


def test_an_outage_says_nothing_of_the_losses_of_a_bad_spell():
    assert taught(silence(600, misses=40)) == NEW


def test_losses_are_counted_from_the_second_of_a_silence_on():
    habit = taught(silence(0.1, misses=1), silence(0.7, misses=4))
    assert (habit.misses, habit.silences) == (3, 2)


def test_a_blip_by_itself_tells_nothing_of_the_losses_of_a_bad_spell():
    assert taught(silence(3, misses=15, within=False)) == NEW


def test_a_silence_that_was_declared_tells_nothing_of_the_losses_of_a_bad_spell():
    assert taught(silence(7, misses=0)) == NEW._replace(lasting=1)


def test_the_fleet_tells_what_to_expect_of_a_line_without_a_past():
    fleet = Habit(0.0, days=2000, bursts=200, misses=9000, silences=1000, lasting=400)
    expected = expect(RULE, NEW, fleet)
    assert expected.nature.bursts < alone(NEW).nature.bursts / 50
    assert expected.nature.bad_loss > alone(NEW).nature.bad_loss
    assert expected.guard == RULE.patience


def test_the_own_past_of_a_line_outweighs_the_fleets():
    fleet = Habit(0.0, days=2000, bursts=200, misses=9000, silences=1000, lasting=400)
    own = Habit(0.0, days=1000, bursts=40_000, misses=100, silences=1000, lasting=0)
    expected = expect(RULE, own, fleet)
    assert expected.nature.bursts * DAY == pytest.approx(40, rel=0.01)
    assert expected.nature.bad_loss < alone(NEW).nature.bad_loss
    assert expected.guard == RULE.guard


@given(HABITS, SILENCES, HABITS)
def test_nothing_can_be_learned_that_makes_no_sense(own, learned, fleet):
    expected = expect(RULE, own.learned(learned, RULE), fleet)
    assert expected.guard in (RULE.guard, RULE.patience)
    assert 1 <= expected.misses <= RULE.patience / RULE.quick
    assert 0 < expected.nature.bad_loss < 1
    assert expected.nature.bursts > 0


@given(HABITS, st.floats(0, 1e7), st.floats(0, 1e7))
def test_time_may_be_cut_anywhere(habit, first, second):
    in_two = habit.faded(habit.at + first).faded(habit.at + first + second)
    assert in_two == pytest.approx(habit.faded(habit.at + first + second), rel=1e-6, abs=1e-6)


@given(HABITS, st.floats(0, 1e6))
def test_a_habit_is_never_told_as_of_before(habit, earlier):
    assert habit.faded(habit.at - earlier) == habit


@given(HABITS)
def test_nothing_learned_outlives_ten_times_the_memory(habit):
    later = habit.at + 10 * MEMORY
    old, blank = alone(habit.faded(later)), alone(Habit(habit.at).faded(later))
    assert old.guard == blank.guard == RULE.guard
    assert old.nature == pytest.approx(blank.nature, rel=0.02)
