"""What keeps a team from its work, for which its clock may stand still once the desk has agreed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Obstacle(StrEnum):
    """What a team is kept from its work by."""

    LOCKED = "locked"  # nobody opens the room
    STORM = "storm"  # a storm order, or it is not safe
    ROAD = "road"  # the place cannot be reached
    OTHER = "other"  # as the words say


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A pause that was asked for, in whose words; allowed once *until* is set, by *approver*.

    *idle* is how long the carrier's clock had stood still by when it was asked for: an agreement reaches back
    to then, and what another reason held meanwhile is not counted twice.
    """

    by: int
    why: Obstacle
    words: str
    at: datetime
    idle: timedelta
    approver: int | None = None
    until: datetime | None = None

    @property
    def allowed(self) -> bool:
        """Whether the desk has agreed."""
        return self.until is not None
