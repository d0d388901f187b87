"""The authorisation matrix: every route, role, place and unit, as one table that a test walks.

A route is a line of MATRIX. Whoever may use it may do so in private and in the groups of PLACES, for what is
theirs; what is of another unit they neither change nor read, unless the route is in EVERYWHERE. All of it
goes through real updates: what was forged, too, and what is stale.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
import structlog

from bot import routes
from bot.dispatch import DENIAL
from bot.gate import Denial, may_touch
from bot.reception import Reception
from bot.routes import COMMANDS, TAPS
from incidents.roles import Role
from locales.voice import Voice
from operations import desk as operations
from storage import people
from storage.engine import Storage
from storage.tables import Person
from tests.bot import twins
from tests.bot.twins import FOREIGN, FORMER, LEADERS, LOCKED, ONCALL, OTHER_TEAM, PERSON, STRANGER, TEAM
from tests.bot.wire import Desk

D, F, T, L, A = Role.ONCALL, Role.OFFICER, Role.TEAM, Role.LEADER, Role.ADMIN

# route: who may use it at all (in private)
MATRIX: dict[str, set[Role]] = {
    "start": {D, F, T, L, A},
    "thongtin": {D, F, T, L, A},
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
    "tongquan": {D, L, A},
    "matketnoi": {D, L, A},
    "suygiam": {D, L, A},
    "kenh": {D, L, A},
    "suco": {D, F, T, L, A},
    "xem": {D, F, T, L, A},
    "visao": {D, L, A},
    "kiemtra": {D, L, A},
    "tiepnhan": {D, A},
    "giaoviec": {D, A},
    "ghichu": {D, A},
    "mucdo": {D, A},
    "chuyencap": {D, A},
    "gop": {D, A},
    "tach": {D, A},
    "molai": {D, A},
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
    "chidao": {D, L, A},
    "tuychon": {L},
    "baocaotuan": {D, L, A},
    "baocaothang": {D, L, A},
    "hayloi": {D, L, A},
    "xuatfile": {D, L, A},
    "ghiho": {D, A},
    "theodoi": {D, A},
    "trucbao": {D, A},
    "hop": {D, A},
    "baotri": {D, A},
    "tamdung": {D, A},
    "thicong": {T},
    "catruc": {D, L, A},
    "nhanca": {D, A},
    "giaoca": {D, A},
    "lichtruc": {D, L, A},
    "moi": {D, A},
    "daumoi": {D, A},
    "dangky": {D, F, T, L, A},
    "duyet": {D, A},
    "khoa": {A},
    "phanquyen": {A},
    "danhmuc": {A},
    "thongbao": {A},
    "thanhvien": {A},
    "cauhinh": {A},
    "nhatky": {A},
    "mokhoa": {A},
    "tap ack": {D, A},
    "tap take": {D, A},
    "tap teams": {D, A},
    "tap give": {D, A},
    "tap plan": {D, A},
    "tap deal": {D, A},
    "tap accept": {D, T, A},
    "tap decline": {D, T, A},
    "tap depart": {D, T, A},
    "tap arrive": {D, T, A},
    "tap help": {D, T, A},
    "tap done": {D, T, A},
    "tap contact": {D, T, A},
    "tap close": {D, A},
    "tap undo": {D, A},
    "tap grade": {D, A},
    "tap refer": {D, A},
    "tap reopen": {D, A},
    "tap merge": {D, A},
    "tap part": {D, A},
    "tap letbe": {D, A},
    "tap show": {D, F, T, L, A},
    "tap fold": {D, T, L, A},
    "tap why": {D, L, A},
    "tap media": {D, F, T, L, A},
    "tap open": {D, F, T, L, A},
    "tap figures": {D, L, A},
    "tap out": {D, L, A},
    "tap bad": {D, L, A},
    "tap lines": {D, L, A},
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
    "tap heed": {D, A},
    "tap complied": {D, A},
    "tap prefer": {L},
    "tap preferat": {L},
    "tap role": {A},
    "tap ofteam": {A},
    "tap charge": {A},
    "tap entrust": {A},
    "tap broadcast": {A},
    "tap unsent": {A},
    "tap delivery": {A},
    "tap knobs": {A},
    "tap catalogue": {A},
    "tap tune": {A},
    "tap journal": {A},
    "tap ghiho": {D, A},
    "tap power": {D, F, A},
    "tap line": {D, F, A},
    "tap confirm": {F},
    "tap dispute": {F},
    "tap retract": {F},
    "tap stand": {F},
    "tap vigil": {D, A},
    "tap unvigil": {D, A},
    "tap wshow": {D, T, A},
    "tap wdraft": {D, T, A},
    "tap wagree": {D, A},
    "tap wrefuse": {D, A},
    "tap wmore": {D, T, A},
    "tap wend": {D, A},
    "tap wmute": {D, A},
    "tap takeover": {D, A},
    "tap handover": {D, A},
    "tap successor": {D, A},
    "tap takeshift": {D, A},
    "tap keepshift": {D, A},
    "tap week": {D, L, A},
    "tap happened": {D, L, A},
    "tap areas": {D, L, A},
    "tap picture": {D, L, A},
    "tap sheet": {D, L, A},
}
# what an administrator does to people and to the desk, wherever these are
EVERYWHERE = frozenset({"khoa", "mokhoa", "phanquyen", "nhatky", "danhmuc"}) | {
    f"tap {verb}"
    for verb in ("lock", "unlock", "role", "ofteam", "charge", "entrust", "journal", "catalogue")
}
# place: whose orders are heard there
PLACES: dict[int, set[Role]] = {
    ONCALL: {D, L, A},
    LEADERS: {D, L, A},
    TEAM: {T},
    OTHER_TEAM: set(),
    FOREIGN: set(),
}
NUMBERS = {f"tap {each.verb}": each.numbers for each in TAPS}
DOORS = {each.name for each in COMMANDS if each.door} | {f"tap {each.verb}" for each in TAPS if each.door}
VOICE = Voice.of("vi", "Asia/Ho_Chi_Minh")
SORRY = VOICE.plain("That could not be done just now. It is logged; please try again.")
NO_BUTTON = VOICE.plain("That button is no longer in use.")


@dataclass
class Walk:
    """Somebody who tries a route somewhere, and what comes of it."""

    office: operations.Desk
    desk: Desk
    watch: twins.Watch

    async def tries(self, route: str, who: int, chat: int | None, number: int = 1, form: int = 0) -> str:
        """Try *route* about what has this *number*, in one of the FORMS; return all that was answered."""
        where = who if chat is None else chat
        toast = None
        if route in NUMBERS:
            data = ":".join((route.removeprefix("tap "), *[str(number)] * NUMBERS[route]))
            toast = await self.desk.taps(who, where, data)
        else:
            words, reply = FORMS[form]
            text = f"/{route} {words}".format(unit=twins.NAME.get(number, "?"), number=number)
            await self.desk.types(who, where, text, reply and reply.format(number=number))
        said = "\n".join((toast or "", *self.watch.said(where)))
        assert SORRY not in said, (route, who, chat, number, form)
        return said

    def changed(self) -> list[str]:
        """Return the tables in which something of the other unit was written; all is as it was after that."""
        other, anything = self.watch.touched()
        if anything:
            self.watch.restore()
        return other


FORMS: tuple[tuple[str, str | None], ...] = (
    ("SC-000{number} xong", None),
    ("{unit}", None),
    ("{unit} đến 22:00", None),
    ("xong", "SC-000{number}"),
    ("{number} xong", None),
)


def told(why: Denial, who: int) -> str:
    """Return what somebody who is turned away reads."""
    text = DENIAL[why]
    unit = "Xã Thần Xa" if why is Denial.FORMER else None
    return "" if text is None else str(VOICE.say(text, id=who, unit=unit).striptags())


DENIED = [told(why, 0).split(":")[0].split(" Xã ")[0] for why in Denial if DENIAL[why] is not None]


def is_denied(said: str) -> bool:
    return any(each in said for each in DENIED)


MODULE = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gate") / "gate.db"
    asyncio.run(twins.furnish(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def around(database: Path) -> AsyncIterator[Walk]:
    watch = twins.Watch(database)

    async def nothing(_: object) -> dict[int, list[object]]:
        return {}

    structlog.configure(processors=[lambda *_: (_ for _ in ()).throw(structlog.DropEvent)])
    async with Storage(f"sqlite+aiosqlite:///{database}") as storage:
        office = operations.Desk(storage, lambda: twins.AT, VOICE)
        desk = Desk(Reception(office, nothing, routes.menu, routes.handler))
        await desk.open()
        yield Walk(office, desk, watch)
        await desk.close()
    watch.close()
    structlog.reset_defaults()


@pytest.fixture
def walk(around: Walk) -> Iterator[Walk]:
    yield around
    around.changed()


def test_every_route_is_in_the_matrix() -> None:
    assert {each.name for each in COMMANDS} | set(NUMBERS) == set(MATRIX)
    assert set(MATRIX) >= EVERYWHERE


@MODULE
@pytest.mark.parametrize("route", MATRIX)
async def test_who_may_not_use_a_route_is_told_so_everywhere_and_changes_nothing(
    walk: Walk, route: str
) -> None:
    for role, who in PERSON.items():
        own = next(place for place, heard in PLACES.items() if role in heard) if role is not F else LEADERS
        for place in (None, *PLACES):
            if role not in MATRIX[route]:
                if place not in (None, own):
                    continue  # the role is looked at first
                why = Denial.ROLE
            elif place is not None and role not in PLACES[place]:
                why = Denial.CHAT
            else:
                continue
            said = await walk.tries(route, who, place)
            assert told(why, who) in said, (role, place, said)
    assert walk.watch.touched() == ([], False)


@MODULE
@pytest.mark.parametrize("route", MATRIX)
async def test_no_stranger_no_locked_account_and_no_former_officer_uses_any(walk: Walk, route: str) -> None:
    for place in (None, ONCALL, FOREIGN):
        for who, why in ((LOCKED, Denial.LOCKED), (FORMER, Denial.FORMER), (STRANGER, Denial.NOT_ENROLLED)):
            if place is None and route in DOORS and who != LOCKED:
                continue  # there is a door, which tests/operations tells of
            if place == FOREIGN:
                assert who != STRANGER or not (await walk.tries(route, who, place)).strip()
                continue
            said = await walk.tries(route, who, place)
            assert told(why, who) in said, (who, place, said)
    assert walk.watch.touched() == ([], False)


@MODULE
@pytest.mark.parametrize("route", MATRIX)
async def test_who_may_use_a_route_is_heard_for_what_is_theirs(walk: Walk, route: str) -> None:
    for role in MATRIX[route]:
        for place in (None, *(place for place, heard in PLACES.items() if role in heard)):
            said = await walk.tries(route, PERSON[role], place)
            assert not is_denied(said), (role, place, said)
            walk.changed()


@MODULE
@pytest.mark.parametrize("route", [each for each in MATRIX if each not in EVERYWHERE])
async def test_what_is_of_another_unit_is_neither_changed_nor_read(walk: Walk, route: str) -> None:
    for role in MATRIX[route]:
        for form in range(1 if route in NUMBERS else len(FORMS)):
            said = await walk.tries(route, PERSON[role], None, twins.OTHER, form)
            assert walk.changed() == [], (role, form, said)
            assert twins.SECRET not in said, (role, form)
            assert twins.CODE[twins.OTHER] not in said, (role, form)


@MODULE
@pytest.mark.parametrize("route", NUMBERS)
async def test_a_button_of_what_is_gone_or_never_was_is_answered_and_changes_nothing(
    walk: Walk, route: str
) -> None:
    for role in MATRIX[route]:
        for number in (0, 10**15 - 1):
            assert not is_denied(await walk.tries(route, PERSON[role], None, number))
        assert walk.changed() == []


@MODULE
@pytest.mark.parametrize(
    "data",
    ["ack", "ack:1:1", "ack:x", "ack:-1", "ACK:1", "ack:1;drop", "nothing:1", "ack:9999999999999999", "é:1"],
)
async def test_a_forged_button_is_no_button(walk: Walk, data: str) -> None:
    for who in PERSON.values():
        assert await walk.desk.taps(who, who, data) == NO_BUTTON
    assert walk.watch.touched() == ([], False)


@MODULE
async def test_whom_one_may_deal_with_is_a_matter_of_the_tree(walk: Walk) -> None:
    async with walk.office.look() as act:

        async def who(role: Role) -> Person:
            person = await people.by_telegram(act.session, PERSON[role])
            assert person is not None
            return person

        officer, field, oncall = [await who(role) for role in (F, T, D)]
        assert may_touch(act, officer, twins.OWN)
        assert not may_touch(act, officer, twins.OTHER)
        assert may_touch(act, oncall, twins.OWN)
        assert not may_touch(act, oncall, twins.OTHER)
        assert may_touch(act, field, twins.OWN, twins.OWN)
        assert not may_touch(act, field, twins.OWN)
        assert not may_touch(act, field, twins.OWN, twins.OTHER)
