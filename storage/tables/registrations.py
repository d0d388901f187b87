"""Registrations: what somebody unknown said of themself, and what the desk made of it."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

_OPEN = text("settled IS NULL")


class Registration(SQLModel, table=True):
    """A wish to be enrolled: first the own number, then the unit, then *asked* of the desk.

    At most one of an account is open; one that nobody decides until *expires* is settled by that.
    """

    __tablename__ = "registrations"
    __table_args__ = (Index("uq_registrations_open", "telegram_id", unique=True, sqlite_where=_OPEN),)

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    name: str
    begun: datetime
    expires: datetime
    phone: str | None = None
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    tries: int = 0  # words and contacts that were no answer
    asked: datetime | None = None
    settled: datetime | None = None
    outcome: str | None = None  # approved, refused, given_up, expired
    decided_by: int | None = Field(default=None, foreign_key="people.id")
