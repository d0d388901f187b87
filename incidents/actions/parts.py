"""What the desk makes one ticket of, or several: lines that go from one to another."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from incidents.actions.lines import RULES as LINES
from incidents.actions.lines import Join
from incidents.actions.rule import UNWRITTEN, Rules
from incidents.model import Incident, Member, Severity
from incidents.refusal import Refusal
from incidents.said import Power


@dataclass(frozen=True, slots=True)
class Absorb:
    """Others become *parts* of it, with the *stays* of their lines and what their units said of power."""

    by: int
    parts: tuple[int, ...]
    severity: Severity  # the highest of theirs
    stays: tuple[Member, ...]
    power: tuple[tuple[int, Power], ...] = field(default=(), metadata=UNWRITTEN)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of its lines go on in a ticket of their own, *into*."""

    by: int
    into: int
    channels: tuple[int, ...]


def _absorb(incident: Incident, action: Absorb, at: datetime) -> Incident | Refusal:
    if not incident.of_lines:
        return Refusal.NO_LINE
    after = incident
    for stay in action.stays:
        if stay.channel not in after.silent:
            joined = LINES[Join](after, Join((stay.channel,), stay.joined), at)
            assert isinstance(joined, Incident)
            after = joined
    power = tuple(sorted((dict(action.power) | dict(after.power)).items()))
    return replace(after, severity=_higher(incident.severity, action.severity), power=power)


def _part(incident: Incident, action: Part, at: datetime) -> Incident | Refusal:
    leaving = set(action.channels).intersection(incident.silent)
    if not leaving:
        return Refusal.NOT_IN
    if leaving == set(incident.silent):
        return Refusal.WHOLE
    return replace(incident, members=tuple(_left(each, leaving, at) for each in incident.members))


def _left(member: Member, leaving: set[int], at: datetime) -> Member:
    stays = member.left is not None or member.channel not in leaving
    return member if stays else replace(member, left=max(at, member.joined))


def _higher(one: Severity, other: Severity) -> Severity:
    return min(one, other, key=list(Severity).index)


RULES: Final[Rules] = {
    Absorb: _absorb,
    Part: _part,
}
