"""The journal in chat: a line each of when, who and what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.message import Button, Message
from bot.cards.steps import STEP
from incidents.model import code
from incidents.roles import Role
from locales.marker import N_
from locales.voice import Voice
from operations.journal import Entry

DEED = {
    "locked": N_("account locked"),
    "unlocked": N_("account let in again"),
    "relieved": N_("an officer's posting ended"),
    "approved": N_("an officer let in"),
    "refused": N_("a registration refused"),
    "enrolled": N_("came in by a link"),
    "invited": N_("a link made"),
    "entrusted": N_("another role"),
    "vigil_kept": N_("units told to stay on"),
    "vigil_lifted": N_("units told that they may go"),
    "directed": N_("a directive given"),
    "directive_received": N_("a directive received"),
    "directive_reported": N_("a directive reported on"),
    "policy": N_("a policy changed"),
    "broadcast": N_("an announcement sent"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the names it needs."""

    entry: Entry
    by: str | None
    about: str | None
    unit: str | None


def journal(
    lines: Sequence[Line],
    heading: str,
    page: int,
    *,
    more: bool,
    query: tuple[int, ...],
    voice: Voice,
    now: datetime,
) -> Message:
    """Return a page; *query* are the numbers of the filter, which the buttons bear after the page's."""
    if not lines:
        return Message(voice.say("Nothing of the kind has been done."))
    said = [voice.say("<b>Who did what</b> · {what}", what=heading)]
    said += [_line(each, voice, now) for each in lines]
    turns = []
    if page:
        turns.append(Button(voice.plain("← Newer"), pack("journal", page - 1, *query)))
    if more:
        turns.append(Button(voice.plain("Older →"), pack("journal", page + 1, *query)))
    return Message.of(said, (tuple(turns),) if turns else ())


def _line(line: Line, voice: Voice, now: datetime) -> Markup:
    entry = line.entry
    what = voice.say(STEP[entry.what] if entry.of_ticket else DEED[entry.what])
    told = [
        voice.say("{when}: {what}", when=voice.when(entry.at, now), what=what),
        code(entry.incident) if entry.incident is not None else None,
        line.about,
        line.unit,
        _detail(entry, voice),
    ]
    said = Markup(" · ").join(each for each in told if each)
    return said if line.by is None else voice.say("{what} ({name})", what=said, name=line.by)


def _detail(entry: Entry, voice: Voice) -> str | None:
    """Return what changed from what to what, where the deed says so."""
    data = entry.data or {}
    if entry.what == "entrusted":
        before, after = (voice.plain(words.ROLE[Role(data[each])]) for each in ("role_before", "role"))
        return f"{before}, {data['place_before']} → {after}, {data['place']}"
    if entry.what == "policy":
        return f"{data['name']}: {data['before']} → {data['after']}"
    return None
