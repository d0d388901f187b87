"""What the desk goes by: thresholds, promises and the ladder, as one frozen value with its defaults."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum


class Audience(StrEnum):
    """Who is called."""

    ONCALL = "truc_ban"
    LEADERS = "lanh_dao"


@dataclass(frozen=True, slots=True)
class Detection:
    """When a silence is an outage and an answer a recovery; times in seconds."""

    misses: int = 3  # outcomes in a row without an answer
    guard: float = 6.0  # and at least this long: must exceed the longest blip one tolerates
    replies: int = 3  # answers in a row that end an outage
    quick: float = 0.5  # period of the probes that settle a suspicion
    settle: float = 20.0  # after an uplink's return its channels have this long to answer


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the escalation ladder: *after* this long without acknowledgement, *to* is called."""

    after: timedelta
    to: Audience


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon what is owed; the defaults are assumptions named in docs/settings.md."""

    acknowledge: timedelta = timedelta(minutes=10)
    assign: timedelta = timedelta(minutes=20)
    accept: timedelta = timedelta(minutes=15)
    restore: dict[str, timedelta] = field(
        default_factory=lambda: {
            "tinh": timedelta(hours=4),
            "huyen": timedelta(hours=4),
            "thanh_pho": timedelta(hours=8),
            "mien_nui": timedelta(hours=24),
        }
    )
    restore_otherwise: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Policies:
    """Every policy in force at one act."""

    detection: Detection = Detection()
    promise: Promise = field(default_factory=Promise)
    ladder: tuple[Rung, ...] = (
        Rung(timedelta(minutes=10), Audience.ONCALL),
        Rung(timedelta(minutes=20), Audience.LEADERS),
    )
    relapse_window: timedelta = timedelta(minutes=30)
    summary_at: str = "07:30"
    query_lives: timedelta = timedelta(minutes=10)  # an answer to a question is stale after this
    stale_after: timedelta = timedelta(minutes=5)  # a notice that waited this long becomes part of a digest
    maintenance_notice: timedelta = timedelta(hours=24)  # owed before planned work begins
    maintenance_notice_urgent: timedelta = timedelta(minutes=60)  # and before urgent work

    def __post_init__(self) -> None:
        time.fromisoformat(self.summary_at)  # a ValueError says that it is no hour
