"""How we see: a total loss where no anchor tells, the anchors silent among lines that answer, clocks held."""

from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.actions import Acknowledge
from incidents.model import LineState, Severity, Suspension
from incidents.sight import Sight
from incidents.wide import Scope, Wide
from operations.respond import respond
from operations.tick import tick
from storage.tables import Series, Vantage
from tests.storage.county import ANCHOR, HA, LINES, ONCALL_CHAT, communes

LEADER_CHAT = 1002
FIRST = communes(1)


@pytest.fixture
async def unanchored(storm, clock):
    """The four districts, and no anchor to tell whether we see."""
    async with storm.storage.begin() as session:
        (await session.get(Series, ANCHOR)).retired_at = clock.at
    storm.series = tuple(sorted(LINES))
    return storm


async def sight(storm):
    async with storm.storage.read() as session:
        return (await session.exec(select(Vantage.sight))).one()


async def test_all_lines_lost_without_an_anchor_are_one_incident_that_rings(unanchored):
    await unanchored.lose(*LINES)
    (incident,) = await unanchored.incidents()
    assert incident.wide == Wide(Scope.TOTAL, None, len(LINES))
    assert (set(incident.silent), incident.severity) == (LINES, Severity.URGENT)
    assert await unanchored.letters() == [("card", ONCALL_CHAT)]
    assert {state for state, _ in (await unanchored.states()).values()} == {LineState.BLIND}
    assert (await unanchored.card(1)).splitlines()[:4] == [
        "🔴 SC-0001 · Mất toàn bộ hoặc mất giám sát: 37/37 kênh",
        "Từ 10:00",
        "Mất kết nối: Đại Từ 9/9, Định Hóa 9/9, Phú Bình 9/9, Võ Nhai 10/10",
        "Chưa khai báo điểm mốc nên chưa rõ các kênh mất kết nối thật hay hệ thống mất giám sát.",
    ]


async def test_a_line_that_falls_a_little_later_is_in_it_too(unanchored):
    await unanchored.live(3)
    unanchored.cut = LINES - FIRST
    await unanchored.live(2)
    unanchored.cut = LINES
    await unanchored.live(15)
    (incident,) = await unanchored.incidents()
    assert set(incident.silent) == LINES


async def test_nobody_who_takes_it_is_asked_for_and_its_clocks_do_not_stand_still(unanchored, clock):
    await unanchored.lose(*LINES)
    for _ in range(2):
        await tick(unanchored.desk, clock.on(minutes=10))
    assert await unanchored.letters("escalated") == [("escalated", ONCALL_CHAT), ("escalated", LEADER_CHAT)]
    assert "Chưa ai tiếp nhận SC-0001\nSC-0001 · Mất toàn bộ" in (await unanchored.notices())[0].replace(
        "🔴 ", ""
    )


async def test_a_ticket_of_before_keeps_its_line_and_its_clocks_stand_still(unanchored, clock):
    await unanchored.lose(101)
    await unanchored.live(60)
    await unanchored.lose(*LINES)
    single, total = await unanchored.incidents()
    assert (single.silent, total.suspensions) == ((101,), frozenset())
    assert single.suspensions == {Suspension.BLIND}
    assert set(total.silent) == LINES - {101}


async def test_its_end_is_told_by_its_card_and_by_no_second_message(unanchored):
    await unanchored.lose(*LINES)
    await unanchored.regain(*LINES, seconds=10)
    (incident,) = await unanchored.incidents()
    assert (incident.silent, await sight(unanchored)) == ((), Sight.CLEAR)
    assert await unanchored.letters() == [("card", ONCALL_CHAT)]
    card = await unanchored.card(1)
    assert card.startswith("🟢 SC-0001 · Sự cố diện rộng, Tỉnh Thái Nguyên: đã thông suốt trở lại\n")


