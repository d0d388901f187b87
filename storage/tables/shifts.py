"""The roster as it was imported, and how one shift hands over to the next."""

import datetime as dt

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

_OPEN = text("settled IS NULL")


class Shift(SQLModel, table=True):
    """A turn of duty by the clock on the wall: it begins on *day*, and may end on the next."""

    __tablename__ = "shifts"
    __table_args__ = (UniqueConstraint("day", "begins"),)

    id: int | None = Field(default=None, primary_key=True)
    day: dt.date
    begins: dt.time
    ends: dt.time
    first_id: int | None = Field(default=None, foreign_key="people.id")  # None: nobody is named
    second_id: int | None = Field(default=None, foreign_key="people.id")


class Handover(SQLModel, table=True):
    """A shift that is handed over, by nobody where none was on duty; of a giver one at a time is open."""

    __tablename__ = "handovers"
    __table_args__ = (Index("uq_handovers_open", "giver_id", unique=True, sqlite_where=_OPEN),)

    id: int | None = Field(default=None, primary_key=True)
    giver_id: int | None = Field(default=None, foreign_key="people.id")
    taker_id: int = Field(foreign_key="people.id")
    asked: dt.datetime
    asked_by: int = Field(foreign_key="people.id")
    rung: dt.datetime | None = None  # when both and the leaders were told that nobody confirmed it
    settled: dt.datetime | None = Field(default=None, index=True)
    outcome: str | None = None  # confirmed, withdrawn, replaced, expired
