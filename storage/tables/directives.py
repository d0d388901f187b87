"""Directives: what leaders asked the desk to do, and what the desk reported back."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel


class Directive(SQLModel, table=True):
    """A leader's words to the desk; *chat* is where the report goes, *ring* when the desk is next called."""

    __tablename__ = "directives"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    at: datetime
    words: str
    incident_id: int | None = Field(default=None, foreign_key="incidents.id", index=True)
    chat: int = Field(sa_column=Column(BigInteger, nullable=False))
    topic: int = 0
    due: datetime
    received: datetime | None = None
    received_by: int | None = Field(default=None, foreign_key="people.id")
    answered: datetime | None = None
    answered_by: int | None = Field(default=None, foreign_key="people.id")
    answer: str | None = None
    rung: int = 0  # since it was given or received
    last: datetime | None = None  # when the desk was last called
    ring: datetime | None = Field(default=None, index=True)
    source: str = Field(unique=True)  # the update it came by: told twice, kept once
