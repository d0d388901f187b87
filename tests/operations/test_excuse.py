"""Lines that are off after hours: excused by their habit, until they should be back or somebody watches."""

import pytest
from sqlmodel import select

from incidents.maintenance import Fixed, Scope
from incidents.model import Cause, Incident
from incidents.model import Member as Stay
from incidents.span import Span
from incidents.vigil import Occasion
from operations.hours import habitual
from operations.look import incident_view
from operations.maintain import plan
from operations.survey import out_by_area, out_units, unit_view
from operations.upkeep import upkeep
from operations.vigil import keep, lift
from storage import incidents, policies
from storage.tables import Member, Spell, Ticket
from tests.operations.offices import OFF, accustom, at, evening
from tests.operations.test_fall import reports
from tests.storage.county import SPARE, TWIN, communes

FIRST = communes(1)


async def home(storm, *lines, accustomed=None):
    """Have *lines* heard in the afternoon and switched off at the usual hour; a past has *accustomed*."""
    await accustom(storm.storage, *(lines if accustomed is None else accustomed))
    evening(storm, OFF - 0.1)
    await storm.live(3)
    evening(storm)
    return await storm.lose(*lines)


async def spell_of(storm, line):
    async with storm.storage.read() as session:
        rows = (await session.exec(select(Spell).where(Spell.channel_id == line))).all()
    return rows[-1] if rows else None


async def until(storm, hour, day=1):
    """Let it be that hour, with the upkeep that comes each ten seconds."""
    evening(storm, hour, day)
    await upkeep(storm.desk)


async def test_a_line_that_is_switched_off_as_usual_opens_nothing(storm):
    await home(storm, 101)
    await until(storm, 20, 0)
    assert (await storm.incidents(), await storm.letters()) == ([], [])
    assert (await storm.states())[101][0] == "down"  # its history is kept as it was
    spell = await spell_of(storm, 101)
    assert (spell.kind, spell.ended, spell.began) == ("after_hours", None, (await storm.states())[101][1])
    assert (spell.data["happened"], spell.data["of"]) == (15, 15)


async def test_without_such_a_past_it_rings(storm):
    await home(storm, 101, accustomed=())
    assert [each.silent for each in await storm.incidents()] == [(101,)]


async def test_at_another_hour_it_rings(storm):
    await accustom(storm.storage, 101)
    evening(storm, 14)
    await storm.lose(101)
    assert len(await storm.incidents()) == 1


async def test_back_in_the_morning_it_was_nothing(storm):
    await home(storm, 101)
    evening(storm, 7.1, 1)
    await storm.regain(101)
    await until(storm, 12)
    assert (await storm.incidents(), await storm.letters()) == ([], [])
    assert (await spell_of(storm, 101)).ended == (await storm.states())[101][1]


async def test_past_its_usual_hour_it_rings_and_says_since_when_it_is_silent(storm):
    await home(storm, 101)
    due = at(1, 7.75)
    await until(storm, 7.74)
    assert await storm.incidents() == []
    await until(storm, 7.75)
    (incident,) = await storm.incidents()
    assert (incident.silent, incident.began) == ((101,), due)  # of the night nobody can tell
    assert (await storm.card(1)).splitlines()[:3] == [
        "🔴 SC-0001 · Xã số 101 (Huyện Võ Nhai) mất kết nối",
        "Từ 07:45 · kênh K101 · VNPT",
        "Im lặng từ 17:36 24/11, quá giờ mở máy thường lệ 07:45",
    ]
    await until(storm, 7.9)
    assert len(await storm.incidents()) == 1


async def test_an_uplink_is_never_excused(storm):
    await home(storm, 400)
    assert [each.root for each in await storm.incidents()] == [400]


async def test_of_many_that_fall_together_none_is_excused(storm):
    await home(storm, *FIRST)
    (incident,) = await storm.incidents()
    assert (incident.wide is not None, set(incident.silent)) == (True, FIRST)


