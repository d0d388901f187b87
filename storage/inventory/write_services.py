"""Services: those gone are retired with their history, those back are the same ones again."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.inventory.changes import Count, Tally
from storage.inventory.rows import Inventory, ServiceRow, UnitKey
from storage.inventory.upsert import id_of, services_by_code, set_values, units_by_key
from storage.inventory.write_series import Watch
from storage.tables import Service, Unit

PLAIN = ("name", "owner", "contact", "chat_id")


async def write_services(session: AsyncSession, inventory: Inventory, at: datetime) -> Count:
    """Write the services of the sheet and retire the others; without a sheet nothing is touched."""
    tally = Tally()
    if "services" not in inventory.columns:
        return tally.count
    columns = {*inventory.columns["services"], "retired_at"}
    columns |= {"unit_id"} if "unit" in columns else set()
    known, units = await services_by_code(session), await units_by_key(session)
    watch = await Watch.open(session, of="service_id", said="probes" in columns)
    for row in inventory.services:
        new = row.code not in known
        service = known.setdefault(row.code, Service(code=row.code, name=row.name))
        session.add(service)
        await session.flush()
        if service.retired_at is not None:
            watch.resume(id_of(service), service.retired_at)
        different = set_values(service, _values(row, units), columns)
        watched = watch.renew(id_of(service), row.probes, at)
        tally.written(new=new, different=different or watched)
    for service in _gone(known, {row.code for row in inventory.services}):
        service.retired_at = at
        watch.end(id_of(service), at)
        tally.retired()
    await session.flush()
    return tally.count


def _gone(known: dict[str, Service], kept: set[str]) -> list[Service]:
    return [each for code, each in known.items() if code not in kept and each.retired_at is None]


def _values(row: ServiceRow, units: dict[UnitKey, Unit]) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in PLAIN},
        "aliases": list(row.aliases),
        "unit_id": id_of(units[row.unit]) if row.unit else None,
        "retired_at": None,
    }
