"""What a field team reads of its jobs: the list of them, what it may choose, and whom to call there."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.incident import deadline, place
from bot.cards.job import FIXES
from bot.cards.message import Button, Message, in_rows
from incidents.actions.field import Ground, Need
from incidents.model import code
from locales.marker import N_
from locales.voice import Voice
from operations.contacts import Contacts
from operations.look import IncidentView

BUTTONS_SHOWN = 8
LATEST = datetime.max.replace(tzinfo=UTC)
FIX_BUTTON = dict(
    zip(
        FIXES,
        (N_("Done: power cut"), N_("Done: cut cable"), N_("Done: device"), N_("Done: other")),
        strict=True,
    )
)


def jobs(views: Sequence[IncidentView], voice: Voice, now: datetime) -> Message:
    """Return the team's jobs, the most urgent first."""
    if not views:
        return Message(voice.say("The team has no job."))
    ranked = sorted(views, key=lambda view: view.deadline.by if view.deadline else LATEST)
    lines = [voice.say("<b>Jobs of the team: {count}</b>", count=len(ranked))]
    lines += [_line(view, voice, now) for view in ranked]
    buttons = [
        Button(code(each.incident.id), pack("show", each.incident.id)) for each in ranked[:BUTTONS_SHOWN]
    ]
    return Message.of(lines, in_rows(buttons, 4))


def grounds(view: IncidentView, team: int, voice: Voice) -> Message:
    """Return the question why a team declines."""
    labels = [voice.plain(words.GROUND[each]) for each in Ground]
    asked = voice.say("Why does the team decline {code}?", code=code(view.incident.id))
    return _choice(asked, labels, "decline", view.incident.id, team)


def needs(view: IncidentView, team: int, voice: Voice) -> Message:
    """Return the question what help is needed."""
    labels = [voice.plain(words.NEED[each]) for each in Need]
    asked = voice.say("What help does the team need for {code}?", code=code(view.incident.id))
    return _choice(asked, labels, "help", view.incident.id, team)


def fixes(view: IncidentView, team: int, voice: Voice) -> Message:
    """Return the question what it was."""
    labels = [voice.plain(FIX_BUTTON[each]) for each in FIXES]
    asked = voice.say("What was the cause of {code}?", code=code(view.incident.id))
    return _choice(asked, labels, "done", view.incident.id, team)


def contacts(found: Contacts, voice: Voice) -> Message:
    """Return whom to call at the unit."""
    people = [Markup("{} · {}").format(*each) if each[1] else Markup.escape(each[0]) for each in found.people]
    return Message.of(
        [
            voice.say("<b>Contact of {unit}</b>", unit=found.unit),
            voice.say("Address: {address}", address=found.address) if found.address else None,
            Markup.escape(found.contact) if found.contact else None,
            *people,
            None
            if people or found.contact
            else voice.say("No contact of this unit is known: ask the duty desk."),
        ]
    )


def _choice(asked: Markup, labels: Iterable[str], verb: str, *numbers: int) -> Message:
    buttons = [Button(label, pack(verb, *numbers, index)) for index, label in enumerate(labels)]
    return Message(asked, in_rows(buttons, 2))


def _line(view: IncidentView, voice: Voice, now: datetime) -> Markup:
    line = voice.say(
        "{code} · {unit} · {status}",
        code=code(view.incident.id),
        unit=place(view),
        status=voice.say(words.status(view.incident)),
    )
    owed = deadline(view, voice, now)
    return line if owed is None else voice.say("{line} · {owed}", line=line, owed=owed)
