"""Planned work and mutes: windows as they were planned, what each covers, what was changed, what is asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel


class Maintenance(SQLModel, table=True):
    """A window as it was planned, never changed but for *over*; what became of it is in its changes."""

    __tablename__ = "maintenance"

    id: int | None = Field(default=None, primary_key=True)
    kind: str  # fixed, flexible, recurring
    rule: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    opens: datetime  # nothing is covered before
    over: datetime | None = Field(default=None, index=True)  # nor from then on; None: it recurs for ever
    reason: str
    created: datetime
    created_by: int | None = Field(default=None, foreign_key="people.id")  # None: at the command line
    purpose: str = Field(default="works", sa_column_kwargs={"server_default": "works"})  # or mute
    team_id: int | None = Field(default=None, foreign_key="teams.id")  # that asked for it


class MaintenanceScope(SQLModel, table=True):
    """A unit with all below it, or a channel with all behind it, that a window covers."""

    __tablename__ = "maintenance_scope"
    __table_args__ = (CheckConstraint("(unit_id IS NULL) != (channel_id IS NULL)", name="one_of_both"),)

    id: int | None = Field(default=None, primary_key=True)
    maintenance_id: int = Field(foreign_key="maintenance.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    channel_id: int | None = Field(default=None, foreign_key="channels.id")


class MaintenanceChange(SQLModel, table=True):
    """A change of a window: begun, ended, extended, withdrawn; append-only."""

    __tablename__ = "maintenance_changes"

    id: int | None = Field(default=None, primary_key=True)
    maintenance_id: int = Field(foreign_key="maintenance.id", index=True)
    at: datetime
    action: str
    person_id: int | None = Field(default=None, foreign_key="people.id")  # None: nobody, or not in chat
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class MaintenanceDraft(SQLModel, table=True):
    """A window that waits for a press: of who wants it, of a second person, or of the desk that is asked."""

    __tablename__ = "maintenance_drafts"

    id: int | None = Field(default=None, primary_key=True)
    hand: str  # whose press it waits for
    purpose: str
    kind: str
    rule: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    units: list[int] = Field(sa_column=Column(JSON, nullable=False))
    channels: list[int] = Field(sa_column=Column(JSON, nullable=False))
    reason: str
    at: datetime
    person_id: int = Field(foreign_key="people.id")
    team_id: int | None = Field(default=None, foreign_key="teams.id")
    expires: datetime
    settled: datetime | None = Field(default=None, index=True)
    outcome: str | None = None  # agreed, refused, lapsed
    settled_by: int | None = Field(default=None, foreign_key="people.id")
    maintenance_id: int | None = Field(default=None, foreign_key="maintenance.id")
