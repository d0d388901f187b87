"""Pictures of the network: asked for by a letter, composed from what is kept when that leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from incidents.span import Span
from locales.voice import Voice
from operations.desk import Act, Desk
from operations.ledger import days
from reports.compose import Line, everything, exceptions
from reports.easel import Form
from reports.model import Picture
from storage import incidents, letters
from storage.letters import Address
from storage.tables import Letter

DAY = timedelta(days=1)
LIVES = timedelta(hours=12)  # the morning's picture is still worth sending at noon


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture of *scope* (None: the province) over the day that ends at *end*.

    As «telephone» it is of districts and exceptions, as «sheet» of every channel.
    """

    form: Form
    scope: int | None
    end: datetime

    @property
    def span(self) -> Span:
        """The day it is of."""
        return Span(self.end - DAY, self.end)

    def written(self) -> dict[str, Any]:
        """Return it as a letter keeps it."""
        return {"form": self.form, "scope": self.scope, "end": self.end.timestamp()}


def read(content: dict[str, Any]) -> Wanted:
    """Return what ``written`` gave."""
    return Wanted(content["form"], content["scope"], datetime.fromtimestamp(content["end"], UTC))


async def show_day(act: Act, wheres: Iterable[Address], scope: int | None, key: str) -> None:
    """Post the picture of the day that ends now to each of *wheres*, once for each *key*."""
    await show(act, wheres, Wanted("telephone", scope, act.at), f"{key}:picture", LIVES)


async def show(act: Act, wheres: Iterable[Address], wanted: Wanted, key: str, lives: timedelta) -> None:
    """Post a letter that carries the picture to each of *wheres*, once for each *key*."""
    for where in wheres:
        await letters.post(
            act.session,
            Letter(
                transport=where.transport,
                chat=where.chat,
                topic=where.topic,
                kind=letters.MEDIA,
                key=letters.keyed(key, where),
                content={"picture": wanted.written(), "quiet": True},
                created=act.at,
                not_before=act.at,
                expires=act.at + lives,
            ),
        )


async def draw(desk: Desk, wanted: Wanted) -> bytes:
    """Return the picture as a PNG; reports.easel.NotDrawnError where it could not be drawn."""
    async with desk.look() as act:
        picture = await composed(act, wanted.scope, wanted.span, wanted.form, desk.voice)
    return await desk.easel.draw(picture, wanted.form)


async def composed(act: Act, scope: int | None, span: Span, form: Form, voice: Voice) -> Picture:
    """Return what is to be drawn of *scope* over *span*."""
    known = await incidents.between(act.session, span.start, span.end)
    spent = await days(act, span, known)
    lines = [
        Line(_name(act, channel), act.directory.table_area(act.directory.channels[channel].unit_id), own)
        for channel, own in spent.items()
        if act.directory.within(act.directory.channels[channel].unit_id, scope)
    ]
    of = None if scope in (None, act.directory.top) else act.directory.units[scope or 0].name
    return (exceptions if form == "telephone" else everything)(lines, span, of, voice)


def _name(act: Act, channel: int) -> str:
    """Return the unit's name, and the channel's code where the unit has several."""
    unit = act.directory.unit_of(channel)
    several = len(act.directory.channels_of(unit.id or 0)) > 1
    return f"{unit.name} ({act.directory.channels[channel].code})" if several else unit.name
