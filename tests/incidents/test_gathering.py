import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.gathering import Gathering
from incidents.policy import Common
from incidents.wide import EVERYTHING, Group, Scope

RULE = Common(least=3, share=0.5, many=6, gather=2.5)
AREA, OTHER_AREA = Group(Scope.AREA, 1), Group(Scope.AREA, 2)
GROUPS = {AREA: (1, 2, 3, 4), OTHER_AREA: (5, 6, 7, 8), EVERYTHING: tuple(range(1, 13))}
NOBODY = frozenset()


def gathering():
    return Gathering(GROUPS, RULE)


def test_a_line_that_falls_alone_waits_for_nobody():
    assert gathering().held([], [1], 0) == (NOBODY, NOBODY)
    assert gathering().held([2], [1], 0) == (NOBODY, NOBODY)


def test_the_first_to_be_proven_waits_for_those_that_seem_to_fall_with_it():
    assert gathering().held([2, 3], [1], 0)[0] == {1}


def test_nobody_waits_for_those_of_another_group():
    assert gathering().held([5, 6], [1], 0)[0] == NOBODY
    assert gathering().held([5, 6, 7], [1], 0)[0] == NOBODY


def test_many_of_different_groups_wait_for_each_other():
    assert gathering().held([2, 5, 6, 9, 10], [1], 0)[0] == {1}


def test_once_all_are_proven_nobody_waits():
    fallen = gathering()
    assert fallen.held([2, 3], [1], 0)[0] == {1}
    assert fallen.held([3], [1, 2], 0.5)[0] == {1, 2}
    assert fallen.held([], [1, 2, 3], 1)[0] == NOBODY


def test_whoever_answers_again_is_waited_for_no_longer():
    fallen = gathering()
    assert fallen.held([2, 3], [1], 0)[0] == {1}
    assert fallen.held([], [1], 0.5)[0] == NOBODY


def test_the_rest_of_a_group_is_asked_once():
    fallen = gathering()
    assert fallen.held([2, 3], [1], 0)[1] == {4}
    assert fallen.held([2, 3], [1], 0.1)[1] == NOBODY
    assert fallen.held([2], [1], 0.2)[1] == NOBODY
    assert fallen.held([2, 3], [1], 0.3)[1] == {4}  # a new suspicion


@pytest.mark.parametrize("moments", [[0, 2.4], [0, 1, 2, 2.4]])
def test_the_wait_is_counted_from_the_first_proof(moments):
    fallen = gathering()
    assert all(fallen.held([2, 3], [1], at)[0] == {1} for at in moments)
    assert fallen.held([2, 3], [1], 2.5)[0] == NOBODY


CHANNELS = st.frozensets(st.integers(1, 12))
TURNS = st.lists(st.tuples(CHANNELS, CHANNELS, st.floats(0, 2)), max_size=12)


@given(TURNS)
def test_nobody_is_held_longer_than_the_rule_says(turns):
    fallen, at, since = gathering(), 100.0, {}
    for doubted, proven, passes in turns:
        at += passes
        since = {channel: since.get(channel, at) for channel in proven - doubted}
        held, asked = fallen.held(doubted - proven, proven - doubted, at)
        assert all(at - since[channel] < RULE.gather for channel in held)
        assert asked.isdisjoint(doubted ^ proven)


@given(CHANNELS, CHANNELS)
def test_who_waits_waits_for_somebody_of_a_group_of_its_own(doubted, proven):
    doubted -= proven
    held, _ = gathering().held(doubted, proven, 0)
    assert held <= proven
    for channel in held:
        assert any(channel in group and not doubted.isdisjoint(group) for group in GROUPS.values())
