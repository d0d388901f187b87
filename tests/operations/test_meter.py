"""Metering: a scripted network in place of the agents, the real desk and database behind it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from checks.meter import Fault
from incidents.bandwidth import Rate, Reading
from locales.voice import Voice
from operations.desk import Desk
from operations.meter import OVERLOADED, Metering, review, sum_days, week
from storage import spells, traffic
from storage.tables import TRAFFIC_DAYS, Channel
from tests.storage.rows import LINE_DINH_CA, LINE_THAN_XA, UPLINK

MBPS = 50
METER = "snmp://10.1.2.1/Gi0/1?credential=CORE"


class Agents:
    """Agents whose ports carry what the test says, in bit/s; a fault in its stead is told as it is."""

    def __init__(self, clock):
        self._clock = clock
        self._octets = {}
        self.carried = {}
        self.asked = []

    async def read(self, meters):
        self.asked.append({meter.channel for meter in meters})
        return {meter.channel: self._told(meter.channel) for meter in meters}

    def _told(self, channel):
        carried = self.carried.get(channel, (0, 0))
        if isinstance(carried, Fault):
            return carried
        down, up = self._octets.get(channel, (2**64 - 1000, 0))
        down, up = self._octets[channel] = [
            (octets + bits * 300 // 8) % 2**64 for octets, bits in zip((down, up), carried, strict=True)
        ]
        return Reading(self._clock.now, down, up, round(self._clock.now * 100))


@pytest.fixture
def desk(province, clock):
    return Desk(province, clock, Voice.of("vi", "Asia/Ho_Chi_Minh"))


@pytest.fixture
def agents(clock):
    return Agents(clock)


@pytest.fixture
def metering(desk, agents):
    return Metering(desk, {}, snmp=agents)


async def put(desk, *channels, meter=METER, mbps=MBPS):
    async with desk.storage.begin() as session:
        for channel in channels:
            row = await session.get(Channel, channel)
            row.meter, row.bandwidth_mbps = meter, mbps
            session.add(row)


async def rounds(metering, clock, count):
    for _ in range(count):
        await metering.round()
        clock.on(minutes=5)


async def rates(desk, channel, clock):
    async with desk.storage.read() as session:
        return await traffic.between(session, channel, clock.at - timedelta(hours=2), clock.at)


async def fill(desk, channel, clock, share, *, samples=2016):
    """Write a week in which the channel's way down was filled to *share*."""
    pair = traffic.PAIR.pack(round(share * MBPS * 1000), 1000)
    first = int(clock.at.timestamp()) // 3600 - 168
    async with desk.storage.sampling() as connection:
        await connection.execute(text("DELETE FROM traffic WHERE channel_id = :c"), {"c": channel})
        for hour in range(first, first + samples // 12):
            row = {"hour": hour, "channel": channel, "rates": pair * 12}
            await connection.execute(text(traffic._APPEND), row)


async def present(desk):
    async with desk.storage.read() as session:
        return await spells.present(session)


async def test_a_rate_is_kept_from_the_second_round_on_over_the_counter_s_wrap(desk, metering, agents, clock):
    await put(desk, LINE_THAN_XA)
    agents.carried[LINE_THAN_XA] = (42_000_000, 12_000_000)
    await rounds(metering, clock, 3)
    assert await rates(desk, LINE_THAN_XA, clock) == [Rate(42_000_000, 12_000_000)] * 2
    assert (metering.read, metering.failed) == (3, 0)


async def test_without_a_meter_nothing_is_asked_and_nothing_kept(desk, metering, agents, clock):
    await rounds(metering, clock, 2)
    assert agents.asked == [set(), set()]


async def test_a_meter_that_fails_is_counted_told_and_leaves_a_gap(desk, metering, agents, clock):
    await put(desk, LINE_THAN_XA, LINE_DINH_CA)
    await rounds(metering, clock, 2)
    agents.carried[LINE_THAN_XA] = Fault.TIMEOUT
    with capture_logs() as logs:
        await rounds(metering, clock, 1)
    assert [entry for entry in logs if entry["event"] == "meter.failed"] == [
        {"event": "meter.failed", "log_level": "warning", "meters": 2, "timeout": 1}
    ]
    agents.carried[LINE_THAN_XA] = (0, 0)
    await rounds(metering, clock, 2)
    assert len(await rates(desk, LINE_THAN_XA, clock)) == 2  # the second round and the last
    assert len(await rates(desk, LINE_DINH_CA, clock)) == 4
    assert metering.failed == 1


async def test_a_port_that_was_exchanged_gives_no_rate_between_the_two(desk, metering, agents, clock):
    await put(desk, LINE_THAN_XA)
    await rounds(metering, clock, 2)
    await put(desk, LINE_THAN_XA, meter=METER.replace("Gi0/1", "Gi0/2"))
    await rounds(metering, clock, 1)
    assert len(await rates(desk, LINE_THAN_XA, clock)) == 1


async def test_a_week_above_the_limit_is_a_spell_that_ends_when_it_is_well_below(desk, clock):
    await put(desk, LINE_THAN_XA, LINE_DINH_CA)
    kinds = []
    for share in (0.89, 0.93, 0.89, 0.86, 0.80):
        await fill(desk, LINE_THAN_XA, clock, share)
        await fill(desk, LINE_DINH_CA, clock, 0.5)
        await review(desk, clock.at)
        kinds.append({id_: [spell.kind for spell in each] for id_, each in (await present(desk)).items()})
    overloaded = {LINE_THAN_XA: [OVERLOADED]}
    assert kinds == [{}, overloaded, overloaded, overloaded, {}]


async def test_a_spell_says_by_what_figures_it_began(desk, clock):
    await put(desk, LINE_THAN_XA)
    await fill(desk, LINE_THAN_XA, clock, 0.93)
    await review(desk, clock.at)
    (spell,) = (await present(desk))[LINE_THAN_XA]
    assert spell.began == clock.at
    assert spell.data == {
        "why": "over",
        "down": 46_500_000,
        "up": 1_000_000,
        "mbps": MBPS,
        "samples": 2016,
        "expected": 2016,
    }


@pytest.mark.parametrize("change", [{"meter": None}, {"mbps": None}])
async def test_a_channel_without_a_meter_or_a_bandwidth_is_overloaded_no_longer(desk, clock, change):
    await put(desk, LINE_THAN_XA)
    await fill(desk, LINE_THAN_XA, clock, 0.93)
    await review(desk, clock.at)
    await put(desk, LINE_THAN_XA, **change)
    await review(desk, clock.on(hours=1))
    assert await present(desk) == {}


async def test_a_channel_that_is_retired_is_overloaded_no_longer(desk, clock):
    await put(desk, LINE_THAN_XA)
    await fill(desk, LINE_THAN_XA, clock, 0.93)
    await review(desk, clock.at)
    async with desk.storage.begin() as session:
        row = await session.get(Channel, LINE_THAN_XA)
        row.retired_at = clock.at
        session.add(row)
    await review(desk, clock.on(hours=1))
    assert await present(desk) == {}


async def test_another_kind_of_spell_is_left_alone(desk, clock):
    async with desk.storage.begin() as session:
        await spells.begin(session, UPLINK, "degraded", clock.at, {})
    await review(desk, clock.at)
    assert list(await present(desk)) == [UPLINK]


async def test_a_part_of_a_week_is_no_overload(desk, clock):
    await put(desk, LINE_THAN_XA)
    await fill(desk, LINE_THAN_XA, clock, 0.99, samples=1608)
    await review(desk, clock.at)
    assert await present(desk) == {}
    async with desk.look(clock.at) as act:
        assert not (await week(act, LINE_THAN_XA)).enough


async def test_judgement_is_once_an_hour(desk, metering, agents, clock):
    await put(desk, LINE_THAN_XA)
    await rounds(metering, clock, 1)
    await fill(desk, LINE_THAN_XA, clock, 0.93)
    await rounds(metering, clock, 11)
    assert await present(desk) == {}
    await rounds(metering, clock, 1)
    assert list(await present(desk)) == [LINE_THAN_XA]


async def test_a_day_that_is_over_is_summed_once_and_the_old_rates_go(desk, metering, agents, clock):
    await put(desk, LINE_THAN_XA)
    for _ in range(2):
        agents.carried[LINE_THAN_XA] = (8_000_000, 1_000_000)
        await rounds(metering, clock, 20)
        agents.carried[LINE_THAN_XA] = (40_000_000, 1_000_000)
        await rounds(metering, clock, 1)
        clock.on(hours=24)
    for _ in range(2):
        await sum_days(desk, clock.at)
    async with desk.storage.read() as session:
        rows = (await (await session.connection()).execute(select(TRAFFIC_DAYS))).all()
    assert [row[2:] for row in rows] == [
        (20, 8000, 9600, 40000, 1000, 1000, 1000),
        (20, 8000, 9600, 40000, 1000, 1000, 1000),
    ]
    assert rows[1].day - rows[0].day == 1
    await sum_days(desk, clock.on(days=8))
    async with desk.look(clock.at) as act:
        assert (await week(act, LINE_THAN_XA)).samples == 0
