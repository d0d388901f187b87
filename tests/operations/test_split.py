"""What is left when the cause of many is over: each line that is still out has an incident of its own."""

from datetime import timedelta

import pytest

from incidents.actions import Acknowledge
from incidents.finding import Finding
from incidents.maintenance import Fixed, Scope
from incidents.model import Severity
from incidents.wide import Scope as Shared
from operations.maintain import plan
from operations.respond import respond
from operations.tick import tick
from operations.upkeep import upkeep
from storage import policies
from storage.tables import Channel, Posting, Report
from tests.storage.county import ANCHOR, HA, LINES, NAM, ONCALL_CHAT, SPARE, TWIN, communes

FIRST, SECOND, THIRD = communes(1), communes(2), communes(3)
SETTLE = 60  # seconds


async def settle(storm, seconds=SETTLE):
    """Let so much time pass, with a tick each second."""
    for _ in range(seconds):
        await storm.live(1)
        await tick(storm.desk, storm.clock.at)


async def live(storm):
    return [each for each in await storm.incidents() if each.live and each.recovered is None]


async def test_when_most_are_back_each_of_the_rest_has_a_ticket_of_its_own_after_a_while(storm):
    await storm.lose(*FIRST)
    joined = {member.channel: member.joined for member in (await storm.incidents())[0].members}
    await storm.regain(*FIRST - {103, 104})
    await settle(storm, SETTLE - 5)
    assert len(await storm.incidents()) == 1
    await settle(storm, 10)
    wide, first, second = await storm.incidents()
    assert (wide.silent, wide.recovered is None) == ((), False)
    assert [(each.root, each.silent, each.parent) for each in (first, second)] == [
        (103, (103,), wide.id),
        (104, (104,), wide.id),
    ]
    assert first.members[0].joined == joined[103]  # it is out since then, whatever ticket it is of
    assert await storm.letters() == [("card", ONCALL_CHAT)] * 3
    assert (await storm.card(2)).startswith("🔴 SC-0002 · Xã số 103 (Huyện Võ Nhai) mất kết nối\n")
    assert (await storm.card(1)).startswith("🟢 SC-0001 · Sự cố diện rộng, Huyện Võ Nhai: ")


async def test_while_too_few_are_back_it_stays_one(storm):
    await storm.lose(*FIRST)
    await storm.regain(*FIRST - {103, 104, 105})  # 5 of 8
    await settle(storm, 2 * SETTLE)
    assert len(await storm.incidents()) == 1


async def test_who_comes_back_while_it_settles_has_none_and_the_rest_have_longer(storm):
    await storm.lose(*FIRST)
    await storm.regain(*FIRST - {103, 104})
    await settle(storm, SETTLE // 2)
    await storm.regain(103)
    await settle(storm, SETTLE - 10)
    assert len(await storm.incidents()) == 1
    await settle(storm, 15)
    assert [each.silent for each in await live(storm)] == [(104,)]


async def test_it_recovered_when_the_last_of_its_own_was_back_and_not_when_the_rest_left(storm):
    await storm.lose(*FIRST)
    await storm.regain(*FIRST - {103})
    back = storm.clock.at
    await settle(storm, SETTLE + 10)
    (wide, _) = await storm.incidents()
    assert back - timedelta(seconds=6) <= wide.recovered <= back


async def test_a_split_ticket_that_is_closed_is_no_part_of_the_first(storm, clock):
    await storm.lose(*FIRST)
    await storm.regain(*FIRST - {103})
    await settle(storm, SETTLE + 10)
    await storm.regain(103)
    await tick(storm.desk, clock.on(minutes=31))
    assert (await storm.card(2)).startswith("⚪ SC-0002 · Xã số 103 (Huyện Võ Nhai): đã đóng\n")


async def test_reports_follow_the_lines_they_are_of(storm, clock):
    await storm.lose(*FIRST)
    async with storm.storage.begin() as session:
        for unit in (103, 105):
            session.add(Posting(person_id=NAM, unit_id=unit, since=clock.at))
            session.add(_report(unit, clock.at))
    await storm.regain(*FIRST - {103})
    await settle(storm, SETTLE + 10)
    async with storm.storage.read() as session:
        assert [(await session.get(Report, each)).incident_id for each in (1, 2)] == [2, 1]
    assert await storm.letters("back") == [("back", 1003)]  # of 105 alone


def _report(unit, at):
    report = Report(incident_id=1, unit_id=unit, person_id=NAM, words="", finding=Finding.LINE_DOWN)
    report.at = report.said_at = at
    return report


async def test_both_channels_of_a_unit_have_one_ticket(storm):
    await storm.lose(*FIRST, SPARE)
    await storm.regain(*FIRST - {TWIN})
    await settle(storm, SETTLE + 10)
    _, own = await storm.incidents()
    assert (own.silent, own.parent) == ((TWIN, SPARE), 1)


async def test_what_hangs_behind_a_line_goes_with_it(storm):
    async with storm.desk.act() as act:
        await policies.change(act.session, "common", {"many": 6}, act.at)
    storm.silent_children[400] = {401, 402}
    async with storm.storage.begin() as session:
        for line in communes(4) - {401, 402}:
            (await session.get(Channel, line)).uplink_id = None
    rest = {100, 200, 300, 101, 102, 201, 202, 301, 302}
    await storm.lose(400, seconds=15)
    await storm.lose(*rest)
    await storm.regain(*rest)
    await settle(storm, SETTLE + 10)
    (own,) = await live(storm)
    assert (own.root, set(own.silent), own.severity) == (400, {400, 401, 402}, Severity.HIGH)


async def test_a_district_that_stays_dark_is_one_incident_and_not_one_a_line(storm):
    await storm.lose(*LINES - communes(4))
    await storm.regain(*LINES - SECOND)
    await settle(storm, SETTLE + 10)
    (own,) = await live(storm)
    assert (own.wide.scope, own.wide.of, set(own.silent), own.parent) == (Shared.AREA, 200, SECOND, 1)
    assert await storm.letters() == [("card", ONCALL_CHAT)] * 2


async def test_what_is_worked_on_is_told_of_when_that_is_over(storm, clock):
    await storm.lose(*FIRST)
    rule = Fixed(clock.at, clock.at + timedelta(hours=1))
    await plan(storm.desk, rule, Scope(channels=frozenset({103})), "thay tủ quang")
    await storm.regain(*FIRST - {103, 104})
    await settle(storm, SETTLE + 10)
    assert [each.silent for each in await storm.incidents()] == [(), (104,)]
    clock.on(hours=1)
    await upkeep(storm.desk)
    assert [each.silent for each in await storm.incidents()] == [(), (104,), (103,)]


async def test_whoever_had_it_is_asked_no_more_and_the_rest_ring_for_everybody(storm):
    await storm.lose(*FIRST)
    await respond(storm.desk, 1, Acknowledge(HA))
    await storm.regain(*FIRST - {103})
    await settle(storm, SETTLE + 10)
    wide, own = await storm.incidents()
    assert (wide.owner, own.owner) == (HA, None)


@pytest.mark.parametrize("blind", [20, 90])
async def test_it_does_not_split_while_we_see_nothing(storm, blind):
    await storm.lose(*FIRST)
    await storm.regain(*FIRST - {103})
    storm.cut = {ANCHOR, *LINES}
    await settle(storm, blind)
    assert len(await storm.incidents()) == 1
    storm.cut = set()  # and it is back by then
    await settle(storm, 2 * SETTLE)
    assert len(await storm.incidents()) == 1
