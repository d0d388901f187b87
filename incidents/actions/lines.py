"""Lines that fall silent and answer again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from incidents.actions.rule import Rules
from incidents.clocks import afresh, credited, resumed, ticking
from incidents.model import Incident, Member, without_power
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Join:
    """Channels fell silent and belong to this incident."""

    channels: tuple[int, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Leave:
    """Channels answered again, or went on to an incident of their own."""

    channels: tuple[int, ...]
    since: datetime


def _join(incident: Incident, action: Join, _: datetime) -> Incident | Refusal:
    new = tuple(dict.fromkeys(channel for channel in action.channels if channel not in incident.silent))
    if not new:
        return Refusal.NOTHING_NEW
    members = (*incident.members, *(Member(channel, action.since) for channel in new))
    root = incident.root or new[0]
    after = replace(
        resumed(incident, action.since),
        members=members,
        root=root,
        recovered=None,
        confirmed=None,
        disputed=None,
    )
    if incident.recovered is not None:
        return _relapsed(after, incident)
    if not incident.members and action.since > incident.opened:  # a report alone until then: it waits anew
        return replace(credited(after, action.since), idle=timedelta())
    return after


def _relapsed(after: Incident, before: Incident) -> Incident:
    """Return the same ticket, for whoever had it."""
    job = after.assignment
    return replace(
        afresh(after),
        closed=None,
        power=(),
        cause=without_power(before.cause),
        assignment=None if job is None else job.again(),
    )


def _leave(incident: Incident, action: Leave, _: datetime) -> Incident | Refusal:
    leaving = set(action.channels) & set(incident.silent)
    if not leaving:
        return Refusal.NOTHING_NEW
    members = tuple(
        replace(member, left=max(action.since, member.joined))
        if member.left is None and member.channel in leaving
        else member
        for member in incident.members
    )
    after = replace(incident, members=members)
    if after.silent:
        return after
    back = max(member.left for member in members if member.left is not None)
    return replace(ticking(after, back), recovered=back)


RULES: Final[Rules] = {
    Join: _join,
    Leave: _leave,
}
