from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.ladder import Call, next_call
from incidents.model import Assignment, Status, Suspension
from incidents.policy import Audience, Policies, Rung
from tests.incidents.cases import incident, minutes

POLICIES = Policies(
    ladder=(
        Rung(timedelta(minutes=10), Audience.ONCALL),
        Rung(timedelta(minutes=15), Audience.SECOND),
        Rung(timedelta(minutes=20), Audience.LEADERS),
    ),
    neglect=timedelta(minutes=30),
)
OPEN = incident((1, 0))
TAKEN = replace(OPEN, status=Status.ACKNOWLEDGED, owner=1, acknowledged=minutes(2), tended=minutes(2))


@pytest.mark.parametrize(
    ("known", "rung", "due", "neglected"),
    [
        (OPEN, 1, 10, False),
        (replace(OPEN, escalated=1), 2, 15, False),
        (replace(OPEN, escalated=2), 3, 20, False),
        (TAKEN, 1, 32, True),
        (replace(TAKEN, escalated=1), 2, 37, True),
        (replace(TAKEN, escalated=2), 3, 42, True),
        (replace(TAKEN, tended=minutes(40)), 1, 70, True),
        (replace(TAKEN, members=(*incident((1, 0, 9), (1, 50)).members,)), 1, 80, True),  # since it relapsed
    ],
)
def test_the_ladder_is_climbed_until_somebody_takes_it_and_again_if_it_is_neglected(
    known, rung, due, neglected
):
    assert next_call(known, POLICIES) == Call(rung, minutes(due), neglected)


@pytest.mark.parametrize(
    "known",
    [
        replace(OPEN, escalated=3),
        replace(TAKEN, escalated=3),
        replace(TAKEN, assignment=Assignment(3, minutes(3))),  # the carrier's clock runs
        replace(TAKEN, security=True),  # which no team can be handed
        replace(TAKEN, status=Status.CLOSED, closed=minutes(5)),
        incident((1, 0, 4), recovered=minutes(4), status=Status.ACKNOWLEDGED, tended=minutes(2)),
        replace(OPEN, suspensions=frozenset({Suspension.MAINTENANCE}), suspended=minutes(1)),
        replace(TAKEN, suspensions=frozenset({Suspension.BLIND}), suspended=minutes(3)),
    ],
)
def test_nobody_is_called_at_the_top_or_where_nothing_is_owed(known):
    assert next_call(known, POLICIES) is None


def test_without_a_roster_there_is_no_rung_of_the_second():
    assert [rung.to for rung in POLICIES.unrostered().ladder] == [Audience.ONCALL, Audience.LEADERS]


@given(st.lists(st.integers(0, 600), min_size=1, max_size=6).map(sorted), st.sampled_from([OPEN, TAKEN]))
def test_each_rung_comes_in_its_turn_and_not_before_the_one_below(spans, known):
    ladder = tuple(Rung(timedelta(minutes=each), Audience.ONCALL) for each in spans)
    policies = replace(POLICIES, ladder=ladder)
    calls = [next_call(replace(known, escalated=rung), policies) for rung in range(len(spans))]
    assert [each.rung for each in calls] == list(range(1, len(spans) + 1))
    assert [each.due for each in calls] == sorted(each.due for each in calls)
    assert next_call(replace(known, escalated=len(spans)), policies) is None
