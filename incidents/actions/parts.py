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
    stays: tuple[Member, ...] = field(metadata=UNWRITTEN)
    power: tuple[tuple[int, Power], ...] = field(default=(), metadata=UNWRITTEN)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of its lines never belonged to it: they go on in a ticket of their own, *into*."""

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


def _part(incident: Incident, action: Part, _: datetime) -> Incident | Refusal:
    leaving = set(action.channels).intersection(incident.silent)
    if not leaving:
        return Refusal.NOT_IN
    if leaving == set(incident.silent):
        return Refusal.WHOLE
    if incident.wide is None and incident.root in leaving:
        return Refusal.ITS_OWN
    stays = tuple(each for each in incident.members if each.left is not None or each.channel not in leaving)
    after = replace(incident, members=stays)
    return replace(after, root=after.silent[0]) if incident.root in leaving else after


def _higher(one: Severity, other: Severity) -> Severity:
    return min(one, other, key=list(Severity).index)


RULES: Final[Rules] = {
    Absorb: _absorb,
    Part: _part,
}
