"""What a person adds: which ticket gets it, how much is kept, and who is shown it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.actions import Acknowledge, Assign, Close
from incidents.outcome import Outcome, Reason
from incidents.supplement import Medium
from operations.report import report
from operations.respond import respond
from operations.supplement import LONGEST, Fate, supplement
from storage import attachments, incidents, policies
from storage.attachments import File
from storage.letters import MEDIA, Address
from storage.tables import Letter, Person
from tests.storage.rows import HA, NAM, ONCALL_CHAT, OTHER_TEAM, TEAM, TEAM_CHAT, THAN_XA

CHAT = 1000 + NAM


def picture(number=1, album=None, kind=Medium.PHOTO):
    return File(kind, f"AgAC{number}", f"unique{number}", 1000, album)


@pytest.fixture
def adds(duty):
    numbers = iter(range(1000))

    async def add(words="", file=None, person=NAM, source=None, **more):
        async with duty.storage.read() as session:
            who = await session.get(Person, person)
        at = more.pop("at", duty.clock.at)
        return await supplement(duty.desk, who, words, file, at, source or f"s{next(numbers)}", **more)

    return add


@pytest.fixture
async def reported(duty):
    """An officer has just reported that the line is bad."""

    async def good(series):
        return {each: [Outcome(Reason.REPLY, 0.02)] for each in series}

    async with duty.storage.read() as session:
        nam = await session.get(Person, NAM)
    where = Address(CHAT)
    return await report(duty.desk, nam, THAN_XA, "mất mạng", probe=good, where=where, source="telegram:1")


async def kept(duty, number=1):
    async with duty.storage.read() as session:
        return await attachments.of_incident(session, number)


async def shown(duty):
    """Return where each file is to be shown, in the order it was posted."""
    async with duty.storage.read() as session:
        rows = (await session.exec(select(Letter).where(Letter.kind == MEDIA).order_by(Letter.id))).all()
    return [(row.content["attachment"], row.chat) for row in rows]


async def test_without_a_ticket_there_is_nothing_to_add_to(duty, adds):
    assert await adds("cháy modem", picture()) is None
    assert await shown(duty) == []


async def test_what_follows_a_report_belongs_to_its_ticket(duty, adds, reported):
    done = await adds("cháy modem", picture())
    assert (done.incident.id, done.fate) == (1, Fate.KEPT)
    (row,) = await kept(duty)
    assert (row.kind, row.file_id, row.caption, row.report_id) == ("photo", "AgAC1", "cháy modem", 1)
    async with duty.storage.read() as session:
        *_, last = await incidents.timeline(session, 1)
    assert (last.action, last.person_id) == ("supplement", NAM)
    assert last.data == {"kind": "photo", "words": "cháy modem"}


async def test_the_unit_s_outage_is_added_to_though_nobody_reported_it(duty, adds):
    await duty.lose(2)
    done = await adds("mất điện cả xã")
    assert (done.incident.id, done.fate, await shown(duty)) == (1, Fate.KEPT, [])
    assert "Nam bổ sung lúc" in await duty.card(1)


async def test_nobody_adds_to_another_unit_s_ticket_unasked(duty, adds):
    await duty.lose(4)
    assert await adds("mất điện", picture()) is None


async def test_who_has_no_unit_s_ticket_names_one(duty, adds):
    await duty.lose(2)
    assert await adds("đứt cáp", picture(), person=HA) is None
    assert (await adds("đứt cáp", picture(), person=HA, ticket=1)).fate is Fate.KEPT


async def test_a_ticket_closed_just_now_still_takes_it_and_nobody_is_rung(duty, adds, reported):
    await respond(duty.desk, 1, Close(HA))
    assert (await adds("", picture())).incident.id == 1
    assert await shown(duty) == []
    duty.clock.on(minutes=31)
    assert await adds("", picture(2)) is None


async def test_the_open_ticket_goes_before_one_closed_just_now(duty, adds, reported):
    await respond(duty.desk, 1, Close(HA))
    await duty.lose(2)
    assert (await adds("", picture())).incident.id == 2


async def test_the_same_update_or_file_is_kept_once(duty, adds, reported):
    await adds("", picture(), source="u")
    assert (await adds("", picture(), source="u")).fate is Fate.KNOWN
    assert (await adds("", picture())).fate is Fate.KNOWN
    assert (len(await kept(duty)), await shown(duty)) == (1, [(1, ONCALL_CHAT)])


async def test_of_an_album_only_the_first_is_more_than_a_part(adds, reported):
    fates = [(await adds("", picture(number, "album"))).fate for number in range(3)]
    assert fates == [Fate.KEPT, Fate.PART, Fate.PART]


async def test_a_full_ticket_takes_no_more(duty, adds, reported):
    async with duty.desk.act() as act:
        await policies.change(act.session, "supplements", {"ticket": 2}, act.at)
    fates = [(await adds("", picture(number))).fate for number in range(3)]
    assert (fates[-1], len(await kept(duty))) == (Fate.FULL, 2)


async def test_a_flood_of_one_person_s_is_stopped_for_an_hour(duty, adds, reported):
    async with duty.desk.act() as act:
        await policies.change(act.session, "supplements", {"hourly": 1, "window": 7200}, act.at)
    fates = [(await adds("", picture(number))).fate for number in range(2)]
    assert fates == [Fate.KEPT, Fate.FLOOD]
    duty.clock.on(hours=1)
    assert (await adds("", picture(3))).fate is Fate.KEPT


async def test_a_long_caption_is_cut(duty, adds, reported):
    await adds("a" * (LONGEST + 1), picture())
    assert len((await kept(duty))[0].caption) == LONGEST


async def test_it_keeps_the_time_it_was_sent_but_none_to_come(duty, adds, reported):
    early, late = duty.clock.at - timedelta(minutes=5), duty.clock.at + timedelta(hours=1)
    duty.clock.on(minutes=1)
    await adds("", picture(1), at=early)
    await adds("", picture(2), at=late)
    assert [each.at for each in await kept(duty)] == [early, duty.clock.at]


async def test_the_team_gets_what_there_is_with_the_job_and_what_comes_later(duty, adds, reported):
    await adds("", picture(1))
    await adds("chỉ là lời")
    assert await shown(duty) == [(1, ONCALL_CHAT)]
    await respond(duty.desk, 1, Assign(HA, TEAM))
    await adds("", picture(2, kind=Medium.VOICE))
    assert (await shown(duty))[1:] == [(1, TEAM_CHAT), (3, ONCALL_CHAT), (3, TEAM_CHAT)]


async def test_a_chat_is_not_shown_what_was_sent_in_it(duty, adds, reported):
    await adds("", picture(), person=HA, ticket=1, heard=Address(ONCALL_CHAT))
    assert await shown(duty) == []


async def test_a_team_that_lost_the_job_is_shown_nothing(duty, adds, reported):
    await adds("", picture())
    await respond(duty.desk, 1, Assign(HA, TEAM))
    await respond(duty.desk, 1, Assign(HA, OTHER_TEAM))
    async with duty.storage.read() as session:
        rows = (await session.exec(select(Letter).where(Letter.kind == MEDIA).order_by(Letter.id))).all()
    sealed = [await duty.sealed(row) for row in rows]
    assert [(each.where.chat, each.withdrawn) for each in sealed] == [(ONCALL_CHAT, False), (TEAM_CHAT, True)]


async def test_what_waits_of_a_closed_ticket_is_not_shown(duty, adds, reported):
    await adds("", picture())
    await respond(duty.desk, 1, Acknowledge(HA))
    await respond(duty.desk, 1, Close(HA))
    async with duty.storage.read() as session:
        row = (await session.exec(select(Letter).where(Letter.kind == MEDIA))).one()
    assert (await duty.sealed(row)).withdrawn


async def test_the_card_counts_the_files_and_masks_addresses(duty, adds, reported):
    for number, kind in enumerate([Medium.PHOTO, Medium.PHOTO, Medium.VOICE]):
        await adds("", picture(number, kind=kind))
    await adds("modem 10.1.2.3 nóng")
    card = await duty.card(1)
    assert "Kèm theo: 2 ảnh, 1 ghi âm" in card
    assert "“modem ▒▒▒ nóng”" in card
