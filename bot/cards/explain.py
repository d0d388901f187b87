"""Why an incident is one: what was heard of its lines, by which rule, and who bore witness."""

from datetime import datetime

from markupsafe import Markup

from bot.cards.afterhours import habit
from bot.cards.incident import title
from bot.cards.message import Message
from bot.cards.reach import rule
from bot.cards.steps import steps
from incidents.decision import Why
from locales.marker import N_
from locales.voice import Voice
from operations.explain import Explanation, Reasoned
from operations.look import IncidentView

WHY = {
    Why.SILENT: N_("It fell silent by itself."),
    Why.UPLINK: N_("The channel it hangs behind is out."),
    Why.REPLIED: N_("It answers again."),
    Why.ANCHORS: N_("The anchors are silent too: it may be our own line."),
    Why.ALL: N_("Every channel is silent, and there is no anchor."),
    Why.OURSELVES: N_("Our own probes cannot be sent: that says nothing of the line."),
}


def explained(told: Explanation, view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return what led to the incident, in sentences; no address is in it."""
    lines: list[Markup | None] = [voice.say("<b>Why?</b>"), title(view, voice)]
    if view.extent is not None:
        lines.append(rule(view.extent, voice))
    for each in told.lines:
        lines += _line(each, voice, now)
    if (more := told.members - len(told.lines)) > 0:
        lines.append(voice.say("And {count} more channels.", count=more))
    if not told.members:
        lines.append(voice.say("It rests on a report alone: no probe has found an outage."))
    return Message.of([*lines, *steps(told.steps, voice, now)])


def _line(each: Reasoned, voice: Voice, now: datetime) -> list[Markup | None]:
    heading = voice.say(
        "<b>{unit}</b>, channel {channel}: silent since {when}",
        unit=each.unit,
        channel=each.channel,
        when=voice.second(each.since, now),
    )
    return [
        heading,
        None if each.why is None else voice.say(WHY[each.why]),
        _before(each, voice),
        *_silence(each, voice),
        *_excused(each, voice, now),
    ]


def _before(each: Reasoned, voice: Voice) -> Markup | None:
    before = [sample.outcome for sample in each.outcomes if sample.at < each.since]
    known = [outcome for outcome in before if outcome.known]
    if not known:
        return None
    answered = sum(outcome.answered for outcome in known)
    return voice.say("Just before: {answered}/{sent} probes answered.", answered=answered, sent=len(known))


def _silence(each: Reasoned, voice: Voice) -> list[Markup | None]:
    grounds = each.grounds
    if grounds is None:
        return []
    return [
        voice.say(
            "{count} probes in a row without an answer over {span} s; "
            "this line had to be silent for {guard} s.",
            count=grounds.misses,
            span=voice.decimal(grounds.silence),
            guard=voice.decimal(grounds.guard),
        ),
        voice.say(
            "Probability of an outage {sure}, though it may lose up to {loss} when it is bad.",
            sure=voice.percent(grounds.sure),
            loss=voice.percent(grounds.bad_loss),
        ),
        _witness(each, voice),
    ]


def _excused(each: Reasoned, voice: Voice, now: datetime) -> list[Markup]:
    if each.excused is None:
        return []
    until = voice.when(each.excused.until, now)
    said = voice.say("Taken for switched off after hours, to be on again by {until}.", until=until)
    return [said, habit(each.excused, voice)]


def _witness(each: Reasoned, voice: Voice) -> Markup | None:
    if each.grounds is None or each.grounds.witness is None:
        return None
    if each.witness is None:
        return voice.say("Meanwhile an anchor answered: we do see.")
    return voice.say("Meanwhile the line of {unit} answered.", unit=each.witness)
