"""To which incident a fallen line belongs: of many, its unit's, a report's, or its own."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from incidents.actions import Acknowledge, Assign
from incidents.model import LineState, Severity, Status
from incidents.wide import Scope, Wide
from operations.report import report
from operations.respond import respond
from operations.tick import tick
from storage import policies
from storage.letters import Address
from storage.tables import Channel, Person, Report
from tests.storage.county import (
    HA,
    LINES,
    NAM,
    ONCALL_CHAT,
    PROVINCE,
    SPARE,
    TEAM,
    TWIN,
    VNPT,
    communes,
)

OFFICER_CHAT = 1003
FIRST, SECOND, THIRD = communes(1), communes(2), communes(3)


async def reports(storm, unit, source="telegram:1"):
    """Have the officer say that the unit's line is bad; nothing can be probed just now."""

    async def probe(series):
        return {}

    async with storm.storage.read() as session:
        person = await session.get(Person, NAM)
    return await report(
        storm.desk, person, unit, "mất mạng", probe=probe, where=Address(OFFICER_CHAT), source=source
    )


async def reported_to(storm):
    async with storm.storage.read() as session:
        return [row.incident_id for row in await session.exec(select(Report).order_by(Report.id))]


async def test_a_district_s_lines_lost_together_are_one_incident_that_says_by_which_rule(storm):
    await storm.lose(*FIRST)
    (incident,) = await storm.incidents()
    assert incident.wide == Wide(Scope.AREA, 100, 10)  # the district's own line and a spare one among them
    assert (incident.unit, incident.severity, set(incident.silent)) == (100, Severity.HIGH, FIRST)
    assert await storm.letters() == [("card", ONCALL_CHAT)]
    assert await storm.card(1) == (
        "🔴 SC-0001 · Sự cố diện rộng, Huyện Võ Nhai: 8/10 kênh mất kết nối\n"
        "Từ 10:00\n"
        "Lý do gộp: ít nhất 5 kênh và 50% số kênh của địa bàn mất trong vòng 1 phút.\n"
        "Phiếu: mới\n"
        "Cần tiếp nhận trước 10:10"
    )


async def test_too_few_of_a_district_are_tickets_of_their_own(storm):
    await storm.lose(101, 102, 103, 104)
    assert [each.wide for each in await storm.incidents()] == [None] * 4


async def test_lines_that_fall_seconds_apart_are_one_incident_of_one_message(storm):
    await storm.lose(101, 102, seconds=1)
    await storm.lose(103, 104, seconds=1)
    await storm.lose(105, 106)
    (incident,) = [each for each in await storm.incidents() if each.live]
    assert set(incident.silent) == {101, 102, 103, 104, 105, 106}
    assert len(await storm.letters("card")) == 1


async def test_tickets_of_single_lines_that_nobody_took_become_a_part_of_it(storm):
    await storm.lose(101, 102, seconds=15)
    assert len(await storm.incidents()) == 2
    await storm.lose(103, 104, 105, 106)
    first, second, wide = await storm.incidents()
    assert (first.merged, second.merged, first.parent, second.parent) == (True, True, wide.id, wide.id)
    assert set(wide.silent) == {101, 102, 103, 104, 105, 106}
    assert min(member.joined for member in wide.members) == first.members[0].joined
    assert (await storm.card(1)).startswith("⚪ SC-0001 · Xã số 101 (Huyện Võ Nhai): đã gộp vào SC-0003\n")
    assert await storm.letters("closed") == []


async def test_what_was_only_reported_of_its_units_becomes_a_part_of_it_and_the_report_moves(storm):
    await reports(storm, 101)
    await storm.lose(*FIRST)
    told, wide = await storm.incidents()
    assert (told.merged, told.parent, await reported_to(storm)) == (True, wide.id, [wide.id])
    assert "Nam báo lúc 10:00: “mất mạng”" in await storm.card(wide.id)


