"""Drawn: a picture of ours as it goes into an envelope."""

from dataclasses import dataclass

import structlog

from bot.cards import picture as card
from bot.cards.message import Message
from incidents.supplement import Medium
from operations.desk import Desk
from operations.picture import Wanted, draw
from reports.easel import NotDrawnError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file that we made: how it is sent, what is in it, and what it is called."""

    kind: Medium
    data: bytes
    name: str


async def pictured(desk: Desk, wanted: Wanted) -> tuple[Message, Drawn | None]:
    """Return the caption of the picture, and the picture; where it could not be drawn, words alone."""
    try:
        data = await draw(desk, wanted)
    except NotDrawnError as error:
        log.error("picture.failed", form=wanted.form, scope=wanted.scope, why=str(error))  # noqa: TRY400
        return card.missing(wanted, desk.voice), None
    kind = Medium.PHOTO if wanted.form == "telephone" else Medium.DOCUMENT
    name = f"mang-{wanted.end.astimezone(desk.voice.zone):%Y-%m-%d-%H%M}.png"
    return card.caption(wanted, desk.voice), Drawn(kind, data, name)
