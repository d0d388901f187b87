"""A year of traffic of every channel: days of old, and a week of rates written as the bot writes them."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import text

from incidents.bandwidth import Rate, Rule, Spread
from operations.desk import Desk
from operations.meter import sum_days
from storage import traffic

RULE = Rule()
DAY = timedelta(days=1)
METER = "snmp://10.1.2.1/Gi0%2F1?credential=CORE"
MBPS = 50


async def fill_traffic(desk: Desk, start: datetime, end: datetime) -> None:
    """Give every channel a meter, and write what it told from *start* to *end*."""
    random = Random(95)
    async with desk.storage.begin() as session:
        await session.execute(text(f"UPDATE channels SET meter = '{METER}', bandwidth_mbps = {MBPS}"))
        await session.execute(text("UPDATE revisions SET number = number + 1"))
    async with desk.look(end) as act:
        channels = sorted(act.directory.live_channels)
    day = start
    while day < end - RULE.window:
        sums = [(channel, 288, (_spread(random), _spread(random))) for channel in channels]
        async with desk.storage.sampling() as connection:
            await traffic.keep_day(connection, day.date(), sums)
        day += DAY
    at = end - RULE.window
    while at < end:
        async with desk.storage.sampling() as connection:
            await traffic.keep(connection, {channel: _rate(random) for channel in channels}, at)
        at += RULE.period
    await sum_days(desk, end)


def _rate(random: Random) -> Rate:
    return Rate(_bits(random), _bits(random))


def _bits(random: Random) -> int:
    return min(MBPS * 1_000_000, round(random.lognormvariate(15.4, 1.2)))


def _spread(random: Random) -> Spread:
    mean, p95, most = sorted(_bits(random) for _ in range(3))
    return Spread(p95, mean, most)
