"""What a card says the probes see of a line, before and since it fell silent, and what is out around it."""

from datetime import timedelta

from bot.cards.incident import render
from incidents.outcome import Outcome, Reason
from incidents.roles import Room
from operations.details import details
from operations.look import incident_view
from storage import incidents, samples
from storage.samples import Sample
from tests.operations.conftest import plain
from tests.storage.county import communes

YES, NO = Outcome(Reason.REPLY, 0.02), Outcome(Reason.TIMEOUT)


async def heard(storm, series, outcomes, *, until):
    """Write *outcomes* of a series, a second apart, the last one *until* so long from now."""
    last = storm.clock.at + until
    kept = [
        Sample(series, last - timedelta(seconds=len(outcomes) - 1 - number), outcome)
        for number, outcome in enumerate(outcomes)
    ]
    async with storm.storage.sampling() as connection:
        await samples.keep(connection, kept)


async def unfolded(storm, number):
    async with storm.desk.look() as act:
        incident = await incidents.find(act.session, number)
        view, more = await incident_view(act, incident), await details(act, incident)
        return plain(render(view, storm.desk.voice, act.at, Room.ONCALL, details=more))


async def test_a_silent_line_shows_that_nothing_came_back_and_what_it_was_like_before(storm):
    await storm.lose(101)
    began = (await storm.incidents())[0].began - storm.clock.at
    await heard(storm, 101, [YES, YES, NO, YES], until=began - timedelta(seconds=2))
    await heard(storm, 101, [NO] * 3, until=timedelta(seconds=-1))
    assert "\nKiểm tra 10:00–10:00: 3 lần không phản hồi\n" in await storm.card(1)
    assert "Trước khi mất" not in await storm.card(1)
    before = "\nTrước khi mất: mất gói 25,0%, trễ 20 ms, biến động trễ 0,0 ms, điểm R 45\n"
    assert before in await unfolded(storm, 1)


async def test_a_line_that_is_back_shows_its_figures_since_then(storm):
    await storm.lose(101)
    await heard(storm, 101, [NO] * 3, until=timedelta())
    await storm.regain(101, seconds=10)
    await heard(storm, 101, [YES] * 3, until=timedelta())
    assert ": mất gói 0,0%, trễ 20 ms, biến động trễ 0,0 ms, điểm R 93\n" in await storm.card(1)


async def test_how_many_others_of_the_area_and_the_carrier_are_out_is_told(storm):
    await storm.lose(101)
    assert "Xung quanh" not in await storm.card(1)  # none is, and folded up nothing is said of that
    assert "Xung quanh mất kết nối: Huyện Võ Nhai 0/9, VNPT 0/15\n" in await unfolded(storm, 1)
    await storm.lose(102, 203)
    assert "Xung quanh mất kết nối: Huyện Võ Nhai 1/9, VNPT 1/15\n" in await storm.card(1)


async def test_of_one_of_many_no_single_line_is_shown(storm):
    await storm.lose(*communes(1))
    async with storm.desk.look() as act:
        (ticket,) = await incidents.live(act.session)
        assert (await incident_view(act, ticket)).seen is None


async def test_unfolded_it_tells_where_it_hangs_and_what_was_done(storm):
    await storm.lose(401)
    said = await unfolded(storm, 1)
    assert "Nối qua: Huyện Định Hóa" in said
    assert said.splitlines()[-2:] == ["Diễn biến", "10:00: mở phiếu"]
