"""The fates of probes along a path."""

from math import inf
from random import Random

import pytest

from bench.detect.path import Fates, Spell, lay

LOSSY = [Spell(100, 400, 0.4), Spell(300, 500, 0.5, delay=0.1), Spell(700, 705, 1.0)]


def test_spells_that_overlap_are_independent_and_their_delays_add_up():
    path = lay(LOSSY, good=0.0, rtt=0.04)
    assert list(path.bounds) == [0, 100, 300, 400, 500, 700, 705]
    assert list(path.loss) == pytest.approx([0, 0.4, 0.7, 0.5, 0, 1, 0])
    assert list(path.rtt) == pytest.approx([0.04, 0.04, 0.14, 0.14, 0.04, 0.04, 0.04])


@pytest.mark.parametrize("shared", [False, True])
def test_jumping_to_the_next_loss_loses_as_many_at_every_moment_as_asking_each_turn(shared):
    path = lay(LOSSY, good=0.01, rtt=0.04, shared=shared)
    turns = [3 + 5 * turn for turn in range(200)]
    asked, jumped = dict.fromkeys(turns, 0), dict.fromkeys(turns, 0)
    for seed in range(400):
        fates = Fates(path, Random(f"a{seed}"))
        for turn in turns:
            asked[turn] += fates.reply(turn) == inf
        fates, at = Fates(path, Random(f"b{seed}")), 3.0
        while (at := fates.first_loss(at, 5, 1003, 1.0)) < inf:
            jumped[at] += 1
            at += 5
    for first, last in ((0, 100), (100, 300), (300, 400), (400, 500), (500, 700), (700, 705), (705, 1003)):
        one, other = (sum(counts[t] for t in turns if first <= t < last) for counts in (asked, jumped))
        assert one == pytest.approx(other, rel=0.1, abs=40)


def test_a_turn_whose_answer_takes_too_long_hears_nothing():
    slow = lay([Spell(50, 60, 0.0, delay=1.0)], good=0.0, rtt=0.04)
    assert Fates(slow, Random(1)).first_loss(1, 5, 1000, 0.4) == 51
    assert Fates(slow, Random(1)).first_loss(1, 5, 1000, 2.0) == inf


def test_probes_of_one_second_share_their_fate_where_the_path_says_so():
    fates = Fates(lay([], good=0.5, rtt=0.04, shared=True), Random(1))
    seconds = [{fates.reply(second + part) == inf for part in (0.0, 0.3, 0.9)} for second in range(200)]
    assert all(len(fate) == 1 for fate in seconds)
    assert {True} in seconds
    assert {False} in seconds


def test_a_probe_of_the_second_that_was_jumped_to_shares_its_loss():
    fates = Fates(lay([], good=0.1, rtt=0.04, shared=True), Random(1))
    lost = fates.first_loss(0.2, 5, 10_000, 1.0)
    assert fates.reply(lost + 0.5) == inf
    assert fates.first_loss(lost + 0.5, 5, 10_000, 1.0) == lost + 0.5
