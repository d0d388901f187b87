import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from incidents.actions import (
    Accept,
    Acknowledge,
    AllowPause,
    Arrive,
    AskPause,
    Assign,
    Close,
    Confirm,
    Decline,
    Dispute,
    EndPause,
    Fix,
    Grade,
    Join,
    Leave,
    Merge,
    RefusePause,
    Reopen,
    Resume,
    Retract,
    SayPower,
    Suspend,
)
from incidents.actions.field import Ground
from incidents.finding import Finding
from incidents.lifecycle import Step, advance
from incidents.model import Cause, Severity, Suspension
from incidents.pause import Obstacle
from incidents.policy import Promise
from incidents.said import Power
from incidents.sla import (
    Owed,
    Part,
    Time,
    clock_of,
    event_of,
    next_deadline,
    opening,
    remaining,
)
from tests.incidents.cases import T0, incident

HA, THANG = 1, 9
VNPT, VNPT_2, VIETTEL = 30, 31, 40
CARRIERS = {VNPT: {VNPT, VNPT_2}, VNPT_2: {VNPT, VNPT_2}, VIETTEL: {VIETTEL}}
PROMISE, ACCEPT, RESTORE = Promise(), timedelta(minutes=15), timedelta(hours=4)
UNIT = 7
SEEN = [Suspension.BLIND, Suspension.MAINTENANCE]  # what is suspended by what is seen, and not by a word

TEAMS = st.sampled_from(sorted(CARRIERS))
CHANNELS = st.sets(st.integers(1, 3), min_size=1).map(lambda found: tuple(sorted(found)))
# An action as a function of its time and of a moment since the step before it, at which a line fell or came.
DEEDS = st.one_of(
    CHANNELS.map(lambda lines: lambda at, since: Join(lines, since)),
    CHANNELS.map(lambda lines: lambda at, since: Leave(lines, since)),
    TEAMS.map(lambda team: lambda at, since: Assign(HA, team)),
    TEAMS.map(lambda team: lambda at, since: Accept(THANG, team)),
    TEAMS.map(lambda team: lambda at, since: Arrive(THANG, team)),
    TEAMS.map(lambda team: lambda at, since: Fix(THANG, team, Cause.DEVICE)),
    TEAMS.map(lambda team: lambda at, since: Decline(THANG, team, Ground.BUSY)),
    TEAMS.map(lambda team: lambda at, since: AskPause(THANG, team, Obstacle.LOCKED)),
    st.integers(5, 60).map(lambda wait: lambda at, since: AllowPause(HA, at + timedelta(minutes=wait))),
    st.sampled_from(SEEN).map(lambda why: lambda at, since: Suspend(why)),
    st.sampled_from(SEEN).map(lambda why: lambda at, since: Resume(why)),
    st.sampled_from(Power).map(lambda power: lambda at, since: SayPower(HA, UNIT, power)),
    st.sampled_from(Severity).map(lambda severity: lambda at, since: Grade(severity)),
    st.sampled_from(
        [
            lambda at, since: Acknowledge(HA),
            lambda at, since: Close(HA),
            lambda at, since: Reopen(HA, UNIT),
            lambda at, since: Dispute(HA, UNIT),
            lambda at, since: Confirm(HA, UNIT, Finding.LINE_GOOD),
            lambda at, since: Retract(HA, last=True),
            lambda at, since: RefusePause(HA),
            lambda at, since: EndPause(THANG),
            lambda at, since: Merge(6),
        ]
    ),
)
TAKEN = [(lambda at, since: Acknowledge(HA), 3, 0)]
HANDED = [(lambda at, since: Assign(HA, VNPT), 3, 0)]
ACCEPTED = [*HANDED, (lambda at, since: Accept(THANG, VNPT), 3, 0)]
HISTORY = st.builds(
    lambda first, then: [*first, *then],
    st.sampled_from([[], TAKEN, HANDED, ACCEPTED]),
    st.lists(st.tuples(DEEDS, st.integers(2, 40), st.floats(0, 1)), max_size=20),
)
STARTS = st.sampled_from([incident(), incident((1, -2)), incident((1, -2), (2, -1))])


def told(action, at):
    """Return the event of *action* as it comes back from storage."""
    event = event_of(action, at)
    return replace(event, data=json.loads(json.dumps(event.data)))


def live(start, history):
    """Yield the incident after each step with the time and the events until then."""
    known, at, events = start, T0, [opening(start, "silent")]
    yield known, at, list(events)
    for deed, wait, share in history:
        before, at = at, at + timedelta(minutes=wait)
        since = before + (at - before) * share
        step = advance(known, deed(at, since), at)
        if isinstance(step, Step):
            known = step.after
            events.append(told(step.action, at))
        yield known, at, list(events)


def promised(known):
    """Return the deadline that the live ticket shows."""
    job = known.assignment
    restore = remaining(known, RESTORE, CARRIERS[job.team]) if job else RESTORE
    return next_deadline(known, PROMISE, ACCEPT, restore)


def left(clock, owed):
    """Return what the clock leaves of the promise that is *owed*, None where the clock stands still."""
    now = clock.stretches[-1]
    if owed is Owed.RESTORE:
        return RESTORE - clock.carriers(CARRIERS[now.team]).counted
    if owed is Owed.ACCEPT:
        return ACCEPT - clock.turn(now.turn).counted
    target = PROMISE.acknowledge if owed is Owed.ACKNOWLEDGE else PROMISE.assign
    return target - clock.since(now.outage).counted


@given(STARTS, HISTORY)
def test_the_live_ticket_and_the_clock_of_its_timeline_agree_on_the_deadline(start, history):
    for known, at, events in live(start, history):
        soon = at + timedelta(seconds=1)
        clock, deadline = clock_of(events, soon), promised(known)
        runs = clock.total.counted - clock_of(events, at).total.counted
        assert (deadline is not None) == (runs > timedelta()) or contested(known)
        if deadline is not None:
            assert deadline.by == soon + left(clock, deadline.owed)


def contested(known):
    """Whether the desk has to answer its unit, and no deadline is set for that any more."""
    return known.disputed is not None and known.assignment is not None


def histories(start, history):
    """Return the last time and all events of a history."""
    return list(live(start, history))[-1][1:]


@given(STARTS, HISTORY)
def test_no_pause_exceeds_what_it_is_in(start, history):
    at, events = histories(start, history)
    clock = clock_of(events, at)
    whole = at - clock.stretches[0].span.start if clock.stretches else timedelta()
    for time in (clock.ours, clock.carriers(), *map(clock.part, Part)):
        assert timedelta() <= time.paused <= time.total <= whole


@given(STARTS, HISTORY)
def test_the_parts_and_the_parties_add_up(start, history):
    at, events = histories(start, history)
    clock = clock_of(events, at)
    assert sum(map(clock.part, Part), Time()) == clock.total
    assert clock.ours + clock.carriers() == clock.total
    assert sum((clock.carriers({team}) for team in clock.teams), Time()) == clock.carriers()
    spans = [each.span for each in clock.stretches]
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(STARTS, HISTORY, st.randoms(use_true_random=False))
def test_the_order_in_which_the_events_were_appended_does_not_matter(start, history, chance):
    at, events = histories(start, history)
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert clock_of(shuffled, at) == clock_of(events, at)
