"""What time does to a ticket: its clocks stand still or go on, and the ladder is climbed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules, changed
from incidents.clocks import holding, releasing
from incidents.model import Incident, Status, Suspension
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Escalate:
    """Nobody took it in time: the next rung of the ladder is called."""

    rung: int


@dataclass(frozen=True, slots=True)
class Remind:
    """Somebody took it and did nothing since: the next rung of the ladder is called."""

    rung: int


@dataclass(frozen=True, slots=True)
class Suspend:
    """Its clocks stand still from now on."""

    why: Suspension


@dataclass(frozen=True, slots=True)
class Resume:
    """What held its clocks is over."""

    why: Suspension


def _escalate(incident: Incident, action: Escalate, _: datetime) -> Incident | Refusal:
    if incident.status is not Status.OPEN or action.rung <= incident.escalated:
        return Refusal.NOTHING_NEW
    return replace(incident, escalated=action.rung)


def _remind(incident: Incident, action: Remind, _: datetime) -> Incident | Refusal:
    if incident.status is not Status.ACKNOWLEDGED or action.rung <= incident.escalated:
        return Refusal.NOTHING_NEW
    return replace(incident, escalated=action.rung)


def _suspend(incident: Incident, action: Suspend, at: datetime) -> Incident | Refusal:
    if incident.recovered is not None:  # nothing is owed until it relapses
        return Refusal.NOTHING_NEW
    return changed(incident, holding(incident, action.why, at))


def _resume(incident: Incident, action: Resume, at: datetime) -> Incident | Refusal:
    return changed(incident, releasing(incident, action.why, at))


RULES: Final[Rules] = {
    Escalate: _escalate,
    Remind: _remind,
    Suspend: _suspend,
    Resume: _resume,
}
