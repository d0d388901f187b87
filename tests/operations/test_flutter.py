"""A line that goes and comes again and again is told of once when that begins, and once when it is over."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select

from bot.cards.unit import unit as unit_card
from incidents.actions import Acknowledge
from incidents.maintenance import Fixed, Scope
from operations.flutter import settle_flutter
from operations.maintain import plan
from operations.respond import respond
from operations.survey import unit_view
from operations.upkeep import upkeep
from storage.tables import Letter, Spell
from tests.operations.conftest import plain
from tests.storage.county import SPARE, TWIN
from tests.storage.rows import DEPARTMENT, HA, LINE_DEPARTMENT, ONCALL_CHAT


async def flap(duty, times):
    """Have the department's line go and come *times*, once a minute."""
    for _ in range(times):
        await duty.lose(4, seconds=20)
        await duty.regain(4, seconds=40)


async def rest(duty, minutes):
    """Let *minutes* pass in which nothing changes, with a look at each."""
    for _ in range(minutes):
        await settle_flutter(duty.desk, duty.clock.on(minutes=1))


async def written(duty):
    async with duty.storage.read() as session:
        return [(row.channel_id, row.kind, row.ended) for row in await session.exec(select(Spell))]


@pytest.fixture
async def restless(duty):
    """The department's line flaps, and somebody has its ticket."""
    await duty.live(3)
    await duty.lose(4, seconds=20)
    await respond(duty.desk, 1, Acknowledge(HA))
    await duty.regain(4, seconds=40)
    await flap(duty, 7)
    return duty


async def test_a_few_changes_are_told_each_as_ever(duty):
    await flap(duty, 3)
    assert await duty.letters("relapsed") == [("relapsed", ONCALL_CHAT)] * 2
    assert await written(duty) == []


async def test_one_notice_tells_of_its_beginning_and_none_of_each_time_after_that(restless):
    (told,) = [each for each in await restless.notices() if "chập chờn" in each]
    assert told.splitlines()[0] == "Sở Xây dựng chập chờn"
    assert "Kênh K4 đã đổi trạng thái " in told
    names = [name for name, _ in await restless.letters()]
    assert "relapsed" not in names[names.index("flapping") :]
    before = len(names)
    await flap(restless, 3)
    assert len(await restless.letters()) == before
    assert len(await restless.incidents()) == 1


async def test_a_unit_s_last_channel_that_flaps_does_not_ring_each_time(storm):
    await storm.live(3)
    await storm.lose(SPARE)
    for _ in range(9):
        await storm.lose(TWIN, seconds=20)
        await storm.regain(TWIN, seconds=40)
    names = [name for name, _ in await storm.letters()]
    assert names.count("cut_off") == names.index("flapping") - 1
    assert names[-1] == "flapping"


async def test_it_is_seen_on_the_card_and_in_the_state_of_the_unit(restless):
    assert "\n〰️ Chập chờn từ 10:0" in await restless.card(1)
    async with restless.desk.look() as act:
        view = await unit_view(act, act.directory.units[DEPARTMENT])
        said = plain(unit_card(view, restless.desk.voice, act.at))
    assert "\n〰️ Chập chờn từ 10:0" in said


async def test_one_notice_tells_of_its_end_and_that_the_line_is_well(restless):
    before = len(await restless.letters())
    await rest(restless, 30)
    new = (await restless.letters())[before:]
    assert [name for name, _ in new if name != "card"] == ["steady"]
    head, tail = (await restless.notices())[-1].splitlines()
    assert head.startswith("Sở Xây dựng hết chập chờn, sau ")
    assert tail == "Kênh K4 hiện thông suốt."
    assert [kind for _, kind, ended in await written(restless) if ended] == ["flapping"]


async def test_of_a_line_that_stays_out_it_is_not_said_that_it_is_well(restless):
    await restless.lose(4, seconds=20)
    await rest(restless, 30)
    assert (await restless.notices())[-1].splitlines()[1] == "Kênh K4 hiện mất kết nối."


async def test_the_card_no_longer_says_so_once_it_is_over(restless):
    async with restless.storage.begin() as session:  # as if every card had left
        await session.exec(update(Letter).values(settled=restless.clock.at, outcome="sent"))
    before = len(await restless.letters("card"))
    await rest(restless, 30)
    assert len(await restless.letters("card")) == before + 1
    assert "Chập chờn" not in await restless.card(1)


async def test_after_it_is_over_a_loss_is_told_of_again(restless):
    await rest(restless, 30)
    before = len(await restless.letters("relapsed"))
    await restless.lose(4, seconds=20)
    assert len(await restless.letters("relapsed")) == before + 1


async def test_a_line_that_flaps_while_it_is_worked_on_is_not_told_of(duty, clock):
    await duty.live(3)
    scope = Scope(channels=frozenset({LINE_DEPARTMENT}))
    await plan(duty.desk, Fixed(clock.at, clock.at + timedelta(hours=1)), scope, "thay tủ quang")
    await flap(duty, 8)
    await upkeep(duty.desk)
    assert (await duty.letters(), await duty.incidents(), await written(duty)) == ([], [], [])


async def test_what_hides_a_line_from_us_is_no_change_of_it(duty):
    await duty.live(3)
    for _ in range(8):
        await duty.lose(*duty.series, seconds=20)
        await duty.regain(*duty.series, seconds=40)
    assert await written(duty) == []


async def test_without_a_line_that_flaps_nothing_is_written(duty, clock):
    await duty.live(3)
    rung = duty.rung
    await settle_flutter(duty.desk, clock.at)
    assert duty.rung == rung
