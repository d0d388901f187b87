"""Why a ticket may not be closed yet, and when it may."""

from datetime import datetime

from markupsafe import Markup

from incidents.evidence import Standing, Verdict
from incidents.policy import Policies
from locales.marker import N_
from locales.voice import Voice

WHY = {
    Standing.EARLY: N_("only {good} of {wanted} good probes in a row so far, which have to last {over}"),
    Standing.SHAKEN: N_("a probe was lost at {lost}; only {good} of {wanted} good ones in a row since"),
    Standing.RESTLESS: N_(
        "the line is unsteady: it fell again {relapses} times, and has to stay for {steady}"
    ),
}


def unproven(number: str, verdict: Verdict, policies: Policies, voice: Voice, now: datetime) -> Markup:
    """Return «Chưa đủ điều kiện đóng SC-0012: …», with the time from which on it may be tried again."""
    rule, run = policies.evidence, verdict.run
    why = voice.say(
        WHY[verdict.standing],
        good=min(run.good, rule.good),
        wanted=rule.good,
        over=voice.duration(rule.over),
        lost=voice.when(run.lost or now, now),
        relapses=verdict.relapses,
        steady=voice.duration(rule.steady),
    )
    return voice.say(
        "The conditions for closing {code} are not met yet: {why}. At {when} at the earliest.",
        code=number,
        why=why,
        when=voice.when(verdict.earliest, now),
    )
