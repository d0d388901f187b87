from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.chain import Nature, State, answered, missed, passed, rested

NATURE = Nature(bursts=20 / 86_400, outages=0.67 / 86_400, bad_loss=0.6)
SHARE = st.floats(0, 1)
STATES = st.builds(lambda bad, down: State(bad * (1 - down), down), SHARE, st.floats(0, 0.999))
NATURES = st.builds(Nature, st.floats(1e-6, 1e-2), st.floats(1e-8, 1e-3), st.floats(0.05, 0.95))
SECONDS = st.floats(0, 3600)


def is_a_distribution(state):
    return state.bad >= 0 and state.down >= 0 and state.bad + state.down <= 1 + 1e-9


@given(STATES, SECONDS, NATURES)
def test_probabilities_stay_a_distribution(state, seconds, nature):
    later = passed(state, seconds, nature)
    assert is_a_distribution(later)
    assert is_a_distribution(missed(later, nature))
    assert is_a_distribution(answered(later, nature))


@given(STATES, SECONDS, SECONDS, NATURES)
def test_time_may_be_cut_anywhere(state, first, second, nature):
    at_once = passed(state, first + second, nature)
    in_two = passed(passed(state, first, nature), second, nature)
    assert at_once.bad == pytest.approx(in_two.bad, abs=1e-9)
    assert at_once.down == pytest.approx(in_two.down, abs=1e-9)


@given(STATES, NATURES)
def test_a_miss_makes_an_outage_more_probable_and_an_answer_rules_it_out(state, nature):
    assert missed(state, nature).down >= state.down
    assert answered(state, nature).down == 0


@given(STATES, st.integers(0, 400), SECONDS, NATURES)
def test_many_answers_at_once_are_as_many_steps(state, replies, spacing, nature):
    stepped = state
    for _ in range(replies):
        stepped = answered(passed(stepped, spacing, nature), nature)
    at_once = rested(state, replies, replies * spacing, nature)
    assert at_once.bad == pytest.approx(stepped.bad, rel=1e-6, abs=1e-12)
    assert at_once.down == pytest.approx(stepped.down)


def test_a_hundred_thousand_answers_are_one_step():
    assert 0 < rested(State(), 100_000, 500_000, NATURE).bad < 0.01


def test_what_a_long_time_leaves_is_the_long_run():
    bad = passed(State(), 1e5, NATURE)
    assert bad.bad / (1 - bad.down) == pytest.approx(NATURE.bursts / (NATURE.bursts + 1 / 60))


def test_the_longer_nothing_is_heard_the_more_probable_is_an_outage():
    assert passed(State(), 86_400, NATURE).down == pytest.approx(1 - exp(-0.67))
