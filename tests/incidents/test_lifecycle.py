from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.actions import (
    Absorb,
    Accept,
    Acknowledge,
    Arrive,
    Assign,
    Close,
    Complain,
    Confirm,
    Decline,
    Deny,
    Dispute,
    Escalate,
    Fix,
    Grade,
    HandOver,
    Join,
    Lapse,
    Leave,
    Merge,
    Mute,
    Note,
    Part,
    Prove,
    Refer,
    Remind,
    Reopen,
    Resume,
    Retract,
    SayPower,
    Suspend,
    Unmute,
)
from incidents.actions.field import Ground
from incidents.finding import WELL, Finding
from incidents.lifecycle import Refused, Step, advance
from incidents.model import Assignment, Cause, Member, Severity, Status, Suspension, code
from incidents.policy import Policies
from incidents.refusal import Refusal
from incidents.said import Power
from incidents.sla import Owed, next_deadline
from incidents.timers import Due, deed, timers
from incidents.wide import Scope, Wide
from tests.incidents.cases import T0, incident, minutes

HA, BINH, TEAM, OTHER_TEAM = 1, 2, 30, 31
AT = minutes(5)

OPEN = incident((1, 0))
TAKEN = replace(OPEN, status=Status.ACKNOWLEDGED, owner=HA, acknowledged=minutes(1))
HANDED = replace(TAKEN, assignment=Assignment(TEAM, minutes(2)))
ACCEPTED = replace(TAKEN, assignment=Assignment(TEAM, minutes(2), minutes(3)))
BACK = incident((1, 0, 4), recovered=minutes(4))
BACK_TAKEN = replace(BACK, status=Status.ACKNOWLEDGED, owner=HA)
CLOSED = replace(BACK, status=Status.CLOSED, closed=minutes(4))
REPORTED = incident()
MERGED = replace(BACK, status=Status.CLOSED, closed=minutes(4), recovered=None, parent=9)
BLIND, WORKS = Suspension.BLIND, Suspension.MAINTENANCE
HELD = replace(OPEN, suspensions=frozenset({BLIND}), suspended=minutes(2), idle=timedelta(minutes=1))
TICKING = {"suspensions": frozenset(), "suspended": None, "idle": timedelta(minutes=4)}
DARK = replace(
    OPEN,
    power=((OPEN.unit, Power.OUT),),
    cause=Cause.POWER,
    suspensions=frozenset({Suspension.POWER}),
    suspended=minutes(2),
)
LIT_CUT = {"suspensions": frozenset(), "suspended": None}  # which never held the desk's clock
COUNTED = {"suspended": AT, "idle": timedelta(minutes=4)}  # up to now
LIT = {"cause": None, **LIT_CUT}
HAD = {"idle": timedelta(minutes=3), "spent": ((TEAM, timedelta(minutes=3)),)}  # of a team, from whom it goes
PAIR = incident((1, 0), (2, 1))
MANY = replace(OPEN, wide=Wide(Scope.AREA, 7, 9))
CUT = replace(OPEN, cause=Cause.FIBRE_CUT)
DARKNESS = Suspension.POWER
HELD_DARK = {"suspensions": frozenset({DARKNESS}), "suspended": AT}
HELD_TWICE = replace(HELD, suspensions=frozenset({BLIND, WORKS}))


def after(before, action):
    step = advance(before, action, AT)
    assert isinstance(step, Step), step
    return step.after


