"""Taking a step of the desk back: what it was is what it is again, or a named refusal."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from incidents.actions import (
    Absorb,
    Acknowledge,
    Assign,
    Close,
    Escalate,
    Grade,
    Join,
    Leave,
    Merge,
    Note,
    Part,
    Refer,
    Reopen,
    Undo,
)
from incidents.lifecycle import Step, advance
from incidents.model import Member, Severity
from incidents.policy import Policies
from incidents.refusal import Refusal
from incidents.timers import Due, timers
from incidents.undoing import Later, Past, undoing
from tests.incidents.cases import T0, incident, minutes
from tests.incidents.test_lifecycle import (
    ACTIONS,
    BINH,
    CHANNELS,
    HA,
    HISTORY,
    OTHER_TEAM,
    TEAM,
    lives,
)

AT = minutes(5)
WITHIN = timedelta(minutes=1)
OPEN = incident((1, 0))
ACTS = st.one_of(
    st.builds(Acknowledge, st.just(HA)),
    st.builds(Assign, st.just(HA), st.sampled_from([TEAM, OTHER_TEAM])),
    st.builds(Grade, st.just(HA), st.sampled_from(Severity)),
    st.builds(Close, st.just(HA)),
    st.builds(Reopen, st.just(HA), st.none()),
    st.builds(Note, st.just(HA), st.just("gọi lại")),
    st.builds(Refer, st.just(HA), st.just("")),
    st.builds(Merge, st.just(9), st.just(HA)),
    st.builds(Absorb, st.just(HA), st.just((9,)), st.sampled_from(Severity), st.just((Member(4, T0),))),
    st.builds(Part, st.just(HA), st.just(9), CHANNELS),
)


def kind(action):
    return type(action).__name__.lower()


def past(step):
    """Return a step as its history would keep it."""
    return Past(step.after.version, kind(step.action), step.action.by, step.at, step.before, step.after)


def live(history, start):
    for _, _, step in lives(history, start):
        start = step.after if isinstance(step, Step) else start
    return start


@given(HISTORY, ACTS)
def test_an_act_taken_back_leaves_the_incident_as_it_was_but_for_its_version(history, act):
    before = live(history, incident())
    step = advance(before, act, AT)
    assume(isinstance(step, Step))
    action = undoing(past(step), step.after, [], HA, AT + WITHIN, WITHIN)
    assert isinstance(action, Undo)
    undone = advance(step.after, action, AT + WITHIN)
    assert undone.after == replace(before, version=before.version + 2)


@given(HISTORY, ACTS, st.lists(ACTIONS, max_size=4))
def test_whatever_comes_between_what_was_taken_back_is_an_incident_that_can_be(history, act, since):
    step = advance(live(history, incident()), act, AT)
    assume(isinstance(step, Step))
    now, later = step.after, []
    for each in since:
        taken = advance(now, each, AT)
        if isinstance(taken, Step):
            now = taken.after
            later.append(Later(now.version, kind(each)))
    action = undoing(past(step), now, later, HA, AT, WITHIN)
    if isinstance(action, Undo):
        undone = advance(now, action, AT).after
        assert undone.live or not undone.silent
        assert undone.recovered is None or not undone.silent
        assert (undone.suspended is not None) == bool(undone.suspensions)
        assert undone.idle >= timedelta()
        due = timers(undone, Policies())
        assert Due.CLOSE not in due or isinstance(advance(undone, Close(None), AT), Step)
        assert Due.ESCALATE not in due or isinstance(
            advance(undone, Escalate(undone.escalated + 1), AT), Step
        )
        assert len(set(undone.silent)) == len(undone.silent)


def taken(action=None, before=OPEN):
    step = advance(before, action or Acknowledge(HA), AT)
    assert isinstance(step, Step)
    return step


@pytest.mark.parametrize(
    ("by", "seconds", "later", "why"),
    [
        (BINH, 5, [], Refusal.NOT_YOURS),
        (HA, 61, [], Refusal.LATE),
        (HA, 5, [Later(2, "assign")], Refusal.SINCE),
        (HA, 5, [Later(2, "accept")], Refusal.SINCE),
        (HA, 5, [Later(2, "undo", 1)], Refusal.ALREADY),
    ],
)
def test_what_cannot_be_taken_back_is_refused_by_name(by, seconds, later, why):
    step = taken()
    at = AT + timedelta(seconds=seconds)
    assert undoing(past(step), step.after, later, by, at, WITHIN) is why


def test_what_was_itself_taken_back_stands_in_nobodys_way():
    step = taken()
    later = [Later(2, "assign"), Later(3, "undo", 2)]
    assert isinstance(undoing(past(step), step.after, later, HA, AT, WITHIN), Undo)


def test_a_note_is_taken_back_whatever_happened_since():
    step = taken(Note(HA, "nhầm"))
    assert isinstance(undoing(past(step), step.after, [Later(2, "close")], HA, AT, WITHIN), Undo)


def test_nobodys_step_is_not_taken_back():
    step = taken(Close(None), incident((1, 0, 4), recovered=minutes(4)))
    assert undoing(past(step), step.after, [], HA, AT, WITHIN) is Refusal.NOTHING_NEW


def test_lines_may_fall_and_answer_meanwhile():
    step = taken()
    now = advance(advance(step.after, Join((2,), AT), AT).after, Leave((1,), AT), AT).after
    action = undoing(past(step), now, [Later(2, "join"), Later(3, "leave")], HA, AT, WITHIN)
    undone = advance(now, action, AT).after
    assert (undone.owner, undone.members) == (None, now.members)


def test_lines_that_were_merged_and_are_back_cannot_be_given_back():
    step = taken(Absorb(HA, (9,), Severity.LOW, (Member(4, T0),)))
    now = advance(step.after, Leave((4,), AT), AT).after
    assert undoing(past(step), now, [Later(2, "leave")], HA, AT, WITHIN) is Refusal.SINCE
