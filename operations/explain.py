"""Explain: which outcomes and which rules led to an incident; nothing is written."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from incidents.decision import Grounds, Why
from incidents.model import Incident, LineState, Member
from operations.desk import Act
from operations.excuse import Excused
from operations.look import excused_until
from storage import incidents, people, samples
from storage.samples import Sample
from storage.tables import Interval

EARLIER = timedelta(seconds=30)  # so much of what was heard before a silence is told
LATER = timedelta(seconds=2)  # and so much after it was proven
LINES = 3  # of which the outcomes are told, the others are counted
OUTCOMES = 400  # of a line at most


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Why a line was taken for out: its verdict, what that rested on, and the outcomes of that time.

    *witness* is the unit whose line answered meanwhile, or None where an anchor did.
    """

    channel: str
    unit: str
    state: LineState
    since: datetime
    why: Why | None  # None for what no probe decided: the process did not run, or works ended
    grounds: Grounds | None
    proven: datetime | None
    witness: str | None
    outcomes: tuple[Sample, ...]
    excused: Excused | None  # what it was taken for until it was one of the incident


@dataclass(frozen=True, slots=True)
class Happened:
    """A step of the incident: when, what, by whom (None: by itself), with what it says."""

    at: datetime
    action: str
    by: str | None
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An incident with the reasons of its first lines, how many there are in all, and its steps."""

    incident: Incident
    lines: tuple[Reasoned, ...]
    members: int
    steps: tuple[Happened, ...]


async def explain(act: Act, incident: Incident) -> Explanation:
    """Return what led to *incident*; outcomes are kept a day, what a verdict rested on for ever."""
    root_first = sorted(incident.members, key=lambda member: (member.channel != incident.root, member.joined))
    members = {member.channel: member for member in reversed(root_first)}
    told = [await _reasoned(act, members[each]) for each in list(members)[::-1][:LINES]]
    return Explanation(
        incident=incident,
        lines=tuple(each for each in told if each is not None),
        members=len(members),
        steps=await happened(act, incident),
    )


async def _reasoned(act: Act, member: Member) -> Reasoned | None:
    row = await _interval(act, member)
    if row is None:
        return None
    channel = act.directory.channels[member.channel]
    grounds = None if row.grounds is None else Grounds(**row.grounds)
    proven = None if grounds is None else row.since + timedelta(seconds=grounds.silence)
    known = row.why in list(Why)
    return Reasoned(
        channel=channel.code,
        unit=act.directory.units[channel.unit_id].name,
        state=LineState(row.state),
        since=row.since,
        why=Why(row.why) if known else None,
        grounds=grounds,
        proven=proven,
        witness=_witness(act, grounds),
        outcomes=await _outcomes(act, row.since, proven, grounds),
        excused=await excused_until(act, member.channel, member.joined),
    )


async def _interval(act: Act, member: Member) -> Interval | None:
    """Return the interval that made the channel a member, or its last one out until it left."""
    out = (LineState.DOWN, LineState.UNREACHABLE, LineState.BLIND)
    rows = await act.session.exec(
        select(Interval)
        .where(
            Interval.channel_id == member.channel,
            col(Interval.state).in_(out),
            Interval.since <= (member.left or act.at),
        )
        .order_by(col(Interval.id).desc())
        .limit(1)
    )
    return rows.first()


async def _outcomes(
    act: Act, since: datetime, proven: datetime | None, grounds: Grounds | None
) -> tuple[Sample, ...]:
    if grounds is None or proven is None:
        return ()
    found = await samples.between(act.session, grounds.series, since - EARLIER, proven + LATER, OUTCOMES)
    return tuple(found)


def _witness(act: Act, grounds: Grounds | None) -> str | None:
    series = act.directory.series.get(grounds.witness) if grounds and grounds.witness else None
    if series is None or series.channel_id is None:
        return None
    return act.directory.unit_of(series.channel_id).name


async def happened(act: Act, incident: Incident) -> tuple[Happened, ...]:
    """Return every step of *incident*, the oldest first."""
    timeline = await incidents.timeline(act.session, incident.id)
    names = await people.by_ids(act.session, [row.person_id for row in timeline if row.person_id])
    return tuple(
        Happened(row.at, row.action, names[row.person_id].name if row.person_id else None, row.data)
        for row in timeline
    )
