"""Attachments: what people added to a ticket; of a file only its name at Telegram, never what is in it."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class Attachment(SQLModel, table=True):
    """A photo, a voice note, a film, a picture sent as a file, or words alone (these have no file)."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("incident_id", "file_unique_id"),)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incidents.id", index=True)
    unit_id: int = Field(foreign_key="units.id")  # whose it is: it follows the unit's reports
    report_id: int | None = Field(default=None, foreign_key="reports.id")
    person_id: int = Field(foreign_key="people.id", index=True)
    at: datetime
    kind: str
    file_id: str | None = None
    file_unique_id: str | None = None  # the same for a file however often it is sent
    size: int | None = None  # bytes, where Telegram says so
    album: str | None = None  # several sent as one message
    caption: str = ""
    source: str = Field(unique=True)  # the update it came by: told twice, kept once
