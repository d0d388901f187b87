"""Spells: times in which a channel was worse than connected, without being out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class Spell(SQLModel, table=True):
    """A channel was *kind* (degraded, flapping, overloaded) from *began* to *ended*, or is so still."""

    __tablename__ = "spells"

    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channels.id", index=True)
    kind: str
    began: datetime
    ended: datetime | None = None
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
