"""An invitation lets one person in, once, and everybody concerned is told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from incidents.roles import Role
from locales.voice import Voice
from operations.desk import Desk
from operations.enrol import Enrolled, NotEnrolled, enrol
from operations.invite import InvitationError, Invited, Place, invite, link
from operations.take_inventory import take_inventory
from storage import people, schema
from storage.engine import Storage
from storage.tables import Invitation, Letter, Person, Unit
from tests.storage.inventory.office import SMALL, folder

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ONCALL_CHAT = -1002000000999
HA, THANG, NAM, LONG, NEW, OTHER = 1001, 1301, 1401, 1101, 7001, 7002


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    place = tmp_path_factory.mktemp("enrol")
    asyncio.run(_fill(place))
    return (place / "filled.db").read_bytes()


async def _fill(place: Path) -> None:
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

    async def invites(self, by: int | None, place: Place | None = None, days: int = 7) -> Invited:
        """Make an invitation by the person with this account, or at the command line."""
        place = place or Place(Role.OFFICER, unit=await self.unit("05725"))
        async with self.desk.act() as act:
            maker = None if by is None else await people.by_telegram(act.session, by)
            return await invite(act, place, maker.id if maker else None, timedelta(days=days))

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

    async def told(self) -> list[tuple[int, dict[str, object]]]:
        async with self.desk.look() as act:
            rows = await act.session.exec(select(Letter).order_by(col(Letter.chat)))
            return [(row.chat, row.content) for row in rows]


@pytest.fixture
async def door(tmp_path: Path, office: bytes) -> AsyncIterator[Door]:
    (tmp_path / "x.db").write_bytes(office)
    clock = [AT]
    async with Storage(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as storage:
        yield Door(Desk(storage, lambda: clock[0], Voice.of("vi", "Asia/Ho_Chi_Minh")), clock)


async def test_a_stranger_comes_in_at_the_unit_and_officers_and_desk_are_told(door: Door) -> None:
    done = await door.opens(await door.invites(by=HA))
    assert isinstance(done, Enrolled)
    assert done.news
    assert (done.person.name, done.person.role) == ("Hoàng Thị Mới", "can_bo")
    assert done.person.unit_id == await door.unit("05725")
    told = await door.told()
    assert [chat for chat, _ in told] == [ONCALL_CHAT, NAM]
    assert told[0][1] == {
        "name": "enrolled",
        "person": "Hoàng Thị Mới",
        "role": "can_bo",
        "place": "Xã Thần Xa",
        "by": "Nguyễn Thị Hà",
        "moved": False,
    }


async def test_the_same_person_opening_it_twice_is_in_and_nobody_is_told_again(door: Door) -> None:
    made = await door.invites(by=HA)
    await door.opens(made)
    before = await door.told()
    again = await door.opens(made)
    assert isinstance(again, Enrolled)
    assert not again.news
    assert await door.told() == before


async def test_of_two_who_open_it_at_once_one_comes_in(door: Door) -> None:
    made = await door.invites(by=HA)
    done = await asyncio.gather(door.opens(made, NEW), door.opens(made, OTHER))
    assert sorted(isinstance(each, Enrolled) for each in done) == [False, True]
    assert NotEnrolled.USED in done


@pytest.mark.parametrize("payload", ["", "moi-", "moi-x", "x", "moi-" + "a" * 60, "'; DROP TABLE people"])
async def test_a_payload_that_is_none_of_ours_lets_nobody_in(door: Door, payload: str) -> None:
    await door.invites(by=HA)
    assert await enrol(door.desk, payload, NEW, "Lạ") is NotEnrolled.UNKNOWN
    assert await door.person(NEW) is None


@pytest.mark.parametrize(("days", "later", "in_time"), [(7, 6, True), (7, 7, False), (1, 2, False)])
async def test_a_link_holds_until_it_expires(door: Door, days: int, later: int, in_time: bool) -> None:
    made = await door.invites(by=HA, days=days)
    door.clock[0] += timedelta(days=later)
    done = await door.opens(made)
    assert isinstance(done, Enrolled) if in_time else done is NotEnrolled.EXPIRED


@pytest.mark.parametrize(
    "change",
    [{"locked_at": AT}, {"role": "can_bo"}, {"role": "lanh_dao"}],
    ids=["locked", "an officer now", "a manager now"],
)
async def test_a_link_of_somebody_who_may_no_longer_invite_holds_no_longer(
    door: Door, change: dict[str, object]
) -> None:
    made = await door.invites(by=HA)
    await door.change(HA, **change)
    assert await door.opens(made) is NotEnrolled.WITHDRAWN


async def test_a_link_outside_the_makers_own_part_of_the_tree_does_not_hold(door: Door) -> None:
    made = await door.invites(by=HA)
    await door.change(HA, unit_id=await door.unit("05716"))
    assert await door.opens(made) is NotEnrolled.WITHDRAWN


async def test_a_link_to_a_unit_that_is_retired_does_not_hold(door: Door) -> None:
    made = await door.invites(by=None)
    async with door.desk.act() as act:
        unit = (await act.session.exec(select(Unit).where(Unit.code == "05725"))).one()
        unit.retired_at = AT
        act.session.add(unit)
    assert await door.opens(made) is NotEnrolled.WITHDRAWN


async def test_only_an_administrators_link_gives_another_role_than_officers(door: Door) -> None:
    oncall = Place(Role.ONCALL)
    assert await door.opens(await door.invites(by=HA, place=oncall)) is NotEnrolled.WITHDRAWN
    done = await door.opens(await door.invites(by=LONG, place=oncall))
    assert isinstance(done, Enrolled)
    assert (done.person.role, done.person.unit_id) == ("truc_ban", None)


async def test_a_locked_account_stays_locked_whatever_the_link(door: Door) -> None:
    await door.change(NAM, locked_at=AT)
    assert await door.opens(await door.invites(by=None), NAM) is NotEnrolled.LOCKED
    person = await door.person(NAM)
    assert person is not None
    assert person.locked_at == AT


async def test_who_is_enrolled_elsewhere_is_moved_by_an_administrator_only(door: Door) -> None:
    place = Place(Role.OFFICER, unit=await door.unit("05716"))
    made = await door.invites(by=HA, place=place)
    assert await door.opens(made, NAM) is NotEnrolled.ELSEWHERE
    assert isinstance(await door.opens(made, NEW), Enrolled)  # the link was not spent on him
    done = await door.opens(await door.invites(by=LONG, place=place), NAM)
    assert isinstance(done, Enrolled)
    assert (done.person.name, done.person.unit_id) == ("Triệu Văn Nam", place.unit)
    notice = (await door.told())[-1][1]
    assert (notice["person"], notice["moved"]) == ("Triệu Văn Nam", True)


async def test_a_teams_member_who_becomes_an_officer_leaves_the_team(door: Door) -> None:
    done = await door.opens(await door.invites(by=None), THANG)
    assert isinstance(done, Enrolled)
    assert (done.person.role, done.person.team_id) == ("can_bo", None)


@pytest.mark.parametrize("by", [None, LONG])
async def test_no_link_changes_an_administrator(door: Door, by: int | None) -> None:
    assert await door.opens(await door.invites(by=by), LONG) is NotEnrolled.ADMINISTRATOR
    person = await door.person(LONG)
    assert person is not None
    assert person.role == "quan_tri"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Hà\u202e \n Văn\tB ", "Hà Văn B"),
        ("\u200b", str(NEW)),
        ("x" * 500, "x" * 100),
        ("<b>A</b>", "<b>A</b>"),
    ],
)
async def test_a_name_is_kept_as_it_can_be_shown(door: Door, name: str, kept: str) -> None:
    done = await door.opens(await door.invites(by=HA), name=name)
    assert isinstance(done, Enrolled)
    assert done.person.name == kept


async def test_the_database_keeps_nothing_that_lets_anybody_in(door: Door, tmp_path: Path) -> None:
    made = await door.invites(by=HA)
    token = made.payload.removeprefix("moi-").encode()
    assert await asyncio.to_thread(_holding, tmp_path, token) == []
    async with door.desk.look() as act:
        kept = (await act.session.exec(select(Invitation))).one()
    assert len(kept.token_hash) == 64
    assert kept.expires == AT + timedelta(days=7)


def _holding(folder: Path, token: bytes) -> list[Path]:
    return [each for each in folder.iterdir() if token in each.read_bytes()]


async def test_a_payload_fits_a_deep_link_and_no_two_are_alike(door: Door) -> None:
    made = {(await door.invites(by=None)).payload for _ in range(20)}
    assert len(made) == 20
    for payload in made:
        assert len(payload) <= 64
        assert payload.replace("-", "").replace("_", "").isalnum()
        assert link("trucmang_bot", payload) == f"https://t.me/trucmang_bot?start={payload}"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(Role.OFFICER), "--unit"),
        (Place(Role.TEAM), "--team"),
        (Place(Role.TEAM, unit=1, team=1), "--team"),
        (Place(Role.ONCALL, team=1), "--role doi"),
    ],
)
async def test_an_invitation_to_nowhere_is_not_made(door: Door, place: Place, words: str) -> None:
    with pytest.raises(InvitationError, match=words):
        await door.invites(by=None, place=place)
