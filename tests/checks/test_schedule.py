"""Turns over invented time: periods beside each other, and what comes between."""

import math

import pytest

from checks.lane import Burst, Lane
from checks.schedule import HASTE, Schedule
from checks.target import Target

PERIOD = 10.0


def lanes_of(count, period=None):
    return [Lane(Target.parse(series, f"icmp://10.0.0.{series + 1}", period)) for series in range(count)]


def schedule_of(lanes):
    schedule = Schedule(PERIOD)
    schedule.place(lanes, now=0.0)
    return schedule


def told(schedule, now, limit=1000):
    urgent = [lane.target.series for lane, _ in schedule.urgent(now, limit)]
    return urgent + [lane.target.series for lane in schedule.regular(now, limit - len(urgent))]


def ticks(schedule, start, end, step=0.025):
    """Ask at every tick and return (time, series) of each turn."""
    count = round((end - start) / step)
    times = [start + index * step for index in range(1, count + 1)]
    return [(at, series) for at in times for series in told(schedule, at)]


def counts(schedule, seconds):
    turns = [series for _, series in ticks(schedule, -0.025, seconds - 0.05)]
    return {series: turns.count(series) for series in turns}


def test_each_period_has_its_own_turns():
    urls = [("icmp://10.0.0.1", 2.0), ("icmp://10.0.0.2", None), ("tcp://10.0.0.3:1", 5.0)]
    lanes = [Lane(Target.parse(series, url, period)) for series, (url, period) in enumerate(urls)]
    assert counts(schedule_of(lanes), 40.0) == {0: 20, 1: 4, 2: 8}


@pytest.mark.parametrize("period", [None, 2.0])
def test_a_page_is_not_asked_more_often_than_twice_a_minute(period):
    lanes = [Lane(Target.parse(1, "http://xa.vn/", period)), Lane(Target.parse(2, "https://xa.vn/", 60.0))]
    assert counts(schedule_of(lanes), 120.0) == {1: 4, 2: 2}


def test_a_period_without_end_has_no_turns():
    schedule = Schedule(math.inf)
    schedule.place(lanes_of(3), now=0.0)
    assert ticks(schedule, 0.0, 5.0) == []


def test_within_each_period_phases_are_even():
    fast = lanes_of(4, period=2.0)
    slow = [Lane(Target.parse(series, f"icmp://10.0.1.{series}")) for series in range(10, 15)]
    turns = ticks(schedule_of(fast + slow), -0.025, PERIOD - 0.05)
    assert [at for at, series in turns if series < 4][:5] == pytest.approx([0, 0.5, 1, 1.5, 2], abs=0.03)
    assert [at for at, series in turns if series >= 10] == pytest.approx([0, 2, 4, 6, 8], abs=0.03)


def test_a_series_of_another_period_moves_there():
    schedule = schedule_of(lanes_of(3))
    ticks(schedule, -0.025, 5.0)
    schedule.place(lanes_of(3, period=1.0), now=5.0)
    assert len(ticks(schedule, 5.0, 9.0)) == pytest.approx(12, abs=1)


def test_paced_lanes_do_not_use_up_the_room_of_others():
    lanes = lanes_of(10)
    schedule = schedule_of(lanes)
    for lane in lanes[:9]:
        schedule.pace(lane, 100.0, now=0.0)
    told(schedule, 0.0)
    schedule.place(lanes, now=0.0)
    turns = [schedule.regular(at / 10, limit=1) for at in range(1, 100)]
    assert [lane.target.series for due in turns for lane in due] == [9]


def test_one_question_comes_at_once_and_once_however_often_it_is_asked():
    lanes = lanes_of(3)
    schedule = schedule_of(lanes)
    ticks(schedule, -0.025, 1.0)
    for _ in range(5):
        schedule.once(lanes[1])
    assert schedule.hurried
    assert told(schedule, 1.0) == [1]
    assert not schedule.hurried
    assert told(schedule, 1.0) == []


def test_a_question_to_a_lane_that_is_gone_is_dropped():
    lanes = lanes_of(2)
    schedule = schedule_of(lanes)
    ticks(schedule, -0.025, 1.0)
    schedule.once(lanes[0])
    lanes[0].gone = True
    assert told(schedule, 1.0) == []


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


def test_all_that_are_in_a_hurry_share_a_bounded_rate():
    lanes = [Lane(Target.parse(series, "icmp://10.0.0.1", 60.0)) for series in range(2 * HASTE)]
    schedule = schedule_of(lanes)
    for lane in lanes:
        schedule.pace(lane, 0.2, now=0.0)
    turns = [len(schedule.urgent(second / 2, 3 * HASTE)) for second in range(9)]
    assert turns == [2 * HASTE, 0, 0, 0, 2 * HASTE, 0, 0, 0, 2 * HASTE]  # once in two seconds each
    for lane in lanes[100:]:
        schedule.pace(lane, None, now=4.0)
    schedule.urgent(6.0, 3 * HASTE)
    assert len(schedule.urgent(6.2, 3 * HASTE)) == 100


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
    schedule.urgent(0.0, 10)
    assert burst.done.is_set()
