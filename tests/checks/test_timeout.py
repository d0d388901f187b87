"""How long an answer is waited for, over invented lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.timeout import FIRST, LEAST, MOST, PROMPT, RoundTrip

seconds = st.floats(0.0, 30.0)
events = st.lists(seconds, max_size=60)  # answers, each after so long


def after(told, line=None):
    line = line or RoundTrip()
    for each in told:
        line.hear(each)
    return line


def textbook(told):
    """Return the timeout of RFC 6298, section 2, with the clock granularity left out, within our bounds."""
    srtt = rttvar = None
    for rtt in told:
        if srtt is None:
            srtt, rttvar = rtt, rtt / 2
        else:
            rttvar = 0.75 * rttvar + 0.25 * abs(srtt - rtt)
            srtt = 0.875 * srtt + 0.125 * rtt
    return min(max(srtt + 4 * rttvar, LEAST), MOST)


def test_until_the_first_answer_it_is_a_second():
    assert RoundTrip().timeout == FIRST


@given(events)
def test_it_stays_within_its_bounds(told):
    assert LEAST <= after(told).timeout <= MOST


@given(st.lists(st.floats(PROMPT, MOST, exclude_min=True), min_size=1, max_size=60))
def test_a_slow_line_is_waited_for_as_the_rfc_says(told):
    assert after(told).timeout == pytest.approx(textbook(told))


@given(st.lists(st.floats(0.0, PROMPT), min_size=1, max_size=60))
def test_a_prompt_line_needs_no_figures_to_be_waited_for_as_the_rfc_says(told):
    line = after(told)
    assert line.mean is None
    assert line.timeout == LEAST == pytest.approx(textbook(told))


@given(st.floats(0.0, 1.9), events)
def test_a_steady_line_is_soon_waited_for_longer_than_it_takes_whatever_was_before(delay, before):
    line = after([*before, *[delay] * 3])
    assert line.timeout > delay


@given(events)
def test_a_line_that_is_prompt_again_is_soon_given_up_on_again(before):
    assert after([*before, *[0.02] * 40]).timeout == LEAST


def lost(delay, line, probes):
    """Return which of *probes* sent one by one are given up on, when answers take *delay*, late or not."""
    given_up = []
    for number in range(probes):
        if delay > line.timeout:
            given_up.append(number)
        line.hear(delay)
    return given_up


@pytest.mark.parametrize("delay", [0.5, 0.7, 1.2, 1.9])
def test_a_line_whose_delay_jumps_loses_one_probe_and_no_more(delay):
    assert lost(delay, after([0.02] * 100), 50) == [0]
