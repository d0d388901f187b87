from dataclasses import replace
from datetime import timedelta

import pytest

from incidents.actions import (
    Accept,
    Arrive,
    AskHelp,
    Assign,
    Close,
    Decline,
    Depart,
    Expect,
    Fix,
    Join,
    Lapse,
    NameCause,
    Prove,
)
from incidents.actions.field import Ground, Need
from incidents.evidence import Standing
from incidents.lifecycle import Refused, Step, advance
from incidents.model import Assignment, Cause, Claim, Member, Severity, Status
from incidents.policy import Policies
from incidents.refusal import Refusal
from incidents.timers import Due, timers
from tests.incidents.cases import incident, minutes

HA, THANG, TEAM, OTHER = 1, 9, 30, 31
AT = minutes(5)
JOB = Assignment(TEAM, minutes(2))
TAKEN = replace(JOB, accepted=minutes(3), eta=minutes(40))
THERE = replace(TAKEN, departed=minutes(3), arrived=minutes(4))
CLAIM = Claim(THANG, minutes(4), Cause.FIBRE_CUT)
HANDED = incident((1, 0), assignment=JOB, status=Status.ACKNOWLEDGED, owner=HA)
BACK = replace(HANDED, members=(Member(1, minutes(0), minutes(3)),), recovered=minutes(3))
BACK = replace(BACK, assignment=replace(THERE, claim=CLAIM))
POLICIES = Policies()


def job(before, action, at=AT):
    """Return the assignment after *action*."""
    step = advance(before, action, at)
    assert isinstance(step, Step), step
    return step.after.assignment


def given(assignment):
    return replace(HANDED, assignment=assignment)


@pytest.mark.parametrize(
    ("action", "changes"),
    [
        (Accept(THANG, TEAM, minutes(35)), {"accepted": AT, "eta": minutes(35)}),
        (Accept(THANG, TEAM), {"accepted": AT}),
        (Depart(THANG, TEAM), {"accepted": AT, "departed": AT}),
        (Arrive(THANG, TEAM), {"accepted": AT, "arrived": AT}),
        (Expect(THANG, TEAM, minutes(90)), {"accepted": AT, "expected": minutes(90)}),
        (AskHelp(THANG, TEAM, Need.DOOR), {"accepted": AT}),
        (NameCause(THANG, TEAM, Cause.DEVICE), {}),
        (Fix(THANG, TEAM, Cause.DEVICE), {"accepted": AT, "claim": Claim(THANG, AT, Cause.DEVICE)}),
        (Lapse(TEAM), {"lapsed": AT}),
    ],
)
def test_each_step_of_a_team_moves_its_own_part_and_implies_that_it_has_accepted(action, changes):
    assert job(HANDED, action) == replace(JOB, **changes)


@pytest.mark.parametrize(
    ("before", "action", "refusal"),
    [
        (given(TAKEN), Accept(THANG, TEAM, minutes(60)), Refusal.ALREADY),
        (HANDED, Accept(THANG, TEAM, minutes(4)), Refusal.NOT_AHEAD),
        (HANDED, Accept(THANG, TEAM, AT + timedelta(days=8)), Refusal.NOT_AHEAD),
        (HANDED, Expect(THANG, TEAM, AT), Refusal.NOT_AHEAD),
        (given(replace(TAKEN, expected=minutes(90))), Expect(THANG, TEAM, minutes(90)), Refusal.NOTHING_NEW),
        (given(THERE), Depart(THANG, TEAM), Refusal.ALREADY),
        (given(THERE), Arrive(THANG, TEAM), Refusal.ALREADY),
        (given(TAKEN), Lapse(TEAM), Refusal.NOTHING_NEW),
        (given(replace(JOB, lapsed=minutes(4))), Lapse(TEAM), Refusal.NOTHING_NEW),
        (BACK, Fix(THANG, TEAM, Cause.OTHER), Refusal.ALREADY),
        (given(THERE), Prove(TEAM), Refusal.NOTHING_NEW),
        (given(replace(THERE, claim=CLAIM)), Prove(TEAM), Refusal.NOTHING_NEW),  # the line is still silent
        *(
            (HANDED, action, Refusal.NOT_ASSIGNED)
            for action in (
                Accept(THANG, OTHER),
                Decline(THANG, OTHER, Ground.BUSY),
                Depart(THANG, OTHER),
                Arrive(THANG, OTHER),
                Expect(THANG, OTHER, minutes(9)),
                NameCause(THANG, OTHER, Cause.DEVICE),
                Fix(THANG, OTHER, Cause.DEVICE),
                AskHelp(THANG, OTHER, Need.PARTS),
                Lapse(OTHER),
                Prove(OTHER),
            )
        ),
    ],
)
def test_what_a_team_may_not_do_is_refused_by_name(before, action, refusal):
    assert advance(before, action, AT) == Refused(refusal, before)


