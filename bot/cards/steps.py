"""The steps of a ticket, a line each: when, what, and by whom."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.cards.said import belied
from incidents.finding import Finding
from locales.marker import N_
from locales.voice import Voice
from operations.explain import Happened

SHOWN = 15
STEP = {
    "open": N_("opened"),
    "join": N_("lines fell silent"),
    "leave": N_("lines answered again"),
    "fail": N_("the service fell silent"),
    "answer": N_("the service answered again"),
    "complain": N_("a report"),
    "supplement": N_("something added to it"),
    "deny": N_("a word that the line is well"),
    "saypower": N_("a word on the power"),
    "acknowledge": N_("taken at the desk"),
    "assign": N_("handed to a field team"),
    "accept": N_("accepted by the team"),
    "decline": N_("declined by the team"),
    "depart": N_("the team is on its way"),
    "arrive": N_("the team is on site"),
    "expect": N_("the team says when it expects to be done"),
    "namecause": N_("cause named"),
    "fix": N_("said to be fixed"),
    "askhelp": N_("the team asks for help"),
    "lapse": N_("not accepted in time: back to the desk"),
    "prove": N_("borne out by the probes: it is fixed"),
    "escalate": N_("called for again: nobody had taken it"),
    "merge": N_("became a part of another ticket"),
    "grade": N_("severity changed"),
    "askpause": N_("a pause of the clock asked for by the team"),
    "allowpause": N_("a pause of the clock agreed to"),
    "refusepause": N_("a pause of the clock refused"),
    "endpause": N_("the team's clock going on"),
    "warn": N_("a promise close to its end"),
    "miss": N_("a promise not kept"),
    "object": N_("an objection by the team"),
    "propose": N_("a decision proposed"),
    "agree": N_("the objection decided by two"),
    "disagree": N_("the proposed decision turned down"),
    "suspend": N_("clocks held"),
    "resume": N_("clocks going on"),
    "confirm": N_("a word that it works"),
    "dispute": N_("a word that it still does not work"),
    "reopen": N_("opened again: it still does not work"),
    "retract": N_("a report taken back"),
    "close": N_("ticket closed"),
}


def steps(happened: Sequence[Happened], voice: Voice, now: datetime) -> list[Markup]:
    """Return the last steps under a heading, the oldest first."""
    return [voice.say("<b>Steps</b>"), *(_step(each, voice, now) for each in happened[-SHOWN:])]


def _step(each: Happened, voice: Voice, now: datetime) -> Markup:
    what = voice.say(STEP[each.action])
    finding = each.data.get("finding")
    if finding is not None and (but := belied(Finding(str(finding)), voice)) is not None:
        what = voice.say("{what}, but {finding}", what=what, finding=but)
    if each.data.get("on_behalf"):
        what = voice.say("{what}, written down in place of the team", what=what)
    when = voice.when(each.at, now)
    if each.by is None:
        return voice.say("{when}: {what}", when=when, what=what)
    return voice.say("{when}: {what} ({name})", when=when, what=what, name=each.by)
