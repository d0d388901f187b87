"""What a change of shift does to a ticket."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules
from incidents.model import Incident
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class HandOver:
    """Whoever takes the shift over takes the ticket from *giver*."""

    by: int
    giver: int


def _hand_over(incident: Incident, action: HandOver, at: datetime) -> Incident | Refusal:
    if incident.owner != action.giver or action.giver == action.by:
        return Refusal.NOTHING_NEW
    return replace(incident, owner=action.by, handed_over=at)


RULES: Final[Rules] = {
    HandOver: _hand_over,
}
