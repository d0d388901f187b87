import pytest

from incidents.decision import Why
from incidents.model import LineState
from incidents.outcome import Observation, Outcome, Reason
from incidents.sight import Sight
from tests.incidents.province import ANCHOR, LEAF, MIDDLE, OTHER, TOP, TREE, Province, line

UP, DOWN, UNREACHABLE, BLIND = LineState.UP, LineState.DOWN, LineState.UNREACHABLE, LineState.BLIND
ALL = {TOP, MIDDLE, LEAF, OTHER}
SETTLE = 20


def awake(**options):
    province = Province.of(**options)
    province.live(5)
    return province


def test_every_line_that_answers_is_up():
    assert set(Province.of().live(3)) == {(channel, UP) for channel in ALL}


def test_a_line_that_was_never_heard_of_is_unknown():
    assert set(Province.of().watch.states.values()) == {LineState.UNKNOWN}


def test_one_line_is_down_by_itself():
    province = awake()
    province.cut = {OTHER}
    assert province.live(30) == [(OTHER, DOWN)]
    (verdict,) = province.decisions[-1].verdicts
    assert (verdict.why, verdict.root, verdict.since) == (Why.SILENT, None, pytest.approx(1005.1))


def test_a_line_returns_since_its_first_answer():
    province = awake()
    province.cut = {OTHER}
    province.live(30)
    province.cut = set()
    assert province.live(10) == [(OTHER, UP)]
    assert province.decisions[-1].verdicts[0].since == pytest.approx(1035.1)


def test_what_hangs_behind_a_dead_uplink_is_of_the_uplink():
    province = awake()
    province.cut = {TOP}
    said = province.live(30)
    assert said[0] == (TOP, DOWN)
    assert set(said) == {(TOP, DOWN), (MIDDLE, UNREACHABLE), (LEAF, UNREACHABLE)}
    verdicts = {each.channel: each for decision in province.decisions for each in decision.verdicts}
    assert (verdicts[LEAF].root, verdicts[LEAF].why) == (TOP, Why.UPLINK)


def test_a_child_whose_uplink_lives_is_down_by_itself():
    province = awake()
    province.cut = {LEAF}
    assert province.live(30) == [(LEAF, DOWN)]


def test_a_child_lost_just_before_its_uplink_waits_for_it():
    province = awake()
    province.live(1, probed=[1, 2, 100])
    for series in (3, 33):  # lost by chance before the cut, while the uplinks still answered after it
        province.watch.hear(Observation(series, Outcome(Reason.TIMEOUT), province.at - 0.95, province.at))
    province.cut = {TOP}
    said = province.live(30)
    assert said[0] == (TOP, DOWN)
    assert (LEAF, DOWN) not in said


def test_a_line_lost_just_before_our_own_uplink_waits_for_the_anchors():
    province = awake()
    province.live(1, probed=[100])
    province.watch.hear(Observation(4, Outcome(Reason.TIMEOUT), province.at - 0.95, province.at))
    province.cut = {ANCHOR, TOP, OTHER}
    said = province.live(30)
    assert {state for _, state in said} == {BLIND}


def test_an_uplink_without_probes_passes_the_blame_on():
    tree = (line(TOP, (1,)), line(MIDDLE, (), TOP), line(LEAF, (3,), MIDDLE))
    province = awake(tree=tree)
    province.cut = {TOP}
    assert set(province.live(30)) == {(TOP, DOWN), (LEAF, UNREACHABLE)}


def test_an_uplink_outside_the_inventory_blames_nobody():
    province = awake(tree=(line(LEAF, (3,), 77),))
    province.cut = {LEAF}
    assert province.live(30) == [(LEAF, DOWN)]


def test_an_uplink_of_which_nothing_is_ever_known_silences_nobody():
    province = Province.of()
    province.faulty = {1}
    province.live(5)
    province.cut = {MIDDLE}
    assert (MIDDLE, DOWN) in province.live(30)


def test_an_uplink_of_which_nothing_is_ever_known_passes_the_blame_on():
    province = Province.of()
    province.faulty = {2}
    province.live(5)
    province.cut = {TOP}
    assert set(province.live(9)) == {(TOP, DOWN), (LEAF, UNREACHABLE)}


def test_an_anchor_of_which_nothing_is_ever_known_silences_nobody():
    province = Province.of()
    province.faulty = {ANCHOR}
    province.live(5)
    province.cut = {OTHER}
    assert province.live(30) == [(OTHER, DOWN)]