@pytest.mark.parametrize(
    ("before", "action", "refusal"),
    [
        (TAKEN, Acknowledge(BINH), Refusal.TAKEN),
        (TAKEN, Acknowledge(HA), Refusal.ALREADY),
        (CLOSED, Acknowledge(HA), Refusal.CLOSED),
        (HANDED, Assign(BINH, TEAM), Refusal.ALREADY),
        (CLOSED, Assign(HA, TEAM), Refusal.CLOSED),
        (TAKEN, Accept(HA, TEAM), Refusal.NOT_ASSIGNED),
        (HANDED, Accept(HA, OTHER_TEAM), Refusal.NOT_ASSIGNED),
        (ACCEPTED, Accept(HA, TEAM), Refusal.ALREADY),
        (OPEN, Close(HA), Refusal.STILL_DOWN),
        (CLOSED, Close(HA), Refusal.ALREADY),
        (MERGED, Complain(HA, "mất mạng"), Refusal.CLOSED),
        (CLOSED, Deny(HA, "vẫn tốt"), Refusal.CLOSED),
        (CLOSED, SayPower(HA, 2, Power.OUT), Refusal.CLOSED),
        (DARK, SayPower(HA, OPEN.unit, Power.OUT), Refusal.NOTHING_NEW),
        (CLOSED, Leave((1,), AT), Refusal.CLOSED),
        (OPEN, Leave((2,), AT), Refusal.NOTHING_NEW),
        (OPEN, Leave((), AT), Refusal.NOTHING_NEW),
        (OPEN, Join((1,), AT), Refusal.NOTHING_NEW),
        (OPEN, Join((), AT), Refusal.NOTHING_NEW),
        (TAKEN, Escalate(1), Refusal.NOTHING_NEW),
        (CLOSED, Escalate(1), Refusal.CLOSED),
        (replace(OPEN, escalated=1), Escalate(1), Refusal.NOTHING_NEW),
        (OPEN, Merge(OPEN.id), Refusal.NOTHING_NEW),
        (CLOSED, Merge(9), Refusal.CLOSED),
        (MERGED, Join((1,), AT), Refusal.CLOSED),  # its channels are of another incident now
        (OPEN, Grade(HA, OPEN.severity), Refusal.NOTHING_NEW),
        (CLOSED, Grade(HA, Severity.LOW), Refusal.CLOSED),
        (CLOSED, Note(HA, "đã gọi đội"), Refusal.CLOSED),
        (CLOSED, Refer(HA, ""), Refusal.CLOSED),
        (HANDED, Assign(BINH, OTHER_TEAM, seen=0), Refusal.HANDED),
        (HANDED, Assign(BINH, OTHER_TEAM, seen=32), Refusal.HANDED),
        (CLOSED, Absorb(HA, (9,), Severity.LOW, ()), Refusal.CLOSED),
        (replace(OPEN, security=True), Absorb(HA, (9,), Severity.LOW, ()), Refusal.NO_LINE),
        (OPEN, Part(HA, 9, (1,)), Refusal.WHOLE),
        (OPEN, Part(HA, 9, (2,)), Refusal.NOT_IN),
        (PAIR, Part(HA, 9, (1,)), Refusal.ITS_OWN),
        (BACK, Reopen(HA, None), Refusal.ALREADY),
        (MERGED, Reopen(HA, None), Refusal.CLOSED),
        (HELD, Suspend(BLIND), Refusal.NOTHING_NEW),
        (BACK, Suspend(BLIND), Refusal.NOTHING_NEW),
        (CLOSED, Suspend(BLIND), Refusal.CLOSED),
        (OPEN, Resume(BLIND), Refusal.NOTHING_NEW),
        (HELD, Resume(WORKS), Refusal.NOTHING_NEW),
    ],
)
def test_what_may_not_be_is_refused_by_name(before, action, refusal):
    assert advance(before, action, AT) == Refused(refusal, before)


