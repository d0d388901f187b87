from math import inf

import pytest

from incidents.model import LineState
from incidents.sight import BACK, FEWEST, STEADY, Sight, lived_until, seen_until, sight
from incidents.verdict import NEVER, Belief, Standing
from tests.incidents.prober import Prober, district
from tests.incidents.province import ANCHOR, LEAF, MIDDLE, OTHER, TOP, Province, line

UP, DOWN, UNREACHABLE, BLIND = LineState.UP, LineState.DOWN, LineState.UNREACHABLE, LineState.BLIND
ALL = {TOP, MIDDLE, LEAF, OTHER}
SETTLE = 20


def awake(**options):
    province = Province.of(**options)
    province.live(5)
    return province


def test_when_nothing_answers_not_even_the_anchors_we_are_blind():
    province = awake()
    province.cut = {ANCHOR, TOP, OTHER}
    said = province.live(30)
    assert {state for _, state in said} == {BLIND}
    assert [each.sight for each in province.decisions if each.sight is not None] == [Sight.BLIND]


def test_blindness_began_when_the_last_anchor_fell_silent():
    province = awake(anchors=(100, 101))
    province.cut = {100}
    province.live(20)
    province.cut = {100, 101, TOP, OTHER}
    province.live(20)
    (decision,) = [each for each in province.decisions if each.sight is Sight.BLIND]
    assert decision.since == pytest.approx(1025.1)


def test_one_living_anchor_is_enough_to_see():
    province = awake(anchors=(100, 101))
    province.cut = {100, OTHER}
    assert province.live(30) == [(OTHER, DOWN)]


def test_without_anchors_so_few_lines_are_told_one_by_one():
    province = awake(anchors=())
    province.cut = {TOP, OTHER}
    assert (OTHER, DOWN) in province.live(30)
    assert not province.watch.blind


def test_a_line_that_was_out_before_is_blind_only_since_we_are():
    province = awake()
    province.cut = {OTHER}
    province.live(30)
    province.cut = {OTHER, ANCHOR, TOP}
    province.live(30)
    verdicts = [
        each for decision in province.decisions for each in decision.verdicts if each.channel == OTHER
    ]
    assert [(each.state, each.since) for each in verdicts[-2:]] == [
        (DOWN, pytest.approx(1005.1)),
        (BLIND, pytest.approx(1035.1)),
    ]


def test_lines_that_are_back_a_moment_before_the_anchors_do_not_make_these_silent():
    lines = tuple(line(channel, (channel,)) for channel in range(1, 9))
    province = awake(tree=lines)
    province.cut = {ANCHOR, *range(1, 9)}
    province.live(30)
    province.cut = set()
    province.live(1)
    province.live(5, probed=range(1, 9))
    province.live(5)
    seen = [each.sight for each in province.decisions if each.sight is not None]
    assert seen == [Sight.BLIND, Sight.CLEAR]


def test_what_answers_when_we_see_again_is_up():
    province = awake()
    province.cut = {ANCHOR, TOP, OTHER}
    province.live(30)
    province.cut = set()
    assert set(province.live(30)) == {(channel, UP) for channel in ALL}
    assert not province.watch.blind


def test_what_is_silent_when_we_see_again_is_told_once_it_had_time_to_settle():
    province = awake()
    province.cut = {ANCHOR, TOP, OTHER}
    province.live(30)
    province.cut = {OTHER}
    assert (OTHER, DOWN) not in province.live(SETTLE)
    assert (OTHER, DOWN) in province.live(5)


def test_a_silence_that_began_in_blindness_counts_afresh_when_we_see_again():
    province = awake()
    province.cut = {ANCHOR, TOP}
    province.live(30)
    province.cut = {ANCHOR, TOP, OTHER}
    province.live(2)
    province.cut = {OTHER}
    assert (OTHER, DOWN) not in province.live(SETTLE)
    assert (OTHER, DOWN) in province.live(5)


