"""What a unit says of its ticket after the report: that it works, that it does not, or never mind."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.desk import Close, closed
from incidents.actions.rule import Rules
from incidents.clocks import afresh, resumed
from incidents.finding import WELL, Finding
from incidents.model import Incident
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Confirm:
    """An officer of *unit* says that it works; *finding* is what the probes said at that moment."""

    by: int
    unit: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Dispute:
    """An officer of *unit* says that it still does not work."""

    by: int
    unit: int


@dataclass(frozen=True, slots=True)
class Reopen:
    """An officer of *unit* says that it does not work though the ticket was closed."""

    by: int
    unit: int


@dataclass(frozen=True, slots=True)
class Retract:
    """An officer takes back what was reported; *last* if nobody else's report is left."""

    by: int
    last: bool


def _confirm(incident: Incident, action: Confirm, at: datetime) -> Incident | Refusal:
    if not incident.own(action.unit) or action.finding not in WELL:
        return incident  # kept, and no more: others are out with it, or the probes say otherwise
    if incident.vouched:
        return Refusal.ALREADY
    return replace(incident, confirmed=max(at, incident.recovered or at), disputed=None)


def _dispute(incident: Incident, action: Dispute, at: datetime) -> Incident | Refusal:
    if not incident.own(action.unit):
        return incident
    if incident.disputed is not None:
        return Refusal.ALREADY
    after = replace(incident, confirmed=None)
    return after if incident.recovered is None else _contested(after, at)


def _reopen(incident: Incident, _: Reopen, at: datetime) -> Incident | Refusal:
    if incident.live:
        return Refusal.ALREADY
    after = replace(incident, closed=None, confirmed=None)
    if not incident.members:  # no line of a report alone was ever out
        after = replace(resumed(after, at), recovered=None)
    return _contested(after, at)


def _retract(incident: Incident, action: Retract, at: datetime) -> Incident | Refusal:
    claimed = incident.owner is not None or incident.assignment is not None
    failing = incident.service is not None and incident.service.failing is not None
    if incident.members or claimed or failing or incident.security or not action.last:
        return incident
    return closed(incident, Close(action.by), at)


def _contested(incident: Incident, at: datetime) -> Incident:
    return replace(afresh(incident), disputed=max(at, incident.recovered or at))


RULES: Final[Rules] = {
    Confirm: _confirm,
    Dispute: _dispute,
    Reopen: _reopen,
    Retract: _retract,
}
