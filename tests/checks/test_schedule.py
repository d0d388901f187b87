"""Turns over invented time."""

from itertools import pairwise

import pytest

from checks.lane import Burst, Lane
from checks.schedule import BEHIND, Schedule, spread
from checks.target import Target

PERIOD = 10.0


def lanes_of(count):
    return [
        Lane(Target.parse(series, f"icmp://10.0.0.{series + 1}"), phase)
        for series, phase in enumerate(spread(count, 0))
    ]


def schedule_of(lanes):
    schedule = Schedule(PERIOD, now=0.0)
    schedule.place(lanes, now=0.0)
    return schedule


def told(schedule, now, limit=1000):
    return [lane.target.series for lane, _ in schedule.due(now, limit)]


def ticks(schedule, start, end, step=0.025):
    """Ask at every tick and return (time, series) of each turn."""
    count = round((end - start) / step)
    times = [start + index * step for index in range(1, count + 1)]
    return [(at, series) for at in times for series in told(schedule, at)]


def test_turns_are_spread_evenly_over_the_period():
    turns = ticks(schedule_of(lanes_of(20)), 0.0, PERIOD)
    gaps = [after - before for (before, _), (after, _) in pairwise(turns)]
    assert sorted(series for _, series in turns[:20]) == list(range(20))
    assert max(gaps) == pytest.approx(0.5, abs=0.03)


def test_everyone_has_one_turn_a_period():
    turns = ticks(schedule_of(lanes_of(7)), -0.025, 5 * PERIOD - 0.05)
    assert sorted(series for _, series in turns) == sorted(list(range(7)) * 5)


def test_a_stall_moves_turns_instead_of_making_up_for_them():
    schedule = schedule_of(lanes_of(100))
    ticks(schedule, 0.0, 3.0)
    after_stall = told(schedule, 7.0)
    assert len(after_stall) <= 2
    assert len(ticks(schedule, 7.0, 7.0 + PERIOD)) == pytest.approx(100, abs=2)


def test_a_small_delay_is_made_up_for():
    schedule = schedule_of(lanes_of(100))
    ticks(schedule, 0.0, 3.0)
    assert len(told(schedule, 3.0 + BEHIND * 0.8)) == pytest.approx(4, abs=1)


def test_no_more_turns_than_the_limit():
    schedule = schedule_of(lanes_of(100))
    told(schedule, 0.0)
    assert len(told(schedule, 0.45, limit=3)) == 3


def test_a_pace_starts_at_once_and_replaces_the_regular_turn():
    lanes = lanes_of(4)
    schedule = schedule_of(lanes)
    told(schedule, 0.0)
    schedule.pace(lanes[1], 0.25, now=1.0)
    mine = [at for at, series in ticks(schedule, 0.975, 4.0) if series == 1]
    assert mine[0] == pytest.approx(1.0)
    assert len(mine) == 13


def test_back_at_the_normal_pace_a_lane_has_its_old_phase():
    lanes = lanes_of(4)
    schedule = schedule_of(lanes)
    schedule.pace(lanes[1], 0.25, now=1.0)
    ticks(schedule, 0.0, 2.0)
    schedule.pace(lanes[1], None, now=2.0)
    mine = [at for at, series in ticks(schedule, 2.0, 2.0 + PERIOD) if series == 1]
    assert mine == [pytest.approx(2.5, abs=0.03)]


def test_a_pace_given_twice_does_not_start_again():
    lanes = lanes_of(1)
    schedule = schedule_of(lanes)
    told(schedule, 0.0)
    schedule.pace(lanes[0], 1.0, now=0.5)
    schedule.pace(lanes[0], 1.0, now=0.6)
    assert len(told(schedule, 0.6)) == 1


def test_a_pace_that_fell_behind_is_not_made_up_for():
    lanes = lanes_of(1)
    schedule = schedule_of(lanes)
    schedule.pace(lanes[0], 0.25, now=0.0)
    told(schedule, 0.0)
    assert told(schedule, 5.0) == [0]


def test_a_burst_comes_beside_the_regular_turn():
    lanes = lanes_of(2)
    schedule = schedule_of(lanes)
    told(schedule, 0.0)
    schedule.burst(lanes[1], Burst([1], 3), 3, 0.2, now=4.0)
    turns = [at for at, series in ticks(schedule, 3.975, 6.0) if series == 1]
    assert turns == pytest.approx([4.0, 4.2, 4.4, 5.0], abs=0.03)


def test_a_burst_on_a_lane_that_is_gone_ends():
    lanes = lanes_of(1)
    schedule = schedule_of(lanes)
    burst = Burst([0], 3)
    schedule.burst(lanes[0], burst, 3, 0.2, now=0.0)
    lanes[0].gone = True
    schedule.due(0.0, 10)
    assert burst.done.is_set()


def test_lanes_that_stay_keep_their_turns_when_the_set_changes():
    lanes = lanes_of(10)
    schedule = schedule_of(lanes)
    ticks(schedule, -0.025, 4.5)
    added = Lane(Target.parse(99, "icmp://10.0.1.1"), spread(1, 10)[0])
    schedule.place([*lanes[5:], added], now=4.5)
    turns = {series: at for at, series in ticks(schedule, 4.5, 10.0) if series != 99}
    assert turns == {series: pytest.approx(float(series), abs=0.03) for series in range(5, 10)}


def test_lanes_that_come_one_by_one_do_not_share_a_moment():
    phases = sorted(spread(1, present)[0] for present in range(1, 101))
    assert min(after - before for before, after in pairwise(phases)) > 0.003
