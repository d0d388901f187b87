"""Rows by what a sheet calls them, and the setting of only what a sheet says."""

from collections.abc import Mapping, Set
from typing import Any

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inventory.rows import UnitKey
from storage.tables import Carrier, Channel, Person, Service, Team, Unit


def set_values(row: SQLModel, values: Mapping[str, Any], columns: Set[str]) -> bool:
    """Set those *values* whose columns the sheet has; say whether any was different."""
    different = {
        name: value for name, value in values.items() if name in columns and getattr(row, name) != value
    }
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


async def units_by_key(session: AsyncSession) -> dict[UnitKey, Unit]:
    """Return every unit, the retired too."""
    return {UnitKey(unit.edition, unit.code): unit for unit in await session.exec(select(Unit))}


async def carriers_by_code(session: AsyncSession) -> dict[str, Carrier]:
    """Return every carrier."""
    return {carrier.code: carrier for carrier in await session.exec(select(Carrier))}


async def teams_by_code(session: AsyncSession) -> dict[str, Team]:
    """Return every team."""
    return {team.code: team for team in await session.exec(select(Team))}


async def channels_by_code(session: AsyncSession) -> dict[str, Channel]:
    """Return every channel, the retired too."""
    return {channel.code: channel for channel in await session.exec(select(Channel))}


async def services_by_code(session: AsyncSession) -> dict[str, Service]:
    """Return every service, the retired too."""
    return {service.code: service for service in await session.exec(select(Service))}


def id_of(row: Unit | Carrier | Team | Channel | Service | Person) -> int:
    """Return the id of a row that is in the database."""
    assert row.id is not None
    return row.id
