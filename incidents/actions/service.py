"""A service's own probe that gets no answer, and gets one again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules
from incidents.model import Incident
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Fail:
    """The service's own probe gets no answer any more."""

    since: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """The service's own probe is answered again."""

    since: datetime


def _fail(incident: Incident, action: Fail, _: datetime) -> Incident | Refusal:
    fault = incident.service
    if fault is None or fault.failing is not None:
        return Refusal.NOTHING_NEW
    return replace(incident, service=replace(fault, probed=True, failing=action.since))


def _answer(incident: Incident, action: Answer, _: datetime) -> Incident | Refusal:
    fault = incident.service
    if fault is None or fault.failing is None:
        return Refusal.NOTHING_NEW
    heard = max(action.since, fault.heard or action.since)
    return replace(incident, service=replace(fault, failing=None, heard=heard))


RULES: Final[Rules] = {
    Fail: _fail,
    Answer: _answer,
}
