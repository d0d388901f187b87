"""The rows of a ticket's timeline as the clock reads them: by their time, whatever was written first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from incidents.model import Incident

# Of one instant, what makes room comes before what takes it, so that they may be appended either way round.
_FIRST: Final = ("open", "join", "complain", "acknowledge", "assign")
_LAST: Final = ("leave", "close", "merge")


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the timeline: what was done when, by whom (None: by itself), with what it says as JSON."""

    action: str
    at: datetime
    by: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

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
    data = {name: _told(value) for name, value in asdict(action).items() if name != "by"}
    return Event(type(action).__name__.lower(), at, getattr(action, "by", None), data)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return the events by their time; those of one kind and instant stay as they were appended."""
    return sorted(events, key=lambda event: (event.at, _rank(event.action), event.action))


def followed(own: Sequence[Event], into: Sequence[Event]) -> list[Event]:
    """Return the events of a ticket that was merged, followed by those of the one it became a part of.

    What befell that one before counts as of the merging, and of its lines only those that were this one's.
    """
    merging = next(event for event in reversed(own) if event.action == "merge")
    lines = {line for event in own if event.action in ("open", "join") for line in _lines(event)}
    kept = [event for event in own if event is not merging]
    later = (replace(each, at=max(each.at, merging.at)) for each in in_order(into) if _concerns(each, lines))
    return [*kept, *later]


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _concerns(event: Event, lines: set[int]) -> bool:
    if event.action == "open":
        return False
    return event.action not in ("join", "leave") or not lines.isdisjoint(_lines(event))


def _lines(event: Event) -> list[int]:
    return list(event.data.get("channels", ()))


def _rank(action: str) -> int:
    if action in _FIRST:
        return _FIRST.index(action)
    return len(_FIRST) + (1 + _LAST.index(action) if action in _LAST else 0)