@pytest.mark.parametrize(
    ("before", "action", "changes"),
    [
        (OPEN, Acknowledge(HA), {"status": Status.ACKNOWLEDGED, "owner": HA, "acknowledged": AT}),
        (
            OPEN,
            Assign(BINH, TEAM),
            {
                "status": Status.ACKNOWLEDGED,
                "owner": BINH,
                "acknowledged": AT,
                "assignment": Assignment(TEAM, AT),
            },
        ),
        (TAKEN, Assign(BINH, TEAM), {"assignment": Assignment(TEAM, AT)}),
        (
            ACCEPTED,
            Assign(HA, OTHER_TEAM),
            {
                "assignment": Assignment(OTHER_TEAM, AT),
                "spent": ((TEAM, timedelta(minutes=3)),),
                "idle": timedelta(minutes=3),  # which were the team's
            },
        ),
        (HANDED, Accept(9, TEAM), {"assignment": Assignment(TEAM, minutes(2), AT)}),
        (OPEN, Complain(HA, "mất mạng"), {}),
        (CLOSED, Complain(HA, "mất mạng"), {}),  # written while it lasted, and come since
        (OPEN, Deny(HA, "vẫn tốt"), {}),
        (OPEN, Escalate(1), {"escalated": 1}),
        (BACK, Close(None), {"status": Status.CLOSED, "closed": AT}),
        (REPORTED, Close(HA), {"status": Status.CLOSED, "closed": AT, "recovered": AT}),
        (OPEN, Join((2,), AT), {"members": (*OPEN.members, Member(2, AT))}),
        (OPEN, Join((2, 2, 1), AT), {"members": (*OPEN.members, Member(2, AT))}),
        (REPORTED, Join((1,), AT), {"members": (Member(1, AT),), "root": 1}),
        (OPEN, Leave((1, 9), AT), {"members": (Member(1, T0, AT),), "recovered": AT}),
        (BACK, Join((1,), AT), {"members": (*BACK.members, Member(1, AT)), "recovered": None}),
        (OPEN, Grade(HA, Severity.URGENT), {"severity": Severity.URGENT}),
        (OPEN, Note(HA, "đã gọi đội"), {}),
        (OPEN, Refer(HA, ""), {}),
        (HANDED, Assign(HA, OTHER_TEAM, seen=TEAM), {"assignment": Assignment(OTHER_TEAM, AT), **HAD}),
        (TAKEN, Assign(HA, TEAM, seen=OTHER_TEAM), {"assignment": Assignment(TEAM, AT)}),  # given back since
        (
            OPEN,
            Absorb(HA, (9,), Severity.HIGH, (Member(1, T0), Member(2, minutes(-9))), ((3, Power.OUT),)),
            {
                "members": (*OPEN.members, Member(2, minutes(-9))),
                "severity": Severity.HIGH,
                "power": ((3, Power.OUT),),
            },
        ),
        (OPEN, Absorb(HA, (9,), Severity.LOW, ()), {}),  # of a report alone
        (PAIR, Part(HA, 9, (2, 3)), {"members": (Member(1, T0),)}),
        (replace(PAIR, wide=MANY.wide), Part(HA, 9, (1,)), {"members": (Member(2, minutes(1)),), "root": 2}),
        (CLOSED, Reopen(HA, None), {"status": Status.OPEN, "closed": None, "disputed": AT}),
        (
            OPEN,
            Merge(9),
            {"members": (Member(1, T0, AT),), "parent": 9, "status": Status.CLOSED, "closed": AT},
        ),
        (REPORTED, Merge(9), {"parent": 9, "status": Status.CLOSED, "closed": AT}),
        (OPEN, Suspend(BLIND), {"suspensions": {BLIND}, "suspended": AT}),
        (HELD, Suspend(WORKS), {"suspensions": {BLIND, WORKS}, **COUNTED}),
        (HELD_TWICE, Resume(BLIND), {"suspensions": {WORKS}, **COUNTED}),  # held still
        (
            OPEN,
            SayPower(HA, OPEN.unit, Power.OUT),
            {"power": ((7, Power.OUT),), "cause": Cause.POWER, "suspensions": {DARKNESS}, "suspended": AT},
        ),
        (DARK, SayPower(HA, 7, Power.GRID), {"power": ((7, Power.GRID),), **LIT}),
        (DARK, SayPower(HA, 7, Power.BACKUP), {"power": ((7, Power.BACKUP),), **LIT}),
        (OPEN, SayPower(HA, 7, Power.GRID), {"power": ((7, Power.GRID),)}),
        # one of many, and one behind a dead uplink, explain their own silence alone
        (OPEN, SayPower(HA, 2, Power.OUT), {"power": ((2, Power.OUT),)}),
        (MANY, SayPower(HA, 7, Power.OUT), {"power": ((7, Power.OUT),)}),
        # what somebody found out stands beside the unit's word
        (CUT, SayPower(HA, 7, Power.OUT), {"power": ((7, Power.OUT),), **HELD_DARK}),
        (
            replace(DARK, cause=Cause.FIBRE_CUT),
            SayPower(HA, 7, Power.GRID),
            {"power": ((7, Power.GRID),), **LIT_CUT},
        ),
        (BACK, SayPower(HA, 7, Power.OUT), {"power": ((7, Power.OUT),), "cause": Cause.POWER}),
        (HELD, Resume(BLIND), TICKING),
        (
            HELD,
            Leave((1,), AT),
            {"members": (Member(1, T0, AT),), "recovered": AT, **TICKING},
        ),
    ],
)
def test_what_may_be_changes_this_and_nothing_else(before, action, changes):
    changed = after(before, action)
    expected = replace(before, version=before.version + 1, **changes)
    assert replace(changed, tended=None) == replace(expected, tended=None)


