"""Figures: what /metrics tells beside the signs of life, so that the bot can be understood from it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and ages in seconds; None is not known, or never happened."""

    channels: Mapping[str, int] = field(default_factory=dict)  # by state
    incidents: Mapping[str, int] = field(default_factory=dict)  # live ones, by status
    unclaimed: int | None = None
    oldest_letter_age: float | None = None
    letters_in_doubt: int | None = None
    letters_dead: int | None = None
    probing: Mapping[str, int] = field(default_factory=dict)  # the engine's counters by name
    samples_lost: int = 0
    meters_read: int = 0
    meters_failed: int = 0
    tick_age: float | None = None
    summary_age: float | None = None
    backup_age: float | None = None
    database_bytes: int | None = None
    journal_bytes: int | None = None
    version: str = "unknown"
