from dataclasses import replace
from datetime import timedelta

import pytest

from incidents.model import Assignment, Status, Suspension
from incidents.policy import Promise
from incidents.sla import Deadline, Owed, next_deadline, restore_within
from tests.incidents.cases import incident, minutes

PROMISE = Promise()
OPEN = incident((1, -1))
TAKEN = replace(OPEN, status=Status.ACKNOWLEDGED, owner=1, acknowledged=minutes(3))
HANDED = replace(TAKEN, assignment=Assignment(30, minutes(7)))
IDLE = timedelta(minutes=6)
ACCEPTED = replace(TAKEN, assignment=Assignment(30, minutes(7), minutes(9)))


@pytest.mark.parametrize(
    ("known", "deadline"),
    [
        (OPEN, (Owed.ACKNOWLEDGE, 10)),
        (TAKEN, (Owed.ASSIGN, 20)),
        (HANDED, (Owed.ACCEPT, 22)),
        (ACCEPTED, (Owed.RESTORE, 7 + 240)),
        (incident((1, -1, 4), (1, 50)), (Owed.ACKNOWLEDGE, 60)),
        (replace(TAKEN, recovered=minutes(5)), None),
        (replace(OPEN, status=Status.CLOSED, closed=minutes(5)), None),
        (replace(OPEN, idle=IDLE), (Owed.ACKNOWLEDGE, 10 + 6)),
        (replace(TAKEN, idle=IDLE), (Owed.ASSIGN, 20 + 6)),
        (replace(HANDED, assignment=replace(HANDED.assignment, idle=IDLE)), (Owed.ACCEPT, 22 + 6)),
        (replace(ACCEPTED, assignment=replace(ACCEPTED.assignment, idle=IDLE)), (Owed.RESTORE, 7 + 240 + 6)),
        (replace(ACCEPTED, suspensions=frozenset(Suspension), suspended=minutes(9)), None),
    ],
)
def test_the_next_promise_is_the_one_that_is_open(known, deadline):
    found = next_deadline(known, PROMISE, timedelta(minutes=15), timedelta(hours=4))
    assert found == (deadline and Deadline(deadline[0], minutes(deadline[1])))


@pytest.mark.parametrize(
    ("sla_class", "carrier_minutes", "hours"),
    [
        ("tinh", None, 4),
        ("thanh_pho", 60, 8),  # the unit's class goes before the carrier's default
        ("mien_nui", None, 24),
        (None, 120, 2),
        ("khac", 0, 0),
        (None, None, 24),
    ],
)
def test_the_time_to_restore_is_the_units_or_the_carriers(sla_class, carrier_minutes, hours):
    assert restore_within(PROMISE, sla_class, carrier_minutes) == timedelta(hours=hours)
