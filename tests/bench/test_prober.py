"""The engine of virtual time before a core that only takes notes."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.detect.path import Fates, Spell, lay
from bench.detect.prober import Lane, Prober
from bench.detect.timeouts import Fixed, Learned
from tests.bench.conftest import cut

PERIOD, PACE, TIMEOUT = 5.0, 0.25, 0.4


class Notes:
    """Hurries whom it heard nothing from until it hears again; asks the witnesses of a first silence."""

    def __init__(self, witnesses=(), held=()):
        self.told, self.calmed, self.decided = [], [], []
        self._silent, self._witnesses, self._asks, self._held = set(), witnesses, set(), held

    def hear(self, series, latency, sent, heard):
        self.told.append((series, sent, heard, latency))
        if latency is None and series not in self._silent:
            self._asks.update(self._witnesses)
        (self._silent.add if latency is None else self._silent.discard)(series)

    def is_up(self, series):
        return series not in self._held

    def calm(self, series, replies, last):
        self.calmed.append((series, replies, last))

    def decide(self, at):
        self.decided.append(at)

    def hurried(self, at):
        return frozenset(self._silent)

    def asked(self):
        asked, self._asks = self._asks, set()
        return asked


def run(*paths, span=1000.0, core=None, timeout=TIMEOUT, seed=1):
    core = core or Notes()
    lanes = [
        Lane(
            number, Fates(path, Random(seed + number)), 1.0 + number, Fixed(timeout) if timeout else Learned()
        )
        for number, path in enumerate(paths)
    ]
    Prober(lanes, core, period=PERIOD, pace=PACE, span=span).run()
    return core, lanes


def turns(core, series):
    """Return when each probe that was told of was sent, the calm ones included."""
    sent = [sent for each, sent, _, _ in core.told if each == series]
    for each, replies, last in core.calmed:
        sent += [last - PERIOD * back for back in range(replies) if each == series]
    return sorted(sent)


def test_a_calm_line_is_probed_once_a_period_and_told_at_once():
    core, (lane,) = run(cut())
    assert turns(core, 0) == pytest.approx([1 + PERIOD * turn for turn in range(200)])
    assert lane.probes == 200
    assert len(core.told) == 1


def test_a_silence_is_heard_after_the_timeout_and_hurried_until_an_answer():
    core, _ = run(cut((100, 110)))
    silent = [(sent, heard) for _, sent, heard, latency in core.told if latency is None]
    assert silent[0] == pytest.approx((101, 101 + TIMEOUT))
    assert all(heard - sent == pytest.approx(TIMEOUT) for sent, heard in silent)
    quick = [sent for sent, _ in silent[1:]]
    assert all(later - sooner == pytest.approx(PACE) for sooner, later in pairwise(quick))
    assert quick[0] == pytest.approx(101.4, abs=0.05)
    answer = next(heard for _, sent, heard, latency in core.told if latency is not None and sent > 101)
    assert answer == pytest.approx(110.04, abs=PACE)


def test_whoever_is_in_a_hurry_no_more_goes_back_to_its_turn():
    core, _ = run(cut((100, 103)))
    assert [sent for sent in turns(core, 0) if sent > 104][:2] == pytest.approx([106, 111])


def test_a_witness_is_asked_once_and_its_replies_until_then_come_first():
    core, (_, witness) = run(cut((100, 101.2)), cut(), core=Notes(witnesses=[1]))
    asked = [sent for series, sent, _, _ in core.told if series == 1][1:]
    assert asked[0] == pytest.approx(101.4, abs=0.05)
    assert witness.probes == 201
    assert sum(replies for series, replies, last in core.calmed if series == 1 and last < 101) == 19


def test_the_core_decides_after_every_outcome_and_in_the_order_of_hearing():
    core, _ = run(*(lay([], good=0.3, rtt=0.05 * (1 + line)) for line in range(4)))
    heard = [heard for _, _, heard, _ in core.told]
    assert heard == sorted(heard)
    assert all(any(moment <= at <= moment + 0.05 for at in core.decided) for moment in heard)


def test_an_answer_that_comes_too_late_is_a_silence_until_the_timeout_has_learned():
    slow = lay([Spell(100, 400, 0.0, delay=0.6)], good=0.0, rtt=0.05)
    learned, _ = run(slow, timeout=None)
    fixed, _ = run(slow)
    silences = [sum(latency is None for *_, latency in core.told) for core in (learned, fixed)]
    assert 1 <= silences[0] < 10
    assert silences[1] > 1000


@pytest.mark.timeout(10)
def test_an_outcome_in_the_last_tick_ends_the_run_all_the_same():
    core, _ = run(cut((995, 2000)), cut(), span=996.42)
    assert core.told[-1][2] == pytest.approx(996 + TIMEOUT)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 900), st.floats(0.1, 90), st.sampled_from([0.2, 0.6, 1.0])), max_size=6),
    st.integers(0, 1000),
)
def test_no_turn_is_lost_or_told_twice_whatever_befalls_the_line(spells, seed):
    path = lay((Spell(at, at + length, loss) for at, length, loss in spells), good=0.02, rtt=0.04)
    core, (lane,) = run(path, seed=seed)
    sent = turns(core, 0)
    under_way = lane.probes - len(sent)
    assert 0 <= under_way <= 1 + TIMEOUT / PACE
    gaps = [later - sooner for sooner, later in pairwise(sent)]
    assert all(1e-6 < gap < 2 * PERIOD for gap in gaps)
    for _, began, _, latency in core.told:
        if path.loss[max(i for i, bound in enumerate(path.bounds) if bound <= began)] >= 1:
            assert latency is None


def test_each_answer_of_a_series_that_is_held_to_be_out_is_told_by_itself():
    core, _ = run(cut(), core=Notes(held={0}), span=26.0)
    assert not core.calmed
    assert [sent for _, sent, _, _ in core.told] == [1.0, 6.0, 11.0, 16.0, 21.0]
