"""The rules of the score, one each."""

from bench.detect.score import GRACE, Change, percentile, score

TRUTH = [(1000.0, 1100.0), (2000.0, 2060.0)]


def of(*changes: Change, **given):
    return score(TRUTH, changes, span=10_000, **given)


def test_the_delay_is_from_the_start_of_the_outage_to_the_first_alarm_within_it():
    tally = of(Change(1008, True), Change(1103, False), Change(2011, True), Change(2062, False))
    assert tally.delays == [(100, 8), (60, 11)]
    assert tally.recoveries == [3, 2]
    assert (tally.counted, tally.missed, tally.carried, tally.false) == (2, [], 0, 0)


def test_an_alarm_while_no_outage_is_under_way_is_false():
    assert of(Change(999, True), Change(1500, False), Change(1600, True)).false == 2


def test_an_alarm_within_the_grace_is_not_false_and_later_it_is():
    assert of(Change(1100 + GRACE, True)).false == 0
    late = of(Change(1100 + GRACE + 0.1, True), Change(1200, False))
    assert (late.false, late.missed) == (1, [100, 60])


def test_an_outage_that_begins_while_the_channel_is_still_declared_down_is_carried():
    tally = of(Change(1008, True))
    assert (tally.carried, tally.missed) == (1, [])
    assert tally.delays == [(100, 8)]


def test_an_outage_without_an_alarm_is_missed_unless_it_is_too_short_to_count():
    assert of().missed == [100, 60]
    assert of(least=80).counted == 1


def test_what_nobody_could_see_is_not_counted():
    assert of(unseen=[(1050, 1070)]).counted == 1


def test_what_begins_within_the_warm_up_counts_for_nothing():
    tally = of(Change(500, True), Change(600, False), warmup=1500)
    assert (tally.false, tally.counted) == (0, 1)


def test_an_outage_that_outlasts_the_trace_is_not_counted():
    assert score([(100.0, 300.0)], [], span=200).counted == 0


def test_percentiles_are_by_nearest_rank():
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0
    assert percentile([], 0.5) is None
