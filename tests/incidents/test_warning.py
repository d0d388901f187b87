from dataclasses import replace
from datetime import timedelta

import pytest

from incidents.model import Assignment, Status
from incidents.owed import Breach, Owed
from incidents.policy import Promise
from incidents.sla import Deadline
from incidents.sla.warning import promise_timers
from incidents.timers import Due
from tests.incidents.cases import incident, minutes

LEADS = Promise().lead
TEAM = 30
TAKEN = incident((1, 0), status=Status.ACKNOWLEDGED, owner=1, acknowledged=minutes(3))
HANDED = replace(TAKEN, assignment=Assignment(TEAM, minutes(10), minutes(12)))
RESTORE, LATE = Deadline(Owed.RESTORE, minutes(250)), Breach(Owed.RESTORE, minutes(250), TEAM)


@pytest.mark.parametrize(
    ("known", "deadline", "due"),
    [
        (TAKEN, Deadline(Owed.ASSIGN, minutes(20)), {Due.WARN: 15, Due.MISS: 20}),
        (HANDED, RESTORE, {Due.WARN: 190, Due.MISS: 250}),
        (HANDED, Deadline(Owed.RESTORE, minutes(50)), {Due.WARN: 30, Due.MISS: 50}),  # at its half
        (replace(HANDED, warned=minutes(250)), RESTORE, {Due.MISS: 250}),
        (replace(HANDED, warned=minutes(230)), RESTORE, {Due.WARN: 190, Due.MISS: 250}),  # it has moved since
        (replace(HANDED, breaches=(LATE,)), RESTORE, {}),
        (incident((1, 0)), Deadline(Owed.ACKNOWLEDGE, minutes(10)), {}),  # the ladder calls for that
        (HANDED, None, {}),
    ],
)
def test_a_promise_is_warned_of_and_marked_once(known, deadline, due):
    assert promise_timers(known, deadline, LEADS) == {kind: minutes(at) for kind, at in due.items()}


def test_what_has_no_lead_is_marked_alone():
    assert promise_timers(HANDED, RESTORE, {"assign": timedelta(minutes=5)}) == {Due.MISS: minutes(250)}