@pytest.mark.parametrize(
    ("before", "action", "tended"),
    [
        (OPEN, Acknowledge(HA), AT),
        (TAKEN, Assign(HA, TEAM), AT),
        (TAKEN, Grade(HA, Severity.HIGH), AT),
        (TAKEN, HandOver(BINH, HA), AT),
        (OPEN, Escalate(1), None),
        (TAKEN, Remind(1), None),
        (TAKEN, Complain(BINH, ""), None),
    ],
)
def test_what_the_desk_or_its_team_does_tends_a_ticket_and_nothing_else(before, action, tended):
    assert after(before, action).tended == tended


def test_a_ladder_that_nobody_has_answered_goes_on_where_it_was():
    called = replace(OPEN, escalated=2)
    assert after(called, Grade(HA, Severity.HIGH)).escalated == 2
    held = replace(called, suspensions=frozenset({BLIND}), suspended=minutes(2))
    assert after(held, Resume(BLIND)).escalated == 2


def test_what_was_held_is_not_neglected_meanwhile():
    held = replace(TAKEN, suspensions=frozenset({BLIND}), suspended=minutes(2))
    assert after(replace(held, tended=minutes(1)), Resume(BLIND)).tended == AT
    assert after(held, Resume(BLIND)).tended is None


def test_whoever_has_a_ticket_begins_at_the_foot_of_the_ladder():
    assert after(replace(OPEN, escalated=2), Acknowledge(HA)).escalated == 0


@pytest.mark.parametrize(
    ("before", "action", "why"),
    [
        (OPEN, HandOver(BINH, HA), Refusal.NOTHING_NEW),
        (TAKEN, HandOver(HA, BINH), Refusal.NOTHING_NEW),
        (TAKEN, HandOver(HA, HA), Refusal.NOTHING_NEW),
        (CLOSED, HandOver(BINH, HA), Refusal.CLOSED),
        (OPEN, Remind(1), Refusal.NOTHING_NEW),
        (replace(TAKEN, escalated=1), Remind(1), Refusal.NOTHING_NEW),
        (replace(TAKEN, owner=BINH, handed_over=AT), Acknowledge(HA), Refusal.HANDED_OVER),
    ],
)
def test_what_a_change_of_shift_or_time_may_not_do(before, action, why):
    assert advance(before, action, AT).refusal is why


def test_a_hand_over_moves_the_ticket_and_not_the_hour_it_was_taken():
    given = after(TAKEN, HandOver(BINH, HA))
    assert (given.owner, given.handed_over, given.acknowledged) == (BINH, AT, TAKEN.acknowledged)


@pytest.mark.parametrize("before", [BACK, CLOSED])
def test_a_relapse_opens_the_same_ticket_again(before):
    again = after(replace(before, escalated=2), Join((1,), AT))
    assert (again.id, again.status, again.closed, again.escalated) == (5, Status.OPEN, None, 0)


