"""The answers to what an officer says after the report: that it works, that it does not, never mind."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.incident import title
from bot.cards.message import Button, Message, Rows
from bot.cards.standing import promise, who
from incidents.finding import WELL, Finding
from incidents.model import Incident, LineState, code
from incidents.refusal import Refusal
from locales.marker import N_
from locales.voice import Voice
from operations.confirm import Confirmed
from operations.look import IncidentView
from operations.retract import Kept, Retraction
from operations.survey import ChannelView

_DOWN = N_("Recorded, but the line still does not answer the system; ticket <b>{code}</b> stays open.")
STAYS_OPEN = {
    Finding.LINE_GOOD: N_("Recorded: the line answers. Ticket <b>{code}</b> closes once that has lasted."),
    Finding.CARRIED: N_(
        "Recorded: the unit is connected. One of its channels still does not answer; "
        "ticket <b>{code}</b> stays open."
    ),
    Finding.LINE_BAD: N_(
        "Recorded, but the line still answers the system only in part; ticket <b>{code}</b> stays open."
    ),
    Finding.LINE_DOWN: _DOWN,
    Finding.UPLINK_DOWN: _DOWN,
    Finding.UNSEEN: N_("Recorded, but the line could not be checked just now; <b>{code}</b> stays open."),
}
KEPT = {
    Kept.NONE: N_("You have no report that could be taken back."),
    Kept.CLOSED: N_("{code} is closed already: there is nothing to take back."),
    Kept.LATE: N_(
        "Your report of {when} is older than {span} and can no longer be taken back. "
        "If it works again, please send /xacnhan."
    ),
}


def ask(incident: Incident, unit: int, voice: Voice) -> Rows:
    """Return the two buttons that ask an officer of *unit* whether it works again."""
    works = Button(voice.plain("It works"), pack("confirm", incident.id, unit))
    return ((works, Button(voice.plain("It still does not"), pack("dispute", incident.id, unit))),)


def progress(
    view: IncidentView, unit: int, lines: Sequence[ChannelView], voice: Voice, now: datetime
) -> Message:
    """Return how the ticket stands in four lines: what it is, what is seen, who has it, by when."""
    said = [title(view, voice), _seen(lines, voice, now), _hands(view, voice, now), promise(view, voice, now)]
    asks = view.incident.live and view.incident.settled and not view.incident.vouched
    return Message.of(said, ask(view.incident, unit, voice) if asks else ())


def confirmed(
    done: Confirmed, view: IncidentView, due: datetime | None, voice: Voice, now: datetime
) -> Message:
    """Return what becomes of a ticket of which its unit says that it works; *due* is when it closes."""
    incident, number = done.incident, code(done.incident.id)
    if incident.closed is not None:
        if done.refusal is None:
            return Message(
                voice.say(
                    "<b>{code}</b> is closed: the unit says that it works, and the line is good. Thank you.",
                    code=number,
                )
            )
        return Message(
            voice.say("{code} was closed at {when}.", code=number, when=voice.when(incident.closed, now))
        )
    if incident.vouched and due is not None:
        return Message(
            voice.say(
                "Recorded. Ticket <b>{code}</b> closes at {when} if the line stays good.",
                code=number,
                when=voice.when(due, now),
            )
        )
    if done.finding in WELL and not incident.own(done.unit):
        return Message(
            voice.say("Recorded. <b>{code}</b> is of other units too and stays open.", code=number)
        )
    said = voice.say(STAYS_OPEN[done.finding], code=number)
    return Message.of([said, _hands(view, voice, now), promise(view, voice, now)])


def contested(view: IncidentView, voice: Voice, now: datetime, *, rings: bool, reopened: bool) -> Message:
    """Return what becomes of a ticket of which its unit says that it still does not work."""
    number = code(view.incident.id)
    if reopened:
        said = voice.say("<b>{code}</b> is open again: the duty desk has been told.", code=number)
    elif rings:
        said = voice.say("<b>{code}</b>: recorded, the duty desk has been told.", code=number)
    elif view.incident.silent:
        said = voice.say("<b>{code}</b>: recorded. The line does not answer the system either.", code=number)
    else:
        said = voice.say("<b>{code}</b>: recorded, the ticket stays open.", code=number)
    waits = view.owner is not None or view.team is not None
    return Message.of([said, _hands(view, voice, now) if waits else None, promise(view, voice, now)])


def told_before(view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return the answer to who says once more that it does not work, or says so of what cannot be opened."""
    incident = view.incident
    if incident.disputed is None:
        return Message(voice.say(words.REFUSAL[Refusal.CLOSED], code=code(incident.id)))
    when = voice.when(incident.disputed, now)
    said = voice.say("That was recorded at {when} already: <b>{code}</b>.", when=when, code=code(incident.id))
    return Message.of([said, _hands(view, voice, now), promise(view, voice, now)])


def quiet(stands: Message, last: Incident | None, voice: Voice, now: datetime) -> Message:
    """Return how a unit without an open ticket stands, and when its last one was closed."""
    lines = [stands.text, voice.say("No open ticket.")]
    if last is not None and last.closed is not None:
        when = voice.when(last.closed, now)
        lines.append(voice.say("The last one, {code}, was closed at {when}.", code=code(last.id), when=when))
    return Message.of(lines)


def retracted(done: Retraction, within: timedelta, voice: Voice, now: datetime) -> Message:
    """Return what becomes of a report that was to be taken back, which is possible *within* that time."""
    number = code(done.incident.id) if done.incident else ""
    if done.kept is not None or done.incident is None:
        when = voice.when(done.reported, now) if done.reported else ""
        span = voice.duration(within)
        return Message(voice.say(KEPT[done.kept or Kept.NONE], code=number, when=when, span=span))
    if not done.incident.live:
        return Message(voice.say("Your report is taken back; <b>{code}</b> is closed.", code=number))
    if done.incident.silent:
        why = voice.say("The line is still out.")
    elif done.others:
        why = voice.say("Others have reported it too.")
    else:
        why = voice.say("The duty desk has it in hand.")
    stays = voice.say("Your report is taken back; <b>{code}</b> stays open.", code=number)
    return Message.of([stays, why])


def ask_to_retract(incident: Incident, reported: datetime, voice: Voice, now: datetime) -> Message:
    """Return the question whether the report of just before is to be taken back."""
    text = voice.say(
        "You reported at {when} (<b>{code}</b>). Is the report to be taken back?",
        when=voice.when(reported, now),
        code=code(incident.id),
    )
    take_back = Button(voice.plain("Take the report back"), pack("retract", incident.id))
    return Message(text, ((take_back, Button(voice.plain("Let it stand"), pack("stand", incident.id))),))


def _seen(lines: Sequence[ChannelView], voice: Voice, now: datetime) -> Markup | None:
    """Return how the unit's line stands: by the channel that carries it, where it has several."""
    known = sorted(lines, key=lambda line: line.state is not LineState.UP)
    if not known or known[0].since is None:
        return None
    state, since = voice.say(words.STATE[known[0].state]), voice.when(known[0].since, now)
    return voice.say(
        "Now: the line of {unit}: {state}, since {when}.", unit=known[0].unit, state=state, when=since
    )


def _hands(view: IncidentView, voice: Voice, now: datetime) -> Markup:
    """Return who has it at the desk, and what the team does."""
    has = who(view, voice, now)
    if view.owner is None or view.team is None:
        return has
    return voice.say("{owner} has it.", owner=view.owner) + " " + has
