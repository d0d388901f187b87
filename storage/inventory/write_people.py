"""Carriers, their teams, and people: added and updated; an import never takes any of them away."""

from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.roles import Role
from storage import postings
from storage.inventory.changes import Count, Tally
from storage.inventory.rows import Inventory, PersonRow
from storage.inventory.upsert import carriers_by_code, id_of, set_values, teams_by_code, units_by_key
from storage.tables import Carrier, Chat, Cover, Person, Team


async def write_carriers(session: AsyncSession, inventory: Inventory) -> Count:
    """Write the carriers."""
    columns = inventory.columns.get("carriers", frozenset())
    known = await carriers_by_code(session)
    tally = Tally()
    for row in inventory.carriers:
        new = row.code not in known
        carrier = known.setdefault(row.code, Carrier(code=row.code, name=row.name))
        values = {
            name: getattr(row, name) for name in ("name", "hotline", "respond_minutes", "restore_minutes")
        }
        tally.written(new=new, different=set_values(carrier, values, columns))
        session.add(carrier)
    await session.flush()
    return tally.count


async def write_teams(session: AsyncSession, inventory: Inventory) -> Count:
    """Write the teams with what they cover, and make each chat known as a team's."""
    columns = inventory.columns.get("teams", frozenset())
    carriers = await carriers_by_code(session)
    units = await units_by_key(session)
    known = await teams_by_code(session)
    tally = Tally()
    for row in inventory.teams:
        new = row.code not in known
        carrier_id = id_of(carriers[row.carrier])
        team = known.setdefault(row.code, Team(code=row.code, name=row.name, carrier_id=carrier_id))
        values = {"name": row.name, "carrier_id": carrier_id, "chat_id": row.chat_id}
        different = set_values(team, values, {*columns, "carrier_id"})
        session.add(team)
        await session.flush()
        covers = "covers" in columns and await _cover(
            session, id_of(team), {id_of(units[key]) for key in row.covers}
        )
        tally.written(new=new, different=different or covers)
    await _know_chats(session, inventory)
    return tally.count


async def _cover(session: AsyncSession, team: int, wanted: set[int]) -> bool:
    """Make the units the team covers the *wanted* ones; say whether they were others."""
    covered = set(await session.exec(select(Cover.unit_id).where(Cover.team_id == team)))
    if covered == wanted:
        return False
    await session.exec(delete(Cover).where(col(Cover.team_id) == team))
    session.add_all(Cover(team_id=team, unit_id=unit) for unit in wanted)
    await session.flush()
    return True


async def _know_chats(session: AsyncSession, inventory: Inventory) -> None:
    wanted = {row.chat_id: row.name for row in inventory.teams if row.chat_id is not None}
    known = set(await session.exec(select(Chat.chat).where(Chat.transport == "telegram", Chat.topic == 0)))
    session.add_all(
        Chat(transport="telegram", chat=chat, topic=0, role="doi", title=name)
        for chat, name in wanted.items()
        if chat not in known
    )
    await session.flush()


async def write_people(session: AsyncSession, inventory: Inventory, at: datetime) -> Count:
    """Write the people; whom the sheet leaves out stays as he is."""
    columns = inventory.columns.get("people", frozenset())
    units = await units_by_key(session)
    teams = await teams_by_code(session)
    known = {person.telegram_id: person for person in await session.exec(select(Person))}
    ever = await postings.ever(session)
    tally = Tally()
    for row in inventory.people:
        new = row.telegram_id not in known
        person = known.setdefault(
            row.telegram_id, Person(telegram_id=row.telegram_id, name=row.name, role=row.role)
        )
        unit = id_of(units[row.unit]) if row.unit else None
        officer = row.role == Role.OFFICER
        places = {
            "unit_id": None if officer else unit,
            "team_id": id_of(teams[row.team]) if row.team else None,
        }
        said = {f"{column}_id" for column in ("unit", "team") if column in columns}
        different = set_values(person, {**_plain(row), **places}, {*columns, *said})
        session.add(person)
        await session.flush()
        posted = await _post(session, id_of(person), unit if officer else None, ever, at)
        if not officer:
            await postings.end_all(session, id_of(person), at, None)
        tally.written(new=new, different=different or posted)
    await session.flush()
    return tally.count


async def _post(
    session: AsyncSession, person: int, unit: int | None, ever: set[tuple[int, int]], at: datetime
) -> bool:
    """Post an officer at the unit of the sheet, once: what was ended since is not begun again by it."""
    if unit is None or (person, unit) in ever:
        return False
    await postings.begin(session, person, unit, at, None)
    return True


def _plain(row: PersonRow) -> dict[str, str | None]:
    return {"name": row.name, "role": row.role, "phone": row.phone}
