"""Planned work at the command line: what is named found in the inventory, windows written, told in a line."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from rich.markup import escape
from rich.table import Table

from bot import when
from bot.app import civil_now
from bot.settings import Settings
from bot.windows import REFUSALS, WARNINGS, standing, told, written
from incidents.amendment import FARTHEST, Refusal
from incidents.maintenance import Purpose, Scope, Window
from incidents.span import Span
from intents.names import Found, Several
from operations import maintain
from operations.desk import Desk
from storage import maintenance, schema
from storage.directory import Directory
from storage.engine import Storage

T = TypeVar("T")
LONGEST_REASON = 300  # characters
SHOWN = 3  # names of what a window covers
PAST = timedelta(days=90)  # shown with list --past


class WorksError(ValueError):
    """What was asked for is refused; the sentence says why and what is expected."""


async def add(
    settings: Settings, typed: when.Typed, units: Sequence[str], channels: Sequence[str], reason: str
) -> tuple[str, list[str]]:
    """Plan work; return what was done, and what is to be warned of."""
    if not 0 < len(reason := " ".join(reason.split())) <= LONGEST_REASON:
        raise WorksError(f"--reason: expected a few words, at most {LONGEST_REASON} characters")
    zone = settings.voice.zone
    async with desk_of(settings) as desk:
        async with desk.look() as act:
            scope = _scope(act.directory, units, channels)
            names = _names(act.directory, scope)
            rule = when.rule(typed, zone, act.at.astimezone(zone).date())
        planned = _granted(await maintain.plan(desk, rule, scope, reason))
    count = len(planned.channels)
    covers = f"{names} ({count} channel{'s' if count > 1 else ''})"
    others = ", ".join(f"window {each.id}" for each in planned.overlaps)
    warnings = [said.format(others=others) for each, said in WARNINGS.items() if each in planned.warned]
    return f"Window {planned.window.id} covers {covers}: {written(planned.window, zone)}.", warnings


async def end(settings: Settings, number: int, *, series: bool) -> str:
    """End or withdraw the window; return what was done."""
    async with desk_of(settings) as desk:
        amended = _granted(await maintain.end(desk, number, whole=series))
    return told(number, amended.change, settings.voice.zone)


async def extend(settings: Settings, number: int, to: str) -> str:
    """Let the window end later; return what was done."""
    until = when.moment("--to", to, settings.voice.zone)
    async with desk_of(settings) as desk:
        amended = _granted(await maintain.extend(desk, number, until))
    return told(number, amended.change, settings.voice.zone)


async def listed(settings: Settings, *, past: bool) -> Table:
    """Return the windows that are not over; with *past* also those of the last 90 days."""
    async with desk_of(settings) as desk, desk.look() as act:
        asked = Span(act.at - PAST, act.at + FARTHEST)
        if past:
            plan = await maintenance.history(act.session, act.directory, asked)
        else:
            plan = await maintenance.planned(act.session, act.directory, act.at)
        return _table(plan.windows, act.directory, settings, act.at)


@asynccontextmanager
async def desk_of(settings: Settings) -> AsyncIterator[Desk]:
    """Open a desk over the database of *settings*, brought up to this release."""
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage:
        yield Desk(storage, civil_now, settings.voice)


def _granted(result: T | Refusal) -> T:
    if isinstance(result, Refusal):
        raise WorksError(REFUSALS[result])
    return result


def _scope(directory: Directory, units: Iterable[str], channels: Iterable[str]) -> Scope:
    codes = {channel.code.casefold(): id_ for id_, channel in directory.live_channels.items()}
    if unknown := [code for code in channels if code.casefold() not in codes]:
        raise WorksError(f"no channel is called {', '.join(unknown)}")
    return Scope(
        frozenset(codes[code.casefold()] for code in channels),
        frozenset(unit_called(directory, name) for name in units),
    )


def unit_called(directory: Directory, name: str) -> int:
    """Return the unit that a name, a code or «edition/code» means."""
    for id_, unit in directory.units.items():
        if f"{unit.edition}/{unit.code}" == name and unit.retired_at is None:
            return id_
    match directory.gazetteer.find(name):
        case Found(place):
            return place.id
        case Several(places):
            ways = (directory.units[place.id] for place in places)
            said = ", ".join(f"{unit.name} ({unit.edition}/{unit.code})" for unit in ways)
            raise WorksError(f"--unit: {name} may mean {said}: expected one of the codes in brackets")
    raise WorksError(f"no unit is called {name}")


def _table(windows: Sequence[Window], directory: Directory, settings: Settings, at: datetime) -> Table:
    shown = Table()
    for heading in ("no.", "what", "when", "state", "reason"):
        shown.add_column(heading, justify="right" if heading == "no." else "left")
    for window in windows:
        shown.add_row(
            str(window.id),
            escape(_names(directory, window.scope)) + (" (mute)" if window.purpose is Purpose.MUTE else ""),
            written(window, settings.voice.zone),
            standing(window, at, settings.voice.zone),
            escape(window.reason),
        )
    return shown


def _names(directory: Directory, scope: Scope) -> str:
    names = [directory.units[each].name for each in sorted(scope.units)]
    names += [directory.channels[each].code for each in sorted(scope.channels)]
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
