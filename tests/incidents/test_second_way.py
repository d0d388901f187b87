from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model import Assignment, Status, Suspension
from incidents.policy import Audience, Policies, Rung
from incidents.second_way import NAMES, Calling, Why, waits, why
from tests.incidents.cases import incident, minutes

POLICIES = Policies(
    ladder=(
        Rung(timedelta(minutes=10), Audience.ONCALL),
        Rung(timedelta(minutes=15), Audience.SECOND),
        Rung(timedelta(minutes=22), Audience.LEADERS),
    ),
    second_way=timedelta(minutes=3),
)
ONCE, THRICE = incident((1, 0), escalated=1), incident((1, 0), escalated=3)
NEGLECTED = replace(ONCE, status=Status.ACKNOWLEDGED, owner=1, tended=minutes(2))
LOST, LEFT = Calling(1, minutes(10), False), Calling(1, minutes(10), True)


@pytest.mark.parametrize(
    ("calling", "known", "after", "expected"),
    [
        (LOST, ONCE, 12, None),
        (LOST, ONCE, 13, Why.UNDELIVERED),
        (LEFT, ONCE, 14, None),  # there is time to answer till the next rung
        (LEFT, replace(ONCE, escalated=2), 15, Why.UNANSWERED),
        (LEFT, replace(ONCE, escalated=2), 11, None),  # rungs called in one go, after a silence of our own
        (Calling(3, minutes(22), True), THRICE, 28, None),
        (Calling(3, minutes(22), True), THRICE, 29, Why.UNANSWERED),  # the last has as long as the one below
        (LOST, NEGLECTED, 13, Why.UNDELIVERED),
        (replace(LOST, at=minutes(1)), NEGLECTED, 13, None),  # before it was taken: that was answered
        (LOST, incident((1, 0)), 60, None),
        (LOST, replace(ONCE, status=Status.CLOSED), 60, None),
        (LOST, replace(ONCE, status=Status.ACKNOWLEDGED, owner=1, escalated=0, tended=minutes(11)), 60, None),
        (LOST, incident((1, 0, 11), recovered=minutes(11), escalated=1), 60, None),
        (LOST, incident((1, 0, 11), (1, 40), escalated=1), 60, None),  # of an outage that is over
        (LOST, replace(ONCE, suspensions=frozenset({Suspension.BLIND}), suspended=minutes(11)), 60, None),
    ],
)
def test_a_call_goes_another_way_if_it_did_not_leave_or_nobody_answered(calling, known, after, expected):
    assert why(calling, known, POLICIES, minutes(after)) is expected


def test_every_audience_has_a_name_in_the_settings():
    assert NAMES.keys() == {*Audience}


CALLINGS = st.builds(Calling, st.integers(1, 3), st.integers(0, 60).map(minutes), st.booleans())
KNOWN = st.builds(
    lambda rung, taken, tended, team: replace(
        THRICE,
        escalated=rung,
        status=Status.ACKNOWLEDGED if taken else Status.OPEN,
        tended=minutes(tended) if taken else None,
        assignment=Assignment(1, minutes(tended)) if team else None,
    ),
    st.integers(0, 3),
    st.booleans(),
    st.integers(0, 60),
    st.booleans(),
)


@given(CALLINGS, KNOWN, st.integers(0, 120), st.integers(0, 120))
def test_a_reason_once_there_stays_while_nothing_is_done(calling, known, early, later):
    one, other = sorted((early, later))
    if why(calling, known, POLICIES, minutes(one)) is not None:
        assert why(calling, known, POLICIES, minutes(other)) is not None


@given(CALLINGS, KNOWN, st.integers(0, 120))
def test_nobody_is_called_for_what_needs_no_call(calling, known, at):
    if why(calling, known, POLICIES, minutes(at)) is not None:
        assert waits(known)
        assert known.escalated >= calling.rung
