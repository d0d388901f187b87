"""Times as they are typed at the command line: an hour, a day, a length, and what recurs."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from incidents.maintenance import Fixed, Flexible, Rule
from incidents.recurrence import LAST, MonthDays, NthWeekday, Recurring, Weekdays

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDINALS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "last": LAST}
_LENGTH = re.compile(r"(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,4})m)?")
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
EXPECTED = {
    "--weekly": 'days and an hour such as "thu,sun 01:00"',
    "--monthly": 'days and an hour such as "1,15 01:00" or "last sun 01:00"',
}


class WhenError(ValueError):
    """What was typed is no time; the sentence names the option and what is expected."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of a window as they were typed; the names are those of the options."""

    from_: str | None = None
    to: str | None = None
    within: tuple[str, str] | None = None
    for_: str | None = None
    weekly: str | None = None
    monthly: str | None = None
    until: str | None = None


# What goes with the option that makes a window what it is: what it needs, and what it may have.
FORMS = {
    "within": ({"for_"}, set[str]()),
    "weekly": ({"for_"}, {"from_", "until"}),
    "monthly": ({"for_"}, {"from_", "until"}),
    "from_": (set[str](), {"to", "for_"}),
}


def rule(typed: Typed, zone: ZoneInfo, today: date) -> Rule:
    """Return the rule that was typed, in the civil time of *zone*; raise WhenError."""
    form = _form(typed)
    if form == "from_":
        return _fixed(typed, zone)
    lasts = length("--for", typed.for_ or "")
    if typed.within is not None:
        earliest, latest = (moment("--within", each, zone) for each in typed.within)
        return Flexible(earliest, latest, lasts)
    on, at = _weekly(typed.weekly) if typed.weekly is not None else _monthly(typed.monthly or "")
    first = today if typed.from_ is None else day("--from", typed.from_)
    until = None if typed.until is None else day("--until", typed.until)
    return Recurring(on, at, lasts, zone, first, until)


def moment(option: str, text: str, zone: ZoneInfo) -> datetime:
    """Return «2026-12-01 22:00» in *zone* as UTC."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong(option, 'a time such as "2026-12-01 22:00"', text) from None


def day(option: str, text: str) -> date:
    """Return «2026-12-01»."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise _wrong(option, "a day such as 2026-12-01", text) from None


def length(option: str, text: str) -> timedelta:
    """Return «2h», «90m», «1d12h»."""
    found = _LENGTH.fullmatch(text.replace(" ", "").lower())
    if found is None or not any(found.groups()):
        raise _wrong(option, "a length such as 2h, 90m or 1d12h", text)
    days, hours, minutes = (int(each or 0) for each in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _wrong(option: str, expected: str, text: str) -> WhenError:
    return WhenError(f'{option}: expected {expected}, not "{text}"')


def _form(typed: Typed) -> str:
    given = {name for name in Typed.__dataclass_fields__ if getattr(typed, name) is not None}
    form = next((name for name in FORMS if name in given), None)
    if form is None:
        raise WhenError("when: expected --from with --to or --for, or --within, --weekly or --monthly")
    needs, may = FORMS[form]
    if extra := sorted(given - {form} - needs - may):
        raise WhenError(f"{_option(extra[0])} does not go with {_option(form)}")
    if missing := sorted(needs - given):
        raise WhenError(f"{_option(form)} needs {_option(missing[0])}")
    return form


def _option(name: str) -> str:
    return f"--{name.rstrip('_')}"


def _fixed(typed: Typed, zone: ZoneInfo) -> Fixed:
    start = moment("--from", typed.from_ or "", zone)
    match typed.to, typed.for_:
        case str(to), None:
            return Fixed(start, moment("--to", to, zone))
        case None, str(lasts):
            return Fixed(start, start + length("--for", lasts))
    raise WhenError("--from needs one of --to and --for")


def _weekly(text: str) -> tuple[Weekdays, time]:
    days, at = _recurs("--weekly", text)
    if not set(days) <= set(WEEKDAYS):
        raise _wrong("--weekly", EXPECTED["--weekly"], text)
    return Weekdays(frozenset(map(WEEKDAYS.index, days))), at


def _monthly(text: str) -> tuple[MonthDays | NthWeekday, time]:
    days, at = _recurs("--monthly", text)
    nth, _, weekday = days[0].partition(" ")
    if len(days) == 1 and nth in ORDINALS and weekday in WEEKDAYS:
        return NthWeekday(ORDINALS[nth], WEEKDAYS.index(weekday)), at
    if all(re.fullmatch(r"[1-9]|[12]\d|3[01]", each) for each in days):
        return MonthDays(frozenset(map(int, days))), at
    raise _wrong("--monthly", EXPECTED["--monthly"], text)


def _recurs(option: str, text: str) -> tuple[list[str], time]:
    days, _, hour = text.strip().lower().rpartition(" ")
    found = _HOUR.fullmatch(hour)
    if found is None:
        raise _wrong(option, EXPECTED[option], text)
    hours, minutes = map(int, found.groups())
    return [each.strip() for each in days.split(",")], time(hours, minutes)
