"""A field team's job on the card: how far it is, what may be pressed for it, and where to go."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import words
from bot.cards.message import Button, Rows
from incidents.model import Assignment, Cause
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView

FIXES: Final = (Cause.POWER, Cause.FIBRE_CUT, Cause.DEVICE, Cause.OTHER)  # one tap each; append only
MAP: Final = "https://www.google.com/maps/search/?api=1&query={latitude:.6f}%2C{longitude:.6f}"


def waits(view: IncidentView) -> bool:
    """Return whether a team is to accept it."""
    job = view.incident.assignment
    return view.incident.live and not view.incident.settled and job is not None and job.accepted is None


def under_way(view: IncidentView) -> bool:
    """Return whether a team has accepted it, and not said in vain that it is fixed."""
    job = view.incident.assignment
    claimed = job is not None and job.claim is not None and view.incident.settled
    return view.incident.live and job is not None and job.accepted is not None and not claimed


def on_the_clock(view: IncidentView) -> bool:
    """Return whether the team's clock runs, or may have to stand still."""
    incident = view.incident
    return incident.live and incident.assignment is not None and incident.recovered is None


def may_object(view: IncidentView) -> bool:
    """Return whether there is a finding that the team may object to, and nothing is open."""
    incident = view.incident
    found = not incident.live or bool(incident.breaches)
    return found and incident.assignment is not None and incident.objection is None


def not_gone(view: IncidentView) -> bool:
    """Return whether the team has yet to set out."""
    job = view.incident.assignment
    return under_way(view) and job is not None and job.departed is None and job.arrived is None


def not_there(view: IncidentView) -> bool:
    """Return whether the team has yet to arrive."""
    job = view.incident.assignment
    return under_way(view) and job is not None and job.arrived is None


def place(view: IncidentView, voice: Voice) -> Rows:
    """Return the row that tells whom to call there and where it is."""
    if not view.incident.live:
        return ()
    row = [Button(voice.plain("Contact"), pack("contact", view.incident.id))]
    if view.point is not None:
        latitude, longitude = view.point
        row.append(Button(voice.plain("Map"), url=MAP.format(latitude=latitude, longitude=longitude)))
    return (tuple(row),)


def lines(view: IncidentView, voice: Voice, now: datetime) -> Iterator[Markup]:
    """Yield whose job it is, how far the team is, and what it claims."""
    job = view.incident.assignment
    if job is None or view.team is None:
        return
    yield _taken(job, view.team, voice, now)
    if job.arrived is not None:
        yield voice.say("On site since {when}", when=voice.when(job.arrived, now))
    elif job.departed is not None:
        yield voice.say("On the way since {when}", when=voice.when(job.departed, now))
    if job.expected is not None and job.claim is None:
        yield voice.say("The team expects to be done at {when}", when=voice.when(job.expected, now))
    if job.claim is not None:
        cause = voice.say(words.CAUSE[job.claim.cause])
        when = voice.when(job.claim.at, now)
        yield voice.say(_claim(view, job), team=view.team, when=when, cause=cause)
    elif view.incident.cause is not None:
        yield voice.say("Cause: {cause}", cause=voice.say(words.CAUSE[view.incident.cause]))


def _taken(job: Assignment, team: str, voice: Voice, now: datetime) -> Markup:
    if job.accepted is None:
        return voice.say("Handed to {team} at {when}", team=team, when=voice.when(job.at, now))
    taken = voice.say("{team} accepted it at {when}", team=team, when=voice.when(job.accepted, now))
    if job.eta is None or job.arrived is not None:
        return taken
    return voice.say("{taken}, to be there at {eta}", taken=taken, eta=voice.when(job.eta, now))


def _claim(view: IncidentView, job: Assignment) -> str:
    """Return the msgid of a claim, by what the probes say of it."""
    if view.incident.silent:
        return N_("{team} said at {when} that it is fixed ({cause}), but the line is still silent")
    if job.claim is not None and job.claim.proven is not None:
        return N_("{team} said at {when} that it is fixed ({cause}), and the probes bear it out")
    return N_("{team} said at {when} that it is fixed ({cause}); the probes have yet to bear it out")