async def test_what_was_only_reported_of_a_late_comer_becomes_a_part_of_it_too(storm):
    await reports(storm, 101)
    await storm.lose(*FIRST - {101})
    assert len([each for each in await storm.incidents() if each.live]) == 2
    await storm.lose(101)
    told, wide = await storm.incidents()
    assert (told.parent, set(wide.silent), await reported_to(storm)) == (wide.id, FIRST, [wide.id])


@pytest.mark.parametrize("action", [Acknowledge(HA), Assign(HA, TEAM)])
async def test_a_ticket_that_somebody_took_stays(storm, action):
    await storm.lose(101)
    await respond(storm.desk, 1, action)
    await storm.lose(*FIRST)
    own, wide = await storm.incidents()
    assert (own.live, own.silent, set(wide.silent)) == (True, (101,), FIRST - {101})


async def test_a_report_that_somebody_took_stays_and_its_line_is_in_the_incident_of_many(storm):
    await reports(storm, 101)
    await respond(storm.desk, 1, Acknowledge(HA))
    await storm.lose(*FIRST)
    own, wide = await storm.incidents()
    assert (own.live, own.members, set(wide.silent)) == (True, (), FIRST)


async def test_a_ticket_of_longer_ago_stays(storm):
    await storm.lose(101)
    await storm.live(61)
    await storm.lose(*FIRST)
    own, wide = await storm.incidents()
    assert (own.silent, set(wide.silent)) == ((101,), FIRST - {101})


async def test_late_comers_join_without_another_message(storm, clock):
    await storm.lose(*FIRST - {101, 102})
    clock.on(minutes=9)
    await storm.lose(101)
    clock.on(minutes=9)  # counted from the one before
    await storm.lose(102)
    (incident,) = await storm.incidents()
    assert set(incident.silent) == FIRST
    assert await storm.letters() == [("card", ONCALL_CHAT)]


async def test_who_falls_much_later_has_a_ticket_of_its_own(storm, clock):
    await storm.lose(*FIRST - {101})
    clock.on(minutes=11)
    await storm.lose(101)
    assert [each.silent for each in await storm.incidents()][1] == (101,)


async def test_a_line_elsewhere_does_not_join(storm):
    await storm.lose(*FIRST)
    await storm.lose(201)
    assert [each.silent for each in await storm.incidents()][1] == (201,)


async def test_who_is_back_early_is_ticked_off(storm):
    await storm.lose(*FIRST)
    await storm.regain(101, 102)
    assert len((await storm.incidents())[0].silent) == 6
    card = await storm.card(1)
    assert card.startswith("🔴 SC-0001 · Sự cố diện rộng, Huyện Võ Nhai: 6/10 kênh mất kết nối\n")
    assert "\n2 kênh đã thông suốt trở lại\n" in card


async def test_who_is_back_and_falls_again_is_no_longer_counted_as_back(storm):
    await storm.lose(*FIRST)
    await storm.regain(101)
    await storm.lose(101)
    (incident,) = await storm.incidents()
    assert (set(incident.silent), len(incident.members)) == (FIRST, 9)
    assert "đã thông suốt trở lại" not in await storm.card(1)


async def test_it_is_over_when_all_are_back(storm, clock):
    await storm.lose(*FIRST)
    await storm.regain(*FIRST)
    card = await storm.card(1)
    assert card.startswith("🟢 SC-0001 · Sự cố diện rộng, Huyện Võ Nhai: đã thông suốt trở lại\n")
    await tick(storm.desk, clock.on(minutes=31))
    assert (await storm.card(1)).startswith("⚪ SC-0001 · Sự cố diện rộng, Huyện Võ Nhai: đã đóng\n")
    assert await storm.notices() == ["SC-0001 đã đóng: Huyện Võ Nhai\nThời gian gián đoạn: dưới 1 phút."]


