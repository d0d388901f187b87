"""Windows that are wanted: read back, decided by whose press is needed, told of, and told to end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from incidents.amendment import Refusal
from incidents.draft import Hand, Outcome, Undecided
from incidents.maintenance import Fixed, Purpose, Scope, Window
from incidents.proposal import Warned
from incidents.span import Span
from incidents.vigil import Occasion
from operations.draft import Clash, Settled, Weighed, propose, settle
from operations.foretell import foretell
from operations.maintain import end, extend
from operations.survey import unit_view
from operations.tick import tick
from operations.upkeep import upkeep
from operations.vigil import keep
from storage import maintenance
from storage.letters import Address
from storage.tables import Letter, Person, Posting
from tests.storage.county import HA, ONCALL_CHAT, PROVINCE, TEAM, TEAM_CHAT

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BINH, THANG, HUNG = 11, 12, 13  # another of the desk, one of the team, one of the desk of district 2 alone


@pytest.fixture(autouse=True)
async def people(storm):
    async with storm.storage.begin() as session:
        session.add(Person(id=BINH, telegram_id=1011, name="Bình", role="truc_ban"))
        session.add(Person(id=THANG, telegram_id=1012, name="Thắng", role="doi", team_id=TEAM))
        session.add(Person(id=HUNG, telegram_id=1013, name="Hùng", role="truc_ban", unit_id=200))


def wanted(storm, *lines, units=(), begins=0.0, lasts=1.0, by=HA, **more):
    """Return a window that is wanted, in hours from now."""
    start = storm.clock.at + begins * HOUR
    rule = Fixed(start, start + lasts * HOUR)
    return Window(
        rule, Scope(frozenset(lines), frozenset(units)), "thay tủ quang", storm.clock.at, by, **more
    )


def mute(storm, *lines, **more):
    return wanted(storm, *lines, purpose=Purpose.MUTE, **more)


def job(storm, *lines, begins=30.0, **more):
    return wanted(storm, *lines, begins=begins, by=THANG, team=TEAM, **more)


async def windows(storm):
    async with storm.desk.look() as act:
        return (await maintenance.planned(act.session, act.directory, act.at)).windows


async def said(storm, name):
    """Return where a notice of this name went."""
    return [chat for each, chat in await storm.letters() if each == name]


# ---- planned work ----


async def test_planned_work_is_read_back_and_covers_nothing_before_the_second_press(storm):
    done = await propose(storm.desk, wanted(storm, 101, 103))
    assert (done.window.names, done.window.channels, done.officers) == (("K101", "K103"), 2, 1)
    assert done.warned == {Warned.SHORT}
    assert await windows(storm) == ()
    settled = await settle(storm.desk, done.draft.id, HA, agrees=True)
    assert isinstance(settled, Settled)
    assert [each.scope.channels for each in await windows(storm)] == [{101, 103}]
    assert await said(storm, "works") == [1003]


async def test_what_is_left_alone_is_never_declared(storm, clock):
    done = await propose(storm.desk, wanted(storm, 101))
    clock.on(minutes=10)
    assert await settle(storm.desk, done.draft.id, HA, agrees=True) is Undecided.LAPSED
    assert (await windows(storm), await said(storm, "works")) == ((), [])


async def test_a_second_press_is_told_that_it_was_decided(storm):
    done = await propose(storm.desk, wanted(storm, 101))
    await settle(storm.desk, done.draft.id, HA, agrees=True)
    assert await settle(storm.desk, done.draft.id, BINH, agrees=True) is Undecided.SETTLED
    assert len(await windows(storm)) == 1


async def test_whose_part_it_is_not_neither_plans_nor_decides_nor_ends_it(storm):
    assert await propose(storm.desk, wanted(storm, 101, 201, by=HUNG)) is Refusal.NOT_YOURS
    done = await propose(storm.desk, wanted(storm, 101, 201))
    assert await settle(storm.desk, done.draft.id, HUNG, agrees=True) is Refusal.NOT_YOURS
    made = await settle(storm.desk, done.draft.id, HA, agrees=True)
    assert await end(storm.desk, made.window.number, HUNG) is Refusal.NOT_YOURS


async def test_an_officer_of_two_units_hears_once_and_by_night_in_the_morning(storm, clock):
    async with storm.storage.begin() as session:
        session.add(Posting(person_id=3, unit_id=102, since=clock.at))
    clock.at = datetime(2025, 11, 24, 16, 0, tzinfo=UTC)  # 23:00 in Việt Nam
    done = await propose(storm.desk, wanted(storm, 101, 102))
    await settle(storm.desk, done.draft.id, HA, agrees=True)
    async with storm.storage.read() as session:
        (letter,) = (await session.exec(select(Letter).where(Letter.chat == 1003))).all()
    assert letter.content["units"] == ["Xã số 101", "Xã số 102"]
    assert letter.not_before == datetime(2025, 11, 24, 23, 0, tzinfo=UTC)


async def test_officers_hear_that_it_takes_longer_and_that_it_is_called_off(storm):
    done = await propose(storm.desk, wanted(storm, 101, begins=30))
    made = (await settle(storm.desk, done.draft.id, HA, agrees=True, but=Address(ONCALL_CHAT))).window
    await extend(storm.desk, made.number, made.span.end + HOUR, HA)
    await end(storm.desk, made.number, HA)
    notices = [each.splitlines()[0] for each in await storm.notices()]
    assert notices == [
        "🔧 Bảo trì theo kế hoạch: Xã số 101",
        "🔧 Bảo trì kéo dài: Xã số 101",
        "🔧 Hủy bảo trì: Xã số 101",
    ]


# ---- the end ----


async def test_the_end_is_told_once_to_who_declared_it_and_to_the_desk_and_again_when_it_moves(storm, clock):
    done = await propose(storm.desk, wanted(storm, 101))
    made = (await settle(storm.desk, done.draft.id, HA, agrees=True)).window
    clock.on(minutes=44)
    await foretell(storm.desk)
    assert await said(storm, "window_ends") == []
    clock.on(minutes=1)
    await foretell(storm.desk)
    await foretell(storm.desk)
    assert sorted(await said(storm, "window_ends")) == [ONCALL_CHAT, 1001]
    await extend(storm.desk, made.number, clock.at + HOUR, HA)
    clock.on(minutes=45)
    await foretell(storm.desk)
    assert len(await said(storm, "window_ends")) == 4


async def test_a_team_hears_of_the_end_of_its_work_in_its_group(storm, clock):
    done = await propose(storm.desk, job(storm, 101))
    await settle(storm.desk, done.draft.id, HA, agrees=True)
    clock.on(hours=30, minutes=50)
    await foretell(storm.desk)
    assert sorted(await said(storm, "window_ends")) == [TEAM_CHAT, ONCALL_CHAT]
    assert "Chỉ trực ban được gia hạn" in (await storm.notices())[-1]


# ---- a team's request ----


async def test_the_desk_is_asked_for_a_teams_work_and_the_team_and_the_communes_hear(storm):
    done = await propose(storm.desk, job(storm, 101))
    assert await said(storm, "window_asked") == [ONCALL_CHAT]
    assert await windows(storm) == ()
    await settle(storm.desk, done.draft.id, HA, agrees=True)
    (window,) = await windows(storm)
    assert (window.by, window.team) == (THANG, TEAM)
    assert await said(storm, "window_answered") == [TEAM_CHAT]
    assert await said(storm, "works") == [1003]


async def test_a_team_hears_that_it_was_refused(storm):
    done = await propose(storm.desk, job(storm, 101))
    refused = await settle(storm.desk, done.draft.id, HA, agrees=False)
    assert refused.outcome is Outcome.REFUSED
    assert await said(storm, "window_answered") == [TEAM_CHAT]
    assert (await windows(storm), await said(storm, "works")) == ((), [])


async def test_a_team_hears_that_nobody_decided(storm, clock):
    await propose(storm.desk, job(storm, 101))
    clock.on(hours=31)
    await foretell(storm.desk)
    await foretell(storm.desk)
    assert await said(storm, "window_answered") == [TEAM_CHAT]
    assert "chưa ai quyết định" in (await storm.notices())[-1]


@pytest.mark.parametrize(
    ("begins", "expected"), [(30, frozenset()), (23, {Warned.URGENT}), (0.5, Refusal.SHORT)]
)
async def test_a_short_notice_is_urgent_and_a_shorter_one_refused(storm, begins, expected):
    done = await propose(storm.desk, job(storm, 101, begins=begins))
    assert (done.warned if isinstance(done, Weighed) else done) == expected


@pytest.mark.parametrize("unit", [None, PROVINCE, 100, 101])
async def test_work_at_the_time_of_a_meeting_is_refused_with_the_meeting(storm, clock, unit):
    asked = Span(clock.at + 30.5 * HOUR, clock.at + 33 * HOUR)
    await keep(storm.desk, Occasion.MEETING, unit, asked)
    clash = await propose(storm.desk, job(storm, 101))
    assert isinstance(clash, Clash)
    assert [each.occasion for each, _ in clash.vigils] == [Occasion.MEETING]
    assert await said(storm, "window_asked") == []


@pytest.mark.parametrize(("unit", "begins"), [(102, 30), (101, 31), (101, 28)])
async def test_a_meeting_elsewhere_or_at_another_time_is_in_nobodys_way(storm, clock, unit, begins):
    asked = Span(clock.at + begins * HOUR, clock.at + (begins + 2) * HOUR)
    await keep(storm.desk, Occasion.MEETING, unit, asked)
    assert isinstance(await propose(storm.desk, job(storm, 101)), Weighed)


async def test_work_at_the_time_of_other_work_is_refused_with_it(storm):
    done = await propose(storm.desk, wanted(storm, units=(100,), begins=30.5))
    await settle(storm.desk, done.draft.id, HA, agrees=True)
    clash = await propose(storm.desk, job(storm, 101))
    assert [each.names for each in clash.windows] == [("Huyện Võ Nhai",)]


async def test_a_meeting_that_came_in_between_keeps_the_request_from_being_approved(storm, clock):
    done = await propose(storm.desk, job(storm, 101))
    asked = Span(clock.at + 30 * HOUR, clock.at + 32 * HOUR)
    vigil = (await keep(storm.desk, Occasion.MEETING, 101, asked)).vigil
    clash = await settle(storm.desk, done.draft.id, HA, agrees=True)
    assert [each.id for each, _ in clash.vigils] == [vigil.id]
    assert await windows(storm) == ()


# ---- mutes ----


async def test_a_few_channels_are_muted_by_one_person_at_once_and_no_officer_is_told(storm):
    done = await propose(storm.desk, mute(storm, 101))
    assert done.draft is None
    assert [each.purpose for each in await windows(storm)] == [Purpose.MUTE]
    assert await storm.letters() == [("window_made", ONCALL_CHAT)]


async def test_the_desk_is_told_of_what_was_declared_elsewhere(storm):
    done = await propose(storm.desk, wanted(storm, 101))
    await settle(storm.desk, done.draft.id, HA, agrees=True, but=Address(ONCALL_CHAT))
    assert await said(storm, "window_made") == []
    done = await propose(storm.desk, wanted(storm, 102))
    await settle(storm.desk, done.draft.id, HA, agrees=True, but=Address(1001))
    assert await said(storm, "window_made") == [ONCALL_CHAT]


async def test_many_are_muted_by_two(storm):
    done = await propose(storm.desk, mute(storm, units=(PROVINCE,)))
    assert done.draft.hand is Hand.ANOTHER
    assert await said(storm, "window_asked") == [ONCALL_CHAT]
    assert await settle(storm.desk, done.draft.id, HA, agrees=True) is Undecided.SAME
    assert await windows(storm) == ()
    await settle(storm.desk, done.draft.id, BINH, agrees=True)
    assert len(await windows(storm)) == 1
    assert await said(storm, "window_answered") == [1001]


async def test_who_proposed_it_may_let_it_go(storm):
    done = await propose(storm.desk, mute(storm, units=(PROVINCE,)))
    refused = await settle(storm.desk, done.draft.id, HA, agrees=False)
    assert refused.outcome is Outcome.REFUSED


async def test_where_the_card_is_shown_already_it_is_not_posted(storm):
    await propose(storm.desk, mute(storm, units=(PROVINCE,)), Address(ONCALL_CHAT))
    assert await said(storm, "window_asked") == []


async def test_a_mute_of_many_is_not_made_longer_by_one_and_is_lifted_by_one(storm, clock):
    done = await propose(storm.desk, mute(storm, units=(PROVINCE,)))
    made = (await settle(storm.desk, done.draft.id, BINH, agrees=True)).window
    assert await extend(storm.desk, made.number, clock.at + 9 * HOUR, HA) is Refusal.TWO_NEEDED
    await end(storm.desk, made.number, HA)
    clock.on(seconds=1)
    assert await windows(storm) == ()


async def test_what_falls_while_it_is_muted_rings_at_the_end(storm, clock):
    await propose(storm.desk, mute(storm, 101))
    await storm.lose(101)
    await upkeep(storm.desk)
    assert (await storm.incidents(), await said(storm, "card")) == ([], [])
    assert (await storm.states())[101][0] == "down"
    clock.on(hours=1)
    await upkeep(storm.desk)
    assert await said(storm, "card") == [ONCALL_CHAT]


async def test_what_is_muted_is_said_to_be_and_is_no_planned_time(storm, clock):
    await propose(storm.desk, mute(storm, 101))
    async with storm.desk.look() as act:
        (channel,) = (await unit_view(act, act.directory.units[101])).channels
        plan = await maintenance.planned(act.session, act.directory, act.at)
    assert (channel.works, channel.muted.reason) == (None, "thay tủ quang")
    assert plan.covered(101, Span(clock.at, clock.at + HOUR)) == ()


async def test_nobody_is_called_for_an_open_ticket_while_it_is_muted_and_its_clocks_go_on(storm, clock):
    await storm.lose(101)
    await propose(storm.desk, mute(storm, 101))
    await upkeep(storm.desk)
    (incident,) = await storm.incidents()
    assert (incident.muted, incident.suspended) == (True, None)
    assert "Tạm dừng cảnh báo: không gọi ai, giờ vẫn tính" in await storm.card(1)
    for _ in range(5):
        await tick(storm.desk, clock.on(minutes=11))
    assert await said(storm, "escalated") == []
    clock.on(minutes=5)
    await upkeep(storm.desk)
    await tick(storm.desk, clock.at)
    (incident,) = await storm.incidents()
    assert (incident.muted, incident.idle) == (False, timedelta())
    assert ONCALL_CHAT in await said(storm, "escalated")
