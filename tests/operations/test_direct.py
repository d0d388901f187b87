"""Directives: kept once, called for until there is a report, and answered to whoever gave them."""

from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.roles import Role
from operations.desk import Act
from operations.direct import Dealt, NotReported, direct, receive, report
from operations.tick import tick
from storage.letters import Address
from storage.tables import Deed, Directive, Person
from tests.operations.door import AT, HA, LONG, NAM, ONCALL_CHAT, THANG, Door

LAN = 1201
MINUTE = timedelta(minutes=1)


async def leader(door: Door) -> Person:
    async with door.desk.act() as act:
        act.session.add(Person(telegram_id=LAN, name="Bế Thị Lan", role=Role.LEADER))
    return await door.person_(LAN)


async def gives(door: Door, words: str = "Khắc phục ngay", source: str = "1") -> Directive:
    known = await door.person(LAN) or await leader(door)
    return await direct(door.desk, known, words, Address(LAN), source)


async def names(door: Door, chat: int) -> list[object]:
    return [content["name"] for where, content in await door.told() if where == chat]


async def passes(door: Door, **span: int) -> None:
    door.clock[0] += timedelta(**span)
    await tick(door.desk, door.clock[0])


async def test_a_directive_is_kept_and_passed_on_once_with_its_addresses_masked(door: Door) -> None:
    for _ in range(2):
        row = await gives(door, "Kiểm tra 10.1.2.3, báo cáo trước 9h30")
    assert await names(door, ONCALL_CHAT) == ["directive"]
    assert "10.1.2.3" not in row.words
    assert row.due == AT + 90 * MINUTE  # it is 08:00 there


async def test_without_an_hour_it_is_due_by_the_policy(door: Door) -> None:
    assert (await gives(door)).due == AT + timedelta(hours=2)


async def test_it_is_called_for_until_it_is_received_and_again_when_it_is_overdue(door: Door) -> None:
    row = await gives(door)
    await passes(door, minutes=9)
    assert await names(door, ONCALL_CHAT) == ["directive"]
    await passes(door, minutes=1)
    assert await names(door, ONCALL_CHAT) == ["directive", "directive_waits"]
    assert isinstance(await receive(door.desk, row.id or 0, await door.id_(HA)), Dealt)
    await passes(door, minutes=100)
    assert len(await names(door, ONCALL_CHAT)) == 2
    await passes(door, minutes=11)
    assert len(await names(door, ONCALL_CHAT)) == 3
    await report(door.desk, row.id or 0, await door.id_(HA), "Đã xong")
    await passes(door, days=3)
    assert len(await names(door, ONCALL_CHAT)) == 3


async def test_the_report_reaches_the_leader_and_the_second_one_is_refused(door: Door) -> None:
    row = await gives(door)
    number = row.id or 0
    assert isinstance(await report(door.desk, number, await door.id_(HA), "Đã nối cáp"), Dealt)
    [told] = [content for chat, content in await door.told() if chat == LAN]
    assert (told["answer"], told["by"], told["asked"]) == ("Đã nối cáp", "Nguyễn Thị Hà", True)
    assert await report(door.desk, number, await door.id_(LONG), "Xong") is NotReported.ANSWERED
    assert await receive(door.desk, number, await door.id_(LONG)) is NotReported.ANSWERED


async def test_the_second_to_receive_reads_who_was_first(door: Door) -> None:
    number = (await gives(door)).id or 0
    first, second = [await receive(door.desk, number, await door.id_(who)) for who in (HA, LONG)]
    assert isinstance(first, Dealt)
    assert isinstance(second, Dealt)
    assert second.first == "Nguyễn Thị Hà"


@pytest.mark.parametrize("who", [NAM, THANG, LAN])
async def test_only_the_desk_reports(door: Door, who: int) -> None:
    number = (await gives(door)).id or 0
    assert await report(door.desk, number, await door.id_(who), "Xong") is NotReported.NOT_YOURS
    assert await receive(door.desk, 99, await door.id_(HA)) is NotReported.UNKNOWN
    assert await report(door.desk, number, await door.id_(HA), "  ") is NotReported.EMPTY


async def test_a_part_of_the_desk_does_not_report_on_the_whole_province(door: Door) -> None:
    number = (await gives(door)).id or 0
    await door.change(HA, unit_id=await door.unit("170"))
    assert await receive(door.desk, number, await door.id_(HA)) is NotReported.NOT_YOURS


async def test_each_act_is_in_the_journal(door: Door) -> None:
    number = (await gives(door)).id or 0
    await receive(door.desk, number, await door.id_(HA))
    await report(door.desk, number, await door.id_(LONG), "Xong")
    act: Act
    async with door.desk.look() as act:
        rows = (await act.session.exec(select(Deed).order_by(Deed.id))).all()  # type: ignore[arg-type]
    assert [(row.what, row.person_id) for row in rows] == [
        ("directed", await door.id_(LAN)),
        ("directive_received", await door.id_(HA)),
        ("directive_reported", await door.id_(LONG)),
    ]