async def test_several_districts_at_once_are_one_incident_of_the_province(storm):
    await storm.lose(*FIRST, *SECOND, *THIRD)
    (incident,) = await storm.incidents()
    assert incident.wide == Wide(Scope.PROVINCE, None, len(LINES))
    assert (incident.unit, incident.severity) == (PROVINCE, Severity.URGENT)
    assert (await storm.card(1)).splitlines()[:4] == [
        "🔴 SC-0001 · Sự cố diện rộng, Tỉnh Thái Nguyên: 24/37 kênh mất kết nối",
        "Từ 10:00",
        "Mất kết nối: Đại Từ 8/9, Phú Bình 8/9, Võ Nhai 8/10",
        "Lý do gộp: từ 3 địa bàn hoặc từ 20 kênh trở lên mất trong vòng 1 phút.",
    ]


async def test_lines_of_one_carrier_in_several_districts_are_the_carrier_s(storm):
    odd = {line for line in FIRST | SECOND | THIRD if line % 2}
    await storm.lose(*odd)
    (incident,) = await storm.incidents()
    assert (incident.wide, incident.unit) == (Wide(Scope.CARRIER, VNPT, 16), PROVINCE)
    assert (await storm.card(1)).splitlines()[:4] == [
        "🔴 SC-0001 · Sự cố diện rộng, VNPT: 12/16 kênh mất kết nối",
        "Từ 10:00",
        "Mất kết nối: Đại Từ 4/9, Phú Bình 4/9, Võ Nhai 4/10",
        "Lý do gộp: ít nhất 50% số kênh của nhà mạng, ở từ 3 địa bàn trở lên, mất trong vòng 1 phút.",
    ]


async def test_many_that_share_nothing_but_the_time_are_one_incident_of_the_province(storm):
    async with storm.desk.act() as act:
        await policies.change(act.session, "common", {"many": 8}, act.at)
    await storm.lose(101, 102, 201, 202, 301, 302, 401, 402)
    (incident,) = await storm.incidents()
    assert incident.wide == Wide(Scope.PROVINCE, None, len(LINES))


async def test_an_uplink_with_all_behind_it_is_the_uplink_s_own_incident(storm):
    await storm.lose(400, seconds=15)
    (incident,) = await storm.incidents()
    assert (incident.wide, incident.unit, incident.root) == (None, 400, 400)
    assert set(incident.silent) == communes(4) | {400}
    assert "Kéo theo 8 kênh phía sau: " in await storm.card(1)


async def test_an_uplink_s_ticket_goes_into_an_incident_of_many_with_all_behind_it(storm):
    await storm.lose(400, seconds=15)
    async with storm.desk.act() as act:
        await policies.change(act.session, "common", {"many": 6}, act.at)
    await storm.lose(101, 102, 201, 202, 301)
    uplink, wide = await storm.incidents()
    assert (uplink.merged, set(wide.silent)) == (True, communes(4) | {400, 101, 102, 201, 202, 301})


async def test_an_uplink_that_is_back_counts_no_more_among_those_that_fell_just_before(storm):
    async with storm.desk.act() as act:
        await policies.change(act.session, "common", {"many": 6}, act.at)
    await storm.lose(400, seconds=15)
    await storm.regain(400, seconds=0)
    storm.cut = storm.cut | {401}
    await storm.lose(101, 102, 201, 202, 301, seconds=10)  # before 401 has shown that it stays out
    assert [each.wide for each in await storm.incidents()] == [None] * 6


async def test_a_line_of_an_incident_that_was_merged_may_fall_again_and_is_told_of(storm, clock):
    await storm.lose(101, seconds=10)
    await storm.lose(*FIRST)
    await storm.regain(*FIRST)
    clock.on(minutes=15)
    await storm.lose(101)
    own = (await storm.incidents())[-1]
    assert (own.live, own.silent, own.id) == (True, (101,), 3)


async def test_a_report_s_author_is_told_when_the_own_unit_is_back(storm):
    await storm.lose(*FIRST)
    await reports(storm, 101)
    await storm.regain(102)
    assert await storm.letters("back") == []
    await storm.regain(101)
    await storm.regain(*FIRST)
    assert await storm.letters("back") == [("back", OFFICER_CHAT)]
    assert (await storm.notices())[-1].startswith("Xã số 101 có kết nối trở lại (SC-0001).\n")


