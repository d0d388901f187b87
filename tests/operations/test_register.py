"""Registering: the own number, the unit, the desk's word; a crowd fills neither the room nor the table."""

from datetime import timedelta

import pytest
from sqlmodel import select

from operations.approve import Decided, NotDecided, decide
from operations.register import (
    OF_ACCOUNT,
    OPEN,
    TRIES,
    WAITING,
    NotRegistered,
    Stage,
    Standing,
    begin,
    miss,
    standing,
    take_contact,
    take_unit,
)
from storage import people, registrations
from storage.tables import Letter, Person, Registration
from tests.operations.door import AT, HA, LONG, NAM, NEW, ONCALL_CHAT, OTHER, Door

PHONE = "+84 912 000 001"


async def asks(door: Door, who: int = NEW, code: str = "05725") -> object:
    """Have *who* register up to the question to the desk."""
    unit = await door.unit(code)
    began = await begin(door.desk, who, "Hoàng Thị Mới")
    if isinstance(began, NotRegistered):
        return began
    await take_contact(door.desk, who, who, PHONE)
    async with door.desk.look() as act:
        place = act.directory.units[unit]
    return await take_unit(door.desk, who, place)


async def decides(door: Door, by: int = HA, number: int = 1, *, let_in: bool = True) -> object:
    return await decide(door.desk, number, await door.id_(by), let_in=let_in)


async def row(door: Door, number: int = 1) -> Registration:
    async with door.desk.look() as act:
        found = await act.session.get(Registration, number)
        assert found is not None
        return found


async def test_the_desk_is_asked_once_the_number_and_the_unit_are_known(door: Door) -> None:
    began = await begin(door.desk, NEW, "Hoàng Thị Mới")
    assert began == Standing(Stage.CONTACT, None, AT + timedelta(hours=1))
    contact = await take_contact(door.desk, NEW, NEW, PHONE)
    assert isinstance(contact, Standing)
    assert contact.stage is Stage.UNIT
    assert await door.told() == []
    assert await asks(door) == Standing(Stage.WAITING, "Xã Thần Xa", AT + timedelta(days=3))
    assert await door.told() == [
        (
            ONCALL_CHAT,
            {
                "name": "registration",
                "registration": 1,
                "person": "Hoàng Thị Mới",
                "unit": "Xã Thần Xa",
                "area": "Huyện Võ Nhai",
            },
        )
    ]
    assert (await row(door)).phone == "+84912000001"


async def test_asking_again_asks_the_desk_once(door: Door) -> None:
    await asks(door)
    again = await asks(door, code="05716")
    assert again == Standing(Stage.WAITING, "Xã Thần Xa", AT + timedelta(days=3))
    assert len(await door.told()) == 1


async def test_where_the_unit_has_no_room_the_administrators_are_asked(door: Door) -> None:
    async with door.desk.act() as act:
        await people.mark_blocked(act.session, ONCALL_CHAT, AT, "kicked")
    await asks(door)
    assert [chat for chat, _ in await door.told()] == [LONG]


@pytest.mark.parametrize(("owner", "phone"), [(None, PHONE), (OTHER, PHONE), (NEW, ""), (NEW, "<b>")])
async def test_a_contact_that_is_not_the_own_number_is_not_taken(
    door: Door, owner: int | None, phone: str
) -> None:
    await begin(door.desk, NEW, "x")
    assert await take_contact(door.desk, NEW, owner, phone) is NotRegistered.FOREIGN
    assert (await row(door)).phone is None


async def test_too_many_answers_that_are_none_end_it(door: Door) -> None:
    await begin(door.desk, NEW, "x")
    for _ in range(TRIES - 1):
        assert await miss(door.desk, NEW) is NotRegistered.NO_ANSWER
    assert await miss(door.desk, NEW) is NotRegistered.GIVEN_UP
    assert await miss(door.desk, NEW) is NotRegistered.NOT_BEGUN


async def test_the_questions_stand_for_an_hour(door: Door) -> None:
    await begin(door.desk, NEW, "x")
    door.clock[0] += timedelta(hours=1)
    async with door.desk.look() as act:
        assert await standing(act, NEW) is None
    assert await take_contact(door.desk, NEW, NEW, PHONE) is NotRegistered.NOT_BEGUN
    assert isinstance(await begin(door.desk, NEW, "x"), Standing)


async def test_an_account_begins_only_so_often_in_a_week(door: Door) -> None:
    for _ in range(OF_ACCOUNT):
        assert isinstance(await begin(door.desk, NEW, "x"), Standing)
        for _ in range(TRIES):
            await miss(door.desk, NEW)
    assert await begin(door.desk, NEW, "x") is NotRegistered.OFTEN
    door.clock[0] += timedelta(days=7)
    assert isinstance(await begin(door.desk, NEW, "x"), Standing)


