"""What went out by another way than chat, or was to."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class SecondCall(SQLModel, table=True):
    """A call of a rung that chat did not bring about, to one name of the settings; once for each calling."""

    __tablename__ = "second_calls"
    __table_args__ = (UniqueConstraint("letter_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    letter_id: int  # the first letter of that calling
    name: str  # a step of the ladder, or a person's number at Telegram
    incident_id: int = Field(foreign_key="incidents.id", index=True)
    at: datetime
    why: str  # undelivered, unanswered
    outcome: str | None = None  # sent, failed; None while it is tried
