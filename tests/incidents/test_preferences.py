from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.preferences import Preferences, Topic, comes_at, toggled, wants

CHOICES = ("summary", "escalations", "breaches", "wide_only", "quiet")
chosen = st.builds(Preferences, **dict.fromkeys(CHOICES, st.booleans()))


def test_who_has_chosen_nothing_is_told_everything():
    assert all(wants(Preferences(), topic) for topic in Topic)


@given(chosen, st.sampled_from(Topic))
def test_of_a_wide_incident_a_leader_hears_whenever_of_any(choices, topic):
    assert wants(choices, topic, wide=True) >= wants(choices, topic)


def test_wide_only_says_nothing_of_the_summary():
    choices = Preferences(wide_only=True)
    assert [wants(choices, topic) for topic in Topic] == [True, False, False]
    assert wants(choices, Topic.BREACH, wide=True)


@given(chosen, st.sampled_from(CHOICES))
def test_pressing_twice_is_not_pressing(choices, name):
    assert toggled(choices, name) != choices
    assert toggled(toggled(choices, name), name) == choices


def test_the_summary_comes_at_the_hour_one_chose_or_at_the_desks():
    assert comes_at(Preferences(), time(7, 30)) == time(7, 30)
    assert comes_at(Preferences(summary_at="06:45"), time(7, 30)) == time(6, 45)
    with pytest.raises(ValueError, match="hour"):
        Preferences(summary_at="25:00")
