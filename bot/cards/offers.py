"""What a card offers to press: a table of acts with who is offered them, where, and in which state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.buttons import pack
from bot.cards import job
from bot.cards.fold import Fold
from bot.cards.message import Button, Rows
from incidents.roles import Room
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView

Shown = Callable[[IncidentView], bool]
DESK: Final = frozenset({Room.ONCALL})
READERS: Final = frozenset({Room.ONCALL, Room.LEADERS})
FIELD: Final = frozenset({Room.TEAM})
MORE: Final = 10  # rows from here on unfold with «Thêm…»


def _number(_: IncidentView) -> tuple[int, ...]:
    return ()


def _nothing(_: IncidentView) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as a button of the card.

    Those of one *row* stand side by side, in the table's order. *numbers* is what the button carries after
    the ticket's own, *names* what its label names.
    """

    label: str
    verb: str
    rooms: frozenset[Room]
    row: int
    shown: Shown
    numbers: Callable[[IncidentView], tuple[int, ...]] = _number
    names: Callable[[IncidentView], Mapping[str, str]] = _nothing


def rows(view: IncidentView, voice: Voice, room: Room, fold: Fold) -> Rows:
    """Return the acts that *room* is offered as the ticket stands: the next ones, or the further ones too.

    The desk is offered those of a team that has no chat as well.
    """
    places = {room} if view.team_chats or room is not Room.ONCALL else {room, Room.TEAM}
    found: dict[int, list[Button]] = {}
    for each in OFFERS:
        folded = each.row >= MORE and fold is not Fold.MORE
        if places & each.rooms and not folded and each.shown(view):
            found.setdefault(each.row, []).append(_button(each, view, voice))
    return tuple(tuple(found[row]) for row in sorted(found))


def _button(each: Offer, view: IncidentView, voice: Voice) -> Button:
    return Button(
        voice.plain(each.label, **each.names(view)),
        pack(each.verb, view.incident.id, *each.numbers(view)),
    )


def _untaken(view: IncidentView) -> bool:
    return view.incident.live and view.incident.owner is None and not view.incident.settled


def _to_hand_out(view: IncidentView) -> bool:
    return view.incident.live and view.incident.of_lines and not view.incident.settled


def _answers(view: IncidentView) -> bool:
    return view.incident.live and not view.incident.silent


def _of_lines(view: IncidentView) -> bool:
    return view.incident.live and view.incident.of_lines


def _team(view: IncidentView, *more: int) -> tuple[int, ...]:
    return (view.incident.assignment.team, *more) if view.incident.assignment else ()


def _with(number: int) -> Callable[[IncidentView], tuple[int, ...]]:
    """Return the numbers of a button of the team's that says one more thing."""
    return lambda view: _team(view, number)


# fmt: off
OFFERS: tuple[Offer, ...] = (
    Offer(N_("Take it"),          "ack",    DESK,    2,        _untaken),
    Offer(N_("Hand to a team"),   "teams",  DESK,    2,        _to_hand_out),
    Offer(N_("Close the ticket"), "close",  DESK,    2,        _answers),
    Offer(N_("Accept, there in 30'"), "accept", FIELD, 0,      job.waits, _with(30)),
    Offer(N_("In 1 hour"),        "accept", FIELD,   0,        job.waits, _with(60)),
    Offer(N_("In 2 hours"),       "accept", FIELD,   0,        job.waits, _with(120)),
    Offer(N_("Decline"),          "decline", FIELD,  1,        job.waits, _team),
    Offer(N_("Done: power cut"),  "done",   FIELD,   0,        job.under_way, _with(0)),
    Offer(N_("Done: cut cable"),  "done",   FIELD,   0,        job.under_way, _with(1)),
    Offer(N_("Done: device"),     "done",   FIELD,   1,        job.under_way, _with(2)),
    Offer(N_("Done: other"),      "done",   FIELD,   1,        job.under_way, _with(3)),
    Offer(N_("On the way"),       "depart", FIELD,   MORE,     job.not_gone, _team),
    Offer(N_("On site"),          "arrive", FIELD,   MORE,     job.not_there, _team),
    Offer(N_("Help wanted"),      "help",   FIELD,   MORE + 1, job.under_way, _team),
    Offer(N_("Pause the clock"),  "rest",   FIELD,   MORE + 2, job.on_the_clock),
    Offer(N_("Object"),           "object", FIELD,   MORE + 2, job.may_object),
    Offer(N_("Give it back"),     "decline", FIELD,  MORE + 1, job.under_way, _team),
    Offer(N_("Why?"),             "why",    READERS, MORE + 9, _of_lines),
)
# fmt: on
