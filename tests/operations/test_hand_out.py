"""Tickets handed out: one in one tap, many to the teams of their areas and carriers, and lost races."""

import asyncio
from dataclasses import replace

import pytest

from incidents.actions import Acknowledge, Assign
from incidents.lifecycle import Refused, Step
from incidents.refusal import Refusal
from operations.hand_out import deal, hand_all, take_and_hand
from operations.respond import respond
from operations.teams import team_offers
from storage import incidents
from storage.tables import Channel, Cover, Person, Team
from tests.storage.county import HA, TEAM, VIETTEL, VNPT, communes

VIETTEL_ALL, VNPT_DAI_TU = 2, 3
OTHER = 9


@pytest.fixture
async def staffed(storm):
    """The county with VNPT's teams in its first two districts, and one of Viettel's for all of it."""
    async with storm.storage.begin() as session:
        session.add(Team(id=VIETTEL_ALL, code="VT", name="Viettel", carrier_id=VIETTEL))
        session.add(Team(id=VNPT_DAI_TU, code="DT", name="VNPT Đại Từ", carrier_id=VNPT))
        session.add(Person(id=OTHER, telegram_id=1009, name="Minh", role="truc_ban"))
        await session.flush()
        session.add_all([Cover(team_id=TEAM, unit_id=100), Cover(team_id=VNPT_DAI_TU, unit_id=200)])
        session.add(Cover(team_id=VIETTEL_ALL, unit_id=1))
    return storm


async def planned(storm):
    async with storm.desk.look() as act:
        return await deal(act, lambda _: True)


async def offered(storm, number):
    async with storm.desk.look() as act:
        return await team_offers(act, await incidents.find(act.session, number))


async def test_the_teams_of_the_line_s_carrier_come_first_and_of_them_the_nearest(staffed):
    await staffed.lose(203)
    first, second, third = await offered(staffed, 1)
    assert [(each.id, each.suits) for each in (first, second, third)] == [
        (VNPT_DAI_TU, True),
        (TEAM, False),
        (VIETTEL_ALL, False),
    ]


async def test_a_team_is_offered_with_its_open_jobs(staffed):
    await staffed.lose(101)
    await staffed.lose(103)
    await respond(staffed.desk, 1, Assign(HA, TEAM))
    assert (await offered(staffed, 2))[0].jobs == 1
    await staffed.regain(101)
    assert (await offered(staffed, 2))[0].jobs == 0


async def test_one_act_takes_and_hands(staffed):
    await staffed.lose(101)
    step = await take_and_hand(staffed.desk, 1, HA, TEAM)
    assert isinstance(step, Step)
    (ticket,) = await staffed.incidents()
    assert (ticket.owner, ticket.assignment.team) == (HA, TEAM)


async def test_of_two_who_take_and_hand_at_once_one_reads_who_was_first(staffed):
    await staffed.lose(101)
    results = await asyncio.gather(*(take_and_hand(staffed.desk, 1, each, TEAM) for each in (HA, OTHER)))
    (lost,) = [each for each in results if isinstance(each, Refused)]
    assert lost.refusal is Refusal.TAKEN
    assert lost.incident.owner == (await staffed.incidents())[0].owner


async def test_whoever_took_it_alone_may_hand_it_in_one_tap_too(staffed):
    await staffed.lose(101)
    await respond(staffed.desk, 1, Acknowledge(HA))
    assert isinstance(await take_and_hand(staffed.desk, 1, HA, TEAM), Step)


async def test_each_ticket_goes_to_the_team_of_its_carrier_that_looks_after_its_area(staffed):
    for line in (101, 102, 203, 303):
        await staffed.lose(line)
    found = await planned(staffed)
    assert [(each.incident, each.team) for each in found.jobs] == [
        (1, TEAM),
        (2, VIETTEL_ALL),
        (3, VNPT_DAI_TU),
    ]
    assert found.left == (4,)  # no team of VNPT's looks after the third district
    dealt = await hand_all(staffed.desk, found.jobs, HA)
    assert len(dealt.steps) == 3
    given = {each.id: each.assignment and each.assignment.team for each in await staffed.incidents()}
    assert given == {1: TEAM, 2: VIETTEL_ALL, 3: VNPT_DAI_TU, 4: None}


async def test_what_was_handed_out_meanwhile_is_left_as_it_is(staffed):
    for line in (101, 103):
        await staffed.lose(line)
    found = await planned(staffed)
    await respond(staffed.desk, 2, Assign(OTHER, VNPT_DAI_TU))
    dealt = await hand_all(staffed.desk, found.jobs, HA)
    assert [each.after.id for each in dealt.steps] == [1]
    assert [(each.incident.id, each.refusal) for each in dealt.refused] == [(2, Refusal.HANDED)]
    assert (await staffed.incidents())[1].assignment.team == VNPT_DAI_TU


async def test_another_deal_has_another_check(staffed):
    await staffed.lose(101)
    one = await planned(staffed)
    await staffed.lose(103)
    two = await planned(staffed)
    assert one.check != two.check
    assert two.check == (await planned(staffed)).check < 10**15
    other = replace(two, jobs=tuple(replace(each, team=VIETTEL_ALL) for each in two.jobs))
    assert other.check != two.check


async def test_the_lines_of_one_of_many_go_to_the_team_of_each(staffed):
    await staffed.lose(*communes(1))
    (wide,) = await staffed.incidents()
    assert wide.wide is not None
    found = await planned(staffed)
    assert {(each.team, each.channels) for each in found.jobs} == {
        (TEAM, (101, 103, 105, 107)),
        (VIETTEL_ALL, (102, 104, 106, 108)),
    }
    await hand_all(staffed.desk, found.jobs, HA)
    old, own = await staffed.incidents()
    assert {old.silent, own.silent} == {each.channels for each in found.jobs}
    assert {old.assignment.team, own.assignment.team} == {TEAM, VIETTEL_ALL}
    assert own.parent == old.id
    assert not (await planned(staffed)).jobs


async def test_one_of_many_that_one_team_gets_stays_one_ticket(staffed):
    async with staffed.storage.begin() as session:
        district = await session.get(Channel, 100)
        district.carrier_id = VNPT
        session.add(district)
    await staffed.lose(100, 101, 103, 105, 107)
    await hand_all(staffed.desk, (await planned(staffed)).jobs, HA)
    (only,) = await staffed.incidents()
    assert only.wide is not None
    assert only.assignment.team == TEAM
