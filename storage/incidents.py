"""Incidents: found whole, and written one step at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.lifecycle import Step
from incidents.model import (
    Assignment,
    Cause,
    Claim,
    Incident,
    Member,
    ServiceFault,
    Severity,
    Status,
    Suspension,
)
from incidents.said import Power
from incidents.sla import Event, event_of, followed, in_order, opening
from incidents.timers import Due
from incidents.undoing import KEPT
from incidents.wide import Scope, Wide
from storage import attachments, kept, tables, ticket_clock


class LostRaceError(Exception):
    """Somebody wrote this version of the incident first: read again and decide again."""


async def find(session: AsyncSession, incident_id: int) -> Incident | None:
    """Return the incident with this number, or None."""
    found = await _where(session, col(tables.Ticket.id) == incident_id)
    return found[0] if found else None


async def live(session: AsyncSession) -> list[Incident]:
    """Return every incident that is not closed, the oldest first."""
    return await _where(session, col(tables.Ticket.status) != Status.CLOSED)


async def jobs(session: AsyncSession) -> dict[int, int]:
    """Return how many live tickets, with a line that is not back, each team has."""
    ticket = tables.Ticket
    rows = await session.exec(
        select(ticket.team_id, func.count())
        .where(
            col(ticket.status) != Status.CLOSED,
            col(ticket.team_id).is_not(None),
            col(ticket.recovered).is_(None),
        )
        .group_by(col(ticket.team_id))
    )
    return {team: count for team, count in rows if team is not None}


async def of_root(session: AsyncSession, channel: int, closed_since: datetime) -> Incident | None:
    """Return the newest incident of *channel* alone that is live, or closed after *closed_since*.

    One that became a part of another is none of its any more.
    """
    own = (col(tables.Ticket.root_id) == channel) & col(tables.Ticket.scope).is_(None)
    found = await _where(session, own & _recent(closed_since))
    return found[-1] if found else None


async def of_unit(session: AsyncSession, unit: int) -> list[Incident]:
    """Return the live incidents filed under *unit* itself."""
    return await _where(
        session, (col(tables.Ticket.unit_id) == unit) & (col(tables.Ticket.status) != Status.CLOSED)
    )


async def recent(session: AsyncSession, closed_since: datetime) -> list[Incident]:
    """Return the incidents that are live, or closed after *closed_since*; none that is a part of another."""
    return await _where(session, _recent(closed_since))


async def last_closed(session: AsyncSession, units: Iterable[int]) -> Incident | None:
    """Return the incident of lines filed under one of *units* that was closed last, none that was merged."""
    rows = await session.exec(
        select(tables.Ticket.id)
        .where(
            col(tables.Ticket.unit_id).in_(set(units)),
            col(tables.Ticket.status) == Status.CLOSED,
            col(tables.Ticket.recovered).is_not(None),
            col(tables.Ticket.service_id).is_(None),
            col(tables.Ticket.security).is_(False),
        )
        .order_by(col(tables.Ticket.closed).desc())
        .limit(1)
    )
    number = rows.first()
    return None if number is None else await find(session, number)


async def of_service(session: AsyncSession, service: int) -> Incident | None:
    """Return the live incident of *service*, which has one at a time, or None."""
    live = col(tables.Ticket.status) != Status.CLOSED
    found = await _where(session, (col(tables.Ticket.service_id) == service) & live)
    return found[0] if found else None


async def between(session: AsyncSession, start: datetime, end: datetime) -> list[Incident]:
    """Return the incidents that were live at some time from *start* to *end*."""
    ended = col(tables.Ticket.closed)
    return await _where(session, (col(tables.Ticket.opened) < end) & (ended.is_(None) | (ended >= start)))


async def add(session: AsyncSession, incident: Incident, reason: str) -> Incident:
    """Write a new incident with the first line of its timeline, and return it with its number."""
    row = tables.Ticket(**columns(incident))
    session.add(row)
    await session.flush()
    assert row.id is not None
    for member in incident.members:
        session.add(tables.Member(incident_id=row.id, channel_id=member.channel, joined=member.joined))
    session.add(_line(row.id, incident.version, opening(incident, reason)))
    await session.flush()
    found = await find(session, row.id)
    assert found is not None
    return found


async def record(session: AsyncSession, step: Step) -> None:
    """Write *step*, or raise LostRaceError if its incident is no longer as it was."""
    before, after = step.before, step.after
    written = await session.exec(
        update(tables.Ticket)
        .where(col(tables.Ticket.id) == before.id, col(tables.Ticket.version) == before.version)
        .values(**columns(after))
    )
    if written.rowcount != 1:
        raise LostRaceError(before.id)
    await _record_members(session, before, after)
    event = event_of(step.action, step.at)
    if event.action in KEPT and event.by:
        event = replace(
            event, data={**event.data, **kept.changes(columns(before), columns(after), before, after)}
        )
    session.add(_line(after.id, after.version, event))
    await session.flush()


async def set_timers(session: AsyncSession, incident: Incident, due: Mapping[Due, datetime]) -> None:
    """Replace every timer of *incident* by *due*."""
    await session.exec(delete(tables.Timer).where(col(tables.Timer.incident_id) == incident.id))
    session.add_all(tables.Timer(incident_id=incident.id, kind=kind, due=at) for kind, at in due.items())
    await session.flush()


async def due(session: AsyncSession, at: datetime) -> list[tuple[int, Due]]:
    """Return what is due at *at*, the earliest first."""
    rows = await session.exec(
        select(tables.Timer).where(tables.Timer.due <= at).order_by(col(tables.Timer.due))
    )
    return [(row.incident_id, Due(row.kind)) for row in rows]


async def move_reports(session: AsyncSession, old: int, new: int, units: Iterable[int]) -> None:
    """Have the reports of *units*, with what was added, follow their channels to another incident."""
    units = set(units)
    await session.exec(
        update(tables.Report)
        .where(col(tables.Report.incident_id) == old, col(tables.Report.unit_id).in_(units))
        .values(incident_id=new)
    )
    await attachments.move(session, old, new, units)


async def timeline(session: AsyncSession, incident_id: int) -> Sequence[tables.Timeline]:
    """Return the incident's history, the oldest first."""
    rows = await session.exec(
        select(tables.Timeline)
        .where(tables.Timeline.incident_id == incident_id)
        .order_by(col(tables.Timeline.version))
    )
    return rows.all()