@pytest.mark.parametrize("state", [UP, DOWN, UNREACHABLE, BLIND])
def test_what_was_declared_before_a_restart_is_not_declared_again(state):
    tree = (line(TOP, (1,)), line(LEAF, (3,), TOP))
    province = Province.of(tree, declared={TOP: DOWN if state is UNREACHABLE else UP, LEAF: state})
    province.cut = {TOP} if state is UNREACHABLE else {LEAF} if state is DOWN else set()
    said = province.live(30)
    assert said == ([(LEAF, UP)] if state is BLIND else [])


def test_an_outage_from_before_a_restart_ends_by_answers_in_a_row():
    province = Province.of(declared={OTHER: DOWN})
    assert (OTHER, UP) not in province.live(2)
    assert (OTHER, UP) in province.live(1)


def test_blindness_from_before_a_restart_lasts_until_an_anchor_answers():
    province = Province.of(declared=dict.fromkeys(ALL, BLIND), sight=Sight.BLIND)
    province.cut = {ANCHOR, TOP, OTHER}
    assert province.live(30) == []
    province.cut = set()
    assert set(province.live(30)) == {(channel, UP) for channel in ALL}


def test_what_is_silent_after_blindness_waits_for_a_witness_like_any_other():
    province = awake()
    province.cut = {ANCHOR, TOP, OTHER}
    province.live(30)
    province.cut = {OTHER}
    assert set(province.live(3)) == {(channel, UP) for channel in ALL - {OTHER}}
    assert province.live(SETTLE + 10, probed=[4]) == []
    assert ANCHOR in province.watch.quick(province.at)


def test_blindness_ends_with_the_last_anchor_taken_away():
    province = Province.of(anchors=(), sight=Sight.BLIND)
    province.live(3)
    assert not province.watch.blind


NOBODY = Belief()
OUT = Belief(Standing.DOWN, silent_since=100, returned=0, replied=99)
DOUBTED = Belief(Standing.SUSPECT, silent_since=100, returned=0, replied=99)
HALF_BACK = Belief(Standing.RETURNING, silent_since=100, returned=109, replied=109)


def alive(replied=110, returned=0):
    return Belief(Standing.UP, returned=returned, replied=replied)


def lines(**counts):
    """Return lines of one series each, so many of each kind."""
    kinds = {"up": alive(), "down": OUT, "doubted": DOUBTED, "new": NOBODY, "half": HALF_BACK}
    return lambda: [[kinds[kind]] for kind, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("was", "anchors", "others", "seen"),
    [
        (Sight.BLIND, [OUT, alive()], lines(down=9), Sight.CLEAR),
        (Sight.CLEAR, [OUT, DOUBTED], lines(down=9), Sight.CLEAR),  # in doubt: as before
        (Sight.BLIND, [OUT, DOUBTED], lines(up=9), Sight.BLIND),
        (Sight.CLEAR, [OUT, HALF_BACK], lines(down=9), Sight.BLIND),
        (Sight.CLEAR, [OUT, NOBODY], lines(down=9), Sight.BLIND),  # who was never heard of has no say
        (Sight.LINES, [NOBODY], lines(up=9), Sight.LINES),  # nor anybody after a restart
        (Sight.CLEAR, [OUT], lines(up=3), Sight.LINES),
        (Sight.CLEAR, [OUT], lines(up=2), Sight.BLIND),
        (Sight.CLEAR, [OUT], lines(up=5, down=15), Sight.LINES),
        (Sight.CLEAR, [OUT], lines(up=5, down=16), Sight.BLIND),
        (Sight.CLEAR, [OUT], lines(up=5, new=90), Sight.LINES),
        (Sight.CLEAR, [OUT], lines(doubted=20), Sight.BLIND),  # silent as long as the anchors
        (Sight.CLEAR, [], lines(down=4, doubted=1), Sight.TOTAL),
        (Sight.CLEAR, [], lines(down=FEWEST - 1), Sight.CLEAR),
        (Sight.CLEAR, [], lines(down=4, doubted=5), Sight.CLEAR),  # most are not proven
        (Sight.CLEAR, [], lines(down=9, up=1), Sight.CLEAR),
        (Sight.CLEAR, [], lines(down=9, half=1), Sight.CLEAR),
        (Sight.TOTAL, [], lines(down=9, half=1), Sight.TOTAL),
        (Sight.TOTAL, [], lines(down=9, up=1), Sight.CLEAR),
        (Sight.TOTAL, [], lines(new=9), Sight.CLEAR),
    ],
)
def test_how_we_see_is_told_by_the_anchors_or_else_by_the_lines(was, anchors, others, seen):
    assert sight(was, anchors, others)[0] is seen