def test_a_relapse_goes_back_to_whoever_had_it():
    again = after(replace(BACK_TAKEN, status=Status.CLOSED, closed=AT), Join((1,), AT))
    assert (again.status, again.owner) == (Status.ACKNOWLEDGED, HA)


def test_a_member_never_leaves_before_it_joined():
    assert after(OPEN, Leave((1,), minutes(-60))).members == (Member(1, T0, T0),)


def test_an_incident_recovered_when_the_last_of_its_lines_did():
    both = after(incident((1, 0), (2, 0)), Leave((1,), minutes(9)))
    assert both.recovered is None
    assert after(both, Leave((2,), minutes(8))).recovered == minutes(9)


def test_a_step_says_what_it_means():
    recovers, relapses = advance(OPEN, Leave((1,), AT), AT), advance(CLOSED, Join((1,), AT), AT)
    closes = advance(BACK, Close(None), AT)
    assert (recovers.recovers, recovers.relapses, recovers.closes) == (True, False, False)
    assert (relapses.recovers, relapses.relapses, relapses.closes) == (False, True, False)
    assert (closes.recovers, closes.relapses, closes.closes) == (False, False, True)
    merges = advance(BACK, Merge(9), AT)
    assert (merges.recovers, merges.relapses, merges.closes) == (False, False, True)


def test_a_clock_set_back_while_it_is_held_is_not_counted_against_anybody():
    assert after(HELD, Resume(BLIND)).idle == timedelta(minutes=4)
    step = advance(HELD, Resume(BLIND), minutes(-60))
    assert step.after.idle == HELD.idle


def test_a_team_has_its_time_from_the_assignment_on_also_while_clocks_are_held():
    handed = after(HELD, Assign(HA, TEAM))
    assert (handed.assignment.idle, handed.suspended) == (timedelta(), AT)
    assert advance(handed, Resume(BLIND), minutes(9)).after.assignment.idle == timedelta(minutes=4)


def test_what_held_the_clocks_of_an_outage_does_not_hold_those_of_the_next():
    again = after(after(HELD, Leave((1,), AT)), Join((1,), AT))
    assert (again.suspensions, again.suspended, again.idle) == (frozenset(), None, timedelta())


def test_what_a_unit_said_of_its_power_is_not_said_of_the_next_outage():
    again = after(after(DARK, Leave((1,), AT)), Join((1,), AT))
    assert (again.power, again.cause, again.suspended) == ((), None, None)


def test_a_unit_without_power_excuses_the_carrier_and_not_the_desk():
    owed = next_deadline(DARK, Policies().promise, timedelta(), timedelta())
    assert (owed.owed, list(timers(DARK, Policies()))) == (Owed.ACKNOWLEDGE, [Due.ESCALATE])
    handed = after(DARK, Assign(HA, TEAM))
    assert next_deadline(handed, Policies().promise, timedelta(), timedelta()) is None


def test_a_report_that_was_closed_while_held_has_its_clocks_when_the_line_falls():
    report = replace(REPORTED, suspensions=frozenset({BLIND}), suspended=T0)
    assert after(after(report, Close(HA)), Join((1,), AT)).suspended is None


@pytest.mark.parametrize(
    ("stays", "began"),
    [
        ([], None),
        ([(1, 0)], 0),
        ([(1, 3, 5)], 3),
        ([(1, 0, 5), (1, 9)], 9),  # a relapse
        ([(1, 0, 5), (1, 5)], 5),
        ([(1, 0, 9), (2, 8)], 0),  # a late comer of the same outage
        ([(1, 0), (2, 1, 3)], 0),
        ([(1, 0, 2), (1, 5, 7), (2, 6, 9)], 5),
        ([(2, 6, 9), (1, 5, 7)], 5),
    ],
)
def test_stays_that_overlap_are_one_outage(stays, began):
    assert incident(*stays).began == (None if began is None else minutes(began))


