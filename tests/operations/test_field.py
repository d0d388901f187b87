"""What a team does or leaves undone: who is told, and what the probes make of its word."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.envelope import seal
from incidents.actions import Accept, AskHelp, Assign, Decline, Expect, Fix
from incidents.actions.field import Ground, Need
from incidents.evidence import Standing
from incidents.lifecycle import Refused, Step
from incidents.model import Cause
from incidents.outcome import Outcome, Reason
from incidents.refusal import Refusal
from operations.bear_out import bear_out
from operations.close import close
from operations.respond import respond
from operations.standing import standing
from operations.tick import tick
from storage import incidents, letters, samples
from storage.letters import Address
from storage.samples import Sample
from storage.tables import Letter, Team
from tests.operations.conftest import NO, YES, plain
from tests.storage.rows import (
    HA,
    LINE_DEPARTMENT,
    NAM,
    ONCALL_CHAT,
    OTHER_TEAM,
    TEAM,
    TEAM_CHAT,
)

OURS = Outcome(Reason.STALLED)
THIRD_TEAM = 3


@pytest.fixture
async def handed(duty):
    """An outage of the department's line, which VNPT Võ Nhai is to mend."""
    async with duty.storage.begin() as session:
        session.add(Team(id=THIRD_TEAM, code="PB", name="VNPT Phú Bình", carrier_id=1))
    await duty.lose(LINE_DEPARTMENT)
    await respond(duty.desk, 1, Assign(HA, TEAM))
    return duty


@pytest.fixture
async def mended(handed):
    """The line is back, and the team says so."""
    await handed.regain(LINE_DEPARTMENT)
    await respond(handed.desk, 1, Fix(HA, TEAM, Cause.FIBRE_CUT))
    return handed


async def probed(duty, *outcomes, every=10):
    """Have the department's line probed every so many seconds, and what comes of it kept."""
    kept = [Sample(LINE_DEPARTMENT, duty.clock.on(seconds=every), each) for each in outcomes]
    async with duty.storage.sampling() as connection:
        await samples.keep(connection, kept)


async def stands(duty):
    async with duty.desk.look() as act:
        verdict = await standing(act, await incidents.find(act.session, 1))
        return verdict and verdict.standing


async def told(duty, name):
    """Return what the notices of this name say now, with their buttons."""
    async with duty.storage.read() as session:
        rows = await session.exec(select(Letter).where(Letter.kind == "notice").order_by(col(Letter.id)))
        sealed = [await seal(duty.desk, row) for row in rows if row.content["name"] == name]
    return [(plain(each.message), [b.label for row in each.message.buttons for b in row]) for each in sealed]


async def test_a_declined_job_goes_back_to_the_desk_which_is_offered_the_next_teams(handed):
    step = await respond(handed.desk, 1, Decline(NAM, TEAM, Ground.BUSY, "đang sửa ở 10.1.2.3"))
    assert step.after.assignment is None
    assert await handed.letters("declined") == [("declined", ONCALL_CHAT)]
    ((text, buttons),) = await told(handed, "declined")
    assert text.splitlines()[0] == "VNPT Võ Nhai từ chối SC-0001: đội hết người"
    assert "10.1.2.3" not in text
    assert buttons == ["VNPT Phú Bình", "VNPT Đại Từ", "SC-0001"]


async def test_a_team_that_had_it_before_is_not_offered_again_while_there_are_others(handed):
    await respond(handed.desk, 1, Assign(HA, OTHER_TEAM))
    await respond(handed.desk, 1, Decline(HA, OTHER_TEAM, Ground.AREA))
    assert (await told(handed, "declined"))[0][1] == ["VNPT Phú Bình", "SC-0001"]
    await respond(handed.desk, 1, Assign(HA, THIRD_TEAM))
    await respond(handed.desk, 1, Decline(HA, THIRD_TEAM, Ground.AREA))
    assert (await told(handed, "declined"))[1][1] == ["VNPT Võ Nhai", "VNPT Đại Từ", "SC-0001"]


async def test_the_card_of_a_team_that_lost_the_job_says_who_has_it_and_has_no_buttons(handed):
    async with handed.storage.begin() as session:
        await letters.keep_card(session, 1, Address(TEAM_CHAT), 7, "old")

    async def left():
        async with handed.storage.begin() as session:
            for letter, _ in await letters.pending(session):
                await letters.settle(session, letter, handed.clock.at, "sent")
        await respond(handed.desk, 1, Assign(HA, THIRD_TEAM))
        async with handed.storage.read() as session:
            cards = select(Letter).where(Letter.kind == "card", Letter.chat == TEAM_CHAT)
            return (await seal(handed.desk, (await session.exec(cards)).all()[-1])).message

    assert plain(await left()) == ("⚪ SC-0001 · Sở Xây dựng: không còn giao cho đội, đã giao VNPT Phú Bình.")
    assert (await left()).buttons == ()


async def test_a_team_that_does_not_accept_in_time_has_the_desk_called_once(handed):
    start = (await handed.incidents())[0].assignment.at
    await tick(handed.desk, start + timedelta(minutes=14, seconds=59))
    assert await handed.letters("lapsed") == []
    for minutes in (15, 40):
        handed.clock.at = start + timedelta(minutes=minutes)
        await tick(handed.desk, handed.clock.at)
    assert await handed.letters("lapsed") == [("lapsed", ONCALL_CHAT)]
    ((text, buttons),) = await told(handed, "lapsed")
    assert text.splitlines()[0] == "VNPT Võ Nhai quá hạn chưa nhận việc SC-0001"
    assert buttons == ["VNPT Phú Bình", "VNPT Đại Từ", "SC-0001"]


