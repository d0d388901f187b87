"""Invitations: links that let one person in, once, until they expire."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Invitation(SQLModel, table=True):
    """A link one may enrol by; only its token's hash is kept, so that reading the database lets nobody in."""

    __tablename__ = "invitations"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)  # sha256, in hex
    role: str
    unit_id: int | None = Field(default=None, foreign_key="units.id")
    team_id: int | None = Field(default=None, foreign_key="teams.id")
    replaces_id: int | None = Field(default=None, foreign_key="postings.id")  # whose place it is to be
    expires: datetime
    made_at: datetime
    made_by: int | None = Field(default=None, foreign_key="people.id")  # None: at the command line
    used_at: datetime | None = None
    used_by: int | None = Field(default=None, foreign_key="people.id")