async def test_what_remains_out_stays_in_it_and_is_called_in_doubt_no_more(unanchored):
    await unanchored.lose(*LINES)
    await unanchored.regain(*LINES - FIRST - communes(2), seconds=40)
    (incident,) = await unanchored.incidents()
    assert set(incident.silent) == FIRST | communes(2)
    assert (await unanchored.states())[101][0] == LineState.DOWN
    assert (await unanchored.card(1)).splitlines()[:4] == [
        "🔴 SC-0001 · Sự cố diện rộng, Tỉnh Thái Nguyên: 16/37 kênh mất kết nối",
        "Từ 10:00",
        "Mất kết nối: Đại Từ 8/9, Võ Nhai 8/10",
        "21 kênh đã thông suốt trở lại",
    ]


async def test_what_remains_out_of_most_splits(unanchored):
    await unanchored.lose(*LINES)
    await unanchored.regain(*LINES - {101, 202}, seconds=30)
    await unanchored.live(60)
    await tick(unanchored.desk, unanchored.clock.at)
    total, *rest = await unanchored.incidents()
    assert (total.silent, [each.silent for each in rest]) == ((), [(101,), (202,)])


async def test_all_lost_again_while_some_were_still_out_is_the_same_incident(unanchored):
    await unanchored.lose(*LINES)
    await unanchored.regain(*LINES - FIRST, seconds=40)
    await unanchored.lose(*LINES, seconds=20)
    (incident,) = await unanchored.incidents()
    assert (set(incident.silent), await sight(unanchored)) == (LINES, Sight.TOTAL)


async def test_a_restart_in_a_total_loss_tells_nothing_again(unanchored):
    await unanchored.lose(*LINES)
    await unanchored.restart()
    await unanchored.live(20)
    assert await unanchored.letters() == [("card", ONCALL_CHAT)]
    await unanchored.regain(*LINES, seconds=10)
    assert [each.silent for each in await unanchored.incidents()] == [()]


async def test_silent_anchors_among_lines_that_answer_are_told_once_and_so_is_their_return(storm):
    await storm.lose(ANCHOR, seconds=20)
    assert await sight(storm) == Sight.LINES
    await storm.lose(101)
    await storm.regain(ANCHOR, seconds=10)
    names = ["anchors_silent", "card", "anchors_back"]
    assert await storm.letters() == [(name, ONCALL_CHAT) for name in names]
    assert (await storm.incidents())[0].silent == (101,)


async def test_while_we_are_blind_clocks_stand_still_and_go_on_after(storm, clock):
    await storm.lose(101)
    opened = (await storm.incidents())[0].opened
    await tick(storm.desk, clock.on(minutes=4))
    storm.cut = {ANCHOR, *LINES}
    await storm.live(20)
    assert "Tạm dừng tính giờ: đang mất giám sát" in await storm.card(1)
    assert "Cần tiếp nhận" not in await storm.card(1)
    await tick(storm.desk, clock.on(minutes=30))
    assert await storm.letters("escalated") == []
    storm.cut = {101}
    await storm.live(40)
    (incident,) = await storm.incidents()
    assert (incident.suspensions, incident.silent) == (frozenset(), (101,))
    assert timedelta(minutes=30) < incident.idle < timedelta(minutes=31)
    due = opened + timedelta(minutes=10) + incident.idle
    await tick(storm.desk, due - timedelta(seconds=1))
    assert await storm.letters("escalated") == []
    await tick(storm.desk, due)
    assert await storm.letters("escalated") == [("escalated", ONCALL_CHAT)]


async def test_a_ticket_that_recovers_as_we_see_again_is_held_no_more(storm, clock):
    await storm.lose(101)
    await respond(storm.desk, 1, Acknowledge(HA))
    storm.cut = {ANCHOR, *LINES}
    await storm.live(20)
    storm.cut = set()
    await storm.live(40)
    (incident,) = await storm.incidents()
    assert (incident.silent, incident.suspensions, incident.suspended) == ((), frozenset(), None)
