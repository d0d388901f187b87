import asyncio

import pytest

from incidents.actions import Acknowledge, Close
from incidents.finding import Finding
from incidents.model import Status
from operations.report import LONGEST
from operations.respond import respond
from storage.tables import Channel, Person
from tests.operations.conftest import NO, OFFICER_CHAT, YES, kept
from tests.storage.rows import DISTRICT, HA, NAM, ONCALL_CHAT, PROVINCE, THAN_XA, UPLINK


@pytest.mark.parametrize(
    ("outcomes", "finding"),
    [
        ({1: [YES], 2: [YES, YES, YES]}, Finding.LINE_GOOD),
        ({1: [YES], 2: [YES, NO, YES]}, Finding.LINE_BAD),
        ({1: [YES], 2: [NO, NO, NO]}, Finding.LINE_DOWN),
        ({1: [NO, NO], 2: [NO, NO, NO]}, Finding.UPLINK_DOWN),
        ({}, Finding.UNSEEN),
    ],
)
async def test_a_report_opens_a_ticket_with_what_the_probes_found(duty, says, outcomes, finding):
    reported = await says(outcomes)
    (incident,) = await duty.incidents()
    assert (reported.finding, reported.opened, reported.incident) == (finding, True, incident)
    assert (incident.unit, incident.root, incident.members) == (THAN_XA, None, ())
    assert await duty.letters() == [("card", ONCALL_CHAT), ("reported", OFFICER_CHAT)]
    assert [(row.finding, row.words) for row in await kept(duty)] == [(finding, "mất mạng")]


async def test_a_unit_without_a_channel_is_unseen(says):
    assert (await says({1: [YES]}, unit=PROVINCE)).finding is Finding.UNSEEN


async def test_a_unit_with_one_dead_channel_of_several_is_carried(duty, says):
    async with duty.storage.begin() as session:
        (await session.get(Channel, 3)).unit_id = THAN_XA
    assert (await says({2: [NO, NO], 3: [YES, YES]})).finding is Finding.CARRIED


async def test_the_same_message_is_kept_once(duty, says):
    await says()
    assert await says() is None
    assert (len(await kept(duty)), len(await duty.letters("reported"))) == (1, 1)


async def test_of_the_same_message_twice_at_once_one_is_kept(duty, says):
    told = await asyncio.gather(says(), says())
    assert [each is None for each in told].count(True) == 1


async def test_a_second_report_joins_the_first_one_s_ticket(duty, says):
    await says()
    again = await says(source="telegram:2")
    assert (again.opened, again.incident.id, len(await duty.incidents())) == (False, 1, 1)


async def test_a_report_joins_the_outage_that_was_detected_before(duty, says):
    await duty.live(5)
    duty.cut = {2}
    await duty.live(15)
    reported = await says({2: [NO]})
    assert (reported.opened, reported.incident.root) == (False, 2)


async def test_a_report_from_behind_a_dead_uplink_joins_the_uplink_s_ticket(duty, says):
    await duty.live(5)
    duty.cut = {1}
    await duty.live(8)
    assert (await says({1: [NO], 2: [NO]})).incident.root == UPLINK


async def test_an_outage_detected_after_the_report_joins_its_ticket(duty, says):
    await says({2: [NO]})
    await duty.live(5)
    duty.cut = {2}
    await duty.live(15)
    (incident,) = await duty.incidents()
    assert (incident.root, incident.silent) == (2, (2,))
    assert len(await duty.letters("card")) == 1
    duty.cut = set()
    await duty.live(5)
    assert await duty.letters("back") == [("back", OFFICER_CHAT)]


async def test_a_report_goes_to_the_present_outage_before_one_that_is_over(duty, says):
    await says(unit=THAN_XA)
    await respond(duty.desk, 1, Acknowledge(HA))
    await duty.live(5)
    duty.cut = {2}
    await duty.live(15)
    duty.cut = set()
    await duty.live(5)
    duty.cut = {1}
    await duty.live(30)
    assert (await says({2: [NO]}, source="telegram:2")).incident.root == UPLINK


async def test_the_report_of_one_who_is_split_off_follows_the_line(duty, says):
    await duty.live(5)
    duty.cut = {1}
    await duty.live(30)
    await says({1: [NO], 2: [NO]})
    duty.cut = {2}
    await duty.live(40)
    assert [row.incident_id for row in await kept(duty)] == [2]
    assert await duty.letters("back") == []
    duty.cut = set()
    await duty.live(5)
    assert await duty.letters("back") == [("back", OFFICER_CHAT)]


async def test_an_open_ticket_is_preferred_to_one_that_was_closed_just_now(duty, clock, says):
    await duty.live(5)
    duty.cut = {2}
    await duty.live(15)
    duty.cut = set()
    await duty.live(5)
    await respond(duty.desk, 1, Acknowledge(HA))
    await respond(duty.desk, 1, Close(HA))
    await says({2: [NO]})
    duty.cut = {2}
    await duty.live(15)
    first, second = await duty.incidents()
    assert (first.status, second.silent) == (Status.CLOSED, (2,))


async def test_a_report_is_kept_though_the_probing_failed(duty, says):
    async def broken(series):
        raise OSError("no sockets left")

    reported = await says(probe=broken)
    assert (reported.finding, len(await kept(duty))) == (Finding.UNSEEN, 1)


async def test_a_report_is_kept_though_the_probing_never_ends(says):
    async def endless(series):
        await asyncio.Event().wait()

    assert (await says(probe=endless, patience=0.01)).finding is Finding.UNSEEN


async def test_a_long_story_is_cut(duty, says):
    await says(words="a" * (LONGEST + 1))
    assert len((await kept(duty))[0].words) == LONGEST


async def test_a_reporter_is_told_who_has_it(duty, says):
    await says()
    await respond(duty.desk, 1, Acknowledge(HA))
    assert await duty.letters("progress") == [("progress", OFFICER_CHAT)]


async def test_a_reporter_who_is_locked_is_told_nothing(duty, says, clock):
    await says(unit=DISTRICT)
    async with duty.storage.begin() as session:
        (await session.get(Person, NAM)).locked_at = clock.at
    await respond(duty.desk, 1, Acknowledge(HA))
    assert await duty.letters("progress") == []
