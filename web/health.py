"""Health: whether the loop lives, outcomes flow, letters leave and Telegram answers."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field

from web.figures import Figures

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
    database: str | None = None  # why it does not take what is written
    figures: Figures = field(default_factory=Figures)
    poll_late: float = POLL_LATE
    rival: bool = False  # another process polls with our token

    @property
    def troubles(self) -> list[str]:
        """What is not as it should be, named."""
        found = []
        if self.outbox_depth is None or self.database is not None:
            found.append("database")
        elif self.outbox_depth > DEPTH_HIGH:
            found.append("outbox")
        if self.channels and (self.outcome_age is None or self.outcome_age > OUTCOME_LATE):
            found.append("outcomes")
        if self.poll_age is None or self.poll_age > self.poll_late:
            found.append("telegram")
        if self.rival:
            found.append("rival")
        return found

    def to_json(self) -> dict[str, object]:
        """Return every sign by name."""
        return asdict(self)


Examine = Callable[[], Awaitable[Health]]
