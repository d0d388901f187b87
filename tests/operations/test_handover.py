"""A shift that is handed over: the tickets go with it once it is taken, and it is told of if it is not."""

from datetime import date, time

import pytest
from sqlmodel import select

from incidents.actions import Acknowledge
from incidents.lifecycle import Refused
from incidents.model import Incident
from incidents.refusal import Refusal
from operations.handover import LIVES, NotHandedOver, ask_for, chase, confirm, hand_over, withdraw
from operations.on_duty import on_duty, relieved_by
from operations.respond import begin, respond
from operations.tick import tick
from storage import incidents
from storage.tables import Handover, Letter, Person, Shift
from tests.storage.rows import BINH, DEPARTMENT, DINH_CA, HA, LEADER, NAM, ONCALL_CHAT, THAN_XA

OTHERS = (THAN_XA, DINH_CA, DEPARTMENT)
BINH_CHAT, HA_CHAT, LEADER_CHAT = 1000 + BINH, 1000 + HA, 1000 + LEADER


@pytest.fixture
async def three(duty):
    """A desk with three open tickets, of which Hà has taken two."""
    async with duty.desk.act() as act:
        for unit in OTHERS:
            await begin(act, Incident(unit=unit, opened=act.at), "report")
    for number in (1, 2):
        await respond(duty.desk, number, Acknowledge(HA))
    return duty


async def owners(duty):
    return [each.owner for each in await duty.incidents()]


async def rosters(duty, *shifts):
    """Write a roster of today by (begins, ends, first, second)."""
    async with duty.storage.begin() as session:
        for begins, ends, first, second in shifts:
            session.add(
                Shift(
                    day=date(2025, 11, 24),
                    begins=time(begins),
                    ends=time(ends),
                    first_id=first,
                    second_id=second,
                )
            )


async def test_the_taker_and_the_desk_are_called_and_shown_what_is_open(three):
    asked = await hand_over(three.desk, HA, BINH)
    assert (asked.giver, asked.taker) == ("Hà", "Bình")
    assert await three.letters("handover") == [("handover", ONCALL_CHAT), ("handover", BINH_CHAT)]
    async with three.storage.read() as session:
        letter = (await session.exec(select(Letter).where(Letter.chat == BINH_CHAT))).one()
    assert letter.content["incidents"] == [1, 2, 3]
    assert await owners(three) == [HA, HA, None]  # nothing has moved yet


async def test_once_it_is_confirmed_the_giver_s_tickets_are_the_taker_s(three, clock):
    asked = await hand_over(three.desk, HA, BINH)
    clock.on(minutes=5)
    taken = await confirm(three.desk, asked.id, BINH)
    assert taken.tickets == 2
    assert await owners(three) == [BINH, BINH, None]
    async with three.storage.read() as session:
        steps = await incidents.timeline(session, 1)
    assert [(each.action, each.person_id, each.data) for each in steps][-1] == (
        "handover",
        BINH,
        {"giver": HA},
    )
    assert await three.letters("taken_over") == [("taken_over", ONCALL_CHAT), ("taken_over", HA_CHAT)]
    assert "Bình phụ trách, nhận bàn giao ca lúc 10:05" in await three.card(1)


async def test_whoever_gave_it_reads_that_it_was_handed_over(three):
    asked = await hand_over(three.desk, HA, BINH)
    await confirm(three.desk, asked.id, BINH)
    refused = await respond(three.desk, 1, Acknowledge(HA))
    assert isinstance(refused, Refused)
    assert refused.refusal is Refusal.HANDED_OVER


async def test_confirming_twice_is_confirming_once(three):
    asked = await hand_over(three.desk, HA, BINH)
    await confirm(three.desk, asked.id, BINH)
    assert (await confirm(three.desk, asked.id, BINH)).taker == "Bình"
    assert len(await three.letters("taken_over")) == 2


async def test_what_may_not_be_is_refused(three):
    assert await hand_over(three.desk, HA, HA) is NotHandedOver.ONESELF
    assert await hand_over(three.desk, HA, NAM) is NotHandedOver.UNKNOWN  # an officer
    assert await hand_over(three.desk, HA, 99) is NotHandedOver.UNKNOWN
    asked = await hand_over(three.desk, HA, BINH)
    assert (await confirm(three.desk, asked.id, HA))[0] is NotHandedOver.NOT_YOURS
    assert (await withdraw(three.desk, asked.id, BINH))[0] is NotHandedOver.NOT_YOURS
    assert (await confirm(three.desk, 99, HA))[0] is NotHandedOver.UNKNOWN
    await withdraw(three.desk, asked.id, HA)
    assert (await confirm(three.desk, asked.id, BINH))[0] is NotHandedOver.OVER
    again = await hand_over(three.desk, HA, BINH)
    await confirm(three.desk, again.id, BINH)
    assert (await confirm(three.desk, again.id, HA))[0] is NotHandedOver.TAKEN
    assert (await withdraw(three.desk, again.id, HA))[0] is NotHandedOver.TAKEN


