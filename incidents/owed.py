"""What is owed for a ticket, and the mark of a promise that was not kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Owed(StrEnum):
    """What is owed; the first two by the desk, the last two by the carrier."""

    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    ACCEPT = "accept"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise that was not kept, *by* the hour at which it was due; *team* had it, None: the desk."""

    owed: Owed
    by: datetime
    team: int | None = None