def test_what_became_a_part_of_another_takes_nothing_in():
    """Its line may fall again; a ticket that is closed for good must not have it."""
    merged = after(OPEN, Merge(9))
    assert (merged.merged, merged.silent) == (True, ())
    for action in (Join((1,), AT), Join((2,), AT), Acknowledge(HA)):
        assert advance(merged, action, AT) == Refused(Refusal.CLOSED, merged)


def test_a_ticket_that_was_closed_after_its_line_was_back_is_no_part_of_another():
    assert not CLOSED.merged
    assert not after(REPORTED, Close(HA)).merged


def test_a_ticket_that_recovers_has_nothing_that_holds_its_clocks():
    held = replace(OPEN, suspensions=frozenset(Suspension), suspended=minutes(2))
    back = after(held, Leave((1,), AT))
    assert (back.suspensions, back.suspended, back.idle) == (frozenset(), None, minutes(5) - minutes(2))


def test_clocks_go_on_when_the_last_that_held_them_is_over():
    held = after(after(OPEN, Suspend(Suspension.BLIND)), Suspend(Suspension.MAINTENANCE))
    one = after(held, Resume(Suspension.BLIND))
    assert (one.suspensions, one.suspended) == ({Suspension.MAINTENANCE}, AT)
    assert after(one, Resume(Suspension.MAINTENANCE)).suspended is None


def test_the_ticket_is_numbered_as_people_say_it():
    assert [code(1), code(12345)] == ["SC-0001", "SC-12345"]


CHANNELS = st.lists(st.integers(1, 4), max_size=3).map(tuple)
TEAMS = st.sampled_from([TEAM, OTHER_TEAM])
TIMES = st.integers(-60, 60).map(minutes)  # a clock may be set back
ACTIONS = st.one_of(
    st.builds(Join, CHANNELS, TIMES),
    st.builds(Leave, CHANNELS, TIMES),
    st.builds(Complain, st.just(HA), st.text(max_size=3)),
    st.builds(Acknowledge, st.sampled_from([HA, BINH])),
    st.builds(Assign, st.sampled_from([HA, BINH]), TEAMS),
    st.builds(Accept, st.just(9), TEAMS, st.none() | TIMES),
    st.builds(Decline, st.just(9), TEAMS, st.sampled_from(Ground)),
    st.builds(Arrive, st.just(9), TEAMS),
    st.builds(Fix, st.just(9), TEAMS, st.sampled_from(Cause)),
    st.builds(Lapse, TEAMS),
    st.builds(Prove, TEAMS),
    st.builds(Close, st.sampled_from([None, HA])),
    st.builds(Escalate, st.integers(1, 3)),
    st.builds(Remind, st.integers(1, 3)),
    st.builds(HandOver, st.sampled_from([HA, BINH]), st.sampled_from([HA, BINH])),
    st.builds(Merge, st.integers(5, 7)),
    st.builds(Grade, st.just(HA), st.sampled_from(Severity)),
    st.builds(Note, st.just(HA), st.just("gọi lại")),
    st.builds(Refer, st.just(HA), st.just("")),
    st.builds(Absorb, st.just(HA), st.just((9,)), st.sampled_from(Severity), st.just((Member(4, T0),))),
    st.builds(Part, st.just(HA), st.just(9), CHANNELS),
    st.builds(Suspend, st.sampled_from(Suspension)),
    st.sampled_from([Mute(), Unmute()]),
    st.builds(Resume, st.sampled_from(Suspension)),
    st.builds(SayPower, st.just(HA), st.sampled_from([2, REPORTED.unit]), st.sampled_from(Power)),
    st.builds(Confirm, st.just(HA), st.sampled_from([2, REPORTED.unit]), st.sampled_from(Finding)),
    st.builds(Dispute, st.just(HA), st.sampled_from([2, REPORTED.unit])),
    st.builds(Reopen, st.just(HA), st.just(REPORTED.unit)),
    st.builds(Retract, st.just(HA), st.booleans()),
)


