"""Bad quality is a spell that begins and ends by the minutes of real outcomes, told of without a bell."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.cards.unit import unit as unit_card
from incidents.maintenance import Fixed, Purpose, Scope, Window
from incidents.model import LineState
from incidents.outcome import Observation, Outcome, Reason
from operations.assess import assess
from operations.draft import propose
from operations.maintain import plan
from operations.sample import Sampler, roll_up
from operations.survey import unit_view
from storage import intervals
from storage.intervals import Change
from storage.letters import Address
from storage.tables import Letter, Series, Spell
from tests.operations.conftest import plain
from tests.storage.rows import (
    ANCHOR,
    HA,
    LINE_DEPARTMENT,
    LINE_DINH_CA,
    LINE_THAN_XA,
    ONCALL_CHAT,
    THAN_XA,
)

PROBES = 12  # a minute
EVERY = 60 / PROBES  # seconds
GOOD = (0, 0.02)  # lost a minute, round trip in seconds
LOSSY, SLOW = (3, 0.02), (0, 0.09)


@pytest.fixture
async def minutes(duty, clock):
    """Let minutes pass with outcomes of every series; each is summed and judged as the timetable has it."""
    sampler = Sampler(duty.desk)
    async with duty.storage.begin() as session:
        await intervals.append(
            session, [Change(each, LineState.UP, clock.at, "replied") for each in (1, 2, 3, 4)]
        )

    async def let_pass(count, **lines):
        """Have the series named like *s2* do as told, the others well."""
        told = {int(name[1:]): how for name, how in lines.items()}
        for _ in range(count):
            heard = [
                each for series in duty.series for each in _minute(series, told.get(series, GOOD), clock.now)
            ]
            clock.on(minutes=1)
            sampler.add(heard, clock.now, clock.at)
            await sampler.flush()
            clock.on(seconds=20)
            await roll_up(duty.desk, clock.at)
            await assess(duty.desk, clock.at)
            clock.on(seconds=-20)

    return let_pass


def _minute(series, how, now):
    lost, delay = how
    for index in range(PROBES):
        sent = now + index * EVERY + 0.1
        outcome = Outcome(Reason.TIMEOUT) if index < lost else Outcome(Reason.REPLY, delay)
        yield Observation(series, outcome, sent, sent + 1)


async def spells(duty):
    async with duty.storage.read() as session:
        return [(row.channel_id, row.ended is None) for row in await session.exec(select(Spell))]


async def test_a_line_that_is_well_has_no_spell(duty, minutes):
    await minutes(12)
    assert (await spells(duty), await duty.letters()) == ([], [])


@pytest.mark.parametrize(
    ("how", "after", "reasons"),
    [
        (SLOW, 5, ["delay"]),
        ((0, 0.8), 5, ["delay", "rating"]),
        (LOSSY, 3, ["loss"]),  # by the sum of five minutes, of which most have lost some
    ],
)
async def test_a_line_that_is_bad_for_minutes_is_degraded(duty, minutes, clock, how, after, reasons):
    await minutes(30)  # in which what is usual of it was seen
    await minutes(after - 1, s2=how)
    assert await spells(duty) == []
    await minutes(1, s2=how)
    assert await spells(duty) == [(LINE_THAN_XA, True)]
    async with duty.storage.read() as session:
        spell = (await session.exec(select(Spell))).one()
    assert [each["measure"] for each in spell.data["reasons"]] == reasons
    assert clock.at <= spell.began < clock.at + timedelta(minutes=1)


async def test_it_ends_once_it_was_clear_for_ten_minutes(duty, minutes):
    await minutes(5, s2=LOSSY)
    await minutes(9)
    assert await spells(duty) == [(LINE_THAN_XA, True)]
    await minutes(1)
    assert await spells(duty) == [(LINE_THAN_XA, False)]


async def test_a_bad_minute_in_between_does_not_end_it_nor_begin_another(duty, minutes):
    await minutes(5, s2=LOSSY)
    await minutes(6)
    await minutes(1, s2=LOSSY)
    await minutes(9)
    assert await spells(duty) == [(LINE_THAN_XA, True)]


async def test_one_notice_without_a_bell_names_all_that_became_bad_in_a_minute(duty, minutes):
    await minutes(30)
    await minutes(5, s2=SLOW, s3=(0, 0.08))
    async with duty.storage.read() as session:
        (letter,) = await session.exec(select(Letter))
    assert (letter.chat, letter.kind, letter.content["quiet"]) == (ONCALL_CHAT, "notice", True)
    assert await duty.notices() == [
        "2 kênh suy giảm chất lượng\n"
        "Xã Thần Xa (Huyện Võ Nhai): trễ 90 ms (ngưỡng 50 ms)\n"
        "Thị trấn Đình Cả (Huyện Võ Nhai): trễ 80 ms (ngưỡng 50 ms)"
    ]


async def test_nobody_is_told_of_it_again_while_it_lasts_nor_of_its_end(duty, minutes):
    await minutes(20, s2=LOSSY)
    await minutes(11)
    assert len(await duty.letters()) == 1
    assert await duty.incidents() == []


async def test_it_is_seen_in_the_state_of_the_unit(duty, minutes):
    await minutes(5, s2=LOSSY)
    async with duty.desk.look() as act:
        view = await unit_view(act, act.directory.units[THAN_XA])
        said = plain(unit_card(view, duty.desk.voice, act.at))
    assert "\n🟠 Suy giảm chất lượng từ 10:05: mất gói 25,00% (ngưỡng 1,00%)" in said


async def test_while_our_own_anchors_are_bad_nothing_is_said_of_a_line(duty, minutes):
    await minutes(10, s2=LOSSY, s3=LOSSY, s90=LOSSY)
    assert (await spells(duty), await duty.letters()) == ([], [])
    await minutes(5, s2=LOSSY)
    assert await spells(duty) == [(LINE_THAN_XA, True)]


async def test_a_bad_anchor_beside_a_good_one_is_its_own_matter(duty, minutes):
    async with duty.storage.begin() as session:
        session.add(Series(id=91, url="icmp://10.9.9.10", vantage_id=1))
    duty.series = (*duty.series, 91)
    await minutes(5, s2=LOSSY, s90=LOSSY)
    assert await spells(duty) == [(LINE_THAN_XA, True)]


async def test_a_dead_anchor_does_not_vouch_for_a_bad_one(duty, minutes):
    async with duty.storage.begin() as session:
        session.add(Series(id=91, url="icmp://10.9.9.10", vantage_id=1))
    duty.series = (*duty.series, 91)
    await minutes(10, s2=LOSSY, s90=LOSSY, s91=(PROBES, None))
    assert await spells(duty) == []


async def test_an_anchor_that_is_far_away_does_not_hide_the_lines_for_ever(duty, minutes):
    far = (0, 0.07)
    await minutes(5, s90=far)
    await minutes(5, s2=LOSSY, s90=far)
    assert await spells(duty) == [(LINE_THAN_XA, True)]


async def test_minutes_in_which_the_line_was_out_tell_nothing_of_its_quality(duty, minutes, clock):
    await _declare(duty, LineState.DOWN)
    await minutes(3, s2=(11, 0.02))
    await _declare(duty, LineState.UP)
    await minutes(4, s2=LOSSY)  # as bad as it is, with those before it would be five and more
    assert await spells(duty) == []
    await minutes(1, s2=LOSSY)
    assert await spells(duty) == [(LINE_THAN_XA, True)]


async def test_a_line_that_is_out_is_not_degraded(duty, minutes):
    await _declare(duty, LineState.DOWN)
    await minutes(10, s2=(11, 0.02))
    assert await spells(duty) == []


async def test_a_spell_lasts_through_an_outage(duty, minutes):
    await minutes(5, s2=LOSSY)
    await _declare(duty, LineState.DOWN)
    await minutes(12, s2=(PROBES, None))
    await _declare(duty, LineState.UP)
    await minutes(9)
    assert await spells(duty) == [(LINE_THAN_XA, True)]
    await minutes(2)
    assert await spells(duty) == [(LINE_THAN_XA, False)]


async def _declare(duty, state):
    async with duty.storage.begin() as session:
        await intervals.append(session, [Change(LINE_THAN_XA, state, duty.clock.at, "test")])


async def test_of_several_series_the_one_with_the_least_loss_speaks_for_the_line(duty, minutes):
    async with duty.storage.begin() as session:
        (await session.get(Series, 3)).channel_id = LINE_THAN_XA
    await minutes(10, s2=LOSSY)
    assert await spells(duty) == []
    await minutes(5, s2=LOSSY, s3=LOSSY)
    assert await spells(duty) == [(LINE_THAN_XA, True)]


async def test_a_line_under_works_is_not_told_of(duty, minutes, clock):
    scope = Scope(channels=frozenset({LINE_DEPARTMENT}))
    await plan(duty.desk, Fixed(clock.at, clock.at + timedelta(minutes=8)), scope, "thay tủ quang")
    await minutes(7, s4=LOSSY, s3=LOSSY)
    assert await spells(duty) == [(LINE_DINH_CA, True)]
    await minutes(2, s4=LOSSY, s3=LOSSY)
    assert (LINE_DEPARTMENT, True) in await spells(duty)


async def test_a_line_that_is_muted_is_degraded_and_nobody_is_told(duty, minutes, clock):
    rule = Fixed(clock.at, clock.at + timedelta(hours=1))
    scope = Scope(channels=frozenset({LINE_DEPARTMENT}))
    mute = Window(rule, scope, "chờ vật tư", clock.at, HA, purpose=Purpose.MUTE)
    await propose(duty.desk, mute, Address(ONCALL_CHAT))
    await minutes(7, s4=LOSSY)
    assert await spells(duty) == [(LINE_DEPARTMENT, True)]
    assert await duty.letters() == []


async def test_a_line_whose_usual_delay_is_long_is_judged_by_it(duty, minutes, clock):
    await minutes(30, s2=(0, 0.045))
    await minutes(6, s2=(0, 0.06))
    assert await spells(duty) == []
    await minutes(6, s2=(0, 0.2))
    assert await spells(duty) == [(LINE_THAN_XA, True)]


async def test_an_anchor_has_no_spell(duty, minutes):
    await minutes(10, s90=LOSSY)
    assert ANCHOR not in {channel for channel, _ in await spells(duty)}
    assert await spells(duty) == []
