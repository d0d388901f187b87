from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bot.when import Typed, WhenError, length, rule
from bot.windows import REFUSALS, WARNINGS, standing, told, written
from incidents.amendment import Begun, Ended, Extended, Refusal, Withdrawn
from incidents.maintenance import Fixed, Flexible
from incidents.proposal import Warned
from incidents.recurrence import LAST, MonthDays, NthWeekday, Recurring, Weekdays
from tests.incidents.works import T0, fixed, flexible, hours, recurring, recurrings, span, window

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 24)
EVENING = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # 22:00 in Việt Nam
HOUR = timedelta(hours=1)


def recurs(on, at=time(1, 0), first=TODAY, until=None):
    return Recurring(on, at, 2 * HOUR, ZONE, first, until)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"from_": "2026-12-01 22:00", "to": "2026-12-02 02:00"}, Fixed(EVENING, EVENING + 4 * HOUR)),
        ({"from_": " 2026-12-01 22:00", "for_": "1d 30m"}, Fixed(EVENING, EVENING + 24.5 * HOUR)),
        (
            {"within": ("2026-12-01 22:00", "2026-12-02 05:00"), "for_": "90m"},
            Flexible(EVENING, EVENING + 7 * HOUR, 1.5 * HOUR),
        ),
        ({"weekly": "thu,sun 01:00", "for_": "2h"}, recurs(Weekdays(frozenset({3, 6})))),
        ({"weekly": "Thu, SUN 1:00", "for_": "2h"}, recurs(Weekdays(frozenset({3, 6})))),
        ({"monthly": "1,31 23:30", "for_": "2H"}, recurs(MonthDays(frozenset({1, 31})), time(23, 30))),
        ({"monthly": "last sun 01:00", "for_": "2h"}, recurs(NthWeekday(LAST, 6))),
        ({"monthly": "2nd tue 01:00", "for_": "2h"}, recurs(NthWeekday(2, 1))),
        (
            {"weekly": "mon 01:00", "for_": "2h", "from_": "2026-12-01", "until": "2027-03-31"},
            recurs(Weekdays(frozenset({0})), first=date(2026, 12, 1), until=date(2027, 3, 31)),
        ),
    ],
)
def test_what_is_typed_is_the_rule_that_was_meant(typed, expected):
    assert rule(Typed(**typed), ZONE, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "expected --from with --to or --for, or --within, --weekly or --monthly"),
        ({"to": "2026-12-01 22:00"}, "expected --from"),
        ({"from_": "2026-12-01 22:00"}, "--from needs one of --to and --for"),
        ({"from_": "2026-12-01 22:00", "to": "2026-12-01 23:00", "for_": "1h"}, "one of --to and --for"),
        (
            {"from_": "2026-12-01 22:00", "for_": "1h", "until": "2026-12-01"},
            "--until does not go with --from",
        ),
        ({"from_": "01/12/2026 22:00", "for_": "1h"}, '--from: expected a time such as "2026-12-01 22:00"'),
        ({"from_": "2026-12-01 24:00", "for_": "1h"}, "--from: expected a time"),
        ({"from_": "0001-01-01 00:00", "for_": "1h"}, "--from: expected a time"),
        ({"from_": "2026-12-01 22:00", "to": "23:00"}, '--to: expected a time such as "2026-12-01 22:00"'),
        ({"within": ("2026-12-01 22:00", "2026-12-02 05:00")}, "--within needs --for"),
        ({"within": ("2026-12-01 22:00", "x"), "for_": "1h"}, "--within: expected a time"),
        ({"weekly": "thu 01:00"}, "--weekly needs --for"),
        ({"weekly": "thu 01:00", "for_": "2"}, "--for: expected a length such as 2h, 90m or 1d12h"),
        ({"weekly": "thu 01:00", "for_": ""}, "--for: expected a length"),
        ({"weekly": "thu 01:00", "for_": "2h", "to": "x"}, "--to does not go with --weekly"),
        ({"weekly": "thu 01:00", "monthly": "1 01:00", "for_": "2h"}, "--monthly does not go with --weekly"),
        (
            {"weekly": "thursday 01:00", "for_": "2h"},
            '--weekly: expected days and an hour such as "thu,sun 01:00"',
        ),
        ({"weekly": "thu", "for_": "2h"}, "--weekly: expected days and an hour"),
        ({"weekly": "thu 24:00", "for_": "2h"}, "--weekly: expected days and an hour"),
        (
            {"weekly": "thu 01:00", "for_": "2h", "until": "31/03/2027"},
            "--until: expected a day such as 2026-12-01",
        ),
        ({"monthly": "32 01:00", "for_": "2h"}, "--monthly: expected days and an hour"),
        ({"monthly": "0 01:00", "for_": "2h"}, "--monthly: expected days and an hour"),
        ({"monthly": "6th sun 01:00", "for_": "2h"}, "--monthly: expected days and an hour"),
        ({"monthly": "01:00", "for_": "2h"}, "--monthly: expected days and an hour"),
    ],
)
def test_what_is_typed_wrongly_is_named_with_what_is_expected(typed, words):
    with pytest.raises(WhenError) as raised:
        rule(Typed(**typed), ZONE, TODAY)
    assert words in str(raised.value)


