from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model import LineState, Status
from incidents.summary import OUT, UNSEEN, Spent, Turn, spent, tally
from tests.incidents.cases import incident, minutes

UP, DOWN, BLIND = LineState.UP, LineState.DOWN, LineState.BLIND


def turns(*states):
    return [Turn(1, minutes(at), state) for at, state in states]


def span(up=0, out=0, unseen=0):
    return Spent(*(timedelta(minutes=each) for each in (up, out, unseen)))


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], span()),
        ([(-50, UP)], span(up=60)),
        ([(-50, UP), (10, DOWN), (25, UP)], span(up=45, out=15)),
        ([(-50, DOWN), (0, UP)], span(up=60)),
        ([(-50, UP), (60, DOWN)], span(up=60)),
        ([(30, UP)], span(up=30)),  # before that it was not there
        ([(0, LineState.UNREACHABLE)], span(out=60)),
        ([(0, BLIND), (20, DOWN)], span(out=40, unseen=20)),
        ([(0, UP), (10, LineState.UNKNOWN)], span(up=10, unseen=50)),
        ([(0, UP), (10, DOWN), (10, BLIND), (10, UP)], span(up=60)),
    ],
)
def test_a_span_is_spent_as_its_turns_say(states, expected):
    assert spent(turns(*states), minutes(0), minutes(60)) == expected


@given(st.lists(st.tuples(st.integers(-30, 90), st.sampled_from(LineState)), max_size=12))
def test_the_span_is_what_a_count_of_its_minutes_gives(states):
    states.sort(key=lambda each: each[0])
    kinds = {"up": 0, "out": 0, "unseen": 0}
    for minute in range(60):
        held = [state for at, state in states if at <= minute]
        if held:
            kinds["out" if held[-1] in OUT else "unseen" if held[-1] in UNSEEN else "up"] += 1
    assert spent(turns(*states), minutes(0), minutes(60)) == span(**kinds)


@pytest.mark.parametrize(
    ("total", "availability"),
    [
        (span(up=30, out=10), 0.75),
        (span(up=30, unseen=30), 1.0),  # blind time is neither up nor down
        (span(unseen=60), None),
        (span(), None),
    ],
)
def test_availability_is_of_the_time_we_saw(total, availability):
    assert total.availability == availability


DAY = (minutes(0), minutes(1440))


def test_incidents_are_counted_as_they_stood_at_the_end():
    counted = tally(
        [
            incident(
                (1, -100, 5),
                opened=minutes(-99),
                recovered=minutes(5),
                status=Status.CLOSED,
                closed=minutes(9),
            ),
            incident((2, 10, 25), opened=minutes(11), recovered=minutes(25)),
            incident((3, 100), opened=minutes(101)),
            incident((4, 110), opened=minutes(111), owner=1),
            incident((5, 1500), opened=minutes(1501)),
        ],
        *DAY,
    )
    assert (counted.opened, counted.recovered, counted.live, counted.unclaimed) == (3, 2, 3, 1)
    assert counted.restored_after == timedelta(minutes=(105 + 15) / 2)


def test_a_day_without_a_recovery_has_no_time_to_restore():
    assert tally([incident(recovered=minutes(3))], *DAY).restored_after is None


def test_the_time_between_a_return_and_its_relapse_is_no_outage():
    relapsed = incident((1, 0, 5), (1, 25, 40), recovered=minutes(40))
    assert tally([relapsed], *DAY).restored_after == timedelta(minutes=15)
