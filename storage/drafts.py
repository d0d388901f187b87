"""Drafts of windows as they are kept: written once, settled once."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.draft import Draft, Hand, Outcome
from incidents.maintenance import Purpose, Scope, Window
from storage.maintenance import rule_read, rule_written
from storage.tables import MaintenanceDraft


async def add(session: AsyncSession, draft: Draft) -> Draft:
    """Write a new draft; return it with its number."""
    wanted = draft.wanted
    kind, rule = rule_written(wanted.rule)
    row = MaintenanceDraft(
        hand=draft.hand,
        purpose=wanted.purpose,
        kind=kind,
        rule=rule,
        units=sorted(wanted.scope.units),
        channels=sorted(wanted.scope.channels),
        reason=wanted.reason,
        at=draft.at,
        person_id=draft.by,
        team_id=wanted.team,
        expires=draft.expires,
    )
    session.add(row)
    await session.flush()
    return _draft(row)


async def find(session: AsyncSession, draft_id: int) -> Draft | None:
    """Return the draft with this number, or None."""
    row = await session.get(MaintenanceDraft, draft_id)
    return None if row is None else _draft(row)


async def settle(
    session: AsyncSession,
    draft: Draft,
    outcome: Outcome,
    at: datetime,
    by: int | None = None,
    window: int | None = None,
) -> None:
    """Write what became of the draft, who pressed, and the window that it became."""
    row = await session.get_one(MaintenanceDraft, draft.id)
    row.outcome, row.settled, row.settled_by, row.maintenance_id = outcome, at, by, window
    session.add(row)
    await session.flush()


async def settled_by(session: AsyncSession, draft_id: int) -> int | None:
    """Return whose press settled the draft."""
    return (await session.get_one(MaintenanceDraft, draft_id)).settled_by


async def waiting(session: AsyncSession, at: datetime) -> list[Draft]:
    """Return the drafts that wait at *at*, the oldest first."""
    return await _where(session, col(MaintenanceDraft.expires) > at)


async def lapsed(session: AsyncSession, at: datetime) -> list[Draft]:
    """Return the drafts that nobody settled in time."""
    return await _where(session, col(MaintenanceDraft.expires) <= at)


async def _where(session: AsyncSession, condition: ColumnElement[bool]) -> list[Draft]:
    wanted = select(MaintenanceDraft).where(col(MaintenanceDraft.settled).is_(None), condition)
    return [_draft(row) for row in await session.exec(wanted.order_by(col(MaintenanceDraft.id)))]


def _draft(row: MaintenanceDraft) -> Draft:
    assert row.id is not None
    wanted = Window(
        rule=rule_read(row.kind, row.rule),
        scope=Scope(frozenset(row.channels), frozenset(row.units)),
        reason=row.reason,
        created=row.at,
        by=row.person_id,
        purpose=Purpose(row.purpose),
        team=row.team_id,
    )
    outcome = None if row.outcome is None else Outcome(row.outcome)
    return Draft(wanted, Hand(row.hand), row.at, row.expires, row.id, outcome)