@given(recurrings)
def test_what_recurs_is_shown_as_it_can_be_typed_again(known):
    shown = written(window(known), ZONE)
    days, _, rest = shown.removeprefix("each ").partition(" for ")
    option = "weekly" if isinstance(known.on, Weekdays) else "monthly"
    again = rule(Typed(**{option: days, "for_": rest.split(",")[0]}), ZONE, TODAY)
    assert (again.on, again.at, again.duration) == (known.on, known.at, known.duration)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (fixed(0, 2), "2025-11-24 10:00 – 2025-11-24 12:00"),
        (flexible(0, 8, 1.5), "1h30m from the first silence within 2025-11-24 10:00 – 2025-11-24 18:00"),
        (flexible(0, 8, 2, begun=1), "2025-11-24 11:00 – 2025-11-24 13:00"),
        (
            recurring(Weekdays(frozenset({6, 3})), until=date(2027, 3, 31)),
            "thu,sun 01:00 for 2h, from 2025-01-01 until 2027-03-31",
        ),
        (recurring(NthWeekday(LAST, 6)), "each last sun 01:00 for 2h, from 2025-01-01"),
    ],
)
def test_when_a_window_is_is_written_in_local_time(known, expected):
    assert written(window(known), ZONE) == expected


def test_the_end_that_is_written_is_the_one_it_was_moved_to():
    assert written(window(fixed(0, 2), moved=(span(0, 1),)), ZONE).endswith("11:00")


MONDAYS = recurring(Weekdays(frozenset({0})), at="10:00", until=date(2025, 12, 1))


@pytest.mark.parametrize(
    ("known", "at", "expected"),
    [
        (window(fixed(1, 2)), 0, "planned"),
        (window(fixed(0, 2)), 0, "runs until 2025-11-24 12:00"),
        (window(fixed(0, 2)), 2, "over"),
        (window(fixed(0, 2), withdrawn=hours(1)), 0, "withdrawn 2025-11-24 11:00"),
        (window(flexible(0, 8, 2)), 8, "waits for a silence"),
        (window(flexible(0, 8, 2)), 8.1, "never began"),
        (window(flexible(0, 8, 2, begun=1)), 2, "runs until 2025-11-24 13:00"),
        (window(flexible(0, 8, 2, begun=1)), 3, "over"),
        (window(MONDAYS), 3, "next 2025-12-01 10:00"),
        (window(MONDAYS), 24 * 7 + 3, "over"),
    ],
)
def test_how_a_window_stands_is_said(known, at, expected):
    assert standing(known, hours(at), ZONE) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Begun(T0), "Window 3 began at 2025-11-24 10:00."),
        (Ended(T0, hours(1)), "Window 3 ended at 2025-11-24 11:00."),
        (Extended(T0, hours(5)), "Window 3 lasts until 2025-11-24 15:00."),
        (Withdrawn(T0), "Window 3 is withdrawn: nothing of it takes place from now on."),
    ],
)
def test_what_a_change_did_is_said(change, expected):
    assert told(3, change, ZONE) == expected


def test_every_refusal_and_every_warning_has_a_sentence():
    assert (set(REFUSALS), set(WARNINGS)) == (set(Refusal), set(Warned))


def test_a_length_is_written_in_any_of_its_units():
    assert length("--for", "1d12h") == 36 * HOUR
