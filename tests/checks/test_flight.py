"""The probes under way, and those just over, over invented time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.flight import ANSWERED, EXPIRED, KEPT, Flight
from checks.lane import Lane
from checks.target import Target
from checks.wheel import GRAIN

TICK = 0.04


def lane(timeout=1.0):
    return Lane(Target.parse(1, "icmp://10.0.0.1"), timeout)


def fly(flight, sent, timeout=1.0):
    flight.add(lane(timeout), "10.0.0.1", sent, None)


def flown(count, step=1.0, capacity=16):
    """Return a ring in which probe n was sent at n steps."""
    flight = Flight(capacity=capacity)
    for number in range(count):
        fly(flight, number * step)
    return flight


def expired(flight, now):
    """Give up on what is overdue at *now*."""
    numbers = list(flight.overdue(now))
    for number in numbers:
        flight.state[number & flight.mask] = EXPIRED
    return numbers


probes = st.lists(
    st.tuples(st.floats(0.0, 0.5), st.floats(0.4, 2.0), st.booleans()),  # pause before it, timeout, answered
    min_size=1,
    max_size=80,
)


@given(probes)
def test_each_silent_probe_expires_once_in_time_and_in_the_order_due(told):
    flight, due, given_up, now = Flight(capacity=16), {}, [], 100.0
    for pause, timeout, answered in told:
        now += pause
        given_up += [(now, number) for number in expired(flight, now)]
        fly(flight, now, timeout)
        if answered:
            flight.state[(flight.next - 1) & flight.mask] = ANSWERED
        else:
            due[flight.next - 1] = now + timeout
    for _ in range(60):
        now += TICK
        given_up += [(now, number) for number in expired(flight, now)]
    assert sorted(number for _, number in given_up) == sorted(due)
    for at, number in given_up:
        assert due[number] - 1e-6 <= at <= due[number] + 0.5 + GRAIN + 2 * TICK
    same_tick = {}
    for at, number in given_up:
        same_tick.setdefault(at, []).append(due[number])
    for moments in same_tick.values():
        assert all(later > earlier - GRAIN - 1e-6 for earlier, later in pairwise(moments))


def test_what_was_answered_does_not_expire():
    flight = flown(3, step=0.1)
    flight.state[1] = ANSWERED
    assert expired(flight, 9.0) == [0, 2]


def test_what_waits_for_longer_does_not_hold_up_the_others():
    flight = Flight()
    fly(flight, 0.0, timeout=2.0)
    fly(flight, 0.1, timeout=0.4)
    assert expired(flight, 0.6) == [1]
    assert expired(flight, 2.1) == [0]


def test_a_timeout_below_the_least_is_kept_where_the_ring_was_told():
    flight = Flight(soonest=0.05)
    fly(flight, 0.0, timeout=0.05)
    assert expired(flight, 0.08) == [0]


def test_a_batch_that_crosses_the_seam_lies_where_its_numbers_say():
    flight = flown(10, step=KEPT)
    lanes = [lane() for _ in range(12)]
    start = 10 * KEPT
    flight.extend(lanes, [str(n) for n in range(12)], [start + n * KEPT for n in range(12)])
    assert [flight.lane[number & flight.mask] for number in range(10, 22)] == lanes
    assert [flight.address[number & flight.mask] for number in range(10, 22)] == [str(n) for n in range(12)]
    assert flight.mask == 15


@given(st.integers(1, 300), st.floats(0.001, 0.2), st.integers(1, 40))
def test_whatever_was_sent_lately_is_remembered_however_many(count, step, batch):
    flight, sent = Flight(capacity=16), []
    for start in range(0, count, batch):
        moments = [number * step for number in range(start, min(start + batch, count))]
        flight.extend([lane() for _ in moments], [str(moment) for moment in moments], moments)
        sent += moments
    for number, moment in enumerate(sent):
        if moment > sent[-1] - KEPT:
            assert flight.holds(number)
            assert flight.address[number & flight.mask] == str(moment)


@pytest.mark.parametrize("number", [-1, 100, 10**9])
def test_a_number_never_sent_is_not_held(number):
    assert not flown(100, step=0.01).holds(number)


def test_a_number_long_past_is_forgotten():
    flight = flown(40, step=KEPT)
    assert not flight.holds(3)
    assert flight.holds(39)
