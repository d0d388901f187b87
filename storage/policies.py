"""Policies in force: the frozen defaults, with the newest version of each row over them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.policy import Policies
from storage.tables import Policy

_READ = TypeAdapter(Policies)
_VERSIONS = select(func.count()).select_from(Policy)  # asked at every act: built once


class InForce:
    """The policies last read; they are read again once there are more versions: none is taken away."""

    def __init__(self) -> None:
        self._versions: int | None = None
        self._policies = Policies()

    async def read(self, session: AsyncSession) -> Policies:
        """Return every policy as it stands in the session's transaction."""
        versions = (await session.exec(_VERSIONS)).one()
        if versions != self._versions:
            self._policies, self._versions = await in_force(session), versions
        return self._policies


async def in_force(session: AsyncSession) -> Policies:
    """Return every policy as it stands now."""
    rows = await session.exec(select(Policy).order_by(col(Policy.version)))
    values = json.loads(_READ.dump_json(Policies()))
    values |= {row.name: row.value for row in rows if row.name in values}
    return _READ.validate_python(values)


async def seed(session: AsyncSession, at: datetime) -> None:
    """Write the defaults of policies that have no row yet."""
    known = set((await session.exec(select(Policy.name))).all())
    defaults: dict[str, Any] = json.loads(_READ.dump_json(Policies()))
    for field in fields(Policies):
        if field.name not in known:
            session.add(Policy(name=field.name, version=1, value=defaults[field.name], at=at))


async def change(session: AsyncSession, name: str, value: Any, at: datetime, by: int | None = None) -> None:
    """Write a new version of the policy *name*; an unknown name or a wrong shape raises ValueError."""
    if name not in (field.name for field in fields(Policies)):
        raise ValueError(f"there is no policy {name!r}")
    _READ.validate_python(asdict(Policies()) | {name: value})
    rows = await session.exec(select(Policy.version).where(Policy.name == name))
    version = max(rows.all(), default=0) + 1
    session.add(Policy(name=name, version=version, value=value, at=at, person_id=by))


def plain(policies: Policies) -> dict[str, Any]:
    """Return every policy as it would be written in a row."""
    found: dict[str, Any] = json.loads(_READ.dump_json(policies))
    return found


async def versions(session: AsyncSession, name: str, limit: int = 5) -> Sequence[Policy]:
    """Return the last versions of the policy *name*, the newest first."""
    rows = await session.exec(
        select(Policy).where(Policy.name == name).order_by(col(Policy.version).desc()).limit(limit)
    )
    return rows.all()


def read(values: dict[str, Any]) -> Policies:
    """Return the policies that *values*, as rows have them, make."""
    return _READ.validate_python(values)
