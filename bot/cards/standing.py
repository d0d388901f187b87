"""How a ticket stands for somebody who waits: who has it, and by when."""

from datetime import datetime

from markupsafe import Markup

from bot.cards import words
from bot.cards.incident import deadline
from incidents.sla import Owed
from locales.voice import Voice
from operations.look import IncidentView


def who(view: IncidentView, voice: Voice, now: datetime) -> Markup:
    """Return who has it."""
    assignment = view.incident.assignment
    if assignment is not None and view.team is not None:
        if assignment.expected is not None:
            when = voice.when(assignment.expected, now)
            return voice.say("{team} expects to have it restored at {when}.", team=view.team, when=when)
        if assignment.accepted is not None and assignment.eta is not None and assignment.arrived is None:
            when = voice.when(assignment.eta, now)
            return voice.say("{team} is working on it, to be there at {when}.", team=view.team, when=when)
        if assignment.accepted is not None:
            return voice.say("{team} is working on it.", team=view.team)
        return voice.say("It has been handed to {team}.", team=view.team)
    if view.owner is not None:
        return voice.say("{owner} has it.", owner=view.owner)
    return voice.say("The duty desk has been told.")


def promise(view: IncidentView, voice: Voice, now: datetime) -> Markup | None:
    """Return by when it is to be restored, or what is owed before that; None while nothing is."""
    if view.restore_by is not None and view.incident.recovered is None:
        return voice.say(words.OWED[Owed.RESTORE], when=voice.when(view.restore_by, now))
    return deadline(view, voice, now)
