"""Samples and their roll-ups: raw for a day, by minute for a fortnight, by hour for ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.evidence import Run
from incidents.outcome import Outcome, Reason
from storage.engine import insert_new
from storage.tables import HOURS, MINUTES, SAMPLES

RAW_KEPT = timedelta(days=1)
MINUTES_KEPT = timedelta(days=14)

# The number of a reason in the database; append only.
REASONS: dict[Reason, int] = {
    Reason.REPLY: 0,
    Reason.TIMEOUT: 1,
    Reason.REFUSED: 2,
    Reason.UNREACHABLE: 3,
    Reason.BAD_STATUS: 4,
    Reason.BAD_NAME: 5,
    Reason.TLS: 6,
    Reason.SEND_FAILED: 7,
    Reason.STALLED: 8,
    Reason.BAD_ANSWER: 9,
}
_REASON = {number: reason for reason, number in REASONS.items()}
_OURS = ", ".join(str(REASONS[reason]) for reason in (Reason.SEND_FAILED, Reason.STALLED))


class Sample(NamedTuple):
    """An outcome of a series at a civil time."""

    series: int
    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Quality:
    """A series over a span: probes with a known outcome, those lost, and the mean round trip in seconds."""

    sent: int
    lost: int
    latency: float | None
    jitter: float | None


async def keep(connection: AsyncConnection, samples: Sequence[Sample]) -> None:
    """Write a batch; two samples of one series in the same millisecond are one."""
    if not samples:
        return
    rows = [
        {
            "series_id": sample.series,
            "at_ms": int(sample.at.timestamp() * 1000),
            "reason": REASONS[sample.outcome.reason],
            "rtt_us": None if sample.outcome.latency is None else round(sample.outcome.latency * 1e6),
        }
        for sample in samples
    ]
    await connection.execute(insert_new(SAMPLES), rows)


async def rolled_until(connection: AsyncConnection) -> datetime | None:
    """Return the start of the newest minute that was summed, or None."""
    newest = (await connection.execute(text(_NEWEST_MINUTE))).scalar()
    return None if newest is None else datetime.fromtimestamp(newest, UTC)


async def roll_up(connection: AsyncConnection, start: datetime, end: datetime) -> None:
    """Sum samples by minute, and minutes by hour, for every period that touches *start* to *end*.

    Jitter is of round trips within one minute, so that a minute summed again is the same.
    """
    first, last = int(start.timestamp()), int(end.timestamp())
    minute = {"seconds": 60, "start": first // 60 * 60, "end": last + 1}
    await _replace(connection, MINUTES, _MINUTES_OF_SAMPLES, minute)
    hour = {"seconds": 3600, "start": first // 3600 * 3600, "end": last + 1}
    await _replace(connection, HOURS, _HOURS_OF_MINUTES, hour)


async def forget(connection: AsyncConnection, at: datetime) -> None:
    """Delete what is older than it is kept."""
    await _delete(connection, SAMPLES, SAMPLES.c.at_ms < int((at - RAW_KEPT).timestamp() * 1000))
    await _delete(connection, MINUTES, MINUTES.c.at < int((at - MINUTES_KEPT).timestamp()))


async def between(
    session: AsyncSession, series: int, start: datetime, end: datetime, limit: int
) -> list[Sample]:
    """Return the first *limit* raw samples of *series* sent from *start* to *end*."""
    connection = await session.connection()
    at_ms = SAMPLES.c.at_ms
    span = (at_ms >= int(start.timestamp() * 1000)) & (at_ms <= int(end.timestamp() * 1000))
    rows = await connection.execute(
        select(at_ms, SAMPLES.c.reason, SAMPLES.c.rtt_us)
        .where(SAMPLES.c.series_id == series, span)
        .order_by(at_ms)
        .limit(limit)
    )
    return [
        Sample(
            series,
            datetime.fromtimestamp(at / 1000, UTC),
            Outcome(_REASON[reason], None if rtt is None else rtt / 1e6),
        )
        for at, reason, rtt in rows
    ]


async def quality(session: AsyncSession, series: Iterable[int], since: datetime) -> Quality:
    """Return what the raw samples since *since* say of the best of *series* (the one with least loss)."""
    found = [await _quality(session, each, int(since.timestamp() * 1000)) for each in series]
    known = [each for each in found if each.sent]
    return min(known, key=lambda each: each.lost / each.sent, default=Quality(0, 0, None, None))


async def run(session: AsyncSession, series: int, since: datetime) -> Run:
    """Return the unbroken run of answered probes of *series* up to now, of those sent after *since*."""
    connection = await session.connection()
    known = {"series": series, "since": int(since.timestamp() * 1000)}
    lost = (await connection.execute(text(_LAST_LOST), known)).scalar()
    known["since"] = max(known["since"], lost or 0)
    good, first, last = (await connection.execute(text(_ANSWERED), known)).one()
    return Run(
        good, *(None if at is None else datetime.fromtimestamp(at / 1000, UTC) for at in (first, last, lost))
    )


async def _quality(session: AsyncSession, series: int, since_ms: int) -> Quality:
    connection = await session.connection()
    row = (
        await connection.execute(
            text(
                f"""
        SELECT count(*), count(*) - count(rtt_us), avg(rtt_us), avg(abs(rtt_us - before))
        FROM (SELECT rtt_us, lag(rtt_us) OVER (ORDER BY at_ms) AS before FROM samples
              WHERE series_id = :series AND at_ms >= :since AND reason NOT IN ({_OURS})) AS raw
        """  # noqa: S608  (our own integers)
            ),
            {"series": series, "since": since_ms},
        )
    ).one()
    sent, lost, mean, jitter = row
    return Quality(
        sent,
        lost or 0,
        None if mean is None else mean / 1e6,
        None if jitter is None else jitter / 1e6,
    )


_SINCE = f"FROM samples WHERE series_id = :series AND at_ms > :since AND reason NOT IN ({_OURS})"
_LAST_LOST = f"SELECT max(at_ms) {_SINCE} AND rtt_us IS NULL"
_ANSWERED = f"SELECT count(*), min(at_ms), max(at_ms) {_SINCE} AND rtt_us IS NOT NULL"


def _known(table: str) -> str:
    """Return a table expression «known» of the series in *table*, found by leaps through its key.

    A key begins with the series. A statement about a time has to name every series, or it reads all there is.
    """
    return f"""WITH RECURSIVE known(id) AS (
        SELECT min(series_id) FROM {table} UNION ALL
        SELECT (SELECT min(series_id) FROM {table} WHERE series_id > known.id)
        FROM known WHERE known.id IS NOT NULL)"""  # noqa: S608  (a table of ours)


_NEWEST_MINUTE = f"""
    {_known("minutes")} SELECT max((SELECT max(at) FROM minutes WHERE series_id = known.id)) FROM known
    """  # noqa: S608

_MINUTES_OF_SAMPLES = f"""
    {_known("samples")}
    SELECT series_id, at_ms / 1000 / :seconds * :seconds,
           count(*) FILTER (WHERE reason NOT IN ({_OURS})),
           count(*) FILTER (WHERE reason NOT IN ({_OURS}) AND rtt_us IS NULL),
           count(*) FILTER (WHERE reason IN ({_OURS})),
           CAST(round(avg(rtt_us) / 10.0) AS INTEGER),
           CAST(round(min(rtt_us) / 10.0) AS INTEGER),
           CAST(round(max(rtt_us) / 10.0) AS INTEGER),
           CAST(round(avg(abs(rtt_us - before)) / 10.0) AS INTEGER)
    FROM (SELECT series_id, at_ms, reason, rtt_us,
                 lag(rtt_us) OVER (PARTITION BY series_id, at_ms / 1000 / :seconds ORDER BY at_ms) AS before
          FROM known JOIN samples ON series_id = known.id AND at_ms >= :start * 1000 AND at_ms < :end * 1000
         ) AS raw
    GROUP BY 1, 2
    """  # noqa: S608  (our own integers)

_HOURS_OF_MINUTES = f"""
    {_known("minutes")}
    SELECT series_id, at / :seconds * :seconds, sum(sent), sum(lost), sum(unknown),
           CAST(round(1.0 * sum(rtt * (sent - lost)) / nullif(sum(sent - lost), 0)) AS INTEGER),
           min(rtt_min), max(rtt_max),
           CAST(round(1.0 * sum(jitter * (sent - lost))
                / nullif(sum(sent - lost) FILTER (WHERE jitter IS NOT NULL), 0)) AS INTEGER)
    FROM known JOIN minutes ON series_id = known.id AND at >= :start AND at < :end GROUP BY 1, 2
    """  # noqa: S608


async def _replace(connection: AsyncConnection, table: Table, sums: str, span: dict[str, int]) -> None:
    await _delete(connection, table, (table.c.at >= span["start"]) & (table.c.at < span["end"]))
    await connection.execute(text(f"INSERT INTO {table.name} {sums}"), span)


async def _delete(connection: AsyncConnection, table: Table, when: ColumnElement[bool]) -> None:
    every = text(f"series_id IN ({_known(table.name)} SELECT id FROM known)")  # noqa: S608
    await connection.execute(delete(table).where(every, when))