@pytest.mark.parametrize("series", [3, 33])
def test_a_channel_is_up_while_any_of_its_series_answers(series):
    province = awake()
    province.dead_series = {series}
    assert province.live(30) == []


def test_a_series_of_which_nothing_is_ever_known_does_not_keep_a_channel_up():
    province = Province.of()
    province.faulty = {33}
    province.live(5)
    province.cut = {LEAF}
    assert province.live(30) == [(LEAF, DOWN)]


def test_a_channel_is_silent_since_the_last_of_its_series_fell_silent():
    province = awake()
    province.dead_series = {33}
    province.live(30)
    province.cut = {LEAF}
    province.live(30)
    assert province.decisions[-1].verdicts[0].since == pytest.approx(1035.1)


def test_children_return_with_their_uplink():
    province = awake()
    province.cut = {TOP}
    province.live(30)
    province.cut = set()
    assert set(province.live(30)) == {(TOP, UP), (MIDDLE, UP), (LEAF, UP)}


def test_who_is_still_silent_after_its_uplink_returned_is_told_once_it_had_time_to_settle():
    province = awake()
    province.cut = {TOP, LEAF}
    province.live(30)
    province.cut = {LEAF}
    assert (TOP, UP) in province.live(5)
    assert province.live(SETTLE - 5) == []
    assert province.live(5) == [(LEAF, DOWN)]


def test_a_silence_under_way_when_the_uplink_returns_counts_afresh():
    province = awake()
    province.cut = {TOP}
    province.live(8, probed=[1, 100])
    assert province.watch.states[TOP] is DOWN
    province.live(3)  # the children are suspected
    province.cut = {MIDDLE}
    assert province.live(SETTLE) == [(TOP, UP)]
    assert province.live(10) == [(MIDDLE, DOWN), (LEAF, UNREACHABLE)]


def test_a_grandchild_is_not_told_before_what_it_hangs_behind():
    province = awake()
    province.cut = {TOP, MIDDLE}
    province.live(30)
    province.cut = {MIDDLE}
    province.live(5, probed=[1, 100])
    for _ in range(40):  # LEAF is heard of before MIDDLE
        province.live(1, probed=[1, 100, 3, 33])
    assert province.watch.states[LEAF] is UNREACHABLE
    assert province.live(20) == [(MIDDLE, DOWN)]


def test_a_child_with_an_outage_of_its_own_keeps_it_when_its_uplink_returns():
    province = awake()
    province.cut = {LEAF}
    province.live(30)
    province.cut = {TOP, LEAF}
    assert set(province.live(30)) == {(TOP, DOWN), (MIDDLE, UNREACHABLE)}
    province.cut = {LEAF}
    assert set(province.live(5)) == {(TOP, UP), (MIDDLE, UP)}
    province.cut = set()
    assert province.live(2) == []  # it needs its answers in a row
    assert province.live(1) == [(LEAF, UP)]


def test_the_first_word_of_an_uplink_makes_nobody_wait():
    province = Province.of()
    province.cut = {LEAF}
    assert (LEAF, DOWN) in province.live(10)


def test_what_could_not_be_written_is_proposed_again():
    province = awake()
    province.cut = {OTHER}
    assert set(province.live(15, write=False)) == {(OTHER, DOWN)}
    assert province.live(1) == [(OTHER, DOWN)]
    assert province.live(10) == []


def test_a_proven_silence_that_was_not_told_yet_is_over_with_one_answer():
    province = awake()
    province.cut = {OTHER}
    province.live(15, probed=[4])  # proven, but no witness has spoken since
    province.cut = set()
    province.live(1, probed=[4])
    province.cut = {OTHER}
    assert province.live(3) == []  # a new silence, which has to be proven as any other
    assert province.live(10) == [(OTHER, DOWN)]
    assert province.decisions[-1].verdicts[0].since == pytest.approx(1021.1)


def test_a_line_that_we_cannot_probe_any_more_is_not_watched_and_nothing_else_is_said_of_it():
    province = awake()
    province.faulty = {4}
    assert province.live(14) == []
    assert province.live(30) == [(OTHER, BLIND)]
    assert province.decisions[-1].verdicts[0].why is Why.OURSELVES
    province.faulty = set()
    assert province.live(3) == [(OTHER, UP)]


