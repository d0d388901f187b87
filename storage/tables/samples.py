"""Samples of series and their roll-ups, in integer units; written by Core, never as objects."""

from sqlalchemy import Column, Integer, SmallInteger, Table
from sqlmodel import SQLModel

SAMPLES = Table(
    "samples",  # raw, one day
    SQLModel.metadata,
    Column("series_id", Integer, primary_key=True),
    Column("at_ms", Integer, primary_key=True),  # civil time, milliseconds since 1970
    Column("reason", SmallInteger, nullable=False),  # storage/samples.py REASONS
    Column("rtt_us", Integer),
    sqlite_with_rowid=False,
)


def rollup(name: str) -> Table:
    """Return the table of a roll-up: one row a series and period, *at* its start in seconds since 1970."""
    return Table(
        name,
        SQLModel.metadata,
        Column("series_id", Integer, primary_key=True),
        Column("at", Integer, primary_key=True),
        Column("sent", Integer, nullable=False),  # probes whose outcome is known
        Column("lost", Integer, nullable=False),
        Column("unknown", Integer, nullable=False),
        # hundredths of a millisecond: two bytes hold 327 ms, and minutes are half of the whole file
        Column("rtt", Integer),  # the mean
        Column("rtt_min", Integer),
        Column("rtt_max", Integer),
        Column("jitter", Integer),  # the mean of |differences| of successive round trips
        sqlite_with_rowid=False,
    )


MINUTES = rollup("minutes")  # 14 days
HOURS = rollup("hours")  # for ever
