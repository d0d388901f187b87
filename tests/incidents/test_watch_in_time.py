"""What holds of a watch whatever befalls its lines, at the pace of the engine."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.correlation import Watch
from incidents.model import LineState
from incidents.outcome import Observation, Outcome, Reason
from incidents.policy import Common, Detection
from incidents.sight import Sight
from tests.incidents.prober import Prober, district
from tests.incidents.province import ANCHOR, line

UP, DOWN, UNREACHABLE, BLIND = LineState.UP, LineState.DOWN, LineState.UNREACHABLE, LineState.BLIND
RULE = Detection()
ANCHORS = (1001, 1002)
UPLINKS = {2: 1, 3: 1, 4: 1, 5: 4, 6: 4, 8: 7}  # 5 and 6 hang behind 4, and that behind 1
LINES = district(14, UPLINKS)
CHANNELS = sorted(each.channel for each in LINES)
FEW = settings(max_examples=15)

SEEDS = st.integers(0, 99)
CUTS = st.sets(st.sampled_from([*CHANNELS, *ANCHORS]), max_size=8)
LINE_CUTS = st.sets(st.sampled_from(CHANNELS), min_size=1)
SPELLS = st.lists(st.tuples(CUTS, st.floats(0.3, 25)), max_size=5)
# A fifth lost at most: a bad spell without an end is another matter.
LOSSES = st.dictionaries(st.sampled_from(CHANNELS), st.floats(0, 0.2), max_size=4)
TOLD_WITHIN = RULE.period + RULE.guard + Common().gather + 1


def lived(spells=(), seed=0, loss=None, anchors=ANCHORS):
    prober = Prober(LINES, anchors, seed=seed)
    prober.live(12)
    prober.loss = loss or {}
    for cut, seconds in spells:
        prober.cut = cut
        prober.live(seconds)
    return prober


def of(prober, channel):
    return [(at, verdict) for at, verdict in prober.said if verdict.channel == channel]


@FEW
@given(SPELLS, SEEDS, LOSSES)
def test_every_outage_ends_when_all_is_well(spells, seed, loss):
    prober = lived(spells, seed, loss)
    prober.cut, prober.loss = set(), {}
    prober.live(60)
    assert set(prober.watch.states.values()) == {UP}
    assert prober.watch.sight is Sight.CLEAR
    assert not prober.watch.quick(prober.at)


@FEW
@given(SPELLS, SEEDS, LINE_CUTS)
def test_every_outage_is_declared_or_has_its_reason(spells, seed, cut):
    prober = lived(spells, seed)
    prober.cut = set().union(*(cut for cut, _ in spells))
    out_before = {each for each in CHANNELS if not prober.reaches(each)}
    prober.cut = cut
    prober.live(75)
    for channel, state in prober.watch.states.items():
        its_own = prober.reaches(UPLINKS.get(channel))
        if prober.reaches(channel):
            assert state is UP
        elif not its_own and channel in out_before:  # it may have been out before its uplink was
            assert state in (DOWN, UNREACHABLE)
        else:
            assert state is (DOWN if its_own else UNREACHABLE)
    assert not prober.watch.quick(prober.at)  # nobody is asked for ever


@FEW
@given(SPELLS, SEEDS, LOSSES)
def test_nothing_is_declared_twice_in_a_row_nor_since_before_what_it_follows(spells, seed, loss):
    prober = lived(spells, seed, loss)
    for channel in CHANNELS:
        said = [verdict for _, verdict in of(prober, channel)]
        assert all(before.state is not after.state for before, after in pairwise(said))
        assert all(before.since <= after.since for before, after in pairwise(said))


@FEW
@given(SPELLS, SEEDS, LOSSES)
def test_nothing_is_up_but_by_an_answer_and_since_it(spells, seed, loss):
    prober = lived(spells, seed, loss)
    for at, verdict in prober.said:
        if verdict.state is UP:
            assert (verdict.channel, verdict.since) in prober.answered
            assert verdict.since <= at


@FEW
@given(SPELLS, SEEDS, LOSSES)
def test_nothing_is_unreachable_before_the_uplink_it_is_blamed_on_is_down(spells, seed, loss):
    states = {}
    for _, verdict in lived(spells, seed, loss).said:
        states[verdict.channel] = verdict.state
        if verdict.state is UNREACHABLE:
            assert states[verdict.root] is DOWN


@FEW
@given(SEEDS, st.sampled_from([1, 4, 7]), st.floats(0, 6), LOSSES)
def test_no_child_is_down_of_itself_that_died_with_its_uplink(seed, uplink, later, loss):
    prober = lived([(set(), later)], seed, loss)
    prober.cut = {uplink}
    behind = {channel for channel in CHANNELS if not prober.reaches(channel)} - {uplink}
    said = prober.live(40)
    assert said[0] == (uplink, DOWN)
    assert set(said[1:]) == {(channel, UNREACHABLE) for channel in behind}


@FEW
@given(LINE_CUTS, SEEDS, st.floats(0, 6))
def test_many_silent_at_once_are_all_declared_before_long(cut, seed, later):
    prober = lived([(set(), later)], seed)
    prober.cut, before = cut, prober.at
    prober.live(40)
    assert {verdict.channel for _, verdict in prober.said if verdict.state is DOWN} >= {
        channel for channel in cut if prober.reaches(UPLINKS.get(channel))
    }
    last = max(at for at, verdict in prober.said if verdict.state is DOWN)
    assert last - before <= TOLD_WITHIN


def test_those_that_fall_together_are_declared_within_a_second():
    prober = Prober(district(40), ANCHORS)
    prober.live(12)
    prober.cut = set(range(10, 20))  # an area
    assert len(prober.live(15)) == 10
    when = [at for at, verdict in prober.said if verdict.state is DOWN]
    assert max(when) - min(when) < 1  # though five seconds lie between their turns


@pytest.mark.parametrize("anchors", [ANCHORS, ()])
@FEW
@given(SEEDS, LOSSES, st.floats(0, 6), st.floats(0.5, 30))
def test_a_failure_of_our_own_uplink_is_nobodys_outage(anchors, seed, loss, later, seconds):
    prober = lived([(set(), later)], seed, loss, anchors)
    prober.cut = {*CHANNELS, *anchors}
    prober.live(seconds)
    prober.cut = set()
    prober.live(45)
    assert {DOWN, UNREACHABLE}.isdisjoint(verdict.state for _, verdict in prober.said)
    assert Sight.LINES not in {seen for _, seen in prober.sights}


@FEW
@given(SPELLS, SEEDS, CUTS, st.booleans())
def test_a_restart_declares_nothing_that_was_declared(spells, seed, cut, anchored):
    anchors = ANCHORS if anchored else ()
    prober = lived(spells, seed, anchors=anchors)
    prober.cut = cut
    prober.live(60)
    again = Prober(LINES, anchors, seed=seed, declared=prober.watch.states, sight=prober.watch.sight)
    again.cut = cut
    assert again.live(60) == []
    assert again.sights == []


def test_a_calm_province_is_probed_at_its_period_and_no_more():
    prober = lived()
    prober.probes.clear()
    prober.live(100 * RULE.period)
    assert prober.probes == dict.fromkeys([*CHANNELS, *ANCHORS], 100)


@pytest.mark.parametrize("anchors", [ANCHORS, ()])
def test_the_price_of_a_long_outage_is_that_of_a_calm_day(anchors):
    prober = lived(anchors=anchors)
    prober.cut = {1, 9}
    prober.live(30)
    prober.probes.clear()
    prober.live(100 * RULE.period)
    assert prober.probes == dict.fromkeys([*CHANNELS, *anchors], 100)


def test_the_price_of_blindness_is_that_of_a_calm_day():
    prober = lived()
    prober.cut = {*CHANNELS, *ANCHORS}
    prober.live(30)
    prober.probes.clear()
    prober.live(100 * RULE.period)
    assert prober.probes == dict.fromkeys([*CHANNELS, *ANCHORS], 100)


def test_an_uplink_that_falls_with_many_behind_it_is_no_reason_to_ask_everybody():
    prober = Prober(district(40, dict.fromkeys(range(2, 31), 1)), ANCHORS)
    prober.live(12)
    prober.cut = {1}
    prober.probes.clear()
    assert len(prober.live(10 * RULE.period)) == 30
    assert {prober.probes[channel] for channel in range(31, 41)} == {10}


def test_a_lossy_line_is_not_an_outage():
    prober = lived()
    prober.loss = {9: 0.6, 10: 0.4}
    assert prober.live(900) == []


def test_a_line_that_dies_in_a_bad_spell_is_declared_all_the_same():
    prober = lived()
    prober.loss = {9: 0.5}
    prober.live(120)
    prober.cut = {9}
    assert prober.live(25) == [(9, DOWN)]


RUNS = st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=12)


@settings(max_examples=40)
@given(RUNS)
def test_answers_told_at_once_are_as_good_as_one_by_one(runs):
    """The same is declared, at the same time and on the same grounds, and the same learned."""
    one_by_one, at_once = _replayed(runs, at_once=False), _replayed(runs, at_once=True)
    assert one_by_one == at_once


def _replayed(runs, *, at_once):
    """Return what a watch says to these runs of answers and losses, and what it has learned by them."""
    watch, at, told = Watch((line(1, (1,)),), (ANCHOR,)), 0.0, []
    for answered, count in runs:
        for turn in range(count):
            at += RULE.period
            watch.hear(Observation(ANCHOR, Outcome(Reason.REPLY, 0.02), at, at + 0.02))
            if not answered:
                watch.hear(Observation(1, Outcome(Reason.TIMEOUT), at, at + 1))
            elif not at_once or turn < RULE.replies:  # from then on it is certainly up
                watch.hear(Observation(1, Outcome(Reason.REPLY, 0.02), at, at + 0.02))
            elif turn == count - 1:
                watch.rest(1, count - RULE.replies, at)
            decision = watch.decide(at + 1)
            watch.settle(decision, at + 1)
            told += decision.verdicts
    return told, watch.states, watch.experience.habits
