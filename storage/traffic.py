"""Traffic of channels: every rate of a week, and of each day its percentile, mean and maximum."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from struct import Struct
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.bandwidth import Rate, Spread
from incidents.figures.load import DayLoad
from storage.engine import insert_new
from storage.tables import TRAFFIC, TRAFFIC_DAYS

KEPT: Final = timedelta(days=7, hours=1)
EPOCH: Final = date(1970, 1, 1)
PAIR: Final = Struct("<II")  # kbit/s down, kbit/s up

# SQLite makes a text of joined blobs, byte for byte
_APPEND = """
    INSERT INTO traffic VALUES (:hour, :channel, :rates)
    ON CONFLICT (hour, channel_id) DO UPDATE SET rates = CAST(rates || excluded.rates AS BLOB)
    """
_BETWEEN = """
    WITH RECURSIVE hours(hour) AS
        (SELECT :first UNION ALL SELECT hour + 1 FROM hours WHERE hour + 1 < :last)
    SELECT rates FROM hours CROSS JOIN traffic ON traffic.hour = hours.hour AND channel_id = :channel
    """


async def keep(connection: AsyncConnection, rates: Mapping[int, Rate], at: datetime) -> None:
    """Write the rates of the five minutes that end at *at*, by channel."""
    if rates:
        packed = {
            channel: PAIR.pack(*(round(each / 1000) for each in rate)) for channel, rate in rates.items()
        }
        rows = [{"hour": _hour(at), "channel": channel, "rates": pair} for channel, pair in packed.items()]
        await connection.execute(text(_APPEND), rows)


async def between(session: AsyncSession, channel: int, start: datetime, end: datetime) -> list[Rate]:
    """Return the channel's rates of the hours that *start* to *end* touches."""
    span = {"channel": channel, "first": _hour(start), "last": _hour(end - timedelta(seconds=1)) + 1}
    rows = await (await session.connection()).execute(text(_BETWEEN), span)
    return [Rate(down * 1000, up * 1000) for (packed,) in rows for down, up in PAIR.iter_unpack(packed)]


async def days_to_sum(session: AsyncSession, at: datetime, zone: ZoneInfo) -> list[date]:
    """Return the days that are over, have rates, and are not summed."""
    connection = await session.connection()
    newest = (await connection.execute(select(func.max(TRAFFIC_DAYS.c.day)))).scalar()
    oldest = (await connection.execute(select(func.min(TRAFFIC.c.hour)))).scalar()
    if oldest is None:
        return []
    first = datetime.fromtimestamp(oldest * 3600, UTC).astimezone(zone).date()
    if newest is not None:
        first = max(first, EPOCH + timedelta(days=newest + 1))
    return [first + timedelta(days=each) for each in range((at.astimezone(zone).date() - first).days)]


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a day of the zone begins and ends."""
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


async def keep_day(
    connection: AsyncConnection, day: date, sums: Iterable[tuple[int, int, Sequence[Spread]]]
) -> None:
    """Write a day's figures: of each channel how many rates it had, and the spreads down and up in bit/s."""
    rows = [
        ((day - EPOCH).days, channel, samples, *(round(each / 1000) for spread in spreads for each in spread))
        for channel, samples, spreads in sums
    ]
    if rows:
        names = [column.name for column in TRAFFIC_DAYS.c]
        await connection.execute(
            insert_new(TRAFFIC_DAYS), [dict(zip(names, row, strict=True)) for row in rows]
        )


async def days(session: AsyncSession, first: date, last: date) -> dict[int, list[DayLoad]]:
    """Return the days of each channel from *first* to *last*, both included, in order."""
    wanted = select(TRAFFIC_DAYS).where(
        TRAFFIC_DAYS.c.day >= (first - EPOCH).days, TRAFFIC_DAYS.c.day <= (last - EPOCH).days
    )
    found: dict[int, list[DayLoad]] = {}
    for day, channel, samples, *kbits in await (await session.connection()).execute(wanted):
        down, up = (Spread(*(each * 1000 for each in kbits[start : start + 3])) for start in (0, 3))
        found.setdefault(channel, []).append(DayLoad(EPOCH + timedelta(days=day), samples, down, up))
    return found


async def forget(connection: AsyncConnection, at: datetime) -> None:
    """Delete the rates that are older than they are kept."""
    await connection.execute(delete(TRAFFIC).where(TRAFFIC.c.hour < _hour(at - KEPT)))


def _hour(at: datetime) -> int:
    return int(at.timestamp()) // 3600
