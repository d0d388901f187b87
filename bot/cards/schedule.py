"""When a window is, in words: from one hour to another, on certain days, or after the first silence."""

from datetime import datetime

from markupsafe import Markup

from bot.cards.window_words import WEEKDAYS
from incidents.maintenance import Flexible
from incidents.recurrence import LAST, MonthDays, NthWeekday, Recurring, Weekdays
from locales.voice import Voice
from operations.window_view import WindowView

WEEK = 7


def schedule(view: WindowView, voice: Voice, now: datetime) -> Markup:
    """Return when the window is; of one that recurs also when next, of one that waits within what time."""
    rule = view.rule
    if isinstance(rule, Recurring):
        return _recurring(view, rule, voice, now)
    if isinstance(rule, Flexible) and view.span is None:
        return voice.say(
            "{span} from the first silence between {earliest} and {latest}",
            span=voice.duration(rule.duration),
            earliest=voice.when(rule.earliest, now),
            latest=voice.when(rule.latest, now),
        )
    start, end = (view.span.start, view.span.end) if view.span else (rule.opens, rule.over)
    assert end is not None
    return voice.say("From {start} to {end}", start=voice.when(start, now), end=voice.when(end, now))


def _recurring(view: WindowView, rule: Recurring, voice: Voice, now: datetime) -> Markup:
    said = voice.say(
        "{days} at {hour}, for {span}",
        days=_days(rule.on, voice),
        hour=f"{rule.at:%H:%M}",
        span=voice.duration(rule.duration),
    )
    if rule.until is not None:
        said = voice.say("{said}, until {day}", said=said, day=f"{rule.until:%d/%m/%Y}")
    if view.span is None:
        return said
    if view.span.start <= now:
        return voice.say("{said}; now until {end}", said=said, end=voice.when(view.span.end, now))
    return voice.say("{said}; next {start}", said=said, start=voice.when(view.span.start, now))


def _days(on: Weekdays | MonthDays | NthWeekday, voice: Voice) -> str:
    match on:
        case Weekdays(weekdays) if len(weekdays) == WEEK:
            return voice.plain("every day")
        case Weekdays(weekdays):
            days = ", ".join(voice.plain(WEEKDAYS[each]) for each in sorted(weekdays))
            return voice.plain("every {days}", days=days)
        case MonthDays(days_):
            return voice.plain("on day {days} of each month", days=", ".join(map(str, sorted(days_))))
        case NthWeekday(nth, weekday) if nth == LAST:
            return voice.plain("every last {day} of the month", day=voice.plain(WEEKDAYS[weekday]))
        case NthWeekday(nth, weekday):
            day = voice.plain(WEEKDAYS[weekday])
            return voice.plain("every {day} no. {nth} of the month", day=day, nth=nth)
