"""Meter: every meter read each five minutes, its rates kept, and the channels judged by them each hour."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from time import monotonic

import structlog

from checks.credential import Credential
from checks.meter import Fault, Meter
from checks.snmp import Snmp, Told
from incidents.bandwidth import Judgement, Rate, Reading, Rule, Usage, judge, rate, spread, usage
from operations.desk import Act, Desk
from storage import spells, traffic
from storage.directory import Directory
from storage.spells import OVERLOADED

log = structlog.get_logger(__name__)

RULE = Rule()
JUDGED_EVERY = timedelta(hours=1)


class Metering:
    """The meters of the inventory; what was read last stays in memory, so a start costs one rate of each."""

    def __init__(
        self,
        desk: Desk,
        credentials: Mapping[str, Credential],
        *,
        snmp: Snmp | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._desk = desk
        self._snmp = snmp or Snmp(credentials, clock=clock)
        self._last: dict[Meter, Reading] = {}
        self._judged: datetime | None = None
        self.read = 0
        self.failed = 0

    async def run(self) -> None:
        """Read whenever five minutes of the civil clock are over, until cancelled."""
        while True:
            await asyncio.sleep(_until_next(self._desk.clock()))
            try:
                await self.round()
            except Exception:  # the database is away: the next round is another chance
                log.exception("meter.round")

    async def round(self) -> None:
        """Read every meter, keep the rates, and once an hour judge by them."""
        async with self._desk.look() as act:
            wanted = list(meters(act.directory))
        told = await self._snmp.read(wanted)
        at = self._desk.clock()
        rates = self._rates(wanted, told)
        async with self._desk.storage.sampling() as connection:
            await traffic.keep(connection, rates, at)
        _tell(told)
        if self._judged is None or at - self._judged >= JUDGED_EVERY:
            await review(self._desk, at)
            await sum_days(self._desk, at)
            self._judged = at

    def _rates(self, wanted: Iterable[Meter], told: Mapping[int, Told]) -> dict[int, Rate]:
        before, self._last, rates = self._last, {}, {}
        for meter in wanted:
            reading = told[meter.channel]
            if isinstance(reading, Fault):
                self.failed += 1
                continue
            self.read += 1
            self._last[meter] = reading
            found = rate(before.get(meter), reading, RULE)
            if isinstance(found, Rate):
                rates[meter.channel] = found
        return rates


def meters(inventory: Directory) -> Iterable[Meter]:
    """Return the meters of the channels that are watched."""
    for id_, channel in inventory.live_channels.items():
        if channel.meter:
            yield Meter.parse(id_, channel.meter)


async def week(act: Act, channel: int) -> Usage:
    """Return what the channel carried in the week that ends now."""
    return usage(await traffic.between(act.session, channel, act.at - RULE.window, act.at), RULE)


async def review(desk: Desk, at: datetime) -> None:
    """Begin and end the spells of overload, as the last week has it."""
    async with desk.look(at) as act:
        present = await spells.present(act.session)
        was = {id_ for id_, each in present.items() if any(spell.kind == OVERLOADED for spell in each)}
        metered = {meter.channel for meter in meters(act.directory)}
        found: dict[int, tuple[Judgement, Usage] | None] = dict.fromkeys(was - metered)
        for channel in metered:
            carried = await week(act, channel)
            mbps = act.directory.channels[channel].bandwidth_mbps
            found[channel] = judge(carried, mbps, RULE, was=channel in was), carried
    turned = {
        id_: each for id_, each in found.items() if (each is not None and each[0].overloaded) != (id_ in was)
    }
    if turned:
        async with desk.act(at) as act:
            for channel, judged in turned.items():
                await _turn(act, channel, judged)


async def _turn(act: Act, channel: int, judged: tuple[Judgement, Usage] | None) -> None:
    """Begin the channel's spell or end it; a channel that has no meter any more is overloaded no longer."""
    code = act.directory.channels[channel].code
    if judged is None or not judged[0].overloaded:
        await spells.end(act.session, channel, OVERLOADED, act.at)
        log.info("meter.relieved", channel=code, why=judged[0].why if judged else "no_meter")
        return
    judgement, carried = judged
    data = {
        "why": judgement.why,
        "down": carried.down,
        "up": carried.up,
        "mbps": act.directory.channels[channel].bandwidth_mbps,
        "samples": carried.samples,
        "expected": carried.expected,
    }
    await spells.begin(act.session, channel, OVERLOADED, act.at, data)
    log.info("meter.overloaded", channel=code, share=judgement.share)


async def sum_days(desk: Desk, at: datetime) -> None:
    """Sum the days that are over, and forget the rates that are old."""
    zone = desk.voice.zone
    async with desk.look(at) as act:
        sums = {}
        for day in await traffic.days_to_sum(act.session, at, zone):
            sums[day] = [
                (channel, len(rates), [spread(values, RULE) for values in zip(*rates, strict=True)])
                for channel in act.directory.channels
                if (rates := await traffic.between(act.session, channel, *traffic.bounds(day, zone)))
            ]
    async with desk.storage.sampling() as connection:
        for day, each in sums.items():
            await traffic.keep_day(connection, day, each)
        await traffic.forget(connection, at)


def _until_next(at: datetime) -> float:
    period = RULE.period.total_seconds()
    return period - at.timestamp() % period


def _tell(told: Mapping[int, Told]) -> None:
    """Log one line for all that failed, by reason."""
    faults = Counter(str(each) for each in told.values() if isinstance(each, Fault))
    if faults:
        log.warning("meter.failed", meters=len(told), **faults)
