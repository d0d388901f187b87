"""An objection to a finding of a ticket, and what is proposed to make of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one person of the desk would make of it: minutes off the carrier's clock, and another cause.

    Nothing of both is to leave everything as it is. *cause* is a Cause's value.
    """

    by: int
    minutes: int
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """What a team says against a finding; open until a second person agrees to a proposal."""

    by: int
    team: int
    words: str
    at: datetime
    proposal: Proposal | None = None