async def test_a_crowd_of_strangers_asks_the_desk_only_so_often(door: Door) -> None:
    done = [await asks(door, 8000 + number) for number in range(WAITING + 5)]
    assert [isinstance(each, Standing) for each in done] == [True] * WAITING + [False] * 5
    assert done[-1] is NotRegistered.FULL
    assert len(await door.told()) == WAITING
    door.clock[0] += timedelta(days=3)
    assert isinstance(await asks(door, NEW), Standing)


async def test_a_crowd_that_only_begins_is_bounded_too(door: Door) -> None:
    done = [await begin(door.desk, 8000 + number, "x") for number in range(OPEN + 1)]
    assert done[-1] is NotRegistered.FULL
    assert NotRegistered.FULL not in done[:-1]


async def test_approved_the_account_is_the_units_officer_and_all_concerned_are_told(door: Door) -> None:
    await asks(door)
    done = await decides(door)
    assert done == Decided(NEW, "Hoàng Thị Mới", "Xã Thần Xa", "approved")
    assert await door.units_of(NEW) == {"05725"}
    person = await door.person_(NEW)
    assert (person.name, person.phone, person.role) == ("Hoàng Thị Mới", "+84912000001", "can_bo")
    assert [(chat, content["name"]) for chat, content in await door.told()] == [
        (ONCALL_CHAT, "registration"),
        (NAM, "enrolled"),
        (NEW, "approved"),
    ]
    assert (await row(door)).decided_by == await door.id_(HA)


async def test_at_night_who_asked_is_answered_and_the_colleague_is_told_in_the_morning(door: Door) -> None:
    door.clock[0] += timedelta(hours=14, minutes=30)  # 22:30 in Việt Nam
    await asks(door)
    await decides(door)
    async with door.desk.look() as act:
        due = {row.chat: row.due for row in await act.session.exec(select(Letter))}
    assert due == {ONCALL_CHAT: None, NEW: None, NAM: AT + timedelta(hours=22)}


async def test_refused_the_account_is_told_and_may_ask_again(door: Door) -> None:
    await asks(door)
    assert await decides(door, let_in=False) == Decided(NEW, "Hoàng Thị Mới", "Xã Thần Xa", "refused")
    assert await door.person(NEW) is None
    assert (NEW, {"name": "refused", "unit": "Xã Thần Xa", "asked": True}) in await door.told()
    assert isinstance(await asks(door), Standing)


async def test_what_is_decided_stays_so(door: Door) -> None:
    await asks(door)
    await decides(door, let_in=False)
    assert await decides(door) is NotDecided.DECIDED
    assert await door.person(NEW) is None


async def test_after_three_days_it_is_too_late(door: Door) -> None:
    await asks(door)
    door.clock[0] += timedelta(days=3)
    assert await decides(door) is NotDecided.EXPIRED


@pytest.mark.parametrize("change", [{"locked_at": AT}, {"role": "lanh_dao"}], ids=["locked", "a manager now"])
async def test_who_may_no_longer_decide_lets_nobody_in(door: Door, change: dict[str, object]) -> None:
    await asks(door)
    await door.change(HA, **change)
    assert await decides(door) is NotDecided.NOT_YOURS
    assert await door.person(NEW) is None


async def test_another_part_of_the_tree_is_not_ones_to_let_in(door: Door) -> None:
    await asks(door)
    await door.change(HA, unit_id=await door.unit("05716"))
    assert await decides(door) is NotDecided.NOT_YOURS


async def test_who_came_in_as_staff_meanwhile_is_not_made_an_officer(door: Door) -> None:
    await asks(door)
    async with door.desk.act() as act:
        act.session.add(Person(telegram_id=NEW, name="x", role="truc_ban"))
    assert await decides(door) is NotDecided.MOOT
    assert (await door.person_(NEW)).role == "truc_ban"


async def test_an_officer_who_had_left_comes_in_again_as_who_he_was(door: Door) -> None:
    before = await door.id_(NAM)
    await door.ends(NAM, "05725", by=HA)
    await asks(door, NAM, "05716")
    assert isinstance(await decides(door), Decided)
    assert (await door.id_(NAM), await door.units_of(NAM)) == (before, {"05716"})


async def test_telephone_numbers_are_forgotten_after_a_month(door: Door) -> None:
    await asks(door)
    async with door.desk.act() as act:
        await registrations.forget(act.session, AT + timedelta(days=31))
    async with door.desk.look() as act:
        assert (await act.session.exec(select(Registration))).all() == []