async def test_those_that_were_excused_a_moment_before_are_of_the_many(storm):
    await home(storm, 101, 102)
    assert await storm.incidents() == []
    await storm.lose(103, 104, 105)
    live = [each for each in await storm.incidents() if each.live]
    assert [(set(each.silent), each.wide is not None) for each in live] == [({101, 102, 103, 104, 105}, True)]
    assert (await spell_of(storm, 101)).ended is not None


async def test_while_many_beside_it_are_out_none_is_excused(storm):
    await accustom(storm.storage, 101)
    evening(storm, OFF - 0.3)
    await storm.lose(*(FIRST - {101}))
    evening(storm)
    await storm.live(2)
    await storm.lose(101)
    assert await spell_of(storm, 101) is None
    assert 101 in {channel for each in await storm.incidents() for channel in each.silent}


async def test_a_report_goes_before_the_habit(storm):
    await home(storm, 101)
    await reports(storm, 101)
    assert [each.silent for each in await storm.incidents()] == [()]
    await until(storm, OFF + 0.1, 0)
    assert [each.silent for each in await storm.incidents()] == [(101,)]
    assert "Im lặng từ 17:36, được coi là tắt nguồn ngoài giờ đến" in await storm.card(1)


async def test_a_unit_that_is_reported_already_is_not_excused(storm):
    await reports(storm, 101)
    await home(storm, 101)
    assert [each.silent for each in await storm.incidents()] == [(101,)]


async def test_a_unit_s_second_channel_tells_that_it_has_power(storm):
    await home(storm, TWIN)
    assert await storm.incidents() == []  # the other may be switched off in the next moment
    await until(storm, OFF + 0.1, 0)
    assert [each.silent for each in await storm.incidents()] == [(TWIN,)]


async def test_both_channels_of_a_unit_are_switched_off_together(storm):
    await home(storm, TWIN, SPARE)
    await until(storm, 20, 0)
    assert await storm.incidents() == []


async def test_what_is_written_twice_is_excused_once(storm):
    """Blind for a while, and then the line is down again: it is the same silence."""
    await home(storm, 101)
    lost = set(storm.cut)
    storm.cut = set(storm.series)
    await storm.live(20)
    storm.cut = lost
    await storm.live(40)
    assert (await storm.states())[101][0] == "down"
    assert await storm.incidents() == []


@pytest.mark.parametrize("occasion", list(Occasion))
@pytest.mark.parametrize("unit", [None, 100, 101])
async def test_under_a_vigil_nothing_is_excused(storm, occasion, unit):
    await keep(storm.desk, occasion, unit, Span(storm.clock.at, at(1, 6)))
    await home(storm, 101)
    assert [each.silent for each in await storm.incidents()] == [(101,)]


async def test_a_vigil_elsewhere_or_at_another_time_changes_nothing(storm):
    await keep(storm.desk, Occasion.STORM, 200, Span(storm.clock.at, at(1, 6)))
    await keep(storm.desk, Occasion.STORM, None, Span(storm.clock.at, at(0, 15)))
    await keep(storm.desk, Occasion.STORM, None, Span(at(1, 18), at(1, 22)))
    await home(storm, 101)
    assert await storm.incidents() == []


async def test_a_vigil_has_what_is_off_already_ring_from_its_beginning_on(storm):
    await home(storm, 101)
    made = await keep(storm.desk, Occasion.MEETING, 101, Span(at(0, 19), at(0, 21)))
    assert made.off == ("Xã số 101",)
    await until(storm, 18.9, 0)
    assert await storm.incidents() == []
    await until(storm, 19, 0)
    (incident,) = await storm.incidents()
    assert (incident.silent, incident.began) == ((101,), at(0, 19))


async def test_a_vigil_that_was_lifted_excuses_again(storm):
    made = await keep(storm.desk, Occasion.STORM, None, Span(storm.clock.at, at(1, 6)))
    await lift(storm.desk, made.vigil.id)
    await home(storm, 101)
    assert await storm.incidents() == []