def test_a_declined_job_is_nobodys_and_its_ticket_stays_whose_it_was():
    step = advance(given(TAKEN), Decline(THANG, TEAM, Ground.AREA), AT)
    assert (step.after.assignment, step.after.owner, step.after.status) == (None, HA, Status.ACKNOWLEDGED)


def test_the_desk_names_a_cause_of_its_own_without_a_team():
    step = advance(replace(HANDED, assignment=None), NameCause(HA, None, Cause.LIGHTNING), AT)
    assert step.after.cause is Cause.LIGHTNING


def test_a_claim_names_the_cause_and_closes_nothing():
    step = advance(HANDED, Fix(THANG, TEAM, Cause.FIBRE_CUT), AT)
    assert (step.after.cause, step.after.live, step.after.silent) == (Cause.FIBRE_CUT, True, (1,))


def test_a_claim_that_was_belied_may_be_made_again_but_not_by_a_second_tap():
    claimed = given(replace(THERE, claim=replace(CLAIM, at=AT)))
    assert advance(claimed, Fix(THANG, TEAM, Cause.DEVICE), AT + timedelta(seconds=59)).refusal is (
        Refusal.ALREADY
    )
    again = job(claimed, Fix(THANG, TEAM, Cause.DEVICE), AT + timedelta(seconds=60))
    assert again.claim == Claim(THANG, AT + timedelta(seconds=60), Cause.DEVICE)


def test_a_relapse_leaves_the_job_with_its_team_that_has_to_come_again():
    assert job(BACK, Join((1,), AT)) == replace(JOB, accepted=minutes(3), idle=AT - BACK.recovered)


def test_another_team_begins_anew():
    assert job(BACK, Assign(HA, OTHER)) == Assignment(OTHER, AT)


@pytest.mark.parametrize("standing", [Standing.EARLY, Standing.SHAKEN, Standing.RESTLESS])
def test_a_ticket_is_not_closed_by_hand_before_the_probes_have_borne_it_out(standing):
    assert advance(BACK, Close(HA, standing), AT) == Refused(Refusal.UNPROVEN, BACK)
    assert not advance(BACK, Close(HA, Standing.PROVEN), AT).after.live


def test_a_claim_that_the_probes_bear_out_closes_the_ticket():
    assert Due.CLOSE not in timers(BACK, POLICIES)
    proven = advance(BACK, Prove(TEAM), AT).after
    assert timers(proven, POLICIES) == {Due.CLOSE: AT}
    assert Due.CLOSE not in timers(replace(proven, disputed=minutes(5)), POLICIES)  # its unit says otherwise


@pytest.mark.parametrize(
    ("assignment", "due"),
    [
        (JOB, 17),
        (replace(JOB, accepted=minutes(3)), None),
        (replace(JOB, lapsed=minutes(17)), None),
        (None, None),
    ],
)
def test_the_desk_is_called_once_where_a_team_does_not_accept(assignment, due):
    found = timers(given(assignment), POLICIES).get(Due.ACCEPT)
    assert found == (None if due is None else minutes(due))


def test_a_carrier_that_promised_another_time_has_that():
    assert timers(HANDED, POLICIES, timedelta(minutes=30))[Due.ACCEPT] == minutes(32)


def test_nobody_waits_for_a_team_once_the_line_is_back_or_the_clock_stands_still():
    assert Due.ACCEPT not in timers(replace(BACK, assignment=JOB), POLICIES)
    assert Due.ACCEPT not in timers(replace(HANDED, suspended=minutes(3)), POLICIES)


def test_one_that_relapsed_often_waits_longer_for_its_units_word_and_for_nobody():
    stays = [(1, 10 * each, 10 * each + 5) for each in range(4)]
    often = incident(*stays, recovered=minutes(35), confirmed=minutes(36))
    assert often.relapses == 3
    assert timers(often, POLICIES) == {Due.CLOSE: minutes(95)}
    assert timers(replace(often, confirmed=None), POLICIES) == {Due.CLOSE: minutes(95)}
    seldom = replace(often, members=often.members[1:])
    assert timers(seldom, POLICIES) == {Due.CLOSE: minutes(36)}


def test_stays_that_overlap_are_of_one_outage():
    assert incident((1, 0, 9), (2, 3, 20), (3, 15, 18)).relapses == 0
    assert incident((1, 0, 9), (2, 3), (1, 15)).relapses == 0  # it never was back
    assert incident().relapses == 0
    assert incident((1, 0, 9), (1, 9, 12), severity=Severity.LOW).relapses == 1
