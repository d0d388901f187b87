from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.model import LineState
from incidents.outcome import Observation, Outcome, Reason
from incidents.sight import WITNESSES
from tests.incidents.province import ANCHOR, LEAF, MIDDLE, OTHER, TOP, TREE, Province

UPLINKS = {line.channel: line.uplink for line in TREE}
CUTS = st.sets(st.sampled_from([TOP, MIDDLE, LEAF, OTHER, ANCHOR]))
SPELLS = st.lists(st.tuples(CUTS, st.integers(1, 40)), max_size=6)
FEW = settings(max_examples=30)


def lived(spells):
    province = Province.of()
    province.live(5)
    for cut, seconds in spells:
        province.cut = cut
        province.live(seconds)
    return province


def verdicts(province):
    return [verdict for decision in province.decisions for verdict in decision.verdicts]


@FEW
@given(SPELLS)
def test_every_outage_ends_when_all_is_well(spells):
    province = lived(spells)
    province.cut = set()
    province.live(60)
    assert set(province.watch.states.values()) == {LineState.UP}
    assert not province.watch.blind
    assert not province.watch.quick(province.at)


@FEW
@given(SPELLS, CUTS)
def test_every_silence_is_told_or_has_its_reason(spells, cut):
    province = lived(spells)
    before = dict(province.watch.states)
    province.cut = cut
    province.live(90)
    for channel, state in province.watch.states.items():
        if province.reaches(channel):
            assert state is LineState.UP
        elif ANCHOR in cut and sum(map(province.reaches, UPLINKS)) < WITNESSES:
            assert state is LineState.BLIND  # one that was told before we went blind too
        else:
            above = UPLINKS[channel]
            behind = above is not None and not province.reaches(above)
            assert state is (LineState.UNREACHABLE if behind else LineState.DOWN) or (
                state is before[channel] is LineState.DOWN  # it was out before its uplink was
            )


@FEW
@given(SPELLS)
def test_no_state_is_told_twice_in_a_row(spells):
    said = verdicts(lived(spells))
    for channel in UPLINKS:
        states = [each.state for each in said if each.channel == channel]
        assert all(before is not after for before, after in pairwise(states))


@FEW
@given(SPELLS)
def test_a_state_never_begins_before_the_one_it_follows(spells):
    said = verdicts(lived(spells))
    for channel in UPLINKS:
        starts = [each.since for each in said if each.channel == channel]
        assert starts == sorted(starts)


@FEW
@given(SPELLS)
def test_nothing_is_up_that_does_not_answer(spells):
    province = Province.of()
    for cut, seconds in spells:
        province.cut = cut
        for channel, state in province.live(seconds):
            assert state is not LineState.UP or province.reaches(channel)


@FEW
@given(SPELLS, st.lists(st.sampled_from([1, 2, 3, 33, 4, ANCHOR]), max_size=20))
def test_a_child_that_dies_with_its_uplink_is_never_down_before_it(spells, lost_before):
    province = lived(spells)
    province.cut = set()
    province.live(60)
    for series in lost_before:  # by chance, in the second before the cut
        province.watch.hear(Observation(series, Outcome(Reason.TIMEOUT), province.at - 0.85, province.at))
    province.cut = {TOP}
    said = province.live(60)
    assert said[0] == (TOP, LineState.DOWN)
    assert (MIDDLE, LineState.DOWN) not in said
    assert (LEAF, LineState.DOWN) not in said


@FEW
@given(SPELLS, st.sets(st.sampled_from([1, 2, 3, 33, 4, ANCHOR])), st.integers(1, 14))
def test_faults_of_our_own_that_do_not_last_change_nothing(spells, faulty, seconds):
    province = lived(spells)
    province.live(30)
    before = dict(province.watch.states)
    province.faulty = set(faulty)
    province.live(seconds, probed=faulty)
    assert province.watch.states == before


@FEW
@given(SPELLS, st.sets(st.sampled_from([1, 2, 3, 33, 4, ANCHOR])), st.integers(15, 90))
def test_faults_of_our_own_that_last_make_blind_and_nothing_else(spells, faulty, seconds):
    province = lived(spells)
    province.live(30)
    before = dict(province.watch.states)
    province.faulty = set(faulty)
    province.live(seconds, probed=faulty)
    changed = {c for c, state in province.watch.states.items() if state is not before[c]}
    assert {province.watch.states[channel] for channel in changed} <= {LineState.BLIND}


@FEW
@given(SPELLS)
def test_a_restart_tells_nothing_that_was_told(spells):
    province = lived(spells)
    province.live(90)
    again = Province.of(declared=province.watch.states, sight=province.watch.sight)
    again.cut = province.cut
    assert again.live(60) == []