async def test_an_evening_under_a_vigil_teaches_nothing(storm):
    await accustom(storm.storage, 101)
    async with storm.desk.act(at(-21, 8)) as act:
        before = await habitual(act, 101, Span(at(0, OFF), at(0, OFF + 0.01)))
    await keep_at(storm, at(-21, 9), Span(at(-14, 18), at(-11, 22)))
    async with storm.desk.look() as act:
        after = await habitual(act, 101, Span(at(0, OFF), at(0, OFF + 0.01)))
    assert (before.usual.of, after.usual.of) == (15, 11)


async def keep_at(storm, when, span):
    now, storm.clock.at = storm.clock.at, when
    await keep(storm.desk, Occasion.STORM, None, Span(span.start, span.end))
    storm.clock.at = now


@pytest.mark.parametrize(("cause", "of"), [(Cause.FIBRE_CUT, 14), (Cause.SWITCHED_OFF, 15), (None, 15)])
async def test_a_silence_whose_cause_is_known_teaches_only_if_it_is_the_unit_s_own(storm, cause, of):
    await accustom(storm.storage, 101)
    await ticket_of_a_night(storm, cause)
    async with storm.desk.look() as act:
        found = await habitual(act, 101, Span(at(0, OFF), at(0, OFF + 0.01)))
    assert found.usual.of == of


async def ticket_of_a_night(storm, cause):
    night = Stay(101, at(-7, OFF), at(-6, 7))
    async with storm.storage.begin() as session:
        opened = await incidents.add(
            session, Incident(101, at(-7, OFF), root=101, members=(night,)), "silent"
        )
        row = await session.get(Ticket, opened.id)
        row.cause, row.status, row.closed, row.recovered = cause, "closed", at(-6, 8), at(-6, 7)
        member = (await session.exec(select(Member))).one()
        member.left = night.left
        session.add_all([row, member])


async def test_nights_under_works_teach_nothing(storm):
    await accustom(storm.storage, 101)
    storm.clock.at, now = at(-8, 9), storm.clock.at
    await plan(storm.desk, Fixed(at(-7, 17), at(-7, 23)), Scope(frozenset({101})), "thay tủ quang")
    storm.clock.at = now
    async with storm.desk.look() as act:
        found = await habitual(act, 101, Span(at(0, OFF), at(0, OFF + 0.01)))
    assert found.usual.of == 14


async def test_a_desk_that_looks_at_no_past_excuses_nothing(storm):
    async with storm.desk.act() as act:
        await policies.change(act.session, "routine", {"weeks": 0}, act.at)
    await home(storm, 101)
    assert len(await storm.incidents()) == 1


async def test_a_day_off_by_decree_is_waited_out(storm):
    async with storm.desk.act() as act:
        await policies.change(act.session, "days_off", ["2025-11-25"], act.at)
    await home(storm, 101)
    await until(storm, 12, 1)
    assert await storm.incidents() == []
    await until(storm, 7.75, 2)
    assert len(await storm.incidents()) == 1


async def test_surveys_tell_of_it_apart_from_what_is_out(storm):
    await home(storm, 101)
    async with storm.desk.look() as act:
        area = next(each for each in await out_by_area(act) if each.area == "Võ Nhai")
        (unit,) = await out_units(act, 100)
        (channel,) = (await unit_view(act, act.directory.units[101])).channels
    assert (area.out, area.off, area.unseen, area.total) == (0, 1, 0, 10)
    assert (unit.name, unit.off) == ("Xã số 101", True)
    (condition,) = channel.conditions
    assert (condition.excused.until, condition.excused.earliest) == (at(1, 7.75), "17:16")


async def test_a_ticket_of_its_own_fault_has_no_such_line(storm):
    await storm.lose(101)
    async with storm.desk.look() as act:
        view = await incident_view(act, await incidents.find(act.session, 1))
    assert view.excused is None


async def test_with_nothing_to_do_nothing_is_written(storm):
    await home(storm, 101)
    rung = storm.rung
    await upkeep(storm.desk)
    assert storm.rung == rung
