"""Presences: who is seen in our groups."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel


class Presence(SQLModel, table=True):
    """An account in a group, from when it was first seen there until it was seen to leave."""

    __tablename__ = "presences"

    chat: int = Field(sa_column=Column(BigInteger, primary_key=True))
    account: int = Field(sa_column=Column(BigInteger, primary_key=True))
    name: str
    bot: bool = False
    since: datetime
    left: datetime | None = None
    told: datetime | None = None  # when the administrators were told of it as unknown
