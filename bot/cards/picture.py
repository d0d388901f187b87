"""The words under a picture of the network, and what one may ask for from there."""

from bot.buttons import pack
from bot.cards.message import Button, Message, Rows, in_rows
from locales.voice import Voice
from operations.picture import Wanted


def caption(wanted: Wanted, voice: Voice) -> Message:
    """Return what stands under the picture."""
    said = voice.say("The 24 hours until {when}", when=voice.time(wanted.end))
    return Message(said, buttons(wanted, voice))


def missing(wanted: Wanted, voice: Voice) -> Message:
    """Return what is said in place of a picture that could not be drawn."""
    return Message(voice.say("The picture could not be drawn; it is logged."), buttons(wanted, voice))


def buttons(wanted: Wanted, voice: Voice, *, drawn: bool = True) -> Rows:
    """Offer what happened, one district, every channel; and the picture, where it is not *drawn* yet."""
    if wanted.form == "sheet":
        return ()
    scope, minute = wanted.scope or 0, int(wanted.end.timestamp()) // 60
    here = [Button(voice.plain("Details"), pack("happened", scope, minute))]
    if not drawn:
        here.append(Button(voice.plain("Picture"), pack("picture", scope, minute)))
    if wanted.scope is None:
        here.append(Button(voice.plain("One district"), pack("areas", minute)))
    here.append(Button(voice.plain("All channels"), pack("sheet", scope, minute)))
    return in_rows(here, 2)
