"""The journal: who did what that is of no ticket's timeline."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class Deed(SQLModel, table=True):
    """An act of a person (None: the command line) on an account, a unit or the desk itself; append-only."""

    __tablename__ = "journal"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    what: str
    about_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    incident_id: int | None = Field(default=None, foreign_key="incidents.id", index=True)
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
