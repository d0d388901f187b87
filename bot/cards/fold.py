"""How much a card shows: the next steps, the details too, or the further acts."""

from enum import IntEnum

from bot.buttons import pack
from bot.cards.message import Button, Rows
from locales.marker import N_
from locales.voice import Voice


class Fold(IntEnum):
    """The look of one card in one chat; the number is what a button carries and the card's row keeps."""

    CLOSED = 0
    DETAILS = 1
    MORE = 2


TURN = {  # what each look offers to turn to
    Fold.CLOSED: ((N_("Details"), Fold.DETAILS), (N_("More…"), Fold.MORE)),
    Fold.DETAILS: ((N_("Fold up"), Fold.CLOSED), (N_("More…"), Fold.MORE)),
    Fold.MORE: ((N_("Fold up"), Fold.CLOSED), (N_("Details"), Fold.DETAILS)),
}


def turns(incident: int, fold: Fold, voice: Voice) -> Rows:
    """Return the row of buttons that turns the card of *incident* to another look."""
    return (tuple(Button(voice.plain(label), pack("fold", incident, to)) for label, to in TURN[fold]),)
