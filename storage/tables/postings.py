"""Postings: which person speaks for which unit, from when until when."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

_LASTS = text("until IS NULL")


class Posting(SQLModel, table=True):
    """An officer's place at a unit; one that has ended stays, and tells who it was."""

    __tablename__ = "postings"
    __table_args__ = (Index("uq_postings_present", "person_id", "unit_id", unique=True, sqlite_where=_LASTS),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    unit_id: int = Field(foreign_key="units.id", index=True)
    since: datetime
    until: datetime | None = None
    begun_by: int | None = Field(
        default=None, foreign_key="people.id"
    )  # None: the inventory, the command line
    ended_by: int | None = Field(default=None, foreign_key="people.id")
