"""The report at the command line: a day's, a week's or a month's message and pictures, as files."""

import re
from collections.abc import AsyncIterator
from datetime import date, datetime
from html import unescape
from pathlib import Path

from bot.app import civil_now
from bot.cards import period as period_card
from bot.cards.message import Message
from bot.cards.summary import summary
from bot.settings import Settings
from incidents.figures.periods import Period, around, before
from incidents.span import Span
from operations.daily import daily, written
from operations.desk import Act, Desk
from operations.period import period
from operations.picture import composed
from reports.easel import Form, NotDrawnError
from storage import schema
from storage.engine import Storage

FORMS: dict[str, Form] = {"hinh": "telephone", "bang": "sheet"}


class ReportError(ValueError):
    """The report cannot be written; the sentence says why."""


async def write(settings: Settings, of: Period, on: str | None, unit: str | None, folder: Path) -> list[Path]:
    """Write the report into *folder* and return what was written; ReportError where that cannot be."""
    at = civil_now()
    span = _asked(of, on, at, settings)
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage:
        desk = Desk(storage, lambda: at, settings.voice)
        files = [each async for each in _files(desk, of, span, unit)]
    first = span.start.astimezone(settings.voice.zone).date()
    name = "-".join((of, first.isoformat(), *([unit] if unit else [])))
    return [_keep(folder, f"{name}{suffix}", data) for suffix, data in files]


def _asked(of: Period, on: str | None, at: datetime, settings: Settings) -> Span:
    """Return the period with the day *on*; without one the last that is over."""
    zone = settings.voice.zone
    if on is None:
        return before(of, at, zone)
    try:
        span = around(of, date.fromisoformat(on), zone)
    except ValueError:
        raise ReportError(f"--date: {on!r} is no day: expected one such as 2026-02-10") from None
    if span.start >= at:
        raise ReportError(f"--date: {on} is still to come")
    return Span(span.start, min(span.end, at))


async def _files(desk: Desk, of: Period, span: Span, unit: str | None) -> AsyncIterator[tuple[str, bytes]]:
    """Yield each file of the report as its suffix and what is in it."""
    async with desk.look(span.end) as act:
        scope = None if unit is None else _unit(act, unit)
        message = await _message(act, desk, of, span, scope)
        pictures = {name: await composed(act, scope, span, form, desk.voice) for name, form in FORMS.items()}
    yield ".txt", _plain(message).encode()
    for name, picture in pictures.items():
        try:
            yield f"-{name}.png", await desk.easel.draw(picture, FORMS[name])
        except NotDrawnError as error:
            raise ReportError(f"the picture could not be drawn: {error}") from None


async def _message(act: Act, desk: Desk, of: Period, span: Span, scope: int | None) -> Message:
    if of is Period.DAY:
        told = await daily(act, scope, past=True)
        return summary({"daily": written(told)}, desk.voice, span.end)
    return period_card.period(await period(act, span, scope), of, desk.voice)


def _unit(act: Act, code: str) -> int:
    found = [
        id_ for id_, each in act.directory.units.items() if each.code == code and each.retired_at is None
    ]
    if not found:
        raise ReportError(f"--unit: no unit has the code {code!r}: the inventory has them all")
    return found[-1]  # a code may have been another unit's in an earlier edition


def _keep(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise ReportError(f"{path} could not be written: {error.strerror}") from None
    return path


def _plain(message: Message) -> str:
    return unescape(re.sub(r"<[^>]+>", "", str(message.text))) + "\n"
