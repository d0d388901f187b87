"""The rows of a ticket's timeline as the clock reads them: by their time, whatever was written first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from incidents.model import Incident


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the timeline: what was done when, by whom (None: by itself), with what it says as JSON.

    *version* is the ticket's that it made; of one instant it tells the order.
    """

    action: str
    at: datetime
    by: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0

    def time(self, name: str) -> datetime:
        """Return the time that it says under *name*, or its own where it says none."""
        said = self.data.get(name)
        return self.at if said is None else datetime.fromisoformat(said)


def opening(incident: Incident, reason: str) -> Event:
    """Return the event that opens *incident*: its lines since when, and whose word is on all of it."""
    data = {
        "reason": reason,
        "own": incident.unit if incident.own(incident.unit) else None,
        "channels": [each.channel for each in incident.members],
        "joined": [each.joined.isoformat() for each in incident.members],
    }
    return Event("open", incident.opened, data=data)


def event_of(action: Any, at: datetime) -> Event:
    """Return the event of *action*, a dataclass of incidents.actions, done at *at*."""
    kept = (each.name for each in fields(action) if each.name != "by" and not each.metadata.get("unwritten"))
    data = {name: _told(getattr(action, name)) for name in kept}
    return Event(type(action).__name__.lower(), at, getattr(action, "by", None), data)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return the events by their time, without those that were undone."""
    known = sorted(events, key=lambda event: (event.at, event.version))
    undone = {event.data["of"] for event in known if event.action == "undo"}
    return [event for event in known if event.action != "undo" and event.version not in undone]


def followed(own: Sequence[Event], into: Sequence[Event]) -> list[Event]:
    """Return the events of a ticket that was merged, followed by those of the one it became a part of.

    What befell that one before counts as of the merging, and of its lines only those that were this one's.
    """
    kept = in_order(own)
    merging = next(event for event in reversed(kept) if event.action == "merge")
    lines = {line for event in kept if event.action in ("open", "join") for line in _lines(event)}
    later = (
        replace(event, at=max(event.at, merging.at), version=merging.version + number)
        for number, event in enumerate(in_order(into))
        if _concerns(event, lines)
    )
    return [*(event for event in kept if event is not merging), *later]


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _concerns(event: Event, lines: set[int]) -> bool:
    if event.action == "open":
        return False
    return event.action not in ("join", "leave") or not lines.isdisjoint(_lines(event))


def _lines(event: Event) -> list[int]:
    return list(event.data.get("channels", ()))
