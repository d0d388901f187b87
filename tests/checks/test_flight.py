"""The ring of probes under way."""

import pytest

from checks.flight import ANSWERED, EXPIRED, Flight
from checks.lane import Lane
from checks.target import Target

LANE = Lane(Target.parse(1, "icmp://10.0.0.1"), 0.0)


def flown(count, flight=None):
    """Return a ring in which probe n was sent at n seconds."""
    flight = flight or Flight(16)
    for _ in range(count):
        flight.add((LANE, None, "10.0.0.1", float(flight.next), 0))
    return flight


def expired(flight, due):
    found = []
    for at in flight.overdue(due):
        flight.state[at] = EXPIRED
        found.append(flight.at(at)[3])
    return found


def test_what_waits_too_long_expires_once_and_in_order():
    flight = flown(5)
    assert expired(flight, 2.0) == [0.0, 1.0, 2.0]
    assert expired(flight, 2.0) == []
    assert expired(flight, 9.0) == [3.0, 4.0]


def test_what_was_answered_does_not_expire():
    flight = flown(3)
    flight.state[1] = ANSWERED
    assert expired(flight, 9.0) == [0.0, 2.0]


def test_expiry_goes_on_over_the_seam_of_the_ring():
    flight = flown(6)
    for _ in range(5):
        expired(flight, float(flight.next))
        sent = flight.next
        flown(6, flight)
        assert expired(flight, float(flight.next)) == [float(n) for n in range(sent, sent + 6)]


def test_a_ring_that_grows_keeps_what_it_holds():
    flight = flown(100)
    assert expired(flight, 999.0) == [float(n) for n in range(100)]


@pytest.mark.parametrize("number", [-1, 100, 10**9])
def test_a_number_never_sent_has_no_place(number):
    assert flown(100).place(number) is None


def test_a_number_long_past_is_forgotten():
    flight = Flight(16)
    for _ in range(40):
        flown(1, flight)
        expired(flight, 999.0)
    assert flight.place(3) is None
    assert flight.place(39) is not None
