from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.degradation import Bounds, Degradation, Measure, judge
from incidents.quality import Figures

BOUNDS = Bounds()
GOOD = Figures(12, 0, 0.020, 0.002)
ONE_LOST = Figures(12, 1, 0.020, 0.002)
LOSSY = Figures(12, 2, 0.020, 0.002)
SLOW = Figures(12, 0, 0.080, 0.002)
SHAKY = Figures(12, 0, 0.040, 0.045)
HOPELESS = Figures(12, 3, 0.400, 0.060)
OUT = Figures(12, 12, None, None)
IDLE = Figures(0, 0, None, None)


def lived(minutes, bounds=BOUNDS, usual=None):
    """Return what was held of a line at the end of each of *minutes*."""
    present, told = None, []
    for end in range(1, len(minutes) + 1):
        present = judge(minutes[:end], present, bounds, usual)
        told.append(present)
    return told


def ends(minutes, **rest):
    return lived(minutes, **rest)[-1]


def measures(degradation):
    return {each.measure for each in degradation.reasons}


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (LOSSY, {Measure.LOSS, Measure.RATING}),
        (ONE_LOST, {Measure.LOSS, Measure.RATING}),
        (SLOW, {Measure.DELAY}),
        (SHAKY, {Measure.JITTER}),
        (HOPELESS, set(Measure)),
    ],
)
def test_what_is_held_for_five_minutes_is_named(minute, expected):
    told = lived([GOOD] * 3 + [minute] * 5)
    assert measures(told[-1]) == expected
    if Measure.LOSS not in expected:
        assert told[-2] is None


def test_a_reason_carries_its_figure_and_its_bound():
    (excess,) = ends([SLOW] * 4 + [Figures(12, 0, 0.130, 0.002)]).reasons
    assert (excess.value, excess.bound) == (pytest.approx(0.090), 0.050)


@pytest.mark.parametrize("lost", [1, 6, 11])
def test_the_losses_of_one_minute_degrade_nothing(lost):
    assert ends([GOOD] * 4 + [Figures(12, lost, 0.020, 0.002)] + [GOOD] * 4) is None


def test_a_burst_across_the_turn_of_a_minute_degrades_nothing():
    burst = Figures(12, 5, 0.020, 0.002)
    assert ends([GOOD] * 4 + [burst, burst] + [GOOD] * 4) is None


def test_as_many_losses_as_chance_gives_degrade_nothing():
    assert ends([ONE_LOST, GOOD, ONE_LOST, GOOD, ONE_LOST]) is None


def test_a_quicker_pace_sees_a_smaller_loss():
    held = [Figures(120, 4, 0.020, 0.002)] * 5  # 3.3 %: of twelve probes that is none or one
    assert measures(ends(held)) == {Measure.LOSS}


@pytest.mark.parametrize("hole", [None, OUT, IDLE])
def test_a_minute_that_tells_nothing_does_not_begin_it(hole):
    assert ends([SLOW] * 4 + [hole, SLOW]) is None
    assert ends([SLOW] * 4 + [hole] + [SLOW] * 5) is not None


@pytest.mark.parametrize("hole", [None, OUT, IDLE])
def test_a_minute_that_tells_nothing_does_not_end_it(hole):
    assert ends([SLOW] * 5 + [GOOD] * 9 + [hole] * 30) is not None
    assert ends([SLOW] * 5 + [GOOD] * 9 + [hole, GOOD]) is not None
    assert ends([SLOW] * 5 + [hole] + [GOOD] * 10) is None


def test_it_ends_after_ten_clear_minutes():
    told = lived([SLOW] * 5 + [GOOD] * 10)
    assert told[-1] is None
    assert told[-2] is not None


@pytest.mark.parametrize(
    "almost",
    [
        Figures(12, 0, 0.045, 0.002),
        Figures(12, 0, 0.020, 0.027),
        Figures(12, 1, 0.020, 0.002),
    ],
)
def test_what_is_only_just_within_a_bound_does_not_end_it(almost):
    assert ends([SLOW] * 5 + [GOOD] * 5 + [almost] + [GOOD] * 4) is not None


def test_the_reasons_are_the_newest_and_the_last_ones_while_it_clears():
    told = lived([SLOW] * 5 + [SHAKY] * 5 + [GOOD] * 3)
    assert measures(told[4]) == {Measure.DELAY}
    assert measures(told[9]) == measures(told[-1]) == {Measure.JITTER}


def test_a_line_that_is_always_slow_is_measured_against_itself():
    assert ends([SLOW] * 20, usual=0.080) is None
    (excess,) = ends([Figures(12, 0, 0.130, 0.002)] * 5, usual=0.080).reasons
    assert excess.bound == pytest.approx(0.120)


def test_a_short_usual_delay_makes_no_line_strict():
    assert ends([Figures(12, 0, 0.045, 0.002)] * 5, usual=0.010) is None


@pytest.mark.parametrize(
    "wrong",
    [{"loss": 0}, {"loss": 1}, {"margin": 0}, {"doubt": 1}, {"unusual": 0.5}, {"enter": 0}, {"leave": 0}],
)
def test_bounds_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="expected"):
        Bounds(**wrong)


MINUTE = st.none() | st.builds(
    lambda sent, lost, delay, jitter: (
        Figures(sent, lost, delay, jitter) if lost < sent else Figures(sent, sent, None, None)
    ),
    st.integers(1, 60),
    st.integers(0, 60),
    st.floats(0, 2),
    st.floats(0, 1),
)
SERIES = st.lists(MINUTE, max_size=40)


@given(SERIES, st.floats(0, 3))
def test_a_line_back_at_its_usual_delay_is_well_after_ten_minutes(minutes, usual):
    assert ends([*minutes, *[Figures(12, 0, usual, 0.0)] * 10], usual=usual) is None


@given(SERIES)
def test_a_minute_that_tells_nothing_changes_nothing(minutes):
    told = lived([*minutes, None])
    assert told[-1] == (told[-2] if minutes else None)


@given(SERIES)
def test_it_begins_beyond_a_bound_and_with_five_minutes_that_tell(minutes):
    told = [None, *lived(minutes)]
    for end, (before, after) in enumerate(pairwise(told), 1):
        if before is None and after is not None:
            assert all(each is not None and each.answered for each in minutes[end - 5 : end])
            for each in after.reasons:
                beyond = (
                    each.value < each.bound if each.measure is Measure.RATING else each.value > each.bound
                )
                assert beyond


@given(SERIES)
def test_it_does_not_end_before_ten_minutes_that_tell(minutes):
    told = [None, *lived(minutes)]
    for end, (before, after) in enumerate(pairwise(told), 1):
        if before is not None and after is None:
            assert all(each is not None and each.answered for each in minutes[end - 10 : end])


@given(st.integers(1, 3000), st.data())
def test_more_losses_are_never_less_of_a_degradation(sent, data):
    lost = data.draw(st.integers(0, sent - 1))
    more = data.draw(st.integers(lost, sent - 1))
    fewer, worse = (ends([Figures(sent, each, 0.02, 0.0)] * 5) for each in (lost, more))
    assert fewer is None or isinstance(worse, Degradation)
