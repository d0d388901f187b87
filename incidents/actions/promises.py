"""Promises that are about to be broken, or are: each is warned of, and marked, once."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules, changed
from incidents.model import Incident
from incidents.owed import Breach, Owed
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Warn:
    """What is *owed* is *due* before long."""

    owed: Owed
    due: datetime


@dataclass(frozen=True, slots=True)
class Miss:
    """What was *owed* was *due* and is not done; *team* had it, None: the desk."""

    owed: Owed
    due: datetime
    team: int | None = None


def _warn(incident: Incident, action: Warn, _: datetime) -> Incident | Refusal:
    return changed(incident, replace(incident, warned=action.due))


def _miss(incident: Incident, action: Miss, _: datetime) -> Incident | Refusal:
    breach = Breach(action.owed, action.due, action.team)
    if breach in incident.breaches:
        return Refusal.NOTHING_NEW
    return replace(incident, breaches=(*incident.breaches, breach))


RULES: Final[Rules] = {
    Warn: _warn,
    Miss: _miss,
}
