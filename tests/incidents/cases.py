"""Incidents to decide on, and the times around them."""

from datetime import UTC, datetime, timedelta

from incidents.model import Incident, Member

T0 = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)


def minutes(count):
    """Return the time *count* minutes on."""
    return T0 + timedelta(minutes=count)


def incident(*stays, **values):
    """Return an incident whose members are (channel, joined[, left]) in minutes; it began with the first."""
    members = tuple(Member(channel, *map(minutes, times)) for channel, *times in stays)
    known = {"unit": 7, "opened": T0, "id": 5, "root": members[0].channel if members else None}
    return Incident(**known | {"members": members} | values)
