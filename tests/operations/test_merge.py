"""Several tickets made one: lines, reports and words follow, and all of it can be taken back."""

import asyncio
from dataclasses import replace

import pytest

from incidents.actions import Acknowledge, Assign, Close, SayPower
from incidents.finding import Finding
from incidents.lifecycle import Step
from incidents.model import Severity
from incidents.refusal import Refusal
from incidents.said import Power
from operations.merge import Union, merge
from operations.part import part
from operations.respond import respond
from operations.undo import undo
from storage.tables import Attachment, Posting, Report
from tests.storage.county import HA, LINES, NAM, ONCALL_CHAT, TEAM, TEAM_CHAT, communes

OTHER = 2  # a colleague's number


async def report(storm, number, unit):
    """Have the officer, of *unit* as well, report it on the ticket, with a photo."""
    async with storm.storage.begin() as session:
        if unit != 101:
            session.add(Posting(person_id=NAM, unit_id=unit, since=storm.clock.at))
        row = Report(incident_id=number, unit_id=unit, person_id=NAM, words="", finding=Finding.LINE_DOWN)
        row.at = row.said_at = storm.clock.at
        session.add(row)
        photo = Attachment(incident_id=number, unit_id=unit, person_id=NAM, at=storm.clock.at, kind="photo")
        photo.source, photo.file_unique_id, photo.file_id = f"t:{number}", f"f{number}", "f"
        session.add(photo)


async def belong(storm):
    """Return which ticket each report, and each photo, is of."""
    async with storm.storage.read() as session:
        return [
            [(await session.get(table, each)).incident_id for each in (1, 2)]
            for table in (Report, Attachment)
        ]


@pytest.fixture
async def three(storm):
    """Three units of three districts are out, each with a ticket; the first two have reported."""
    for line in (101, 202, 303):
        await storm.lose(line)
    await report(storm, 1, 101)
    await report(storm, 2, 202)
    return storm


async def test_lines_and_reports_follow_and_the_parts_are_closed(three):
    first, second, third = await three.incidents()
    step = await merge(three.desk, [1, 2, 3, 2], HA)
    assert step.action.parts == (2, 3)
    now, *parts = await three.incidents()
    assert now.members == (*first.members, *second.members, *third.members)
    assert [(each.merged, each.parent, each.silent) for each in parts] == [(True, 1, ())] * 2
    assert await belong(three) == [[1, 1], [1, 1]]
    card = await three.card(1)
    assert "Cùng mất 2 kênh khác: Xã số 202, Xã số 303" in card
    assert (await three.card(2)).startswith("⚪ SC-0002 · Xã số 202 (Huyện Đại Từ): đã gộp vào SC-0001")


async def test_whoever_waits_and_the_team_are_told_where_it_goes_on(three):
    await respond(three.desk, 2, Assign(HA, TEAM))
    before = await three.letters()
    await merge(three.desk, [1, 2], HA)
    told = [each for each in (await three.letters())[len(before) :] if each[0] != "card"]
    assert told == [("merged", TEAM_CHAT), ("merged", 1000 + NAM)]
    assert (await three.notices())[-1].startswith("SC-0002 đã gộp vào SC-0001: Xã số 202")


async def test_taken_back_each_is_what_it_was_with_its_reports(three):
    await respond(three.desk, 2, Assign(HA, TEAM))
    was = await three.incidents()
    step = await merge(three.desk, [1, 2, 3], HA)
    await three.live(20)
    before = await three.letters()
    await undo(three.desk, 1, step.after.version, HA)
    assert await three.incidents() == [replace(each, version=each.version + 2) for each in was]
    assert await belong(three) == [[1, 2], [1, 2]]
    told = [each for each in (await three.letters())[len(before) :] if each[0] != "card"]
    assert told == [("parted", TEAM_CHAT), ("parted", 1000 + NAM)]
    await three.regain(202)
    assert [each.silent for each in await three.incidents()] == [(101,), (), (303,)]


