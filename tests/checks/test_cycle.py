"""The lanes of one period over invented time."""

from itertools import pairwise

import pytest

from checks.cycle import BEHIND, Cycle
from checks.lane import Lane
from checks.target import Target

PERIOD = 10.0


def lanes_of(*series):
    return [Lane(Target.parse(one, f"icmp://10.0.{one >> 8}.{one & 255}")) for one in series]


def cycle_of(count):
    return Cycle(PERIOD, lanes_of(*range(count)), now=0.0)


def told(cycle, now, limit=1000):
    return [lane.target.series for lane in cycle.due(now, limit)]


def ticks(cycle, start, end, step=0.025):
    """Ask at every tick and return (time, series) of each turn."""
    times = [start + index * step for index in range(1, round((end - start) / step) + 1)]
    return [(at, series) for at in times for series in told(cycle, at)]


def test_turns_are_spread_evenly_over_the_period():
    turns = ticks(cycle_of(20), 0.0, PERIOD)
    gaps = [after - before for (before, _), (after, _) in pairwise(turns)]
    assert sorted(series for _, series in turns[:20]) == list(range(20))
    assert max(gaps) == pytest.approx(0.5, abs=0.03)


def test_everyone_has_one_turn_a_period():
    turns = ticks(cycle_of(7), -0.025, 5 * PERIOD - 0.05)
    assert sorted(series for _, series in turns) == sorted(list(range(7)) * 5)


def test_a_stall_moves_turns_instead_of_making_up_for_them():
    cycle = cycle_of(100)
    ticks(cycle, 0.0, 3.0)
    after_stall = told(cycle, 7.0)
    assert len(after_stall) <= 2
    assert len(ticks(cycle, 7.0, 7.0 + PERIOD)) == pytest.approx(100, abs=2)


def test_a_small_delay_is_made_up_for():
    cycle = cycle_of(100)
    ticks(cycle, 0.0, 3.0)
    assert len(told(cycle, 3.0 + BEHIND * 0.8)) == pytest.approx(4, abs=1)


def test_no_more_turns_than_the_limit():
    cycle = cycle_of(100)
    told(cycle, 0.0)
    assert len(told(cycle, 0.45, limit=3)) == 3


def test_lanes_that_stay_keep_their_turns_when_the_set_changes():
    cycle = cycle_of(10)
    ticks(cycle, -0.025, 4.5)
    cycle.place(lanes_of(99, *range(5, 10)))
    turns = {series: at for at, series in ticks(cycle, 4.5, 10.0) if series != 99}
    assert turns == {series: pytest.approx(float(series), abs=0.03) for series in range(5, 10)}


def test_lanes_that_come_one_by_one_do_not_share_a_moment():
    cycle = cycle_of(1)
    for count in range(2, 101):
        cycle.place(lanes_of(*range(count)))
    moments = [at for at, _ in ticks(cycle, 0.0, PERIOD, step=0.01)]
    assert max(moments.count(at) for at in moments) <= 1


def test_a_cycle_of_one_that_replaced_its_lane_goes_on():
    cycle = cycle_of(1)
    assert told(cycle, 0.0) == [0]
    cycle.place(lanes_of(7))
    assert {series for _, series in ticks(cycle, 0.0, 2 * PERIOD)} == {7}
