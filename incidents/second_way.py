"""The second way: when a call by chat is made again by another, undelivered or unanswered as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from incidents.model import Incident, Status
from incidents.policy import Audience, Policies

# What the settings call whom each rung of the ladder is for.
NAMES: Final[Mapping[Audience, str]] = {
    Audience.ONCALL: "ONCALL",
    Audience.SECOND: "SECOND",
    Audience.LEADERS: "LEADERS",
}


class Why(StrEnum):
    """Why a call goes another way."""

    UNDELIVERED = "undelivered"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Calling:
    """A rung that was called by chat; *delivered* if any of its letters has left."""

    rung: int
    at: datetime
    delivered: bool


def waits(incident: Incident) -> bool:
    """Return whether a ticket has been called for, and still is to be seen to."""
    return incident.live and not incident.settled and not incident.held and incident.escalated > 0


def why(calling: Calling, incident: Incident, policies: Policies, at: datetime) -> Why | None:
    """Return why the calling is to go another way by *at*, or None: not yet, or it was answered."""
    if not waits(incident) or incident.escalated < calling.rung or calling.at < _since(incident):
        return None
    waited = at - calling.at
    if waited < policies.second_way:
        return None
    if not calling.delivered:
        return Why.UNDELIVERED
    passed = incident.escalated > calling.rung or waited >= _last_wait(policies)
    return Why.UNANSWERED if passed else None


def _since(incident: Incident) -> datetime:
    """Return since when a call is for what is owed now: what was called before that was answered."""
    if incident.status is Status.OPEN or incident.tended is None:
        return incident.waits_since
    return max(incident.waits_since, incident.tended)


def _last_wait(policies: Policies) -> timedelta:
    """Return how long the uppermost rung has to answer: as long as the one below it had."""
    afters = [timedelta(), *(rung.after for rung in policies.ladder)]
    return afters[-1] - afters[-2] if len(afters) > 1 else timedelta()