def lives(actions, start=REPORTED):
    """Yield what became of the incident at each action."""
    for action, at in actions:
        step = advance(start, action, at)
        yield start, action, step
        start = step.after if isinstance(step, Step) else start


HISTORY = st.lists(st.tuples(ACTIONS, TIMES), max_size=25)


@given(HISTORY)
def test_the_version_counts_the_steps(actions):
    steps = [step for _, _, step in lives(actions) if isinstance(step, Step)]
    assert [step.after.version for step in steps] == list(range(1, len(steps) + 1))


@given(HISTORY)
def test_a_refusal_leaves_the_incident_as_it_stood(actions):
    assert all(step.incident is before for before, _, step in lives(actions) if isinstance(step, Refused))


@given(HISTORY)
def test_members_join_before_they_leave_and_stay_once_at_a_time(actions):
    for _, _, step in lives(actions):
        if isinstance(step, Step):
            assert all(each.left is None or each.joined <= each.left for each in step.after.members)
            assert len(set(step.after.silent)) == len(step.after.silent)
            assert isinstance(step.action, Part) or len(step.after.members) >= len(step.before.members)


@given(HISTORY)
def test_an_incident_with_a_silent_line_is_live_and_not_recovered(actions):
    for _, _, step in lives(actions):
        if isinstance(step, Step) and step.after.silent:
            assert step.after.live
            assert step.after.recovered is None


@given(HISTORY)
def test_every_outage_that_was_opened_can_end(actions):
    last = REPORTED
    for _, _, step in lives(actions):
        last = step.after if isinstance(step, Step) else last
    if last.silent:
        last = after(last, Leave(last.silent, AT))
        assert last.recovered is not None
    if last.live:
        assert not after(last, Close(HA)).live


@given(HISTORY)
def test_clocks_are_held_for_a_reason_and_only_where_they_run(actions):
    for _, _, step in lives(actions):
        if isinstance(step, Step):
            known = step.after
            assert (known.suspended is not None) == bool(known.suspensions)
            assert known.suspended is None or (known.live and known.recovered is None)
            assert known.idle >= timedelta()


@given(HISTORY)
def test_while_the_clocks_are_held_nothing_is_owed_and_nobody_called(actions):
    for _, _, step in lives(actions):
        if isinstance(step, Step) and step.after.held:
            assert next_deadline(step.after, Policies().promise, timedelta(), timedelta()) is None
            assert timers(step.after, Policies()).keys() <= {Due.CLOSE}  # a word that it works may close it


@given(HISTORY)
def test_for_one_that_is_muted_nobody_is_called(actions):
    for _, _, step in lives(actions):
        if isinstance(step, Step) and step.after.muted:
            loud = replace(step.after, muted=False)
            asked = timers(loud, Policies()).keys() - {Due.ESCALATE, Due.REMIND}  # all else goes on
            assert timers(step.after, Policies()).keys() == asked


@given(HISTORY)
def test_a_merged_incident_stays_closed_and_holds_no_line(actions):
    merged = False
    for _, action, step in lives(actions):
        merged |= isinstance(action, Merge) and isinstance(step, Step)
        known = step.after if isinstance(step, Step) else step.incident
        assert not (merged and (known.live or known.silent))


@given(HISTORY)
def test_what_relapses_was_back_and_is_out_again(actions):
    for _, action, step in lives(actions):
        if isinstance(step, Step) and step.relapses:
            assert isinstance(action, Join | Absorb)
            assert step.after.silent


@given(HISTORY)
def test_timers_never_ask_for_what_would_be_refused(actions):
    for _, _, step in lives(actions):
        known = step.after if isinstance(step, Step) else step.incident
        for due in timers(known, Policies()):
            assert isinstance(advance(known, deed(known, due), AT), Step)


UNIT = REPORTED.unit
FINE, DEAD = Finding.LINE_GOOD, Finding.LINE_DOWN


