"""The inventory in chat: how much of what there is, and its units, channels and teams; no addresses."""

from collections.abc import Sequence

from bot.buttons import pack
from bot.cards.message import Button, Message
from locales.marker import N_
from locales.voice import Voice
from operations.catalogue import Counts

PAGE = 20
SECTIONS = (N_("Units"), N_("Channels"), N_("Teams"))  # in the order of the numbers that the buttons bear


def overview(counts: Counts, voice: Voice) -> Message:
    """Return how much of what there is, with a button for each list."""
    lines = [
        voice.say("<b>Inventory</b>"),
        voice.say("Units: {count}, in {areas} areas", count=counts.units, areas=counts.areas),
        voice.say("Channels: {count}, of which {spare} spare", count=counts.channels, spare=counts.spare),
        voice.say("Carriers: {carriers}; teams: {teams}", carriers=counts.carriers, teams=counts.teams),
        voice.say("Services: {count}", count=counts.services),
        voice.say("Units without an officer: {count}", count=counts.without_officer),
        voice.say("It is changed by an import on the server alone."),
    ]
    buttons = tuple(
        Button(voice.plain(label), pack("catalogue", index, 0)) for index, label in enumerate(SECTIONS)
    )
    return Message.of(lines, (buttons,))


def section(index: int, page: int, rows: Sequence[str], voice: Voice) -> Message:
    """Return a page of the list with this number, and the buttons that turn it."""
    last = max(0, (len(rows) - 1) // PAGE)
    page = min(page, last)
    heading = voice.say(
        "<b>{section}</b> ({page}/{last})", section=voice.say(SECTIONS[index]), page=page + 1, last=last + 1
    )
    turns = [
        Button(voice.plain(label), pack("catalogue", index, to))
        for label, to in ((N_("← Back"), page - 1), (N_("More →"), page + 1))
        if 0 <= to <= last
    ]
    return Message.of([heading, *rows[page * PAGE : (page + 1) * PAGE]], (tuple(turns),) if turns else ())
