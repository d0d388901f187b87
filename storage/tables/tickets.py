"""What happened: state intervals, incidents with their members, timeline, timers and officers' reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

_STAYS = text('"left" IS NULL')
_OF_SERVICE = text("service_id IS NOT NULL AND status != 'closed'")


class Interval(SQLModel, table=True):
    """A channel's state from *since* until its next row; append-only, availability is computed from it."""

    __tablename__ = "intervals"
    __table_args__ = (Index("ix_intervals_channel_since", "channel_id", "since"),)

    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channels.id")
    since: datetime
    state: str
    why: str
    grounds: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class Ticket(SQLModel, table=True):
    """An incident as it stands; its history is its timeline."""

    __tablename__ = "incidents"
    __table_args__ = (  # a service has one at a time
        Index("uq_incidents_of_service", "service_id", unique=True, sqlite_where=_OF_SERVICE),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="units.id", index=True)
    root_id: int | None = Field(default=None, foreign_key="channels.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="incidents.id")
    status: str = Field(index=True)
    severity: str
    cause: str | None = None
    opened: datetime = Field(index=True)
    acknowledged: datetime | None = None
    owner_id: int | None = Field(default=None, foreign_key="people.id")
    team_id: int | None = Field(default=None, foreign_key="teams.id", index=True)
    assigned: datetime | None = None
    accepted: datetime | None = None
    eta: datetime | None = None  # of the team on site
    departed: datetime | None = None
    arrived: datetime | None = None
    expected: datetime | None = None  # by the team's word, to be restored
    lapsed: datetime | None = None  # when the desk was called because nobody had accepted
    claimed: datetime | None = None  # when the team said that it was fixed, by whom, of what cause
    claimed_by: int | None = Field(default=None, foreign_key="people.id")
    claimed_cause: str | None = None
    proven: datetime | None = None  # when the probes had borne that out
    recovered: datetime | None = None
    closed: datetime | None = None
    escalated: int = 0
    scope: str | None = None  # what its many lines share, and which one of that kind, with how many lines
    scope_of: int | None = None
    scope_total: int | None = None
    suspensions: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    suspended: datetime | None = None
    idle_ms: int = 0
    job_idle_ms: int = 0  # the same of the team's clock
    clock: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    power: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))  # by unit
    confirmed: datetime | None = None
    disputed: datetime | None = None
    service_id: int | None = Field(default=None, foreign_key="services.id")
    service_probed: bool = False
    failing: datetime | None = None  # since when the service's own probe gets no answer
    heard: datetime | None = None  # when it was last said to fail
    security: bool = False  # a suspicion, with a legal duty of its own
    version: int


class Member(SQLModel, table=True):
    """A channel that an incident took in at *joined* and ticked off at *left*; a relapse is a new row."""

    __tablename__ = "members"
    __table_args__ = (
        Index(
            "uq_members_silent",
            "incident_id",
            "channel_id",
            unique=True,
            sqlite_where=_STAYS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incidents.id", index=True)
    channel_id: int = Field(foreign_key="channels.id", index=True)
    joined: datetime
    left: datetime | None = None


class Timeline(SQLModel, table=True):
    """A step of an incident; append-only. One row a version, so a second writer is caught."""

    __tablename__ = "timeline"
    __table_args__ = (UniqueConstraint("incident_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incidents.id")
    version: int
    at: datetime
    action: str
    person_id: int | None = Field(default=None, foreign_key="people.id")
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Timer(SQLModel, table=True):
    """Something due for an incident; finished by tick(at)."""

    __tablename__ = "timers"

    incident_id: int = Field(foreign_key="incidents.id", primary_key=True)
    kind: str = Field(primary_key=True)
    due: datetime = Field(index=True)


class Report(SQLModel, table=True):
    """What a person said of a unit's line, and what the probes said at that moment.

    *said_at* is when it was written, *at* when it came to us. What is written *on_behalf* of the unit came by
    telephone, and the person is who wrote it down. One that repeats another is no report of its own.
    """

    __tablename__ = "reports"

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incidents.id", index=True)
    unit_id: int = Field(foreign_key="units.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    at: datetime
    said_at: datetime
    kind: str = "fault"
    words: str
    finding: str
    on_behalf: bool = False
    repeat_of: int | None = Field(default=None, foreign_key="reports.id")
    channel_id: int | None = Field(default=None, foreign_key="channels.id")  # which of the unit's is meant
    withdrawn_at: datetime | None = None
    source: str | None = Field(default=None, unique=True)  # the update it came by: told twice, kept once
