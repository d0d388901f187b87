"""Broadcasts: what an administrator tells the officers of many units at once."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Broadcast(SQLModel, table=True):
    """Words for the officers of a unit with all below it (None: of all); a draft until it is *sent*."""

    __tablename__ = "broadcasts"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id")
    at: datetime
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    urgent: bool = False
    words: str
    sent: datetime | None = None
    dropped: datetime | None = None
    source: str = Field(unique=True)
