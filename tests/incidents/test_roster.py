from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.duty import EARLY, Takeover, duty
from incidents.roster import Gap, Shift, coming, gaps, present

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ZONES = st.sampled_from(
    [HANOI, ZoneInfo("UTC"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]
)
DAY = date(2026, 11, 24)
HA, MINH, HUY, LONG = 1, 2, 3, 4


def shift(day, begins, ends, first=HA, second=None):
    return Shift(
        DAY + timedelta(days=day), time.fromisoformat(begins), time.fromisoformat(ends), first, second
    )


def at(day, hour, minute=0):
    return datetime.combine(DAY, time(hour, minute), HANOI) + timedelta(days=day)


BY_DAY, BY_NIGHT = shift(0, "07:30", "17:00", HA, MINH), shift(0, "17:00", "07:30", HUY)
ROSTER = (BY_DAY, BY_NIGHT, shift(1, "07:30", "07:30", MINH))


@pytest.mark.parametrize(
    ("when", "first"),
    [
        (at(0, 7, 29), None),
        (at(0, 7, 30), HA),
        (at(0, 16, 59), HA),
        (at(0, 17), HUY),
        (at(0, 23, 59), HUY),
        (at(1, 0), HUY),  # across midnight
        (at(1, 7, 29), HUY),
        (at(1, 7, 30), MINH),
        (at(2, 7, 29), MINH),  # a whole day
        (at(2, 7, 30), None),
    ],
)
def test_the_roster_says_who_is_on_duty_at_an_instant(when, first):
    assert duty(ROSTER, (), HANOI, when.astimezone(UTC)).first == first


def test_where_two_shifts_overlap_the_later_one_relieves_the_earlier():
    both = (shift(0, "07:30", "19:00", HA), shift(0, "17:00", "07:30", HUY))
    assert present(both, HANOI, at(0, 18)).first == HUY


def test_the_next_shift_is_the_one_that_begins_next():
    assert coming(ROSTER, HANOI, at(0, 12)) == BY_NIGHT
    assert coming(ROSTER, HANOI, at(1, 12)) is None


@pytest.mark.parametrize(
    ("shifts", "expected"),
    [
        ((), []),
        (ROSTER, [Gap(at(2, 7, 30), None)]),
        ((BY_DAY, ROSTER[2]), [Gap(at(0, 17), at(1, 7, 30)), Gap(at(2, 7, 30), None)]),
        (
            (BY_DAY, shift(0, "17:00", "07:30", None), ROSTER[2]),
            [Gap(at(0, 17), at(1, 7, 30)), Gap(at(2, 7, 30), None)],
        ),
    ],
)
def test_a_gap_is_a_time_that_nobody_is_named_for(shifts, expected):
    assert list(gaps(shifts, HANOI)) == expected


TIMES = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
SHIFTS = st.lists(
    st.builds(
        Shift,
        st.integers(-3, 3).map(lambda each: DAY + timedelta(days=each)),
        TIMES,
        TIMES,
        st.sampled_from([None, HA, MINH]),
        st.sampled_from([None, HUY]),
    ),
    max_size=8,
)
INSTANTS = st.integers(-8 * 96, 8 * 96).map(
    lambda each: datetime(2026, 11, 24, tzinfo=UTC) + each * timedelta(minutes=15)
)


@given(SHIFTS, ZONES, INSTANTS)
def test_somebody_is_named_or_it_is_a_gap_or_before_the_roster(shifts, zone, when):
    spans = [each.span(zone) for each in shifts if each.first is not None]
    named = any(when in each for each in spans)
    gap = any(each.start <= when and (each.end is None or when < each.end) for each in gaps(shifts, zone))
    begun = any(each.length and each.start <= when for each in spans)
    assert (named, gap) == ((named, not named) if begun else (False, False))


@given(SHIFTS, ZONES)
def test_gaps_are_in_order_and_apart_and_the_last_has_no_end(shifts, zone):
    found = list(gaps(shifts, zone))
    assert all(one.end is not None and one.start < one.end <= other.start for one, other in pairwise(found))
    assert not found or found[-1].end is None


@given(SHIFTS, ZONES, INSTANTS)
def test_whoever_the_roster_says_is_of_a_shift_that_holds_the_instant(shifts, zone, when):
    found = present(shifts, zone, when)
    assert (found is not None) == any(when in each.span(zone) for each in shifts)
    assert found is None or when in found.span(zone)


@pytest.mark.parametrize(
    ("taken", "when", "first", "second"),
    [
        ([(None, HA, at(0, 7, 31))], at(0, 9), HA, MINH),
        ([(HA, LONG, at(0, 9))], at(0, 10), LONG, MINH),  # within the shift somebody else comes
        ([(HA, LONG, at(0, 9))], at(0, 8), HA, MINH),  # which is not so before
        ([(HA, LONG, at(0, 9))], at(0, 18), HUY, None),  # nor in the next shift
        ([(MINH, LONG, at(0, 9))], at(0, 10), HA, LONG),  # the second's place
        ([(HA, LONG, at(0, 9)), (LONG, HA, at(0, 10))], at(0, 11), HA, MINH),
        ([(HA, HUY, at(0, 16, 30))], at(0, 16, 45), HUY, MINH),  # early, for the next
        ([(HA, HUY, at(0, 16, 30))], at(0, 17, 1), HUY, None),
    ],
)
def test_who_takes_over_stands_in_the_giver_s_place_till_the_shift_ends(taken, when, first, second):
    found = duty(ROSTER, [Takeover(*each) for each in taken], HANOI, when)
    assert (found.first, found.second) == (first, second)


def test_a_shift_is_taken_over_early_or_not_at_all_yet():
    early = [Takeover(HA, HUY, at(0, 17) - EARLY)]
    assert duty(ROSTER, early, HANOI, at(0, 18)).since == at(0, 15)
    assert duty(ROSTER, [Takeover(HA, HUY, at(0, 10))], HANOI, at(0, 18)).since is None


def test_without_a_roster_whoever_took_over_last_is_on_duty_for_a_day():
    taken = [Takeover(None, HA, at(0, 8)), Takeover(HA, MINH, at(0, 9))]
    assert duty((), taken, HANOI, at(0, 10)).first == MINH
    assert duty((), taken, HANOI, at(1, 10)).first is None
    assert duty((), (), HANOI, at(0, 10)).first is None


TAKEOVERS = st.lists(
    st.builds(
        Takeover, st.sampled_from([None, HA, MINH, HUY]), st.sampled_from([HA, MINH, HUY, LONG]), INSTANTS
    ),
    max_size=6,
)


@given(SHIFTS, TAKEOVERS, ZONES, INSTANTS)
def test_what_happens_after_an_instant_changes_nothing_about_it(shifts, taken, zone, when):
    ordered = sorted(taken, key=lambda each: each.at)
    until = [each for each in ordered if each.at <= when]
    assert duty(shifts, ordered, zone, when) == duty(shifts, until, zone, when)


@given(SHIFTS, TAKEOVERS, ZONES, INSTANTS)
def test_the_last_to_take_over_within_a_shift_is_on_duty(shifts, taken, zone, when):
    found = present(shifts, zone, when)
    ordered = [each for each in sorted(taken, key=lambda each: each.at) if each.at <= when]
    if found is not None and ordered and ordered[-1].at >= found.span(zone).start:
        now = duty(shifts, ordered, zone, when)
        assert ordered[-1].taker in (now.first, now.second)
