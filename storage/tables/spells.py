"""What comes over a channel and goes: bad quality, flapping, overload, being off; and its habits."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

_LASTS = text("ended IS NULL")


class Spell(SQLModel, table=True):
    """A condition of a channel from *began* to *ended*; one of a kind at a time."""

    __tablename__ = "spells"
    __table_args__ = (
        Index(
            "uq_spells_present",
            "channel_id",
            "kind",
            unique=True,
            sqlite_where=_LASTS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channels.id", index=True)
    kind: str
    began: datetime
    ended: datetime | None = None
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Habits(SQLModel, table=True):
    """What was learned of a series, as counts that fade; see incidents/habit.py."""

    __tablename__ = "habits"

    series_id: int = Field(foreign_key="series.id", primary_key=True)
    days: float
    bursts: float
    misses: float
    silences: float
    lasting: float
