"""How a line behaves, drawn from a seed."""

from random import Random

import pytest

from sandbox.network.line import Line, default_line


def test_every_line_has_a_delay_of_its_own_under_40_ms():
    delays = {default_line(f"T{index:03}", "10.20.0.1").delay for index in range(214)}
    assert len(delays) > 100
    assert all(0.0 < delay * 1.1 < 0.04 for delay in delays)


def test_a_line_is_the_same_at_every_start():
    assert default_line("T01", "10.20.0.1") == default_line("T01", "10.20.0.1")


def test_a_cut_line_never_answers():
    assert Line("10.20.0.1", 0.01, 0.0, up=False).lag(Random(0)) is None


def test_loss_takes_its_share():
    line, rng = Line("10.20.0.1", 0.01, 0.0, loss=0.3), Random(0)
    lost = sum(line.lag(rng) is None for _ in range(10_000))
    assert lost == pytest.approx(3000, rel=0.05)


def test_jitter_stays_around_the_delay_and_never_below_zero():
    line, rng = Line("10.20.0.1", 0.01, 0.02), Random(0)
    lags = [line.lag(rng) for _ in range(1000)]
    assert 0.0 <= min(lags) < 0.001
    assert 0.029 < max(lags) <= 0.03
