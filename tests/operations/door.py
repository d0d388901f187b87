"""A desk with its on-call room, its people and a clock, at whose door somebody knocks."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from incidents.roles import Role
from operations.desk import Desk
from operations.enrol import enrol
from operations.hearing import units_of
from operations.invite import Invited, Place, invite
from operations.relieve import relieve
from operations.take_inventory import take_inventory
from storage import people, schema
from storage.engine import Storage
from storage.tables import Letter, Person, Posting
from tests.storage.inventory.office import SMALL, folder

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ONCALL_CHAT = -1002000000999
HA, THANG, NAM, LONG, NEW, OTHER = 1001, 1301, 1401, 1101, 7001, 7002


async def fill(place: Path) -> None:
    where = f"sqlite+aiosqlite:///{place / 'filled.db'}"
    await schema.upgrade(where)
    async with Storage(where) as storage:
        await take_inventory(storage, folder(place / "office", SMALL), AT)
        async with storage.begin() as session:
            await people.seed_chat(session, ONCALL_CHAT, "truc_ban")
            await people.seed_administrator(session, LONG)


@dataclass
class Door:
    desk: Desk
    clock: list[datetime] = field(default_factory=lambda: [AT])

    async def unit(self, code: str) -> int:
        async with self.desk.look() as act:
            return next(id_ for id_, unit in act.directory.units.items() if unit.code == code)

    async def invites(
        self, by: int | None, place: Place | None = None, days: int = 7, replaces: int | None = None
    ) -> Invited:
        """Make an invitation by the person with this account, or at the command line."""
        place = place or Place(Role.OFFICER, unit=await self.unit("05725"))
        async with self.desk.act() as act:
            maker = None if by is None else await people.by_telegram(act.session, by)
            return await invite(act, place, maker.id if maker else None, timedelta(days=days), replaces)

    async def opens(self, made: Invited, who: int = NEW, name: str = "Hoàng Thị Mới") -> object:
        return await enrol(self.desk, made.payload, who, name)

    async def change(self, who: int, **values: object) -> None:
        async with self.desk.act() as act:
            person = await people.by_telegram(act.session, who)
            assert person is not None
            for key, value in values.items():
                setattr(person, key, value)
            act.session.add(person)

    async def person(self, who: int) -> Person | None:
        async with self.desk.look() as act:
            return await people.by_telegram(act.session, who)

    async def person_(self, who: int) -> Person:
        person = await self.person(who)
        assert person is not None
        return person

    async def id_(self, who: int) -> int:
        return (await self.person_(who)).id or 0

    async def posting(self, who: int) -> Posting:
        """Return the newest posting of the person with this account."""
        async with self.desk.look() as act:
            rows = await act.session.exec(
                select(Posting)
                .where(Posting.person_id == await self.id_(who))
                .order_by(col(Posting.id).desc())
            )
            return rows.all()[0]

    async def units_of(self, who: int) -> set[str]:
        """Return the codes of the units that the person with this account is an officer of."""
        person = await self.person_(who)
        async with self.desk.look() as act:
            return {unit.code for unit in units_of(act, person)}

    async def told(self) -> list[tuple[int, dict[str, object]]]:
        async with self.desk.look() as act:
            rows = await act.session.exec(select(Letter).order_by(col(Letter.chat)))
            return [(row.chat, row.content) for row in rows]

    async def ends(self, who: int, code: str, by: int) -> object:
        """End the posting of *who* at the unit with this code, or again what has ended."""
        person, unit = await self.id_(who), await self.unit(code)
        async with self.desk.look() as act:
            rows = await act.session.exec(
                select(Posting).where(Posting.person_id == person, Posting.unit_id == unit)
            )
            posting = rows.one()
        return await relieve(self.desk, posting.id or 0, await self.id_(by))
