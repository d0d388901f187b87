"""The authorisation matrix: every route, role and place, as one table that a test walks."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.gate import Denial, Visitor, admit, may_touch
from bot.orders import Order
from bot.routes import COMMANDS, TAPS
from incidents.roles import Role
from locales.voice import Voice
from operations.desk import Desk
from operations.take_inventory import take_rows
from storage import people, postings, schema
from storage.engine import Storage
from storage.inventory.sample import load_sample
from storage.letters import Address
from storage.tables import Person

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ONCALL, TEAM, OTHER_TEAM, LEADERS, UNKNOWN = -1, -1002000000170, -1002000000164, -3, -4
PERSON = {
    Role.ONCALL: 1001,
    Role.OFFICER: 1401,
    Role.TEAM: 1301,
    Role.LEADER: 1201,
    Role.ADMIN: 1101,
}
LOCKED, STRANGER, FORMER = 1002, 5, 6
D, F, T, L, A = Role.ONCALL, Role.OFFICER, Role.TEAM, Role.LEADER, Role.ADMIN

# route: who may use it at all (in private)
MATRIX: dict[str, set[Role]] = {
    "start": {D, F, T, L, A},
    "trogiup": {D, F, T, L, A},
    "baosuco": {F},
    "matmang": {F},
    "chapchon": {F},
    "tiendo": {F},
    "xacnhan": {F},
    "chuaduoc": {F},
    "rutbao": {F},
    "huy": {F},
    "bosung": {D, F, T, L, A},
    "attt": {F},
    "trangthai": {D, F, T, L, A},
    "suco": {D, F, T, L, A},
    "xem": {D, F, T, L, A},
    "visao": {D, L, A},
    "kiemtra": {D, L, A},
    "tiepnhan": {D, A},
    "giaoviec": {D, A},
    "dong": {D, A},
    "viec": {T},
    "nhanviec": {D, T, A},
    "tuchoi": {D, T, A},
    "hengio": {D, T, A},
    "dangdi": {D, T, A},
    "dennoi": {D, T, A},
    "nguyennhan": {D, T, A},
    "khacphuc": {D, T, A},
    "hotro": {D, T, A},
    "baocao": {D, L, A},
    "baocaotuan": {D, L, A},
    "baocaothang": {D, L, A},
    "hayloi": {D, L, A},
    "xuatfile": {D, L, A},
    "ghiho": {D, A},
    "theodoi": {D, A},
    "trucbao": {D, A},
    "hop": {D, A},
    "moi": {D, A},
    "daumoi": {D, A},
    "dangky": {D, F, T, L, A},
    "duyet": {D, A},
    "khoa": {A},
    "mokhoa": {A},
    "tap ack": {D, A},
    "tap teams": {D, A},
    "tap give": {D, A},
    "tap accept": {D, T, A},
    "tap decline": {D, T, A},
    "tap depart": {D, T, A},
    "tap arrive": {D, T, A},
    "tap help": {D, T, A},
    "tap done": {D, T, A},
    "tap contact": {D, T, A},
    "tap close": {D, A},
    "tap show": {D, F, T, L, A},
    "tap fold": {D, T, L, A},
    "tap why": {D, L, A},
    "tap media": {D, F, T, L, A},
    "tap status": {D, F, T, L, A},
    "tap probe": {D, L, A},
    "tap moi": {D, A},
    "tap succeed": {D, A},
    "tamtinh": {D, T, A},
    "khieunai": {D, T, L, A},
    "quahan": {D, L, A},
    "tap rest": {D, T, A},
    "tap letrest": {D, A},
    "tap norest": {D, A},
    "tap goon": {D, T, A},
    "tap object": {D, T, L, A},
    "tap propose": {D, L, A},
    "tap agree": {D, L, A},
    "tap disagree": {D, L, A},
    "tap overdue": {D, L, A},
    "tap officers": {D, A},
    "tap relieve": {D, A},
    "tap pick": {D, F, T, L, A},
    "tap asked": {D, A},
    "tap letin": {D, A},
    "tap refuse": {D, A},
    "tap lock": {A},
    "tap unlock": {A},
    "tap mean": {D, F, T, L, A},
    "tap ghiho": {D, A},
    "tap power": {D, F, A},
    "tap line": {D, F, A},
    "tap confirm": {F},
    "tap dispute": {F},
    "tap retract": {F},
    "tap stand": {F},
    "tap vigil": {D, A},
    "tap unvigil": {D, A},
    "tap happened": {D, L, A},
    "tap areas": {D, L, A},
    "tap picture": {D, L, A},
    "tap sheet": {D, L, A},
}
# place: whose orders are heard there
PLACES: dict[int, set[Role]] = {
    ONCALL: {D, L, A},
    LEADERS: {D, L, A},
    TEAM: {T},
    OTHER_TEAM: set(),
    UNKNOWN: set(),
}
ROUTES = {each.name: each.roles for each in COMMANDS} | {f"tap {each.verb}": each.roles for each in TAPS}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('gate') / 'gate.db'}"
    asyncio.run(_fill(url))
    return url


async def _fill(url: str) -> None:
    await schema.upgrade(url)
    async with Storage(url) as storage:
        await take_rows(storage, load_sample(), AT)
        async with storage.begin() as session:
            await people.seed_chat(session, ONCALL, "truc_ban")
            await people.seed_chat(session, LEADERS, "lanh_dao")
            locked = await people.by_telegram(session, LOCKED)
            assert locked is not None
            locked.locked_at = AT
            session.add(locked)
            session.add(Person(telegram_id=FORMER, name="Cũ", role=Role.OFFICER))
            former = await people.by_telegram(session, FORMER)
            assert former is not None
            assert former.id is not None
            await postings.begin(session, former.id, 1, AT, None)
            await postings.end_all(session, former.id, AT, None)


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    async with Storage(database) as storage:
        yield Desk(storage, lambda: AT, Voice.of("vi", "Asia/Ho_Chi_Minh"))


def order(sender: int, chat: int | None) -> Order:
    where = Address(sender if chat is None else chat)
    return Order("1", sender, "x", where, chat is None, AT, "any")


def test_every_route_is_in_the_matrix() -> None:
    assert set(ROUTES) == set(MATRIX)


@pytest.mark.parametrize("route", MATRIX)
async def test_a_route_admits_whom_the_matrix_says_where_it_says(desk: Desk, route: str) -> None:
    async with desk.look() as act:
        for role, sender in PERSON.items():
            wanted: object = role if role in MATRIX[route] else Denial.ROLE
            got = await admit(act, order(sender, None), ROUTES[route])
            assert (got.role if isinstance(got, Visitor) else got) == wanted, (role, "private")
            for place, heard in PLACES.items():
                got = await admit(act, order(sender, place), ROUTES[route])
                if role in MATRIX[route] and role in heard:
                    assert isinstance(got, Visitor), (role, place)
                else:
                    assert got in (Denial.ROLE, Denial.CHAT), (role, place)


@pytest.mark.parametrize("route", MATRIX)
async def test_a_route_admits_no_stranger_no_locked_account_and_no_former_officer(
    desk: Desk, route: str
) -> None:
    async with desk.look() as act:
        for place in (None, *PLACES):
            why = Denial.FOREIGN if place == UNKNOWN else Denial.NOT_ENROLLED  # and nothing is said there
            assert await admit(act, order(STRANGER, place), ROUTES[route]) is why
            assert await admit(act, order(LOCKED, place), ROUTES[route]) is Denial.LOCKED
            assert await admit(act, order(FORMER, place), ROUTES[route]) is Denial.FORMER


async def test_whom_one_may_deal_with_is_a_matter_of_the_tree(desk: Desk) -> None:
    async with desk.look() as act:
        by_code = {unit.code: id_ for id_, unit in act.directory.units.items()}
        team = next(id_ for id_, each in act.directory.teams.items() if each.code == "VNPT-170")

        async def who(sender: int) -> Person:
            person = await people.by_telegram(act.session, sender)
            assert person is not None
            return person

        officer, field, oncall = await who(1401), await who(1301), await who(1001)
        own, other = by_code["05725"], by_code["05923"]
        assert may_touch(act, officer, own)
        assert not may_touch(act, officer, other)
        assert may_touch(act, oncall, other)
        assert may_touch(act, field, own, team)
        assert not may_touch(act, field, own)
        assert not may_touch(act, field, own, team + 1)
