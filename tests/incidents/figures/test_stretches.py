import itertools
from collections import Counter
from dataclasses import asdict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.figures.parts import Parts, Share, total
from incidents.figures.stretches import stretches
from incidents.model import LineState
from incidents.span import Span
from incidents.summary import OUT, UNSEEN
from tests.incidents.cases import minutes
from tests.incidents.figures.spans import (
    ASKED,
    EXCUSES,
    excuse,
    excused,
    lives,
    mins,
    moments,
    spent,
    turns_of,
    while_on,
)

UP, DOWN, BLIND = LineState.UP, LineState.DOWN, LineState.BLIND


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], {}),
        ([(-50, UP)], {"up": 120}),
        ([(-50, UP), (10, DOWN), (25, UP)], {"up": 105, "carrier": 15}),
        ([(-50, DOWN), (0, UP)], {"up": 120}),
        ([(-50, UP), (120, DOWN)], {"up": 120}),
        ([(90, UP)], {"up": 30}),  # before that it was not there
        ([(0, LineState.UNREACHABLE)], {"carrier": 120}),
        ([(0, BLIND), (20, DOWN)], {"carrier": 100, "blind": 20}),
        ([(0, UP), (10, LineState.UNKNOWN)], {"up": 10, "blind": 110}),
        ([(0, UP), (10, DOWN), (10, BLIND), (10, UP)], {"up": 120}),
    ],
)
def test_a_span_is_spent_as_its_turns_say(states, expected):
    assert spent(turns_of(*states)) == Parts(**{share: mins(count) for share, count in expected.items()})


def test_an_outage_is_the_carriers_only_where_nothing_excuses_it():
    found = stretches(
        turns_of((0, UP), (10, DOWN), (60, UP)),
        [excuse(20, 30, Share.POWER), excuse(25, 40, Share.PLANNED), excuse(59, 70, Share.LAN)],
        ASKED,
    )
    assert [((each.span.start - minutes(0)) // mins(1), each.share) for each in found] == [
        (0, Share.UP),
        (10, Share.CARRIER),
        (20, Share.POWER),
        (25, Share.PLANNED),
        (40, Share.CARRIER),
        (59, Share.LAN),
        (60, Share.UP),
    ]


@pytest.mark.parametrize(
    ("parts", "availability", "carriers"),
    [
        (Parts(up=mins(30), carrier=mins(10)), 0.75, 0.75),
        (Parts(up=mins(30), power=mins(10)), 0.75, 1.0),
        (Parts(up=mins(30), carrier=mins(5), planned=mins(5)), 0.75, 0.875),
        (Parts(up=mins(30), blind=mins(30)), 1.0, 1.0),  # blind time is neither up nor out
        (Parts(up=mins(15), carrier=mins(5), switched_off=mins(90)), 0.75, 0.75),  # nor is it wanted at night
        (Parts(blind=mins(60)), None, None),
        (Parts(switched_off=mins(60)), None, None),
        (Parts(), None, None),
    ],
)
def test_availability_is_of_the_time_we_saw_and_the_unit_wanted(parts, availability, carriers):
    assert (parts.availability, parts.carriers) == (availability, carriers)


def naive(turns, excuses, asked):
    """Ask of each minute what held in it."""
    counts = Counter()
    for index in range((asked.end - asked.start) // mins(1)):
        at = asked.start + mins(index)
        held = [turn.state for turn in turns if turn.since <= at]
        if not held:
            continue
        if held[-1] in UNSEEN:
            counts["blind"] += 1
        elif held[-1] not in OUT:
            counts["up"] += 1
        else:
            shares = {each.share for each in excuses if each.span.start <= at < each.span.end}
            counts[next((share for share in EXCUSES if share in shares), "carrier")] += 1
    return Parts(**{share: mins(count) for share, count in counts.items()})


@given(lives, excused)
def test_a_count_of_the_minutes_finds_the_same(turns, excuses):
    assert spent(turns, excuses) == naive(turns, excuses, ASKED)


@given(lives, excused, st.lists(moments, max_size=5))
def test_parts_add_up_at_any_cut(turns, excuses, cuts):
    edges = [ASKED.start, *sorted(at for cut in cuts if (at := minutes(cut)) in ASKED), ASKED.end]
    pieces = [spent(turns, excuses, Span(*pair)) for pair in itertools.pairwise(edges)]
    assert total(pieces) == spent(turns, excuses)


@given(lives, excused)
def test_stretches_are_disjoint_in_order_and_never_two_alike_in_a_row(turns, excuses):
    found = stretches(turns, excuses, ASKED)
    for before, after in itertools.pairwise(found):
        assert before.span.end <= after.span.start
        assert (before.share, before.span.end) != (after.share, after.span.start)


@given(lives, while_on, moments, st.integers(1, 90), st.sampled_from(EXCUSES[1:]))
def test_a_maintenance_window_or_another_excuse_never_worsens_the_carriers_figure(
    turns, excuses, start, lasts, share
):
    before = spent(turns, excuses)
    after = spent(turns, [*excuses, excuse(start, start + lasts, share)])
    assert (after.seen, after.out, after.up) == (before.seen, before.out, before.up)
    assert after.carrier <= before.carrier
    assert before.carriers is None or after.carriers >= before.carriers


@given(lives, excused, moments, st.integers(1, 90))
def test_a_window_over_an_office_that_is_shut_changes_nothing_of_that(turns, excuses, start, lasts):
    planned = [*excuses, excuse(start, start + lasts, Share.PLANNED)]
    before, after = spent(turns, excuses), spent(turns, planned)
    assert (after.switched_off, after.wanted) == (before.switched_off, before.wanted)
    assert before.carriers is None or after.carriers >= before.carriers


@given(lives, excused)
def test_the_carriers_part_is_never_more_than_what_was_out(turns, excuses):
    found = spent(turns, excuses)
    assert found.carrier <= found.out
    assert sum(asdict(found).values(), timedelta()) == found.whole <= ASKED.length
