"""Whose press a window waits for, until when, and why a press is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.draft import Hand, Outcome, Undecided, drafted, hand, refusal
from incidents.ending import reminds
from incidents.maintenance import Purpose
from incidents.policy import Policies
from tests.incidents.works import T0, days_on, fixed, hours, recurring, span, spans, window

POLICIES = Policies()
ASKER, OTHER = 1, 2
drafts = st.builds(
    lambda start, lasts, needs, team: drafted(
        window(fixed(start, start + lasts), by=ASKER, team=team), needs, T0, POLICIES
    ),
    st.integers(-5, 500),
    st.integers(1, 30),
    st.sampled_from(Hand),
    st.none() | st.just(7),
)


@pytest.mark.parametrize(
    ("purpose", "team", "channels", "expected"),
    [
        (Purpose.WORKS, None, 1, Hand.AGAIN),
        (Purpose.WORKS, None, 200, Hand.AGAIN),
        (Purpose.WORKS, 7, 1, Hand.DESK),
        (Purpose.MUTE, None, POLICIES.mute_alone, None),
        (Purpose.MUTE, None, POLICIES.mute_alone + 1, Hand.ANOTHER),
    ],
)
def test_whose_press_it_needs_is_a_matter_of_what_it_is_and_how_much_it_covers(
    purpose, team, channels, expected
):
    wanted = window(fixed(1, 2), by=ASKER, purpose=purpose, team=team)
    assert hand(wanted, channels, POLICIES) is expected


@given(drafts, st.integers(0, 10**6), st.booleans())
def test_who_wants_a_mute_of_many_never_confirms_it_and_may_always_let_it_go(draft, seconds, agrees):
    at = T0 + timedelta(seconds=seconds)
    why = refusal(draft, ASKER, at, agrees=agrees)
    if at >= draft.expires:
        assert why is Undecided.LAPSED
    elif draft.hand is Hand.ANOTHER and agrees:
        assert why is Undecided.SAME
    else:
        assert why is None


@given(drafts, st.sampled_from(Outcome), st.integers(0, 10**6), st.booleans())
def test_what_is_settled_is_never_settled_again(draft, outcome, seconds, agrees):
    at = T0 + timedelta(seconds=seconds)
    done = replace(draft, outcome=outcome)
    assert refusal(done, OTHER, at, agrees=agrees) is Undecided.SETTLED


@given(drafts)
def test_a_draft_waits_at_least_for_the_second_press_and_a_teams_until_the_work_would_be_over(draft):
    assert draft.expires >= T0 + POLICIES.second_press
    if draft.hand is Hand.DESK:
        assert draft.expires >= draft.wanted.over


@given(days_on)
def test_what_a_team_asks_for_ever_waits_until_it_opens(on):
    wanted = window(recurring(on), by=ASKER, team=7)
    assert drafted(wanted, Hand.DESK, T0, POLICIES).expires >= wanted.rule.opens


@given(spans, st.integers(0, 10**4))
def test_an_end_is_told_within_the_window_in_its_second_half_and_never_too_early(known, minutes):
    before = timedelta(minutes=minutes)
    at = reminds(known, before)
    assert known.start + known.length / 2 <= at <= known.end
    assert known.end - at <= before


def test_an_end_is_told_the_policys_time_before():
    assert reminds(span(0, 8), timedelta(minutes=15)) == hours(7.75)
