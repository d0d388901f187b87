"""What has come over a channel, in one line: since when, and what is beyond its bound."""

from datetime import datetime

from markupsafe import Markup

from bot.cards import words
from incidents.degradation import Excess, Measure
from locales.voice import Voice
from operations.survey import Condition


def condition(condition: Condition, voice: Voice, now: datetime) -> Markup:
    """Return the condition with what it was begun for."""
    said = voice.say(words.CONDITION[condition.kind], when=voice.when(condition.since, now))
    if not condition.reasons:
        return said
    return voice.say("{said}: {reasons}", said=said, reasons=reasons(condition.reasons, voice))


def reasons(found: tuple[Excess, ...], voice: Voice) -> Markup:
    """Return each measure with its value and its bound."""
    return Markup(", ").join(
        voice.say(
            words.MEASURE[each.measure],
            value=_amount(each.measure, each.value, voice),
            bound=_amount(each.measure, each.bound, voice),
        )
        for each in found
    )


def _amount(measure: Measure, value: float, voice: Voice) -> str:
    match measure:
        case Measure.LOSS:
            return voice.percent(value)
        case Measure.RATING:
            return voice.number(round(value))
    return voice.milliseconds(value)
