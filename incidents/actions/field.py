"""What the carrier's field team does with a ticket."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules
from incidents.model import Incident
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Accept:
    """The team takes what it was handed."""

    by: int
    team: int


def _accept(incident: Incident, action: Accept, at: datetime) -> Incident | Refusal:
    assignment = incident.assignment
    if assignment is None or assignment.team != action.team:
        return Refusal.NOT_ASSIGNED
    if assignment.accepted is not None:
        return Refusal.ALREADY
    return replace(incident, assignment=replace(assignment, accepted=at))


RULES: Final[Rules] = {
    Accept: _accept,
}
