"""Health: whether the loop lives, outcomes flow, letters leave and Telegram answers."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

OUTCOME_LATE = 60.0  # seconds
POLL_LATE = 90.0
DEPTH_HIGH = 200


@dataclass(frozen=True, slots=True)
class Health:
    """The signs of life; ages in seconds, None where it never happened."""

    outcome_age: float | None
    poll_age: float | None
    outbox_depth: int | None  # None: the database does not answer
    channels: int
    out: int
    blind: bool
    sent: int
    replies: int
    unknown: int

    @property
    def troubles(self) -> list[str]:
        """What is not as it should be, named."""
        found = []
        if self.outbox_depth is None:
            found.append("database")
        elif self.outbox_depth > DEPTH_HIGH:
            found.append("outbox")
        if self.channels and (self.outcome_age is None or self.outcome_age > OUTCOME_LATE):
            found.append("outcomes")
        if self.poll_age is None or self.poll_age > POLL_LATE:
            found.append("telegram")
        return found

    def to_json(self) -> dict[str, object]:
        """Return every sign by name."""
        return asdict(self)


Examine = Callable[[], Awaitable[Health]]
