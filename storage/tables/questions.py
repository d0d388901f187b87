"""What a person's words alone did not tell: the questions asked about them, and what was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column
from sqlmodel import Field, SQLModel


class Question(SQLModel, table=True):
    """Words that wait for a tap on one of the offers; a button bears its number and the question's."""

    __tablename__ = "questions"

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(unique=True)  # the update it was asked about: told twice, asked once
    person_id: int = Field(foreign_key="people.id")
    said_at: datetime | None = None
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    about: int | None = None  # the ticket that the words reply to
    forwarded: bool = False
    words: str
    guessed: str | None = None  # the intent that the words were taken to have, where that is the question
    intent: str | None = None  # the intent, where it is known and the unit is the question
    offers: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    expires: datetime = Field(index=True)
    answered: datetime | None = None


class Correction(SQLModel, table=True):
    """What a person said that words mean, beside what they were taken to mean; no name or address in them."""

    __tablename__ = "corrections"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    words: str
    guessed: str
    chosen: str
