"""Vigils: for how long which units are to stay on."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Vigil(SQLModel, table=True):
    """A vigil over a unit with all below it (None: over all), never changed but for its early end."""

    __tablename__ = "vigils"

    id: int | None = Field(default=None, primary_key=True)
    occasion: str  # storm, meeting, watch
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    starts: datetime
    ends: datetime = Field(index=True)
    created: datetime
    created_by: int | None = Field(default=None, foreign_key="people.id")  # None: at the command line
    lifted: datetime | None = None
    lifted_by: int | None = Field(default=None, foreign_key="people.id")