async def test_a_second_offer_takes_the_place_of_the_first(three):
    async with three.storage.begin() as session:
        session.add(Person(id=9, telegram_id=1009, name="Huy", role="truc_ban"))
    first = await hand_over(three.desk, HA, BINH)
    await hand_over(three.desk, HA, 9)
    assert (await confirm(three.desk, first.id, BINH))[0] is NotHandedOver.OVER


async def test_what_nobody_confirms_rings_both_and_the_leaders_once(three, clock):
    await hand_over(three.desk, HA, BINH)
    await chase(three.desk, clock.on(minutes=14))
    assert await three.letters("unconfirmed") == []
    for _ in range(3):
        await chase(three.desk, clock.on(minutes=1))
    assert await three.letters("unconfirmed") == [
        ("unconfirmed", HA_CHAT),
        ("unconfirmed", BINH_CHAT),
        ("unconfirmed", LEADER_CHAT),
    ]
    assert "Hà → Bình, đề nghị lúc 10:00." in (await three.notices())[-1]


async def test_what_was_confirmed_or_withdrawn_rings_nobody(three, clock):
    asked = await hand_over(three.desk, HA, BINH)
    await confirm(three.desk, asked.id, BINH)
    await withdraw(three.desk, (await hand_over(three.desk, BINH, HA)).id, BINH)
    await chase(three.desk, clock.on(minutes=30))
    assert await three.letters("unconfirmed") == []


async def test_a_hand_over_that_nobody_ever_confirms_is_let_go(three, clock):
    asked = await hand_over(three.desk, HA, BINH)
    await chase(three.desk, clock.on(minutes=15))
    clock.at += LIVES
    await chase(three.desk, clock.at)
    assert (await confirm(three.desk, asked.id, BINH))[0] is NotHandedOver.OVER
    async with three.storage.read() as session:
        assert (await session.get(Handover, asked.id)).outcome == "expired"


async def test_who_takes_over_is_on_duty_and_relieves_who_was(three, clock):
    async with three.desk.look() as act:
        assert (await on_duty(act)).first is None
        assert await relieved_by(act, BINH) is None
    await confirm(three.desk, (await ask_for(three.desk, None, HA)).id, HA)
    clock.on(minutes=1)
    async with three.desk.look() as act:
        assert (await on_duty(act)).first == HA
        assert await relieved_by(act, BINH) == HA


async def test_the_roster_s_next_relieves_whoever_was_on_duty_before(three, clock):
    await rosters(three, (8, 11, HA, None), (11, 19, BINH, None))  # it is 10:00
    async with three.desk.look() as act:
        assert await relieved_by(act, BINH) == HA  # early
    clock.on(hours=2)
    async with three.desk.look() as act:
        assert (await on_duty(act)).first == BINH
        assert await relieved_by(act, BINH) == HA  # whose shift has ended
        assert await relieved_by(act, HA) == BINH


async def called(duty):
    async with duty.storage.read() as session:
        rows = await session.exec(select(Letter).where(Letter.kind == "notice"))
        return [(row.content["rung"], row.chat, [name for _, name in row.content["people"]]) for row in rows]


async def test_the_ladder_calls_the_shift_s_first_then_its_second_then_the_leaders(duty, clock):
    await rosters(duty, (8, 19, HA, BINH))
    async with duty.desk.act() as act:
        await begin(act, Incident(unit=THAN_XA, opened=act.at), "report")
    for _ in range(21):
        await tick(duty.desk, clock.on(minutes=1))
    assert await called(duty) == [
        (1, ONCALL_CHAT, ["Hà"]),
        (1, HA_CHAT, ["Hà"]),
        (2, ONCALL_CHAT, ["Bình"]),
        (2, BINH_CHAT, ["Bình"]),
        (3, LEADER_CHAT, ["Lãnh đạo"]),
    ]
    notices = await duty.notices()
    assert notices[0].splitlines()[-1] == "Đề nghị đồng chí: Hà"
    assert "Đề nghị đồng chí" not in notices[-1]


async def test_a_shift_without_a_second_calls_its_first_again_and_the_locked_are_not_called(duty, clock):
    await rosters(duty, (8, 19, HA, None))
    async with duty.desk.act() as act:
        await begin(act, Incident(unit=THAN_XA, opened=act.at), "report")
    await tick(duty.desk, clock.on(minutes=15))
    assert [each[2] for each in await called(duty)] == [["Hà"]] * 4
    async with duty.storage.begin() as session:
        person = await session.get(Person, HA)
        person.locked_at = clock.at
        session.add(person)
    async with duty.desk.act() as act:
        await begin(act, Incident(unit=DINH_CA, opened=act.at), "report")
    await tick(duty.desk, clock.on(minutes=10))
    assert (await called(duty))[-1] == (1, ONCALL_CHAT, [])
