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
    Event,
    Owed,
    Part,
    Time,
    clock_of,
    event_of,
    followed,
    next_deadline,
    opening,
    remaining,
)
from tests.incidents.cases import T0, incident, minutes

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


def told(action, at, version):
    """Return the event of *action* as it comes back from storage."""
    event = event_of(action, at)
    return replace(event, data=json.loads(json.dumps(event.data)), version=version)


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
            events.append(told(step.action, at, known.version))
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
    order = list(range(len(events)))
    chance.shuffle(order)
    appended = [replace(events[number], version=version) for version, number in enumerate(order)]
    assert clock_of(appended, at) == clock_of(events, at)


def at_minutes(action, at, *, by=None, version=0, **data):
    return Event(action, minutes(at), by, data, version)


def opened(at=0, channels=(1,), joined=-2):
    since = [minutes(joined).isoformat()] * len(channels)
    return at_minutes("open", at, own=UNIT, channels=list(channels), joined=since)


LIVED = [
    opened(),
    at_minutes("acknowledge", 4, by=HA),
    at_minutes("assign", 10, by=HA, team=VNPT),
    at_minutes("accept", 20, team=VNPT),
    at_minutes("saypower", 30, by=5, unit=UNIT, power="out"),
    at_minutes("saypower", 50, by=5, unit=UNIT, power="grid"),
    at_minutes("arrive", 60, team=VNPT),
    at_minutes("grade", 70, severity="low"),
    at_minutes("leave", 101, channels=[1], since=minutes(100).isoformat()),
    at_minutes("close", 110, by=HA),
]


def spent(time):
    return time.total // timedelta(minutes=1), time.paused // timedelta(minutes=1)


def test_each_part_of_a_ticket_s_time_is_somebody_s():
    clock = clock_of(LIVED, minutes(200))
    assert {part: spent(clock.part(part)) for part in Part} == {
        Part.DETECT: (2, 0),
        Part.ACKNOWLEDGE: (4, 0),
        Part.ASSIGN: (6, 0),
        Part.ACCEPT: (10, 0),
        Part.ARRIVE: (40, 20),
        Part.RESTORE: (40, 0),
    }
    assert (spent(clock.ours), spent(clock.carriers())) == ((12, 0), (90, 20))
    assert (clock.restored, clock.teams) == (minutes(100), (VNPT,))
    (dark,) = clock.pauses
    assert (dark.why, dark.approver) == (Suspension.POWER, 5)


def test_a_clock_is_read_as_it_stood_at_any_time():
    assert spent(clock_of(LIVED, minutes(40)).carriers()) == (30, 10)
    assert clock_of(LIVED, minutes(40)).restored is None


def test_without_an_arrival_all_that_follows_the_acceptance_is_the_restoring():
    clock = clock_of([each for each in LIVED if each.action != "arrive"], minutes(200))
    assert (spent(clock.part(Part.ARRIVE)), spent(clock.part(Part.RESTORE))) == ((0, 0), (80, 20))


def test_each_carrier_s_time_is_its_own_and_the_total_is_kept():
    handed_on = [*LIVED[:4], at_minutes("assign", 65, by=HA, team=VIETTEL), *LIVED[7:]]
    clock = clock_of(handed_on, minutes(200))
    assert [spent(clock.carriers({team})) for team in (VNPT, VIETTEL)] == [(55, 0), (35, 0)]
    assert clock.carriers().total == clock_of(LIVED, minutes(200)).carriers().total


def test_a_relapse_goes_on_where_it_stopped_and_the_time_it_was_back_is_nobody_s():
    again = [
        at_minutes("join", 121, channels=[1], since=minutes(120).isoformat()),
        at_minutes("leave", 150, channels=[1], since=minutes(150).isoformat()),
    ]
    clock = clock_of([*LIVED, *again], minutes(200))
    assert (spent(clock.carriers()), clock.restored) == ((90 + 30, 20), minutes(150))


def test_a_ticket_that_was_merged_goes_on_with_the_one_it_became_a_part_of():
    merged = [*LIVED[:4], at_minutes("merge", 40, into=6, version=9)]
    into = [
        at_minutes("open", 30, own=None, channels=[8], joined=[minutes(30).isoformat()]),
        at_minutes("join", 40, channels=[1], since=minutes(-2).isoformat()),
        at_minutes("assign", 45, by=HA, team=VIETTEL),
        at_minutes("leave", 80, channels=[1], since=minutes(80).isoformat()),
        at_minutes("leave", 99, channels=[8], since=minutes(99).isoformat()),
    ]
    clock = clock_of(followed(merged, into), minutes(200))
    assert [spent(clock.carriers({team})) for team in (VNPT, VIETTEL)] == [(35, 0), (35, 0)]
    assert clock.restored == minutes(80)


def test_what_was_undone_never_was():
    assigned = at_minutes("assign", 12, by=HA, team=VIETTEL, version=7)
    events = [opened(), assigned, at_minutes("undo", 12, by=HA, of=7, what="assign", version=8)]
    assert clock_of(events, minutes(30)).teams == ()


def test_two_decide_and_what_was_measured_stays():
    disputed = [
        *LIVED,
        at_minutes("object", 500, by=THANG, team=VNPT, words="khóa cửa"),
        at_minutes("propose", 510, by=HA, minutes=25, cause="power"),
        at_minutes("agree", 520, by=2, minutes=25, cause="power"),
    ]
    clock, before = clock_of(disputed, minutes(600)), clock_of(LIVED, minutes(600))
    assert clock.carriers() == before.carriers()
    assert before.carriers().counted - clock.agreed() == timedelta(minutes=25)
    assert (before.cause, clock.cause) == (None, Cause.POWER)
