from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from incidents.maintenance import Fixed, Scope, Window
from incidents.model import Cause
from incidents.span import Span
from incidents.vigil import Occasion, Vigil
from operations.daily import daily
from operations.summarise import summarise
from storage import maintenance, vigils
from storage.tables import Channel, Chat, Letter, Person, Run, Ticket
from tests.operations.conftest import plain
from tests.storage.rows import DISTRICT, LEADER, ONCALL_CHAT, THAN_XA

LEADER_CHAT = 1000 + LEADER
TODAY = [(kind, chat) for kind in ("summary", "media") for chat in (ONCALL_CHAT, LEADER_CHAT)]
HOUR = timedelta(hours=1)


def at(hour, minute=0, day=24):
    """Return a time of the province's day; it is seven hours ahead."""
    return datetime(2025, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def summary(duty):
    return lambda when: summarise(duty.desk, when, duty.desk.voice.zone)


async def told(duty, chat=ONCALL_CHAT):
    """Return the last summary in the chat, as it is read."""
    async with duty.storage.read() as session:
        rows = await session.exec(
            select(Letter).where(Letter.chat == chat, Letter.kind == "notice").order_by(col(Letter.id))
        )
        letter = rows.all()[-1]
    return plain((await duty.sealed(letter)).message)


async def now(duty, scope=None):
    async with duty.desk.look() as act:
        return await daily(act, scope)


@pytest.mark.parametrize(
    ("when", "posted"), [(at(7, 29), False), (at(7, 30), True), (at(23, 59), True), (at(0, 5), False)]
)
async def test_it_is_posted_once_its_hour_has_come_however_late(duty, summary, when, posted):
    assert await summary(when) is posted
    assert await duty.letters() == (TODAY if posted else [])


async def test_a_second_time_changes_nothing(duty, summary):
    assert [await summary(at(7, 30 + minute)) for minute in range(3)] == [True, False, False]
    assert await duty.letters() == TODAY


async def test_a_restart_a_minute_later_posts_nothing_again(duty, summary):
    await summary(at(7, 30))
    await duty.restart()
    assert not await summary(at(7, 31))
    assert await duty.letters() == TODAY


@pytest.mark.parametrize(("first", "posted"), [(at(7, 29), True), (at(7, 31), False)])
async def test_a_first_run_that_began_after_the_hour_has_no_day_to_tell_of(duty, summary, first, posted):
    async with duty.storage.begin() as session:
        session.add(Run(started=first, seen=first))
    assert await summary(at(8, 0)) is posted
    assert await summary(at(7, 30, day=25))


async def test_the_next_day_has_its_own(duty, summary):
    assert await summary(at(7, 30))
    assert await summary(at(7, 30, day=25))
    assert await duty.letters() == TODAY * 2


async def test_every_room_of_the_province_and_every_leader_is_told_once(duty, summary):
    async with duty.storage.begin() as session:
        for number, role, unit in (
            (-401, "lanh_dao", None),
            (-402, "truc_ban", None),
            (-403, "truc_ban", DISTRICT),
        ):
            session.add(Chat(chat=number, role=role, unit_id=unit))
    await summary(at(7, 30))
    assert [chat for _, chat in await duty.letters("summary")] == [ONCALL_CHAT, -402, -401, LEADER_CHAT]
    assert [chat for _, chat in await duty.letters("media")] == [ONCALL_CHAT, -402, -401, LEADER_CHAT]


async def test_a_leader_or_a_room_added_later_starts_with_the_next_day(duty, summary, clock):
    await summary(at(7, 30))
    async with duty.storage.begin() as session:
        session.add(Person(telegram_id=77, name="Mới", role="lanh_dao"))
        session.add(Chat(chat=-404, role="truc_ban"))
        (await session.get(Chat, 1)).blocked_at = clock.at  # the first that was told is gone
    assert not await summary(at(9))
    assert await duty.letters() == TODAY


async def test_with_nobody_to_tell_it_waits_for_somebody(duty, summary, clock):
    async with duty.storage.begin() as session:
        (await session.get(Chat, 1)).blocked_at = clock.at
        (await session.get(Person, LEADER)).locked_at = clock.at
    assert not await summary(at(7, 30))
    async with duty.storage.begin() as session:
        (await session.get(Chat, 1)).blocked_at = None
    assert await summary(at(8))


async def test_a_leader_of_a_district_is_told_of_that_alone(duty, summary):
    async with duty.storage.begin() as session:
        (await session.get(Person, LEADER)).unit_id = DISTRICT
    await summary(at(7, 30))
    assert "Võ Nhai" in (await told(duty, LEADER_CHAT)).splitlines()[0]
    assert "Võ Nhai" not in (await told(duty)).splitlines()[0]
    async with duty.storage.read() as session:
        rows = await session.exec(select(Letter).where(Letter.kind == "media").order_by(col(Letter.id)))
        assert {row.chat: row.content["picture"]["scope"] for row in rows} == {
            ONCALL_CHAT: None,
            LEADER_CHAT: DISTRICT,
        }


async def test_a_quiet_day_is_one_line(duty, summary, clock):
    await duty.live(5)
    clock.at = at(7, 30, day=25)
    await summary(clock.at)
    (line,) = (await told(duty)).splitlines()
    assert line == (
        "Báo cáo mạng truyền số liệu chuyên dùng: tính đến 07:30 25/11/2025, "
        "toàn bộ 4 đơn vị thông suốt; hôm qua không có sự cố."
    )


async def test_who_is_out_is_told_by_area_and_cause(duty, summary, clock):
    await duty.lose(1)
    async with duty.storage.begin() as session:
        (await session.get(Ticket, 1)).cause = Cause.POWER
    await summary(clock.at)
    lines = (await told(duty)).splitlines()
    assert (
        lines[1]
        == "Đến 10:00, còn 2/2 đơn vị cấp xã mất kết nối, đều do mất điện (Thị trấn Đình Cả, Xã Thần Xa)."
    )


async def test_a_cause_that_nobody_confirmed_is_not_known(duty, summary, clock):
    await duty.lose(1)
    await summary(clock.at)
    assert "chưa rõ nguyên nhân" in await told(duty)


async def test_todays_meetings_and_works_come_first(duty, summary, clock):
    start = clock.at + HOUR
    async with duty.desk.act() as act:
        await vigils.add(act.session, Vigil(Occasion.MEETING, None, Span(start, start + HOUR)), act.at)
        await vigils.add(act.session, Vigil(Occasion.STORM, None, Span(start, start + HOUR)), act.at)
        works = Window(Fixed(start, start + HOUR), Scope(units=frozenset({THAN_XA})), "thay thiết bị", act.at)
        await maintenance.add(act.session, works)
    await summary(clock.at)
    _, first, second, *_ = (await told(duty)).splitlines()
    assert "hội nghị truyền hình, toàn tỉnh" in first
    assert "bảo trì theo kế hoạch" in second
    assert "Thần" in second


async def test_what_is_overdue_is_named_without_a_code(duty, summary, clock):
    await duty.lose(1)
    clock.on(seconds=3600)
    await summary(clock.at)
    (line,) = [line for line in (await told(duty)).splitlines() if "Quá hạn" in line]
    assert "chưa tiếp nhận" in line
    assert "SC-" not in await told(duty)


async def test_yesterday_is_told_beside_the_week_before(duty, clock):
    await duty.lose(1)
    await duty.regain(1)
    clock.on(days=1)
    found = await now(duty)
    assert (found.yesterday.cases, found.week_before.cases) == (1, 0)
    assert 0.99 < found.yesterday.availability < 1


async def test_a_unit_that_another_channel_carries_is_not_out(duty, clock):
    async with duty.storage.begin() as session:
        (await session.get(Channel, 4)).unit_id = THAN_XA
    await duty.lose(2)
    assert sum(level.out for level in (await now(duty)).standing.levels) == 0


async def test_a_retired_channel_is_not_counted(duty, clock):
    before = sum(level.total for level in (await now(duty)).standing.levels)
    async with duty.storage.begin() as session:
        (await session.get(Channel, 4)).retired_at = clock.at
    assert sum(level.total for level in (await now(duty)).standing.levels) == before - 1


async def test_the_letter_carries_the_state_of_its_hour(duty, summary):
    await summary(at(7, 30))
    async with duty.storage.read() as session:
        letter = (await session.exec(select(Letter).where(Letter.kind == "notice"))).first()
    assert datetime.fromisoformat(letter.content["daily"]["at"]) == at(7, 30)
