"""A window as a message shows it: names for numbers, the span at issue, and the same as JSON for a letter."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter

from incidents.maintenance import Purpose, Rule, Window, occurrences, running
from incidents.proposal import YEAR
from incidents.span import Span
from operations.desk import Act
from operations.scope import channels_in, names_in, units_of
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class WindowView:
    """What is told of a window; *span* is the one that is *running*, or the next; None for one that waits.

    *alone*: one person may make it longer.
    """

    number: int  # 0 for a draft
    purpose: Purpose
    rule: Rule
    span: Span | None
    names: tuple[str, ...]
    channels: int
    units: int
    reason: str
    by: str | None
    team: str | None
    running: bool
    alone: bool


_JSON = TypeAdapter(WindowView)


async def window_view(act: Act, window: Window) -> WindowView:
    """Return what is told of the window as things stand."""
    channels = channels_in(act, window.scope)
    person = None if window.by is None else await act.session.get(Person, window.by)
    team = act.directory.teams.get(window.team) if window.team else None
    to_come = occurrences(window, Span(act.at, act.at + YEAR + timedelta(days=31)))
    present = running(window, act.at)
    return WindowView(
        number=window.id,
        purpose=window.purpose,
        rule=window.rule,
        span=present or next(iter(to_come), None),
        names=names_in(act, window.scope),
        channels=len(channels),
        units=len(units_of(act, channels)),
        reason=window.reason,
        by=person.name if person else None,
        team=team.name if team else None,
        running=present is not None,
        alone=window.purpose is Purpose.WORKS or len(channels) <= act.policies.mute_alone,
    )


def to_json(view: WindowView) -> dict[str, Any]:
    """Return it as a letter keeps it."""
    kept: dict[str, Any] = _JSON.dump_python(view, mode="json")
    return kept


def from_json(kept: dict[str, Any]) -> WindowView:
    """Return what ``to_json`` kept."""
    return _JSON.validate_python(kept)
