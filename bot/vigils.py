"""Vigils at the command line: kept in the database, told in a line."""

from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from rich.markup import escape
from rich.table import Table

from bot import when
from bot.settings import Settings
from bot.works import WorksError, desk_of, unit_called
from incidents.span import Span
from incidents.vigil import Occasion, Refusal
from operations import vigil
from storage import vigils

T = TypeVar("T")
EVERYTHING = "everything"
REFUSALS = {
    Refusal.PAST: "--to: that time is past: expected a time to come",
    Refusal.EMPTY: "--to: expected an end after the start",
    Refusal.TOO_LONG: "it would last longer than 7 days: expected an earlier --to",
    Refusal.FAR: "--from: it is more than 31 days ahead: expected a nearer day",
    Refusal.UNKNOWN_UNIT: "--unit: it is no longer in the inventory: expected another",
    Refusal.NO_CHANNEL: "--unit: it has no channel: expected another",
    Refusal.UNKNOWN: "there is no such vigil: see trucmang vigil list",
    Refusal.OVER: "that vigil is over already: see trucmang vigil list",
}


async def add(settings: Settings, occasion: Occasion, unit: str | None, from_: str | None, to: str) -> str:
    """Keep a vigil; return what was done, and who is off just now."""
    zone = settings.voice.zone
    end = when.moment("--to", to, zone)
    async with desk_of(settings) as desk:
        async with desk.look() as act:
            scope = None if unit is None else unit_called(act.directory, unit)
            name = act.directory.units[scope].name if scope else EVERYTHING
            start = act.at if from_ is None else when.moment("--from", from_, zone)
        made = _granted(await vigil.keep(desk, occasion, scope, Span(start, end)))
    said = f"Vigil {made.vigil.id} over {name} ({occasion}): {_time(start, zone)} – {_time(end, zone)}."
    return f"{said} Off just now: {', '.join(made.off)}." if made.off else said


async def end(settings: Settings, number: int) -> str:
    """End the vigil; return what was done."""
    async with desk_of(settings) as desk:
        _granted(await vigil.lift(desk, number))
    return f"Vigil {number} is over."


async def listed(settings: Settings) -> Table:
    """Return the vigils that are kept or to come."""
    zone = settings.voice.zone
    shown = Table("no.", "over", "what for", "when")
    async with desk_of(settings) as desk, desk.look() as act:
        for each in await vigils.to_come(act.session, act.at):
            name = act.directory.units[each.unit].name if each.unit else EVERYTHING
            span = f"{_time(each.span.start, zone)} – {_time(each.span.end, zone)}"
            shown.add_row(str(each.id), escape(name), each.occasion, span)
    return shown


def _granted(result: T | Refusal) -> T:
    if isinstance(result, Refusal):
        raise WorksError(REFUSALS[result])
    return result


def _time(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
