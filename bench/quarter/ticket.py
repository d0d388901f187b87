"""An outage as the ticket that a desk would have made of it, step by step; late now and then."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.quarter.story import MINUTE, Outage
from incidents.model import Cause, Severity, Status
from incidents.policy import Promise
from incidents.sla import restore_within
from storage.directory import Directory

Row = dict[str, Any]
SECOND = timedelta(seconds=1)
PROMISE = Promise()


@dataclass
class Rows:
    """A ticket with its members and its timeline, as rows."""

    ticket: Row
    members: list[Row]
    timeline: list[Row] = field(default_factory=list)

    def step(self, action: str, at: datetime, person: int | None = None, **data: Any) -> datetime:
        """Append a step; return its time."""
        self.timeline.append(
            {
                "incident_id": self.ticket["id"],
                "version": len(self.timeline),
                "at": at,
                "action": action,
                "person_id": person,
                "data": data,
            }
        )
        return at


def ticket(
    number: int, outage: Outage, directory: Directory, people: tuple[int, int], random: Random
) -> Rows:
    """Return the ticket *number* of *outage*; *people* are two of the desk."""
    root = outage.channels[0]
    unit = outage.of or directory.channels[root].unit_id
    opened, end = outage.span.start + random.uniform(12, 30) * SECOND, outage.span.end
    rows = Rows(_ticket(number, unit, root, outage, opened), _members(number, outage))
    joined = [outage.span.start.isoformat()] * len(outage.channels)
    own = None if outage.scope else unit
    rows.step("open", opened, reason="silent", own=own, channels=[*outage.channels], joined=joined)
    if outage.cause is Cause.POWER and own is not None and opened + 3 * MINUTE < end:
        rows.step("saypower", opened + 3 * MINUTE, people[0], unit=own, power="out")
    _work(rows, outage, directory, people[0], random)
    rows.step("leave", end, channels=[*outage.channels], since=end.isoformat())
    closed = rows.step("close", end + random.uniform(5, 40) * MINUTE, people[0])
    if outage.disputed:
        _dispute(rows, closed, people)
    rows.ticket |= {"closed": closed, "recovered": end, "version": len(rows.timeline) - 1}
    return rows


def _work(rows: Rows, outage: Outage, directory: Directory, person: int, random: Random) -> None:
    """Take the desk's and the team's steps, as far as the line gives them time."""
    ticket, end = rows.ticket, outage.span.end
    taken = ticket["opened"] + random.lognormvariate(1.2, 0.8) * MINUTE
    given = taken + random.lognormvariate(1.4, 0.8) * MINUTE
    accepted = given + random.lognormvariate(1.9, 0.7) * MINUTE
    arrived = accepted + random.uniform(20, 90) * MINUTE
    team = _team(directory, ticket["unit_id"], ticket["root_id"])
    minutes = directory.carriers[directory.teams[team].carrier_id].restore_minutes
    restore = restore_within(PROMISE, directory.units[ticket["unit_id"]].sla_class, minutes)
    steps = (
        ("acknowledge", taken, ticket["opened"] + PROMISE.acknowledge, "acknowledged", None),
        ("assign", given, ticket["opened"] + PROMISE.assign, "assigned", None),
        ("accept", accepted, given + PROMISE.accept, "accepted", team),
        ("arrive", arrived, None, "arrived", team),
    )
    for action, at, due, column, by in steps:
        if due is not None and due < min(at, end):
            rows.step("miss", due, owed=action, due=due.isoformat(), team=by)
        if at >= end:
            return
        rows.step(action, at, person, **({"team": team} if action == "assign" else {}))
        ticket[column] = at
        if action == "assign":
            ticket["team_id"] = team
    if given + restore < end and outage.cause is not Cause.POWER:
        due = given + restore
        rows.step("miss", due, owed="restore", due=due.isoformat(), team=team)


def _dispute(rows: Rows, closed: datetime, people: tuple[int, int]) -> None:
    """Have the team object, and two of the desk agree to take something off its clock."""
    team, day = rows.ticket["team_id"], timedelta(days=1)
    rows.step("object", closed + day, people[0], team=team, words="đơn vị thi công đường làm đứt cáp")
    rows.step("propose", closed + 2 * day, people[0], minutes=90, cause=Cause.WORKS)
    rows.step("agree", closed + 3 * day, people[1])


def _team(directory: Directory, unit: int, root: int) -> int:
    carrier = directory.channels[root].carrier_id
    teams = [each for each in directory.teams_for(unit) if each.carrier_id == carrier]
    assert teams[0].id is not None
    return teams[0].id


def _ticket(number: int, unit: int, root: int, outage: Outage, opened: datetime) -> Row:
    return {
        "id": number,
        "unit_id": unit,
        "root_id": root,
        "status": Status.CLOSED,
        "severity": Severity.HIGH if outage.scope else Severity.MEDIUM,
        "cause": outage.cause,
        "opened": opened,
        "scope": outage.scope,
        "scope_of": outage.of,
        "scope_total": len(outage.channels) if outage.scope else None,
        **dict.fromkeys(("acknowledged", "assigned", "accepted", "arrived", "team_id")),
        "escalated": 0,
        "suspensions": [],
        "idle_ms": 0,
        "job_idle_ms": 0,
        "clock": {},
        "power": {},
        "service_probed": False,
        "security": False,
    }


def _members(number: int, outage: Outage) -> list[Row]:
    span = outage.span
    return [
        {"incident_id": number, "channel_id": each, "joined": span.start, "left": span.end}
        for each in outage.channels
    ]
