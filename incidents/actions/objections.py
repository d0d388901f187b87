"""Objections of a carrier to a finding, also on a closed ticket: two decide, and the original stays."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules, changed
from incidents.model import Incident
from incidents.objection import Objection, Proposal
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Object:
    """A team that has, or had, the job objects to the time or the cause, as its words say."""

    by: int
    team: int
    words: str
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Propose:
    """One of the desk would take *minutes* off the team's clock, and name another *cause*, or neither."""

    by: int
    minutes: int
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Agree:
    """A second person agrees to what was proposed as they read it, which decides it."""

    by: int
    minutes: int
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Disagree:
    """Somebody does not agree: the objection waits for another proposal."""

    by: int


def _object(incident: Incident, action: Object, at: datetime) -> Incident | Refusal:
    if incident.objection is not None:
        return Refusal.ALREADY
    return replace(incident, objection=Objection(action.by, action.team, action.words, at))


def _propose(incident: Incident, action: Propose, _: datetime) -> Incident | Refusal:
    if incident.objection is None:
        return Refusal.NOTHING_NEW
    proposal = Proposal(action.by, action.minutes, action.cause)
    return changed(incident, replace(incident, objection=replace(incident.objection, proposal=proposal)))


def _agree(incident: Incident, action: Agree, _: datetime) -> Incident | Refusal:
    proposal = incident.objection.proposal if incident.objection else None
    if proposal is None:
        return Refusal.NOTHING_NEW
    if (proposal.minutes, proposal.cause) != (action.minutes, action.cause):
        return Refusal.CHANGED
    if proposal.by == action.by:
        return Refusal.SECOND_PERSON
    return replace(incident, objection=None)


def _disagree(incident: Incident, _: Disagree, __: datetime) -> Incident | Refusal:
    if incident.objection is None or incident.objection.proposal is None:
        return Refusal.NOTHING_NEW
    return replace(incident, objection=replace(incident.objection, proposal=None))


RULES: Final[Rules] = {
    Object: _object,
    Propose: _propose,
    Agree: _agree,
    Disagree: _disagree,
}
