"""What a letter becomes when it leaves: rendered late, from the state of now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.cards import board, media, notices
from bot.cards import incident as incident_card
from bot.cards.fold import Fold
from bot.cards.message import Message
from bot.drawn import Drawn, pictured
from incidents.roles import Room
from incidents.supplement import Medium
from locales.voice import Voice
from operations import picture
from operations.catch_up import DIGEST
from operations.desk import Act, Desk
from operations.details import details
from operations.look import IncidentView, incident_view
from operations.overview import overview
from storage import incidents, letters, people
from storage.attachments import File
from storage.letters import Address
from storage.tables import Attachment, Card, Letter


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter ready to leave: its message, what that takes the place of, or the file that carries it."""

    letter: Letter
    where: Address
    message: Message
    card: Card | None = None
    edits: int | None = None
    reply_to: int | None = None
    file: File | Drawn | None = None
    withdrawn: bool = False  # the chat is no longer to see it
    keeps: dict[str, Any] | None = None  # what the letter is to know of what was sent


def is_picture(letter: Letter) -> bool:
    """Return whether *letter* is a picture of ours, which is drawn and no more than that."""
    return letter.kind == letters.MEDIA and "picture" in letter.content


async def framed(desk: Desk, letter: Letter) -> Envelope:
    """Draw the picture that *letter* is, outside of any transaction: it takes seconds."""
    message, drawn = await pictured(desk, picture.read(letter.content["picture"]))
    return Envelope(letter, letters.address(letter), message, file=drawn)


async def seal(act: Act, voice: Voice, letter: Letter) -> Envelope:
    """Render *letter* as things stand."""
    where = letters.address(letter)
    view = await _view(act, letter)
    match letter.kind:
        case "card":
            assert view is not None
            room = await _room(act, where, view)
            card = await letters.card(act.session, view.incident.id, where)
            if room is None:
                message = incident_card.withdrawn(view, voice)
            else:
                message = await _drawn(act, voice, view, room, Fold(card.fold if card else 0))
            return Envelope(letter, where, message, card, card.message_id if card else None)
        case "notice":
            views = await _views(act, await _incidents(act, letter))
            message = notices.render(letter.content, view, views, voice, act.at)
            return Envelope(letter, where, message)
        case letters.BOARD:
            return await _board(act, voice, letter, where)
        case letters.MEDIA:
            return await _shown(act, voice, letter, where)
    content = letter.content
    return Envelope(
        letter,
        where,
        Message.from_json(content),
        edits=content.get("edits"),
        reply_to=content.get("reply_to"),
    )


async def _board(act: Act, voice: Voice, letter: Letter, where: Address) -> Envelope:
    chat = await people.chat(act.session, where.chat, where.topic)
    view = await overview(act, chat.unit_id if chat else None)
    keeps = letter.content | {"said": board.body(view, voice, act.at).digest}
    return Envelope(letter, where, board.board(view, voice, act.at), edits=letter.message_id, keeps=keeps)


async def _drawn(act: Act, voice: Voice, view: IncidentView, room: Room, fold: Fold) -> Message:
    more = await details(act, view.incident) if fold is Fold.DETAILS else None
    return incident_card.render(view, voice, act.at, room, fold, more)


async def _view(act: Act, letter: Letter) -> IncidentView | None:
    if letter.incident_id is None:
        return None
    incident = await incidents.find(act.session, letter.incident_id)
    assert incident is not None
    return await incident_view(act, incident)


async def _shown(act: Act, voice: Voice, letter: Letter, where: Address) -> Envelope:
    """Show an attachment with its ticket of now; not where the job is no longer, nor when all is over."""
    row = await act.session.get(Attachment, letter.content["attachment"])
    assert row is not None
    assert row.file_id is not None
    incident = await incidents.find(act.session, row.incident_id)
    assert incident is not None
    view = await incident_view(act, incident)
    names = await people.by_ids(act.session, [row.person_id])
    file = File(Medium(row.kind), row.file_id, row.file_unique_id or "")
    message = media.caption(row, names[row.person_id].name, view, voice, act.at)
    asked = letter.content["asked"]
    gone = not (asked or incident.live) or (where.is_group and await _room(act, where, view) is None)
    return Envelope(letter, where, message, file=file, withdrawn=gone)


async def _incidents(act: Act, letter: Letter) -> Iterable[int]:
    """Return the tickets a notice names; a digest also those that are open in its chat as it leaves."""
    named: list[int] = letter.content.get("incidents", [])
    if letter.content.get("name") != DIGEST:
        return named
    here = await letters.incidents_at(act.session, letters.address(letter))
    return sorted({*named, *(each.id for each in await incidents.live(act.session) if each.id in here)})


async def _views(act: Act, ids: Iterable[int]) -> list[IncidentView]:
    found = [await incidents.find(act.session, id_) for id_ in ids]
    return [await incident_view(act, each) for each in found if each is not None]


async def _room(act: Act, where: Address, view: IncidentView) -> Room | None:
    """Return what the chat is for; a team's chat that no longer has the job is none."""
    chat = await people.chat(act.session, where.chat, where.topic)
    if chat is None:
        return Room.TEAM if _has_it(act, where, view) else None
    room = Room(chat.role)
    return None if room is Room.TEAM and not _has_it(act, where, view) else room


def _has_it(act: Act, where: Address, view: IncidentView) -> bool:
    assignment = view.incident.assignment
    return assignment is not None and act.directory.teams[assignment.team].chat_id == where.chat