@pytest.mark.parametrize(
    ("before", "action", "changes"),
    [
        (BACK, Confirm(HA, UNIT, FINE), {"confirmed": AT}),
        (BACK, Confirm(HA, UNIT, DEAD), {}),  # words do not stand against bad probes
        (BACK, Confirm(HA, UNIT, Finding.UNSEEN), {}),
        (BACK, Confirm(HA, UNIT + 1, FINE), {}),  # no word on what is another unit's
        (MANY, Confirm(HA, UNIT, FINE), {}),
        (OPEN, Dispute(HA, UNIT), {}),  # which is known
        (BACK, Dispute(HA, UNIT), {"disputed": AT}),
        (replace(BACK, confirmed=AT), Dispute(HA, UNIT), {"disputed": AT, "confirmed": None}),
        (replace(BACK, disputed=AT), Confirm(HA, UNIT, FINE), {"disputed": None, "confirmed": AT}),
        (CLOSED, Reopen(HA, UNIT), {"status": Status.OPEN, "closed": None, "disputed": AT}),
        (REPORTED, Retract(HA, last=True), {"status": Status.CLOSED, "closed": AT, "recovered": AT}),
        (REPORTED, Retract(HA, last=False), {}),
        (replace(REPORTED, owner=HA), Retract(HA, last=True), {}),
        (OPEN, Retract(HA, last=True), {}),  # it rests on the probes
    ],
)
def test_what_a_unit_says_changes_this_and_nothing_else(before, action, changes):
    assert after(before, action) == replace(before, version=before.version + 1, **changes)


@pytest.mark.parametrize(
    ("before", "action", "refusal"),
    [
        (replace(BACK, confirmed=AT), Confirm(HA, UNIT, FINE), Refusal.ALREADY),
        (replace(BACK, disputed=AT), Dispute(HA, UNIT), Refusal.ALREADY),
        (BACK, Reopen(HA, UNIT), Refusal.ALREADY),
        (CLOSED, Confirm(HA, UNIT, FINE), Refusal.CLOSED),
        (CLOSED, Retract(HA, last=True), Refusal.CLOSED),
        (MERGED, Reopen(HA, UNIT), Refusal.CLOSED),
    ],
)
def test_a_word_that_changes_nothing_is_refused_by_name(before, action, refusal):
    assert advance(before, action, AT) == Refused(refusal, before)


def test_a_report_alone_that_is_opened_again_waits_from_then_on():
    again = after(after(REPORTED, Close(HA)), Reopen(HA, UNIT))
    assert (again.live, again.recovered, again.waits_since) == (True, None, AT)
    assert not advance(after(REPORTED, Close(HA)), Reopen(HA, UNIT), AT).relapses


@given(HISTORY)
def test_no_word_closes_a_ticket_with_a_silent_line(actions):
    for before, action, step in lives(actions):
        if isinstance(step, Step) and isinstance(action, Confirm | Dispute | Retract) and before.silent:
            assert step.after.live
            assert Due.CLOSE not in timers(step.after, Policies())


@given(HISTORY)
def test_only_its_own_unit_s_word_with_good_probes_is_a_confirmation(actions):
    for before, action, step in lives(actions):
        if isinstance(step, Step) and step.after.confirmed not in (None, before.confirmed):
            assert isinstance(action, Confirm)
            assert action.unit == UNIT
            assert action.finding in WELL


@given(HISTORY)
def test_a_unit_s_last_word_stands_alone_and_none_on_a_line_that_is_out(actions):
    for _, _, step in lives(actions):
        if isinstance(step, Step):
            assert step.after.confirmed is None or step.after.disputed is None
            assert step.after.disputed is None or not (step.after.silent or step.after.settled)


@given(HISTORY)
def test_what_a_unit_contests_does_not_close_by_itself(actions):
    for _, _, step in lives(actions):
        if isinstance(step, Step) and step.after.live and step.after.disputed is not None:
            assert Due.CLOSE not in timers(step.after, Policies())
