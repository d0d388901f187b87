"""What the desk goes by and from where it looks: policies, vantages and the runs of the process."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel, UniqueConstraint


class Policy(SQLModel, table=True):
    """One version of a named policy; the newest is in force."""

    __tablename__ = "policies"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    version: int
    value: Any = Field(sa_column=Column(JSON, nullable=False))
    at: datetime
    person_id: int | None = Field(default=None, foreign_key="people.id")


class Vantage(SQLModel, table=True):
    """A place the channels are looked at from, how it sees, and since when it sees nothing."""

    __tablename__ = "vantages"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    sight: str = "clear"
    blind_since: datetime | None = None


class Revision(SQLModel, table=True):
    """How often something was changed; what is read from it may be kept until the number moves."""

    __tablename__ = "revisions"

    name: str = Field(primary_key=True)
    number: int = 0


class Run(SQLModel, table=True):
    """A run of the process; the time between two of them was not watched."""

    __tablename__ = "runs"

    id: int | None = Field(default=None, primary_key=True)
    started: datetime
    seen: datetime
    stopped: datetime | None = None