async def test_a_unit_with_a_second_channel_has_lost_one_of_its_channels(storm):
    await storm.lose(TWIN)
    (incident,) = await storm.incidents()
    assert (incident.unit, incident.silent) == (TWIN, (TWIN,))
    assert (await storm.card(1)).splitlines()[:3] == [
        "🟠 SC-0001 · Xã số 108 (Huyện Võ Nhai) mất một đường truyền",
        "Từ 10:00 · kênh K108 · Viettel",
        "Đơn vị vẫn thông suốt qua kênh K198",
    ]


async def test_with_the_other_channel_lost_too_the_same_ticket_says_so_and_rings(storm):
    await storm.lose(TWIN)
    await storm.lose(SPARE)
    (incident,) = await storm.incidents()
    assert incident.silent == (TWIN, SPARE)
    assert (await storm.card(1)).startswith("🔴 SC-0001 · Xã số 108 (Huyện Võ Nhai) mất kết nối\n")
    assert await storm.notices() == [
        "Xã số 108 (Huyện Võ Nhai) mất kết nối hoàn toàn (SC-0001).\n"
        "Đường truyền còn lại của đơn vị cũng không phản hồi."
    ]


async def test_one_channel_back_is_one_lost_again_and_both_are_the_end(storm):
    await storm.lose(TWIN, SPARE)
    await storm.regain(TWIN)
    assert (await storm.card(1)).startswith("🟠 SC-0001 · Xã số 108 (Huyện Võ Nhai) mất một đường truyền\n")
    await storm.regain(SPARE)
    assert (await storm.card(1)).startswith("🟢 SC-0001 · Xã số 108 (Huyện Võ Nhai) có kết nối trở lại\n")
    assert len(await storm.incidents()) == 1


async def test_both_channels_stay_in_the_unit_s_ticket_through_a_blindness(storm):
    await storm.lose(TWIN, SPARE)
    everything = set(storm.series)
    storm.cut = everything
    await storm.live(20)
    storm.cut = {TWIN, SPARE}
    await storm.live(40)
    (incident,) = await storm.incidents()
    assert (incident.silent, [member.left for member in incident.members]) == ((TWIN, SPARE), [None, None])


async def test_the_lines_of_a_dead_uplink_s_unit_are_tickets_of_their_own(storm):
    """Its second channel is lost: that of the uplink, with all behind it, is another matter."""
    async with storm.storage.begin() as session:
        (await session.get(Channel, SPARE)).unit_id = 400
    await storm.lose(SPARE)
    await storm.lose(400, seconds=15)
    first, second = await storm.incidents()
    assert (first.silent, second.root, second.severity) == ((SPARE,), 400, Severity.HIGH)


async def test_an_act_that_cannot_be_written_changes_nothing_and_is_done_later(storm):
    await storm.lose(101)
    before = await storm.incidents()
    await storm.live(2)
    async with storm.storage.sampling() as connection:
        await connection.execute(text("ALTER TABLE reports RENAME TO away"))
    with pytest.raises(OperationalError):  # at the last step: the tickets of before are merged
        await storm.lose(*FIRST)
    assert await storm.incidents() == before
    assert (await storm.states())[102][0] == LineState.UP
    async with storm.storage.sampling() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO reports"))
    await storm.live(2)
    assert [each.status for each in await storm.incidents()] == [Status.CLOSED, Status.OPEN]


async def test_all_that_stay_out_when_their_uplink_is_back_are_one_incident_and_not_one_a_line(storm):
    await storm.lose(400, seconds=15)
    storm.cut = communes(4)
    await storm.live(40)
    uplink, rest = await storm.incidents()
    assert (uplink.silent, rest.parent, set(rest.silent)) == ((), uplink.id, communes(4))
    assert rest.wide == Wide(Scope.AREA, 400, 9)
    assert len(await storm.letters("card")) == 2
