"""A window of planned work in words: when it is, how it stands, why it is refused, what to be warned of."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.when import ORDINALS, WEEKDAYS
from incidents.amendment import Begun, Change, Ended, Extended, Refusal, Withdrawn, over
from incidents.maintenance import Flexible, Window, occurrences, running
from incidents.proposal import YEAR, Warned
from incidents.recurrence import MonthDays, NthWeekday, Recurring, Weekdays
from incidents.span import Span

REFUSALS = {
    Refusal.PAST: "it would be over already: expected a time to come",
    Refusal.EMPTY: "no time would be covered: expected an end after the start, and a day on which it recurs",
    Refusal.TOO_LONG: "it would last longer than 31 days: expected windows of 31 days at the most",
    Refusal.FAR: "it is more than five years ahead: expected a nearer year",
    Refusal.ENDLESS: "it would recur before it has ended: expected a shorter --for, or fewer days",
    Refusal.NO_SCOPE: "nothing is named to work on: expected --unit NAME or --channel CODE",
    Refusal.UNKNOWN_CHANNEL: "one of the channels is no longer in the inventory: see trucmang check",
    Refusal.UNKNOWN_UNIT: "one of the units is no longer in the inventory: expected another --unit",
    Refusal.NO_CHANNEL: "what is named has no channel: expected another --unit or --channel",
    Refusal.UNKNOWN_WINDOW: "there is no such window: see trucmang maintenance list",
    Refusal.OVER: "that window is over already: see trucmang maintenance list --past",
    Refusal.NOT_RUNNING: "that window is not running now (end --series withdraws what is to come of it)",
    Refusal.NOT_LATER: "it lasts as long already: expected a later --to, or trucmang maintenance end",
    Refusal.SHORT: "less notice than is owed even for urgent work: expected a later start",
    Refusal.TWO_NEEDED: "it mutes so many channels that two people must agree: see /tamdung in chat",
    Refusal.NOT_YOURS: "a part of it is not yours to deal with: expected another --unit or --channel",
}
WARNINGS = {
    Warned.STARTED: "a part of that time is past: the window counts from now",
    Warned.URGENT: "less notice than is owed for planned work: this is urgent work, tell the units now",
    Warned.SHORT: "less notice than is owed even for urgent work: call the units now",
    Warned.OVERLAPS: "other work is planned on some of these channels at that time: {others}",
}


def written(window: Window, zone: ZoneInfo) -> str:
    """Return when the window is, in the civil time of *zone*."""
    match window.rule:
        case Recurring() as rule:
            until = f" until {rule.until}" if rule.until else ""
            return f"{_days(rule.on)} {rule.at:%H:%M} for {_length(rule.duration)}, from {rule.first}{until}"
        case Flexible(begun=None) as rule:
            waits = f"{_time(rule.earliest, zone)} – {_time(rule.latest, zone)}"
            return f"{_length(rule.duration)} from the first silence within {waits}"
        case rule:
            end = window.moved[-1].end if window.moved else rule.over
            return f"{_time(rule.opens, zone)} – {_time(end, zone)}"


def standing(window: Window, at: datetime, zone: ZoneInfo) -> str:
    """Return how the window stands at *at*."""
    if window.withdrawn is not None:
        return f"withdrawn {_time(window.withdrawn, zone)}"
    if (span := running(window, at)) is not None:
        return f"runs until {_time(span.end, zone)}"
    match window.rule:
        case Flexible(begun=None):
            return "never began" if over(window, at) else "waits for a silence"
        case Recurring():
            to_come = occurrences(window, Span(at, at + YEAR))
            return f"next {_time(to_come[0].start, zone)}" if to_come else "over"
        case rule:
            return "planned" if rule.opens > at else "over"


def told(number: int, change: Change, zone: ZoneInfo) -> str:
    """Return what a change did to the window with this number."""
    match change:
        case Begun(at):
            return f"Window {number} began at {_time(at, zone)}."
        case Ended(end=end):
            return f"Window {number} ended at {_time(end, zone)}."
        case Extended(end=end):
            return f"Window {number} lasts until {_time(end, zone)}."
        case Withdrawn():
            return f"Window {number} is withdrawn: nothing of it takes place from now on."


def _days(on: Weekdays | MonthDays | NthWeekday) -> str:
    match on:
        case Weekdays(weekdays):
            return ",".join(WEEKDAYS[each] for each in sorted(weekdays))
        case MonthDays(days):
            return "each " + ",".join(str(each) for each in sorted(days))
        case NthWeekday(nth, weekday):
            ordinal = next(name for name, value in ORDINALS.items() if value == nth)
            return f"each {ordinal} {WEEKDAYS[weekday]}"


def _time(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _length(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "m"))
    return "".join(f"{count}{unit}" for count, unit in parts if count)
