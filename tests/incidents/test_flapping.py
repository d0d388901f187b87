from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.flapping import Flapping, flaps, restlessness

AT = datetime(2026, 1, 5, 8, 30, 20, tzinfo=UTC)
RULE = Flapping()


def ago(*minutes):
    return [AT - timedelta(minutes=each) for each in minutes]


def share(*minutes):
    return restlessness(ago(*minutes), AT, RULE)


def test_a_quiet_line_is_not_restless():
    assert share() == 0


def test_a_line_that_changes_every_minute_is_wholly_restless():
    assert share(*range(40)) == pytest.approx(1)


@pytest.mark.parametrize(("age", "weight"), [(0, 1.25), (19, 0.75), (20, 0), (-1, 0)])
def test_a_change_weighs_by_its_age(age, weight):
    assert share(age) == pytest.approx(weight / 20)


def test_a_minute_counts_once_however_often_the_state_changed_in_it():
    assert restlessness([AT, AT - timedelta(seconds=5), AT - timedelta(seconds=9)], AT, RULE) == share(0)


def test_three_short_outages_in_ten_minutes_are_flapping_and_two_are_not():
    assert flaps(ago(10, 8, 6, 4, 2, 0), AT, RULE, present=False)
    assert not flaps(ago(10, 8, 2, 0), AT, RULE, present=False)


def test_it_ends_only_below_the_lower_threshold():
    between = ago(8, 6, 4, 2, 0)
    assert RULE.stop < restlessness(between, AT, RULE) < RULE.start
    assert flaps(between, AT, RULE, present=True)
    assert not flaps(between, AT, RULE, present=False)


@pytest.mark.parametrize("wrong", [{"start": 0.2}, {"stop": -0.1}, {"start": 1.5}, {"states": 2}])
def test_a_rule_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="expected"):
        Flapping(**wrong)


CHANGES = st.lists(st.builds(lambda age: AT - timedelta(seconds=age), st.integers(0, 5400)), max_size=60)
RULES = st.builds(
    lambda stop, more, states: Flapping(stop + (1 - stop) * more, stop, states),
    st.floats(0, 0.9),
    st.floats(0.01, 1),
    st.integers(3, 60),
)


@given(st.lists(st.booleans(), min_size=21, max_size=21))
def test_the_weighing_is_that_of_nagios(states):
    curved = 0.0
    for index in range(1, 21):  # its loop over the history, oldest first
        if states[index] != states[index - 1]:
            curved += (index - 1) * (1.25 - 0.75) / 19 + 0.75
    changed = [20 - index for index in range(1, 21) if states[index] != states[index - 1]]
    assert share(*changed) == pytest.approx(curved / 20)


@given(CHANGES, RULES)
def test_restlessness_is_a_share(changes, rule):
    assert 0 <= restlessness(changes, AT, rule) <= 1 + 1e-9


@given(CHANGES, CHANGES, RULES)
def test_more_changes_are_never_less_restless(some, others, rule):
    assert restlessness([*some, *others], AT, rule) >= restlessness(some, AT, rule) - 1e-9


@given(CHANGES, RULES)
def test_the_order_of_the_changes_does_not_matter(changes, rule):
    assert restlessness(reversed(changes), AT, rule) == pytest.approx(restlessness(changes, AT, rule))


@given(CHANGES, RULES)
def test_what_flaps_afresh_would_also_go_on_flapping(changes, rule):
    assert flaps(changes, AT, rule, present=True) or not flaps(changes, AT, rule, present=False)


@given(CHANGES, RULES, st.booleans())
def test_a_line_left_alone_stops_flapping(changes, rule, present):
    later = AT + timedelta(minutes=rule.states)
    assert not flaps(changes, later, rule, present=present)
