"""Seen: what the probes say of an incident's own line, and how many others around it are out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.model import Incident, LineState
from incidents.quality import Figures
from incidents.summary import OUT
from operations.desk import Act
from storage import intervals, samples
from storage.tables import Channel

RECENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Around:
    """How many other lines of an area or a carrier, by its *name*, are out, of how many others."""

    name: str
    out: int
    total: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The figures of the line from *since* to *until*, those *before* its outage, and what is *around* it."""

    since: datetime
    until: datetime
    now: Figures
    before: Figures | None
    around: tuple[Around, ...]


async def seen(act: Act, incident: Incident) -> Seen | None:
    """Return what is seen of the line that *incident* began with, or of its unit's first; None for many."""
    channel = _line(act, incident)
    if channel is None:
        return None
    began = incident.began if incident.silent else None
    since = max(each for each in (act.at - RECENT, began, incident.recovered) if each is not None)
    return Seen(
        since=since,
        until=act.at,
        now=await _figures(act, channel, since, act.at),
        before=None if began is None else await _figures(act, channel, began - RECENT, began),
        around=await _around(act, incident, channel),
    )


def _line(act: Act, incident: Incident) -> int | None:
    if incident.wide is not None or not incident.of_lines:
        return None
    if incident.root is not None:
        return incident.root if incident.root in act.directory.channels else None
    return next(iter(act.directory.channels_of(incident.unit)), None)


async def _figures(act: Act, channel: int, since: datetime, until: datetime) -> Figures:
    found = await samples.quality(act.session, act.directory.series_of(channel), since, until)
    return Figures(found.sent, found.lost, found.latency, found.jitter)


async def _around(act: Act, incident: Incident, channel: int) -> tuple[Around, ...]:
    latest = await intervals.latest(act.session)
    out = {channel for channel, row in latest.items() if LineState(row.state) in OUT}
    own = {channel, *incident.silent}
    found = []
    for name, belongs in _circles(act, incident.unit, channel):
        others = {id_ for id_, each in act.directory.live_channels.items() if belongs(each)} - own
        if others:
            found.append(Around(name, len(others & out), len(others)))
    return tuple(found)


def _circles(act: Act, unit: int, channel: int) -> list[tuple[str, Callable[[Channel], bool]]]:
    """Return the area and the carrier of the line, each with the test of what belongs to it."""
    directory = act.directory
    area, carrier = directory.area(unit), directory.channels[channel].carrier_id
    circles: list[tuple[str, Callable[[Channel], bool]]] = []
    if area is not None:
        circles.append((area.name, lambda each: directory.within(each.unit_id, area.id)))
    if carrier is not None:
        circles.append((directory.carriers[carrier].name, lambda each: each.carrier_id == carrier))
    return circles
