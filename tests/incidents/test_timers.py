from dataclasses import replace
from datetime import timedelta

import pytest

from incidents.model import Status, Suspension
from incidents.policy import Audience, Common, Policies, Rung
from incidents.timers import Due, timers
from incidents.wide import Scope, Wide
from tests.incidents.cases import incident, minutes

POLICIES = Policies(
    ladder=(
        Rung(timedelta(minutes=10), Audience.ONCALL),
        Rung(timedelta(minutes=20), Audience.LEADERS),
    ),
    relapse_window=timedelta(minutes=30),
)
OPEN = incident((1, -1))
BACK = incident((1, -1, 4), recovered=minutes(4))
WIDE = Wide(Scope.AREA, 3, 9)
HELD = {"suspensions": frozenset({Suspension.BLIND}), "suspended": minutes(1)}


def many(*stays, **values):
    """Return an incident of many lines that somebody has taken."""
    return incident(*stays, wide=WIDE, status=Status.ACKNOWLEDGED, owner=1, **values)


MOST_BACK = ((1, 0, 2), (2, 0, 3), (3, 0, 2), (4, 0))


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (OPEN, {Due.ESCALATE: 10}),
        (replace(OPEN, escalated=1), {Due.ESCALATE: 20}),
        (replace(OPEN, escalated=2), {}),
        (replace(OPEN, status=Status.ACKNOWLEDGED, owner=1), {}),
        (incident(), {Due.ESCALATE: 10}),  # an officer's report alone
        (BACK, {Due.CLOSE: 34}),
        (replace(BACK, owner=1, status=Status.ACKNOWLEDGED), {}),
        (replace(BACK, status=Status.CLOSED, closed=minutes(4)), {}),
        (replace(BACK, confirmed=minutes(4)), {Due.CLOSE: 5}),  # its unit's word, once the line has held
        (replace(BACK, confirmed=minutes(20), owner=1, status=Status.ACKNOWLEDGED), {Due.CLOSE: 20}),
        (replace(BACK, confirmed=minutes(3)), {Due.CLOSE: 34}),  # said of the outage: no word on its end
        (replace(BACK, disputed=minutes(6)), {Due.ESCALATE: 16}),
        (incident(confirmed=minutes(2), status=Status.ACKNOWLEDGED, owner=1), {Due.CLOSE: 2}),
        (replace(OPEN, confirmed=minutes(2)), {Due.ESCALATE: 10}),
        (incident((1, -1, 4), (1, 50)), {Due.ESCALATE: 60}),  # a relapse counts afresh
        (incident((1, -1, 16), (2, 15), escalated=1), {Due.ESCALATE: 20}),  # a late comer does not
        (replace(OPEN, idle=timedelta(minutes=7)), {Due.ESCALATE: 17}),  # its clocks stood still for so long
        (replace(OPEN, **HELD), {}),
        (many(*MOST_BACK), {Due.SPLIT: 4}),  # a minute after the last return
        (many(*MOST_BACK, idle=timedelta(minutes=7)), {Due.SPLIT: 11}),
        (many((1, 0, 2), (2, 0, 3), (3, 0), (4, 0)), {}),  # half of them only
        (many((1, 0, 2), (1, 3), (2, 0, 3), (3, 0, 2), (4, 0)), {}),  # one is out again
        (many((1, 0), (2, 0)), {}),
        (many(*MOST_BACK, **HELD), {}),  # while we are blind nobody knows what is left
        (many(*MOST_BACK[:3], recovered=minutes(3)), {}),
        (incident(*MOST_BACK, status=Status.ACKNOWLEDGED, owner=1), {}),  # an uplink's lines stay with it
        (replace(many(*MOST_BACK), status=Status.CLOSED, closed=minutes(9)), {}),
    ],
)
def test_what_is_due_follows_from_the_incident_alone(known, due):
    assert timers(known, POLICIES) == {kind: minutes(count) for kind, count in due.items()}


WIDE = incident(
    (1, 0, 2), (2, 0, 3), (3, 0, 1), (4, 0), status=Status.ACKNOWLEDGED, owner=1, wide=Wide(Scope.AREA, 1, 5)
)


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (WIDE, {Due.SPLIT: 4}),  # a minute after the last return
        (replace(WIDE, wide=None), {}),
        (replace(WIDE, members=WIDE.members[1:]), {}),  # two of three are too few
        (replace(WIDE, members=WIDE.members[:3]), {}),  # none is left
        (replace(WIDE, suspensions=frozenset(Suspension), suspended=minutes(3)), {}),  # held: we do not know
        (replace(WIDE, idle=timedelta(minutes=7)), {Due.SPLIT: 11}),  # and after that it has its time
    ],
)
def test_what_is_left_of_many_splits_once_most_are_back(known, due):
    assert timers(known, POLICIES) == {kind: minutes(count) for kind, count in due.items()}


def test_a_ladder_that_was_shortened_calls_nobody():
    assert timers(replace(OPEN, escalated=1), replace(POLICIES, ladder=POLICIES.ladder[:1])) == {}


def test_an_incident_of_which_nothing_is_back_is_never_split():
    assert timers(many((1, 0)), replace(POLICIES, common=Common(over=0.0))) == {}