async def test_a_team_that_accepts_late_has_the_job_all_the_same(handed):
    await tick(handed.desk, handed.clock.on(minutes=20))
    step = await respond(handed.desk, 1, Accept(NAM, TEAM))
    assert step.after.assignment.accepted == handed.clock.at


async def test_a_claim_while_the_line_is_silent_is_kept_and_the_desk_is_told(handed):
    step = await respond(handed.desk, 1, Fix(NAM, TEAM, Cause.DEVICE))
    assert isinstance(step, Step)
    ((text, _),) = await told(handed, "belied")
    assert text.splitlines()[0] == "VNPT Võ Nhai báo SC-0001 đã khắc phục, nhưng đường truyền vẫn mất kết nối"
    assert "(hỏng thiết bị), nhưng đường truyền vẫn mất kết nối" in await handed.card(1)


async def test_help_that_is_wanted_rings_at_the_desk(handed):
    await respond(handed.desk, 1, AskHelp(NAM, TEAM, Need.DOOR))
    ((text, _),) = await told(handed, "help")
    assert text == "VNPT Võ Nhai đề nghị hỗ trợ (SC-0001): mở cửa phòng máy\nTại: Sở Xây dựng"


async def test_good_probes_in_a_row_bear_a_claim_out_and_close_the_ticket(mended):
    await probed(mended, *[YES] * 19)
    assert await bear_out(mended.desk, mended.clock.at) == 0
    await probed(mended, YES)
    assert await bear_out(mended.desk, mended.clock.at) == 1
    await tick(mended.desk, mended.clock.at)
    (incident,) = await mended.incidents()
    assert not incident.live
    assert incident.assignment.claim.proven == mended.clock.at


async def test_what_is_proven_is_not_proven_twice(mended):
    await probed(mended, *[YES] * 20)
    await bear_out(mended.desk, mended.clock.at)
    assert await bear_out(mended.desk, mended.clock.at) == 0


async def test_one_lost_probe_begins_the_count_anew(mended):
    await probed(mended, *[YES] * 19, NO, *[YES] * 19)
    assert await stands(mended) is Standing.SHAKEN
    assert await bear_out(mended.desk, mended.clock.at) == 0
    await probed(mended, YES)
    assert await stands(mended) is Standing.PROVEN


async def test_a_fault_of_our_own_is_no_lost_probe_and_no_good_one(mended):
    await probed(mended, *[YES] * 10, *[OURS] * 5, *[YES] * 9)
    assert await stands(mended) is Standing.EARLY
    await probed(mended, YES)
    assert await stands(mended) is Standing.PROVEN


async def test_the_desk_closes_by_hand_no_sooner_than_the_probes_bear_it_out(mended):
    await probed(mended, *[YES] * 5)
    done = await close(mended.desk, 1, HA)
    assert isinstance(done.result, Refused)
    assert done.result.refusal is Refusal.UNPROVEN
    assert (done.verdict.run.good, done.verdict.standing) == (5, Standing.EARLY)
    await probed(mended, *[YES] * 15)
    assert isinstance((await close(mended.desk, 1, HA)).result, Step)


async def test_a_silent_line_is_the_reason_before_any_other(handed):
    done = await close(handed.desk, 1, HA)
    assert (done.result.refusal, done.verdict) == (Refusal.STILL_DOWN, None)


async def test_probes_have_no_say_in_a_report_alone(duty, says):
    await says({2: [YES] * 5})
    assert await stands(duty) is None
    assert isinstance((await close(duty.desk, 1, HA)).result, Step)


async def test_a_claim_that_relapses_four_times_stays_one_ticket_that_may_not_be_closed_yet(mended):
    for _ in range(4):
        await mended.lose(LINE_DEPARTMENT)
        await mended.regain(LINE_DEPARTMENT)
        assert isinstance(await respond(mended.desk, 1, Fix(NAM, TEAM, Cause.OTHER)), Step)
        await probed(mended, *[YES] * 25)
    (incident,) = await mended.incidents()
    assert (incident.relapses, incident.live, incident.assignment.team) == (4, True, TEAM)
    assert await bear_out(mended.desk, mended.clock.at) == 0
    done = await close(mended.desk, 1, HA)
    assert (done.verdict.standing, done.verdict.earliest) == (
        Standing.RESTLESS,
        incident.recovered + timedelta(hours=1),
    )
    mended.clock.at = done.verdict.earliest
    assert await bear_out(mended.desk, mended.clock.at) == 1
    await tick(mended.desk, mended.clock.at)
    assert not (await mended.incidents())[0].live


async def test_who_reported_it_hears_when_the_team_will_be_there_and_when_it_will_be_done(duty, says):
    await duty.lose(2)
    await says({2: [NO] * 5})
    await respond(duty.desk, 1, Assign(HA, TEAM))
    await respond(duty.desk, 1, Accept(NAM, TEAM, duty.clock.at + timedelta(minutes=30)))
    await respond(duty.desk, 1, Expect(HA, TEAM, duty.clock.at + timedelta(hours=2)))
    said = [text for text, _ in await told(duty, "progress")]
    assert "VNPT Võ Nhai dự kiến khắc phục xong lúc" in said[-1]


async def test_of_a_line_that_was_well_the_unit_is_asked_whether_the_teams_work_helped(duty, says):
    await says({2: [YES] * 5})
    await respond(duty.desk, 1, Assign(HA, TEAM))
    await respond(duty.desk, 1, Fix(HA, TEAM, Cause.DEVICE))
    ((text, buttons),) = await told(duty, "fixed")
    assert text.splitlines()[1] == "Đề nghị Xã Thần Xa kiểm tra: mạng đã dùng được chưa?"
    assert buttons == ["Đã được", "Chưa được"]
