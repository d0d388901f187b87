import pytest

from incidents.model import LineState
from incidents.sight import Sight
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


def test_without_anchors_we_are_never_blind():
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


def test_blindness_ends_with_the_last_anchor_taken_away():
    province = Province.of(anchors=(), sight=Sight.BLIND)
    province.live(3)
    assert not province.watch.blind