async def test_of_lines_that_are_back_meanwhile_nothing_is_given_back(three):
    step = await merge(three.desk, [1, 2], HA)
    await three.regain(202)
    refused = await undo(three.desk, 1, step.after.version, HA)
    assert (refused.refusal, refused.incident.id) == (Refusal.SINCE, 1)
    assert [each.live for each in await three.incidents()] == [True, False, True]


async def test_what_was_merged_stays_when_monitoring_was_blind_meanwhile(three):
    await merge(three.desk, [1, 2, 3], HA)
    three.cut = {90, *LINES}
    await three.live(30)
    await three.regain(*LINES - {101, 202, 303}, 90, seconds=20)
    assert [each.silent for each in await three.incidents()] == [(101, 202, 303), (), ()]


async def test_the_highest_severity_and_what_was_said_of_power_are_kept(three):
    await respond(three.desk, 2, SayPower(NAM, 202, Power.OUT))
    await three.lose(400, seconds=15)  # with its communes behind it
    step = await merge(three.desk, [1, 2, 4], HA)
    assert step.after.severity is Severity.HIGH
    assert (step.after.power, step.after.cause) == (((202, Power.OUT),), None)
    assert communes(4) < set(step.after.silent)


@pytest.mark.parametrize(
    ("numbers", "why"),
    [([1, 9], None), ([], None), ([2, 1, 3], {1: Refusal.CLOSED}), ([1, 2], {1: Refusal.CLOSED})],
)
async def test_it_is_all_of_them_or_none(three, numbers, why):
    await three.regain(101)
    await respond(three.desk, 1, Close(HA))
    before = await three.incidents()
    refused = await merge(three.desk, numbers, HA)
    assert (refused and refused.why) == why
    assert await three.incidents() == before


async def test_of_two_who_merge_at_once_one_does(three):
    both = await asyncio.gather(merge(three.desk, [1, 2], HA), merge(three.desk, [2, 1], OTHER))
    assert {type(each) for each in both} == {Step, Union}
    assert sum(each.live for each in await three.incidents()) == 2


async def test_a_unit_is_taken_out_of_many_with_its_report(storm):
    await storm.lose(*communes(1))
    await report(storm, 1, 101)
    joined = {each.channel: each.joined for each in (await storm.incidents())[0].members}
    parted = await part(storm.desk, 1, 101, HA)
    wide, own = await storm.incidents()
    assert (own.root, own.members[0].joined, own.parent, own.wide) == (101, joined[101], 1, None)
    assert set(wide.silent) == communes(1) - {101}
    assert wide.recovered is None
    async with storm.storage.read() as session:
        assert (await session.get(Report, 1)).incident_id == own.id
    assert await storm.letters() == [("card", ONCALL_CHAT)] * 2
    assert parted.own.id == own.id


async def test_a_splitting_is_taken_back(storm):
    await storm.lose(*communes(1))
    await report(storm, 1, 101)
    (was,) = await storm.incidents()
    parted = await part(storm.desk, 1, 101, HA)
    await undo(storm.desk, 1, parted.step.after.version, HA)
    now, own = await storm.incidents()
    assert now == replace(was, version=was.version + 2)
    assert (own.merged, own.parent) == (True, 1)
    async with storm.storage.read() as session:
        assert (await session.get(Report, 1)).incident_id == 1


async def test_a_splitting_stays_once_somebody_deals_with_the_unit(storm):
    await storm.lose(*communes(1))
    parted = await part(storm.desk, 1, 101, HA)
    await respond(storm.desk, 2, Acknowledge(HA))
    refused = await undo(storm.desk, 1, parted.step.after.version, HA)
    assert (refused.refusal, refused.incident.id) == (Refusal.SINCE, 2)


@pytest.mark.parametrize(("unit", "why"), [(201, Refusal.NOT_IN), (108, Refusal.WHOLE)])
async def test_what_is_not_in_it_or_all_of_it_is_not_split_off(storm, unit, why):
    await storm.lose(108)
    assert (await part(storm.desk, 1, unit, HA)).refusal is why
    assert len(await storm.incidents()) == 1
