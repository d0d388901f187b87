"""Planned work: windows as they were planned, what each covers, and what was changed since."""

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
