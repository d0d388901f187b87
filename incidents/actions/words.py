"""What people say of a ticket's line, and of its power."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules
from incidents.clocks import holding, releasing
from incidents.model import Cause, Incident, Suspension, without_power
from incidents.refusal import Refusal
from incidents.said import Kind, Power
from incidents.supplement import Medium


@dataclass(frozen=True, slots=True)
class Complain:
    """A person says the unit's line is bad."""

    by: int
    words: str
    kind: Kind = Kind.FAULT


@dataclass(frozen=True, slots=True)
class Deny:
    """A person says that the unit's line is well, whatever the probes say."""

    by: int
    words: str


@dataclass(frozen=True, slots=True)
class SayPower:
    """A unit says what power it has; *by* is None where its word follows it from another incident."""

    by: int | None
    unit: int
    power: Power


@dataclass(frozen=True, slots=True)
class Supplement:
    """A person adds words, or something to see or hear."""

    by: int
    kind: Medium
    words: str


def _complain(incident: Incident, _: Complain, at: datetime) -> Incident | Refusal:
    if incident.service is None:
        return incident
    return replace(incident, service=replace(incident.service, heard=at))


def _deny(incident: Incident, _: Deny, __: datetime) -> Incident | Refusal:
    return incident


def _say_power(incident: Incident, action: SayPower, at: datetime) -> Incident | Refusal:
    """Keep the unit's word. It moves cause and clock only where the incident is of that unit alone.

    One unit of many, or one behind a dead uplink, explains nothing but its own silence.
    """
    said = dict(incident.power) | {action.unit: action.power}
    after = replace(incident, power=tuple(sorted(said.items())))
    if after == incident:
        return Refusal.NOTHING_NEW
    if not incident.own(action.unit):
        return after
    if action.power is not Power.OUT:
        return replace(releasing(after, Suspension.POWER, at), cause=without_power(incident.cause))
    after = replace(after, cause=incident.cause or Cause.POWER)
    return after if incident.recovered is not None else holding(after, Suspension.POWER, at)


def _supplement(incident: Incident, _: Supplement, __: datetime) -> Incident | Refusal:
    return incident


RULES: Final[Rules] = {
    Complain: _complain,
    Deny: _deny,
    SayPower: _say_power,
    Supplement: _supplement,
}