def test_a_line_that_is_silent_once_we_can_probe_it_again_is_down():
    province = awake()
    province.faulty, province.cut = {4}, {OTHER}
    province.live(20)
    province.faulty = set()
    assert province.live(10) == [(OTHER, DOWN)]


def test_an_anchor_that_we_cannot_ask_any_more_holds_no_verdict_up_where_the_lines_are_seen():
    province = awake()
    province.faulty, province.cut = {ANCHOR}, {OTHER}
    assert province.live(40) == [(OTHER, DOWN)]
    assert province.watch.sight is Sight.LINES


@pytest.mark.parametrize("anchors", [(), (ANCHOR,)])
def test_when_nothing_can_be_sent_we_are_blind(anchors):
    province = awake(anchors=anchors)
    province.faulty = set(province.series())
    province.live(20)
    assert province.watch.sight is Sight.BLIND
    assert set(province.watch.states.values()) == {BLIND}
    province.faulty = set()
    province.live(30)
    assert province.watch.sight is Sight.CLEAR
    assert set(province.watch.states.values()) == {UP}


def test_outcomes_of_unknown_series_are_dropped():
    province = awake()
    province.watch.hear(Observation(999, Outcome(Reason.TIMEOUT), 1, 2))
    assert not province.watch.decide(1e6)


def test_a_suspicion_hastens_the_line_and_asks_what_it_hangs_behind():
    province = awake()
    assert province.watch.quick(province.at) == frozenset()
    province.cut = {LEAF}
    province.live(1)
    assert province.watch.quick(province.at) == {3, 33}
    assert province.watch.asks() == {1, 2}
    assert province.watch.asks() == frozenset()


def test_a_doubt_of_one_series_asks_the_others_of_its_line():
    province = awake()
    province.dead_series = {3}  # say that 33 is a page, which is asked seldom
    province.live(1, probed=[3])
    assert province.watch.asks() == {1, 2, 33}


def test_a_second_loss_asks_what_hangs_behind():
    province = awake()
    province.cut = {TOP}
    province.live(1, probed=[1])
    assert province.watch.asks() == frozenset()
    province.live(1, probed=[1])
    assert province.watch.asks() == {2, 3, 33}


def test_a_proven_silence_hastens_the_witnesses_it_waits_for():
    province = awake()
    province.cut = {LEAF}
    province.live(15, probed=[3, 33])
    assert province.watch.states[LEAF] is UP
    assert province.watch.quick(province.at) >= {1, 2, ANCHOR}
    assert province.watch.quick(province.at) >= {3, 33}  # it may yet answer


@pytest.mark.parametrize("anchors", [(), (ANCHOR,)])
def test_a_silence_that_runs_into_a_failure_of_our_own_is_not_told(anchors):
    province = awake(tree=[line(channel, (channel,)) for channel in range(1, 10)], anchors=anchors)
    province.cut = {1}
    province.live(4)  # the others have answered since
    assert province.live(4, probed=[1]) == []  # but are not heard of any more
    assert province.live(1, probed=[1, 2]) == [(1, DOWN)]


def test_without_anchors_a_proven_silence_hastens_a_few_lines():
    province = awake(tree=[line(channel, (channel,)) for channel in range(1, 10)], anchors=())
    province.cut = {1}
    assert province.live(15, probed=[1]) == []
    assert province.watch.quick(province.at) == {1, 2, 3, 4}
    assert province.live(3) == [(1, DOWN)]


def test_a_line_just_declared_is_hastened_still_lest_it_was_a_blip():
    province = awake()
    province.cut = {OTHER}
    assert province.live(8) == [(OTHER, DOWN)]
    assert province.watch.quick(province.at) == {4}
    province.live(5)
    assert province.watch.quick(province.at) == frozenset()


def test_a_return_is_hastened():
    province = awake()
    province.cut = {OTHER}
    province.live(30)
    assert province.watch.quick(province.at) == frozenset()
    province.cut = set()
    province.live(1)
    assert province.watch.quick(province.at) == {4}


def test_an_anchor_on_its_way_back_is_hastened():
    province = awake()
    province.cut = {ANCHOR, TOP, OTHER}
    province.live(30)
    province.cut = {TOP, OTHER}
    province.live(1)
    assert ANCHOR in province.watch.quick(province.at)


def test_verdicts_come_from_the_top_down():
    province = Province.of(tuple(reversed(TREE)))
    assert [channel for channel, _ in province.live(3)] == [TOP, OTHER, MIDDLE, LEAF]
