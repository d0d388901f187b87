"""What is watched and who is concerned: units, carriers, teams, channels, services, series and people."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey
from sqlmodel import Field, SQLModel, UniqueConstraint


class Unit(SQLModel, table=True):
    """A Party or State body, or an area; a node of a tree of any depth in one edition of the unit list."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("edition", "code"),)  # codes are reused between editions

    id: int | None = Field(default=None, primary_key=True)
    edition: str
    code: str
    name: str
    folded: str = Field(index=True)  # the name as people type it: lower case, no diacritics
    kind: str  # free: tỉnh, sở, huyện, xã…
    parent_id: int | None = Field(default=None, foreign_key="units.id")
    sla_class: str | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    contact: str | None = None
    retired_at: datetime | None = None


class Carrier(SQLModel, table=True):
    """The company whose line it is, with its default promises in minutes."""

    __tablename__ = "carriers"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    hotline: str | None = None
    respond_minutes: int | None = None
    restore_minutes: int | None = None


class Team(SQLModel, table=True):
    """A carrier's field team and its chat, if it has one."""

    __tablename__ = "teams"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    carrier_id: int = Field(foreign_key="carriers.id")
    chat_id: int | None = Field(default=None, sa_column=Column(BigInteger))


class Cover(SQLModel, table=True):
    """A unit, with all below it, that a team looks after."""

    __tablename__ = "covers"

    team_id: int = Field(foreign_key="teams.id", primary_key=True)
    unit_id: int = Field(foreign_key="units.id", primary_key=True)


class Channel(SQLModel, table=True):
    """A line of a unit; *uplink_id* is the channel it hangs behind."""

    __tablename__ = "channels"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    unit_id: int = Field(foreign_key="units.id", index=True)
    carrier_id: int | None = Field(default=None, foreign_key="carriers.id")
    kind: str = "chinh"  # chinh, du_phong
    uplink_id: int | None = Field(default=None, foreign_key="channels.id", index=True)
    bandwidth_mbps: float | None = None
    priority: int | None = None
    profile: str | None = None
    meter: str | None = None  # the port that counts its traffic, as checks/meter.py reads it; no secret in it
    retired_at: datetime | None = None


class Service(SQLModel, table=True):
    """An application that many units use, with whoever answers for it: a unit, a person, a chat."""

    __tablename__ = "services"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    owner: str | None = None
    contact: str | None = None
    chat_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    retired_at: datetime | None = None


class Series(SQLModel, table=True):
    """A probe seen from a vantage; samples are keyed by it.

    It is of a channel, or of a service; an anchor is of neither.
    """

    __tablename__ = "series"
    __table_args__ = (
        UniqueConstraint("channel_id", "url", "vantage_id"),
        UniqueConstraint("service_id", "url", "vantage_id", name="uq_series_of_service"),
        CheckConstraint("channel_id IS NULL OR service_id IS NULL", name="one_owner"),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel_id: int | None = Field(default=None, foreign_key="channels.id", index=True)
    service_id: int | None = Field(default=None, foreign_key="services.id", index=True)
    url: str
    vantage_id: int = Field(foreign_key="vantages.id")
    retired_at: datetime | None = None


class Person(SQLModel, table=True):
    """Somebody who may speak to the bot, with one role.

    *unit_id* is what staff deal with (None: the whole province); an officer's units are postings.
    """

    __tablename__ = "people"

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int = Field(sa_column=Column(BigInteger, unique=True, nullable=False))
    name: str
    role: str
    unit_id: int | None = Field(default=None, sa_column=Column(ForeignKey("units.id"), index=True))
    team_id: int | None = Field(default=None, foreign_key="teams.id")
    phone: str | None = None
    locked_at: datetime | None = None
