"""The roster of a week and who is on duty now, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.message import Button, Message
from incidents.officedays import Calendar, DayKind
from incidents.roster import Shift
from locales.marker import N_
from locales.voice import Voice

DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody on duty, since when; *phone* only where it may be read."""

    name: str
    phone: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The shifts of seven days from *monday*, the names of people and of holidays."""

    monday: date
    shifts: Sequence[Shift]
    names: Mapping[int, str]
    calendar: Calendar
    holidays: Mapping[date, str]


def week(shown: Week, voice: Voice, today: date) -> Message:
    """Return the roster of a week, with buttons to the weeks beside it."""
    days = [shown.monday + timedelta(days=each) for each in range(7)]
    lines: list[Markup] = [
        voice.say("<b>Roster {first} – {last}</b>", first=f"{days[0]:%d/%m}", last=f"{days[-1]:%d/%m/%Y}")
    ]
    for day in days:
        lines.append(_day(shown, day, voice, today))
        lines += [_shift(each, shown.names, voice) for each in shown.shifts if each.day == day]
    if not shown.shifts:
        lines.append(voice.say("No shift of this week is on the roster."))
    beside = (
        Button(voice.plain("« Week before"), pack("week", (shown.monday - WEEK).toordinal())),
        Button(voice.plain("Week after »"), pack("week", (shown.monday + WEEK).toordinal())),
    )
    return Message.of(lines, (beside,))


def _day(shown: Week, day: date, voice: Voice, today: date) -> Markup:
    said = voice.say("<b>{day} {date}</b>", day=voice.say(DAYS[day.weekday()]), date=f"{day:%d/%m}")
    marks = [voice.say("today")] if day == today else []
    if day in shown.holidays:
        marks.append(Markup.escape(shown.holidays[day]))
    elif day in shown.calendar.on:
        marks.append(voice.say("worked in exchange"))
    elif shown.calendar.kind(day) is DayKind.RESTDAY and day in shown.calendar.off:
        marks.append(voice.say("day off"))
    return Markup(" · ").join([said, *marks])


def _shift(shift: Shift, names: Mapping[int, str], voice: Voice) -> Markup:
    hours = f"{shift.begins:%H:%M}–{shift.ends:%H:%M}"
    if shift.first is None:
        return voice.say("{hours}: ⚠️ nobody", hours=hours)
    if shift.second is None:
        return voice.say("{hours}: {first}", hours=hours, first=names[shift.first])
    return voice.say(
        "{hours}: {first}, second {second}",
        hours=hours,
        first=names[shift.first],
        second=names[shift.second],
    )


def on_duty(
    first: Who | None,
    second: Who | None,
    coming: tuple[datetime, str] | None,
    voice: Voice,
    now: datetime,
    *,
    at_the_desk: bool,
) -> Message:
    """Return who is on duty, who comes next, and the buttons of a change for who is of the desk."""
    lines = [
        voice.say("On duty: {who}", who=_who(first, voice, now))
        if first
        else voice.say("Nobody is known to be on duty."),
        voice.say("Second: {who}", who=_who(second, voice, now)) if second else None,
        voice.say("Next, from {when}: {name}", when=voice.when(coming[0], now), name=coming[1])
        if coming
        else None,
    ]
    change = (
        Button(voice.plain("Take the shift"), pack("takeover")),
        Button(voice.plain("Hand the shift over"), pack("handover")),
    )
    return Message.of(lines, (change,) if at_the_desk else ())


def _who(who: Who, voice: Voice, now: datetime) -> Markup:
    parts = [Markup("<b>{}</b>").format(who.name)]
    if who.phone:
        parts.append(Markup.escape(who.phone))
    if who.since is not None:
        parts.append(voice.say("took over at {when}", when=voice.when(who.since, now)))
    return Markup(" · ").join(parts)
