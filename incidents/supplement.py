"""What people add to a ticket: of which kind it may be, and how much of it is kept."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Medium(StrEnum):
    """What is added."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"  # a picture sent as a file
    WORDS = "words"


class Excess(StrEnum):
    """Why no more is kept."""

    TICKET = "ticket"  # holds as many as it may
    PERSON = "person"  # has sent as many as one may in an hour


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is kept, and how long after a report what its author sends belongs to it."""

    window: timedelta = timedelta(minutes=30)
    ticket: int = 20
    hourly: int = 30  # of one person

    def __post_init__(self) -> None:
        if min(self.ticket, self.hourly) < 1:
            raise ValueError("expected bounds of at least one")

    def excess(self, of_ticket: int, of_person: int) -> Excess | None:
        """Return why one more is too many, with so many in the ticket and of the person in the last hour."""
        if of_ticket >= self.ticket:
            return Excess.TICKET
        return Excess.PERSON if of_person >= self.hourly else None
