from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.quality import Figures, Grade, jitter, rate, total

SECONDS = st.floats(0, 2)
SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("delay", "variation", "loss", "r", "mos"),
    [
        (0.020, 0.001, 0.00, 92.67, 4.399),
        (0.050, 0.005, 0.01, 88.48, 4.300),
        (0.300, 0.030, 0.02, 76.21, 3.873),
        (0.400, 0.050, 0.05, 55.38, 2.859),
    ],
)
def test_a_line_is_rated_as_the_e_model_has_it(delay, variation, loss, r, mos):
    rating = rate(delay, variation, loss)
    assert rating.r == pytest.approx(r, abs=0.005)
    assert rating.mos == pytest.approx(mos, abs=0.0005)


@pytest.mark.parametrize(
    ("delay", "loss", "grade"),
    [
        (0.02, 0, Grade.BEST),
        (0.02, 0.02, Grade.HIGH),
        (0.02, 0.05, Grade.MEDIUM),
        (0.02, 0.10, Grade.LOW),
        (0.02, 0.15, Grade.POOR),
        (0.02, 0.50, Grade.UNFIT),
    ],
)
def test_a_rating_has_a_word(delay, loss, grade):
    assert rate(delay, 0, loss).grade is grade


@given(SECONDS, SECONDS, SHARES, SECONDS, SECONDS, SHARES)
def test_what_is_worse_in_everything_is_not_rated_better(delay, variation, loss, later, shakier, lossier):
    better = rate(delay, variation, loss)
    worse = rate(delay + later, variation + shakier, min(loss + lossier, 1))
    assert worse.r <= better.r + 1e-9
    assert 1 <= worse.mos <= 4.5


@given(st.floats(0.001, 1), st.floats(1.01, 8))
def test_losses_in_bursts_are_worse_than_as_many_by_chance(loss, ratio):
    assert rate(0.02, 0, loss, ratio).r < rate(0.02, 0, loss).r


@pytest.mark.parametrize(
    ("round_trips", "expected"),
    [([], None), ([5], None), ([5, 5], 0), ([5, 7], 2), ([5, 7, 4], 2.5), ([5, 7, 4, 4], 5 / 3)],
)
def test_a_short_stream_has_the_mean_of_its_differences(round_trips, expected):
    assert jitter(round_trips) == (expected if expected is None else pytest.approx(expected))


def test_a_long_stream_follows_rfc_3550():
    calm = [10.0, 12.0] * 10  # nineteen differences of 2
    assert jitter([*calm, 30.0]) == pytest.approx(2 + (18 - 2) / 16)


@given(st.lists(st.floats(0, 10), min_size=2, max_size=60))
def test_jitter_lies_between_the_least_and_the_greatest_difference(round_trips):
    differences = [abs(after - before) for before, after in pairwise(round_trips)]
    assert min(differences) - 1e-9 <= jitter(round_trips) <= max(differences) + 1e-9


def test_spans_add_up_by_their_weight():
    whole = total([Figures(10, 0, 0.020, 0.002), Figures(10, 5, 0.050, 0.008), Figures(10, 10, None, None)])
    assert (whole.sent, whole.lost) == (30, 15)
    assert whole.delay == pytest.approx(0.030)
    assert whole.jitter == pytest.approx(0.004)


def test_where_nothing_answers_there_is_nothing_to_rate():
    assert Figures(12, 12, None, None).rating is None
    assert total([]) == Figures(0, 0, None, None)
    assert total([]).loss == 0


def test_figures_are_rated_by_their_loss_delay_and_jitter():
    assert Figures(100, 5, 0.400, 0.050).rating == rate(0.400, 0.050, 0.05)