async def events(session: AsyncSession, incident_id: int) -> list[Event]:
    """Return the timeline as the clock reads it; what was merged goes on with what it became a part of."""
    own = [_event(row) for row in await timeline(session, incident_id)]
    into = next((each.data["into"] for each in in_order(own)[-1:] if each.action == "merge"), None)
    return own if into is None else followed(own, await events(session, into))


async def events_between(session: AsyncSession, start: datetime, end: datetime) -> dict[int, list[Event]]:
    """Return the timelines, by ticket, of those opened from *start* to *end*."""
    line, ticket = tables.Timeline, tables.Ticket
    names = (line.incident_id, line.action, line.at, line.person_id, line.data)
    wanted = (
        select_columns(*(col(each) for each in names))
        .join(ticket, col(ticket.id) == col(line.incident_id))
        .where(col(ticket.opened) >= start, col(ticket.opened) < end)
        .order_by(col(line.incident_id), col(line.version))
    )
    found: dict[int, list[Event]] = {}
    for number, action, at, by, data in (await (await session.connection()).execute(wanted)).all():
        found.setdefault(number, []).append(Event(action, at, by, data))
    return found


async def decided(session: AsyncSession) -> set[int]:
    """Return the tickets on which two people decided after an objection."""
    rows = await session.exec(select(tables.Timeline.incident_id).where(tables.Timeline.action == "agree"))
    return set(rows.all())


def _event(row: tables.Timeline) -> Event:
    return Event(row.action, row.at, row.person_id, row.data, row.version)


def _recent(closed_since: datetime) -> Any:
    over = (col(tables.Ticket.closed) >= closed_since) & col(tables.Ticket.recovered).is_not(None)
    return (col(tables.Ticket.status) != Status.CLOSED) | over


async def _where(session: AsyncSession, condition: Any) -> list[Incident]:
    rows = (await session.exec(select(tables.Ticket).where(condition).order_by(col(tables.Ticket.id)))).all()
    members = await _members(session, [row.id for row in rows if row.id is not None])
    return [as_incident(row, members.get(row.id or 0, ())) for row in rows]


async def _members(session: AsyncSession, ids: Iterable[int]) -> dict[int, tuple[Member, ...]]:
    rows = await session.exec(
        select(tables.Member)
        .where(col(tables.Member.incident_id).in_(list(ids)))
        .order_by(col(tables.Member.id))
    )
    found: dict[int, tuple[Member, ...]] = {}
    for row in rows:
        member = Member(row.channel_id, row.joined, row.left)
        found[row.incident_id] = (*found.get(row.incident_id, ()), member)
    return found


async def _record_members(session: AsyncSession, before: Incident, after: Incident) -> None:
    if _takes_back(before, after):
        await _restore_members(session, after)
        return
    for was, member in zip(before.members, after.members, strict=False):
        if was != member:
            await session.exec(
                update(tables.Member)
                .where(
                    col(tables.Member.incident_id) == after.id,
                    col(tables.Member.channel_id) == member.channel,
                    col(tables.Member.left).is_(None),
                )
                .values(left=member.left)
            )
    for member in after.members[len(before.members) :]:
        session.add(tables.Member(incident_id=after.id, channel_id=member.channel, joined=member.joined))


def _takes_back(before: Incident, after: Incident) -> bool:
    """Whether a stay is no longer, or was given back: else stays only end, or are added at the end."""
    ended = (
        was if was.left is not None else replace(was, left=member.left)
        for was, member in zip(before.members, after.members, strict=False)
    )
    return tuple(ended) != after.members[: len(before.members)] or len(after.members) < len(before.members)


