from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.bandwidth import (
    OCTETS,
    TICKS,
    Judgement,
    Missing,
    Rate,
    Reading,
    Rule,
    Usage,
    Why,
    judge,
    percentile,
    rate,
    spread,
    usage,
)

RULE = Rule()
PERIOD = RULE.period.total_seconds()
octets = st.integers(0, OCTETS - 1)
ticks = st.integers(0, TICKS - 1)
spans = st.integers(round(PERIOD / 2), round(PERIOD * 1.5))
traffic = st.integers(0, 10**13)  # octets in a span: below the fastest port there is


def after(reading: Reading, seconds: float, down: int = 0, up: int = 0, **changed: int) -> Reading:
    """Return the reading of an agent that went on for so long and carried so much."""
    return reading._replace(
        at=reading.at + seconds,
        down=(reading.down + down) % OCTETS,
        up=(reading.up + up) % OCTETS,
        uptime=(reading.uptime + round(seconds * 100)) % TICKS,
    )._replace(**changed)


readings = st.builds(Reading, st.floats(0, 1e7), octets, octets, ticks, st.none() | ticks)


@given(readings, spans, traffic, traffic)
def test_what_was_carried_is_what_the_rate_says_wherever_the_counters_and_the_clock_wrap(
    before, seconds, down, up
):
    found = rate(before, after(before, seconds, down, up), RULE)
    assert found == Rate(round(down * 8 / seconds), round(up * 8 / seconds))


@given(readings, spans, octets, octets, st.integers(0, 3000))
def test_a_counter_that_began_anew_unannounced_gives_no_rate_above_any_port(before, seconds, down, up, more):
    found = rate(before, after(before, seconds)._replace(down=down, up=up), RULE)
    assert found is Missing.RESET or max(found) <= RULE.fastest


@given(readings, spans, traffic, st.integers(1, 1000))
def test_after_a_discontinuity_there_is_no_rate(before, seconds, down, ticks):
    announced = ((before.discontinuity or 0) + ticks) % TICKS
    assert rate(before, after(before, seconds, down, discontinuity=announced), RULE) is Missing.RESET


@given(readings, spans, st.integers(0, 20_000))
def test_after_a_restart_of_the_agent_there_is_no_rate(before, seconds, uptime):
    gone_on = (before.uptime + seconds * 100 - uptime) % TICKS
    again = after(before, seconds, down=-before.down, uptime=uptime)
    if min(gone_on, TICKS - gone_on) > seconds * 100 * RULE.drift + 500:
        assert rate(before, again, RULE) is Missing.RESTART


@pytest.mark.parametrize("drift", [-0.09, 0.0, 0.09])
def test_a_clock_that_runs_somewhat_wrong_is_the_measure_of_its_own_counters(drift):
    before = Reading(0.0, 0, 0, 0)
    by_its_clock = PERIOD * (1 + drift)
    later = Reading(PERIOD, round(by_its_clock * 1000), 0, round(by_its_clock * 100))
    assert rate(before, later, RULE) == Rate(8000, 0)


@pytest.mark.parametrize("seconds", [-PERIOD, 0, 1, PERIOD / 2 - 1, PERIOD * 1.5 + 1, 86400])
def test_a_span_that_is_no_period_gives_no_sample(seconds):
    before = Reading(1e6, 5, 5, 10**8)
    assert rate(before, after(before, seconds), RULE) is Missing.GAP


def test_a_first_reading_gives_no_rate():
    assert rate(None, Reading(0.0, 1, 1, 1), RULE) is Missing.FIRST


values = st.lists(st.integers(0, 10**10), min_size=1, max_size=120)


@given(values, st.integers(1, 100))
def test_the_percentile_is_the_least_value_that_so_many_do_not_exceed(values, percent):
    naive = next(v for v in sorted(set(values)) if sum(w <= v for w in values) * 100 >= percent * len(values))
    assert percentile(values, percent) == naive


@given(values)
def test_a_spread_is_ordered(values):
    found = spread(values, RULE)
    assert min(values) <= found.p95 <= found.most == max(values)
    assert min(values) <= found.mean <= found.most


def test_of_nothing_there_is_no_percentile():
    with pytest.raises(ValueError, match="no values"):
        percentile([], 95)


@pytest.mark.parametrize(("busy", "seen"), [(100, Rate(1, 2)), (101, Rate(100, 200))])
def test_a_week_forgives_what_is_no_oftener_than_one_in_twenty(busy, seen):
    rates = [Rate(1, 2)] * (2016 - busy) + [Rate(100, 200)] * busy
    assert usage(rates, RULE) == Usage(2016, 2016, True, *seen)


@pytest.mark.parametrize(("samples", "enough"), [(0, False), (1612, False), (1613, True), (2016, True)])
def test_a_week_needs_four_fifths_of_its_samples(samples, enough):
    assert usage([Rate(7, 9)] * samples, RULE).enough is enough


def carried(share: float, *, direction: str = "down", samples: int = 2016) -> Usage:
    """Return a week of a 50 Mbps channel that one direction filled to *share*."""
    rates = {"down": 0, "up": 0} | {direction: round(share * 50e6)}
    return Usage(samples, 2016, samples >= 1613, **rates)


@pytest.mark.parametrize("direction", ["down", "up"])
@pytest.mark.parametrize(
    ("share", "was", "overloaded", "why"),
    [
        (0.91, False, True, Why.OVER),
        (0.90, False, False, Why.BETWEEN),
        (0.90, True, True, Why.BETWEEN),
        (0.86, True, True, Why.BETWEEN),
        (0.85, True, False, Why.UNDER),
        (0.10, False, False, Why.UNDER),
    ],
)
def test_one_direction_above_the_limit_is_an_overload_until_it_is_well_below(
    direction, share, was, overloaded, why
):
    assert judge(carried(share, direction=direction), 50, RULE, was=was) == Judgement(overloaded, why, share)


@pytest.mark.parametrize("was", [True, False])
@pytest.mark.parametrize("share", [0.1, 0.99])
def test_too_few_samples_change_nothing(was, share):
    judged = judge(carried(share, samples=1000), 50, RULE, was=was)
    assert (judged.overloaded, judged.why) == (was, Why.SHORT)


def test_a_meter_that_told_nothing_for_a_week_holds_no_overload():
    assert judge(usage([], RULE), 50, RULE, was=True) == Judgement(False, Why.SHORT, 0.0)


@pytest.mark.parametrize("mbps", [None, 0])
def test_what_carries_nobody_knows_how_much_is_not_overloaded(mbps):
    assert judge(carried(0.99), mbps, RULE, was=True) == Judgement(False, Why.UNRATED)


@given(st.lists(st.floats(0.851, 0.899), max_size=30), st.booleans())
def test_a_load_about_the_limit_does_not_flip(shares, was):
    now = was
    for share in shares:
        now = judge(carried(share), 50, RULE, was=now).overloaded
    assert now == was


def test_a_window_has_as_many_samples_as_fit():
    assert RULE.expected == timedelta(days=7) / timedelta(minutes=5) == 2016
