"""Traffic of channels in kbit/s: five-minute rates for a week, days for ever; written by Core."""

from sqlalchemy import Column, Integer, LargeBinary, Table
from sqlmodel import SQLModel

# By time and not by channel: rows are then added at the end of full pages and go from their beginning.
TRAFFIC = Table(
    "traffic",
    SQLModel.metadata,
    Column("hour", Integer, primary_key=True),  # since 1970
    Column("channel_id", Integer, primary_key=True),
    # the hour's rates, packed: a row for each of them took twice the room, most of it keys and headers
    Column("rates", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

TRAFFIC_DAYS = Table(
    "traffic_days",
    SQLModel.metadata,
    Column("day", Integer, primary_key=True),  # of the desk's zone, in days since 1970
    Column("channel_id", Integer, primary_key=True),
    Column("samples", Integer, nullable=False),  # 288 of a whole day
    *(
        Column(f"{direction}_{figure}", Integer, nullable=False)
        for direction in ("down", "up")
        for figure in ("p95", "mean", "max")
    ),
    sqlite_with_rowid=False,
)