async def _restore_members(session: AsyncSession, after: Incident) -> None:
    await session.exec(delete(tables.Member).where(col(tables.Member.incident_id) == after.id))
    for each in after.members:
        row = tables.Member(incident_id=after.id, channel_id=each.channel, joined=each.joined, left=each.left)
        session.add(row)


def as_incident(row: tables.Ticket, members: tuple[Member, ...]) -> Incident:
    """Return the incident that a row is, with its members."""
    assert row.id is not None
    return Incident(
        id=row.id,
        unit=row.unit_id,
        root=row.root_id,
        parent=row.parent_id,
        members=members,
        status=Status(row.status),
        severity=Severity(row.severity),
        cause=None if row.cause is None else Cause(row.cause),
        opened=row.opened,
        owner=row.owner_id,
        acknowledged=row.acknowledged,
        assignment=_assignment(row),
        recovered=row.recovered,
        closed=row.closed,
        escalated=row.escalated,
        wide=Wide(Scope(row.scope), row.scope_of, row.scope_total or 0) if row.scope else None,
        power=tuple(sorted((int(unit), Power(power)) for unit, power in row.power.items())),
        service=_fault(row),
        security=row.security,
        suspensions=frozenset(map(Suspension, row.suspensions)),
        suspended=row.suspended,
        idle=timedelta(milliseconds=row.idle_ms),
        **ticket_clock.read(row.clock),
        muted=row.muted,
        confirmed=row.confirmed,
        disputed=row.disputed,
        tended=row.tended,
        handed_over=row.handed_over,
        version=row.version,
    )


def _assignment(row: tables.Ticket) -> Assignment | None:
    if row.team_id is None or row.assigned is None:
        return None
    return Assignment(
        team=row.team_id,
        at=row.assigned,
        accepted=row.accepted,
        eta=row.eta,
        departed=row.departed,
        arrived=row.arrived,
        expected=row.expected,
        claim=_claim(row),
        lapsed=row.lapsed,
        idle=timedelta(milliseconds=row.job_idle_ms),
    )


def _claim(row: tables.Ticket) -> Claim | None:
    if row.claimed is None or row.claimed_by is None or row.claimed_cause is None:
        return None
    return Claim(row.claimed_by, row.claimed, Cause(row.claimed_cause), row.proven)


def _fault(row: tables.Ticket) -> ServiceFault | None:
    if row.service_id is None:
        return None
    return ServiceFault(row.service_id, row.service_probed, row.failing, row.heard)


def columns(incident: Incident) -> dict[str, Any]:
    """Return the row that an incident is; its members have rows of their own."""
    fault = incident.service
    return {
        "unit_id": incident.unit,
        "root_id": incident.root,
        "parent_id": incident.parent,
        "status": incident.status,
        "severity": incident.severity,
        "cause": incident.cause,
        "opened": incident.opened,
        "owner_id": incident.owner,
        "acknowledged": incident.acknowledged,
        **_job(incident.assignment),
        "recovered": incident.recovered,
        "closed": incident.closed,
        "escalated": incident.escalated,
        "scope": incident.wide.scope if incident.wide else None,
        "scope_of": incident.wide.of if incident.wide else None,
        "scope_total": incident.wide.total if incident.wide else None,
        "power": {str(unit): power for unit, power in incident.power},
        "service_id": fault.of if fault else None,
        "service_probed": fault is not None and fault.probed,
        "failing": fault.failing if fault else None,
        "heard": fault.heard if fault else None,
        "security": incident.security,
        "suspensions": sorted(incident.suspensions),
        "suspended": incident.suspended,
        "idle_ms": incident.idle // timedelta(milliseconds=1),
        "clock": ticket_clock.written(incident),
        "muted": incident.muted,
        "confirmed": incident.confirmed,
        "disputed": incident.disputed,
        "tended": incident.tended,
        "handed_over": incident.handed_over,
        "version": incident.version,
    }


def _job(assignment: Assignment | None) -> dict[str, Any]:
    claim = assignment.claim if assignment else None
    return {
        "team_id": assignment.team if assignment else None,
        "assigned": assignment.at if assignment else None,
        "accepted": assignment.accepted if assignment else None,
        "eta": assignment.eta if assignment else None,
        "departed": assignment.departed if assignment else None,
        "arrived": assignment.arrived if assignment else None,
        "expected": assignment.expected if assignment else None,
        "lapsed": assignment.lapsed if assignment else None,
        "job_idle_ms": assignment.idle // timedelta(milliseconds=1) if assignment else 0,
        "claimed": claim.at if claim else None,
        "claimed_by": claim.by if claim else None,
        "claimed_cause": claim.cause if claim else None,
        "proven": claim.proven if claim else None,
    }


def _line(incident_id: int, version: int, event: Event) -> tables.Timeline:
    return tables.Timeline(
        incident_id=incident_id,
        version=version,
        at=event.at,
        action=event.action,
        person_id=event.by,
        data=dict(event.data),
    )
