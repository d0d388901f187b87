"""What leaves for chat: chats, the outbox and the live cards."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

_PENDING = text("settled IS NULL")
_PENDING_CARD = text("kind = 'card' AND settled IS NULL")


class Chat(SQLModel, table=True):
    """A group or private chat with a role and a scope in the unit tree (None: the whole province)."""

    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("transport", "chat", "topic"),)

    id: int | None = Field(default=None, primary_key=True)
    transport: str = "telegram"
    chat: int = Field(sa_column=Column(BigInteger, nullable=False))
    topic: int = 0  # 0: the chat itself
    role: str = Field(index=True)
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    title: str | None = None
    former: int | None = Field(default=None, sa_column=Column(BigInteger))  # its id as a small group
    blocked_at: datetime | None = None
    blocked_why: str | None = None


class Letter(SQLModel, table=True):
    """Something to deliver to one address. A card's text is made when it is sent, from the state of then."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_pending", "not_before", sqlite_where=_PENDING),
        Index(
            "uq_outbox_card",  # progress goes by edit: one pending redraw of a card is enough
            "incident_id",
            "chat",
            "topic",
            unique=True,
            sqlite_where=_PENDING_CARD,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    transport: str = "telegram"
    chat: int = Field(sa_column=Column(BigInteger, nullable=False))
    topic: int = 0
    kind: str  # card, alert, reply, summary
    incident_id: int | None = Field(default=None, foreign_key="incidents.id")
    key: str | None = Field(default=None, unique=True)  # the same key is posted once for ever
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created: datetime
    not_before: datetime
    due: datetime | None = None  # put off till then from the start; what it tells is news only then
    expires: datetime | None = None
    revision: int = 0  # counts the redraws asked for while one was waiting
    attempts: int = 0
    in_doubt: bool = False  # an earlier attempt may have arrived
    settled: datetime | None = None
    outcome: str | None = None  # sent, dead, expired, dropped, withdrawn
    message_id: int | None = None
    error: str | None = None


class Card(SQLModel, table=True):
    """The one live message of an incident in a chat."""

    __tablename__ = "cards"

    incident_id: int = Field(foreign_key="incidents.id", primary_key=True)
    chat: int = Field(sa_column=Column(BigInteger, primary_key=True))
    topic: int = Field(default=0, primary_key=True)
    transport: str = Field(default="telegram", primary_key=True)
    message_id: int
    digest: str
    fold: int = 0  # how much of it is shown, as bot/cards/fold.py counts
