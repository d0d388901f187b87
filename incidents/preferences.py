"""What a leader chose to be told, and when."""

from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from typing import Any

HOURS = ("06:30", "07:00", "07:30", "08:00", "17:00")  # offered by buttons; any other may be typed


class Topic(StrEnum):
    """What a leader may be told unasked."""

    SUMMARY = "summary"
    ESCALATION = "escalation"
    BREACH = "breach"


@dataclass(frozen=True, slots=True)
class Preferences:
    """One leader's choice; the defaults are for who has chosen nothing."""

    summary: bool = True
    summary_at: str | None = None  # «07:00» of the desk's zone; None: when the desk's own is made
    escalations: bool = True
    wide_only: bool = False  # of tickets, only those that many lines share
    breaches: bool = True
    quiet: bool = False  # by night everything waits for the morning

    def __post_init__(self) -> None:
        if self.summary_at is not None:
            time.fromisoformat(self.summary_at)  # a ValueError says that it is no hour


def wants(chosen: Preferences, topic: Topic, *, wide: bool = False) -> bool:
    """Return whether a leader who chose so is told of *topic*; *wide*: the ticket is one of many lines."""
    match topic:
        case Topic.SUMMARY:
            return chosen.summary
        case Topic.ESCALATION:
            return chosen.escalations and (wide or not chosen.wide_only)
        case Topic.BREACH:
            return chosen.breaches and (wide or not chosen.wide_only)


def comes_at(chosen: Preferences, usual: time) -> time:
    """Return the local hour of the daily summary, *usual* for the desk."""
    return usual if chosen.summary_at is None else time.fromisoformat(chosen.summary_at)


def toggled(chosen: Preferences, name: str) -> Preferences:
    """Return the choices with the one called *name* the other way."""
    other: dict[str, Any] = {name: not getattr(chosen, name)}
    return replace(chosen, **other)