def test_lines_that_are_only_just_back_leave_sight_as_it_was():
    back = [[alive(replied=107, returned=107)] for _ in range(9)]
    assert [sight(was, [OUT], lambda: back)[0] for was in Sight] == list(Sight)


def test_lines_that_go_by_themselves_are_doubted_before_sight_is():
    doubted = Belief(Standing.SUSPECT, silent_since=500, returned=0, replied=499)
    assert sight(Sight.LINES, [OUT], lambda: [[doubted]] * 9)[0] is Sight.LINES


def test_a_series_that_is_out_for_good_does_not_make_a_doubted_line_lost():
    assert sight(Sight.CLEAR, [], lambda: [[OUT, DOUBTED]] * 9)[0] is Sight.CLEAR


def test_all_is_lost_since_the_last_line_fell_silent():
    last = Belief(Standing.DOWN, silent_since=130)
    assert sight(Sight.CLEAR, [], lambda: [[OUT]] * 9 + [[last]]) == (Sight.TOTAL, 130)


@pytest.mark.parametrize(
    ("beliefs", "until"),
    [
        ([], inf),
        ([NOBODY], inf),
        ([OUT, NOBODY], NEVER),
        ([DOUBTED], NEVER),
        ([alive(110)], 110),
        ([OUT, alive(110), alive(112)], 112),
        ([alive(110, returned=109)], NEVER),  # what was lost with it may be on its way back
        ([alive(110, returned=110 - BACK)], 110),
    ],
)
def test_a_witness_vouches_for_the_time_until_its_last_answer(beliefs, until):
    assert lived_until(beliefs) == until


def test_an_anchor_just_back_does_not_vouch_for_a_blip_that_ran_into_its_silence():
    assert seen_until([alive(115, returned=115 - STEADY + 1)], list) == NEVER
    assert seen_until([alive(115, returned=115 - STEADY)], list) == 115


@pytest.mark.parametrize(
    ("anchors", "others", "until"),
    [
        ([alive(105)], lines(up=9), 105),
        ([DOUBTED], lines(up=9), NEVER),
        ([NOBODY], lines(), inf),
        ([OUT], lines(up=3), 110),  # no anchor lives: many lines will do
        ([OUT], lines(up=2, down=1), NEVER),
        ([], lines(up=1, down=FEWEST - 1), 110),  # there is none: one line will do
        ([], lines(down=FEWEST), NEVER),
        ([], lines(down=FEWEST - 1), inf),  # so few cannot vouch for each other
    ],
)
def test_we_are_known_to_have_seen_until_the_last_witness_spoke(anchors, others, until):
    assert seen_until(anchors, others) == until


def test_many_lines_have_seen_until_the_last_of_a_quorum_spoke():
    others = [[alive(100 + each)] for each in range(20)]
    assert seen_until([OUT], lambda: others) == 115


ANCHORS = (1001, 1002)


def living(size=12, anchors=ANCHORS, **options):
    """Return a prober of a district that has been watched for a while."""
    prober = Prober(district(size), anchors, **options)
    prober.live(20)
    return prober


def lose_all(prober, seconds, but=()):
    """Cut everything but *but* for a while and return what is said then."""
    prober.cut = {*(line.channel for line in prober.tree), *prober.anchors} - set(but)
    said = prober.live(seconds)
    prober.cut = set()
    return said


