"""Planned work as it is kept: written once, changed by appending, read as a plan."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial, reduce
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.amendment import Begun, Change, Ended, Extended, Withdrawn, amended
from incidents.maintenance import Fixed, Flexible, Plan, Position, Purpose, Rule, Scope, Window
from incidents.recurrence import Recurring
from incidents.span import Span
from storage.directory import Directory
from storage.tables import Maintenance, MaintenanceChange, MaintenanceScope

_Adapters = dict[str, TypeAdapter[Any]]
_RULES: _Adapters = {each.__name__.lower(): TypeAdapter(each) for each in (Fixed, Flexible, Recurring)}
_CHANGES: _Adapters = {
    each.__name__.lower(): TypeAdapter(each) for each in (Begun, Ended, Extended, Withdrawn)
}


async def planned(session: AsyncSession, directory: Directory, at: datetime) -> Plan:
    """Return the plan for *at* and later: what was over by then is not in it."""
    return await _plan(session, directory, _not_over(at))


async def history(session: AsyncSession, directory: Directory, asked: Span) -> Plan:
    """Return the plan that a span went by, the past as well; over the network as it is now."""
    return await _plan(session, directory, _not_over(asked.start) & (col(Maintenance.opens) < asked.end))


async def find(session: AsyncSession, window_id: int) -> Window | None:
    """Return the window with this number, or None."""
    return next(iter(await _where(session, col(Maintenance.id) == window_id)), None)


async def add(session: AsyncSession, window: Window) -> Window:
    """Write a new window; return it with its number."""
    kind, rule = rule_written(window.rule)
    row = Maintenance(
        kind=kind,
        rule=rule,
        opens=window.rule.opens,
        over=window.over,
        reason=window.reason,
        created=window.created,
        created_by=window.by,
        purpose=window.purpose,
        team_id=window.team,
    )
    session.add(row)
    await session.flush()
    assert row.id is not None
    session.add_all(MaintenanceScope(maintenance_id=row.id, unit_id=unit) for unit in window.scope.units)
    session.add_all(
        MaintenanceScope(maintenance_id=row.id, channel_id=channel) for channel in window.scope.channels
    )
    await session.flush()
    return _window(row, window.scope, ())


async def record(
    session: AsyncSession, window: Window, change: Change, at: datetime, by: int | None
) -> Window:
    """Append *change* to the window's history; return the window as it is then."""
    after = amended(window, change)
    action, data = _written(_CHANGES, change)
    session.add(MaintenanceChange(maintenance_id=window.id, at=at, action=action, person_id=by, data=data))
    await session.exec(update(Maintenance).where(col(Maintenance.id) == window.id).values(over=after.over))
    await session.flush()
    return after


def rule_written(rule: Rule) -> tuple[str, dict[str, Any]]:
    """Return the kind of *rule* and what it says, as they are kept."""
    return _written(_RULES, rule)


def rule_read(kind: str, data: dict[str, Any]) -> Rule:
    """Return the rule that was kept."""
    rule: Rule = _RULES[kind].validate_python(data)
    return rule


def position(directory: Directory, channel: int) -> Position:
    """Return where the channel hangs."""
    path = [channel]
    while (above := directory.channels[path[-1]].uplink_id) in directory.live_channels and above not in path:
        path.append(above)
    units = {unit.id for each in path for unit in directory.above(directory.channels[each].unit_id)}
    return Position(frozenset(path), frozenset(unit for unit in units if unit is not None))


def _not_over(at: datetime) -> ColumnElement[bool]:
    return or_(col(Maintenance.over).is_(None), col(Maintenance.over) > at)


async def _plan(session: AsyncSession, directory: Directory, condition: ColumnElement[bool]) -> Plan:
    return Plan(tuple(await _where(session, condition)), partial(position, directory))


async def _where(session: AsyncSession, condition: ColumnElement[bool]) -> list[Window]:
    rows = (await session.exec(select(Maintenance).where(condition).order_by(col(Maintenance.id)))).all()
    ids = [row.id for row in rows if row.id is not None]
    if not ids:
        return []
    scopes, changes = await _scopes(session, ids), await _changes(session, ids)
    return [_window(row, scopes[id_], changes.get(id_, ())) for id_, row in zip(ids, rows, strict=True)]


async def _scopes(session: AsyncSession, ids: Iterable[int]) -> dict[int, Scope]:
    rows = await session.exec(select(MaintenanceScope).where(col(MaintenanceScope.maintenance_id).in_(ids)))
    found: dict[int, Scope] = {}
    for row in rows:
        scope = found.get(row.maintenance_id, Scope())
        if row.channel_id is not None:
            scope = replace(scope, channels=scope.channels | {row.channel_id})
        if row.unit_id is not None:
            scope = replace(scope, units=scope.units | {row.unit_id})
        found[row.maintenance_id] = scope
    return found


async def _changes(session: AsyncSession, ids: Iterable[int]) -> dict[int, tuple[Change, ...]]:
    rows = await session.exec(
        select(MaintenanceChange)
        .where(col(MaintenanceChange.maintenance_id).in_(ids))
        .order_by(col(MaintenanceChange.id))
    )
    found: dict[int, tuple[Change, ...]] = {}
    for row in rows:
        change = _CHANGES[row.action].validate_python(row.data)
        found[row.maintenance_id] = (*found.get(row.maintenance_id, ()), change)
    return found


def _window(row: Maintenance, scope: Scope, changes: Iterable[Change]) -> Window:
    assert row.id is not None
    window = Window(
        id=row.id,
        rule=rule_read(row.kind, row.rule),
        scope=scope,
        reason=row.reason,
        created=row.created,
        by=row.created_by,
        purpose=Purpose(row.purpose),
        team=row.team_id,
    )
    return reduce(amended, changes, window)


def _written(adapters: _Adapters, value: object) -> tuple[str, dict[str, Any]]:
    name = type(value).__name__.lower()
    data: dict[str, Any] = adapters[name].dump_python(value, mode="json")
    return name, data
