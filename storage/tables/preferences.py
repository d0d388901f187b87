"""Preferences: what a leader wants to be told, and when."""

from sqlmodel import Field, SQLModel


class Preference(SQLModel, table=True):
    """A leader's choice; who has no row has chosen nothing and is told everything at once."""

    __tablename__ = "preferences"

    person_id: int = Field(foreign_key="people.id", primary_key=True)
    summary: bool = True
    summary_at: str | None = None  # an hour of the desk's zone; None: the desk's own
    escalations: bool = True
    wide_only: bool = False
    breaches: bool = True
    quiet: bool = False