@pytest.mark.parametrize("seconds", [2, 5, 6, 6.5, 7, 7.5, 8, 10, 40])
@pytest.mark.parametrize("anchors", [ANCHORS, ()])
def test_a_failure_of_our_own_uplink_is_nobodys_outage(seconds, anchors):
    prober = living(30, anchors)
    said = lose_all(prober, seconds) + prober.live(40)
    assert (set() if seconds < 6 else {BLIND, UP}) >= {state for _, state in said}
    assert set(prober.watch.states.values()) == {UP}


@pytest.mark.parametrize("size", [FEWEST, 8, 12, 20, 45])
@pytest.mark.parametrize("seed", [0, 1])
def test_all_lines_lost_without_an_anchor_are_one_total_loss_within_twelve_seconds(size, seed):
    prober = living(size, (), seed=seed)
    assert sorted(lose_all(prober, 12)) == [(channel, BLIND) for channel in range(1, size + 1)]
    assert prober.watch.sight is Sight.TOTAL
    (when,) = {at for at, verdict in prober.said if verdict.state is BLIND}  # all at once
    assert [(when, Sight.TOTAL)] == prober.sights


def test_a_total_loss_is_over_with_the_first_line_that_answers():
    prober = living(anchors=())
    lose_all(prober, 15)
    prober.cut = set(range(2, 13))
    assert prober.live(8) == [(1, UP)]
    assert prober.watch.sight is Sight.CLEAR
    assert sorted(prober.live(30)) == [(channel, DOWN) for channel in range(2, 13)]


def test_a_line_that_was_out_before_all_were_lost_is_blind_only_since_then():
    prober = living(anchors=())
    prober.cut = {1}
    prober.live(60)
    lost = prober.at
    lose_all(prober, 15)
    (since,) = [v.since for _, v in prober.said if (v.channel, v.state) == (1, BLIND)]
    assert since >= lost


def test_lines_that_were_out_before_do_not_make_a_blip_a_total_loss():
    prober = living(12, ())
    prober.cut = set(range(1, 8))
    prober.live(60)
    prober.cut = set(range(1, 13))
    assert prober.live(3) == []
    prober.cut = set(range(1, 8))
    assert prober.live(10) == []


def test_the_last_lines_of_a_province_are_told_one_by_one():
    prober = living(6, ())
    for channel in range(1, 7):
        prober.cut.add(channel)
        assert prober.live(15) == [(channel, DOWN)]


def test_a_total_loss_from_before_a_restart_lasts_until_a_line_answers():
    again = Prober(district(12), (), declared=dict.fromkeys(range(1, 13), BLIND), sight=Sight.TOTAL)
    assert not again.watch.decide(again.at)  # nothing was heard yet
    assert lose_all(again, 60) == []
    assert again.sights == []
    assert sorted(again.live(30)) == [(channel, UP) for channel in range(1, 13)]


def test_anchors_that_die_while_the_lines_live_hide_no_outage():
    prober = living(12)
    prober.cut = set(ANCHORS)
    assert prober.live(30) == []
    assert [seen for _, seen in prober.sights] == [Sight.LINES]
    prober.cut |= {5}
    assert prober.live(15) == [(5, DOWN)]


def test_a_blip_of_all_that_is_left_while_the_anchors_are_dead_blinds_nobody():
    prober = living(12)
    prober.cut = set(ANCHORS)
    prober.live(30)
    assert lose_all(prober, 4) == []
    prober.cut = set(ANCHORS)
    assert prober.live(20) == []
    assert [seen for _, seen in prober.sights] == [Sight.LINES]


def test_anchors_and_then_the_lines_lost_as_well_are_blindness():
    prober = living(12)
    prober.cut = set(ANCHORS)
    prober.live(30)
    assert {state for _, state in lose_all(prober, 20)} == {BLIND}


def test_an_anchor_that_never_told_anything_does_not_vouch_for_a_dead_one():
    prober = Prober(district(12), ANCHORS)
    prober.faulty = {ANCHORS[0]}
    prober.live(20)
    prober.cut = {ANCHORS[1], 5}
    assert (5, DOWN) in prober.live(20)
    prober.live(10)
    assert prober.watch.sight is Sight.LINES
