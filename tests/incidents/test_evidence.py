from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.evidence import Evidence, Return, Run, Standing, judge
from tests.incidents.cases import minutes

RULE = Evidence(good=20, over=timedelta(minutes=3), relapses=3, steady=timedelta(hours=1))
GOOD = Run(40, minutes(0), minutes(4))


@pytest.mark.parametrize(
    ("back", "runs", "standing"),
    [
        (Return(minutes(0)), [GOOD], Standing.PROVEN),
        (Return(minutes(0)), [GOOD, GOOD], Standing.PROVEN),
        (Return(minutes(0)), [GOOD, Run(19, minutes(0), minutes(4))], Standing.EARLY),  # the weakest counts
        (Return(minutes(0)), [Run(40, minutes(2), minutes(4))], Standing.EARLY),  # many, in a short time
        (Return(minutes(0)), [Run(19, minutes(1), minutes(4), lost=minutes(1))], Standing.SHAKEN),
        (Return(minutes(0)), [Run(40, minutes(1), minutes(4), lost=minutes(1))], Standing.PROVEN),
        (Return(minutes(0)), [Run()], Standing.EARLY),
        (Return(minutes(0)), [], Standing.EARLY),  # nothing tells of it
        (Return(minutes(0), relapses=3), [GOOD], Standing.RESTLESS),
        (Return(minutes(-56), relapses=3), [GOOD], Standing.PROVEN),
        (Return(minutes(0), relapses=2), [GOOD], Standing.PROVEN),
        (Return(minutes(-56), flapping=True), [GOOD], Standing.RESTLESS),
    ],
)
def test_a_return_stands_as_well_as_the_weakest_of_its_lines(back, runs, standing):
    assert judge(back, runs, RULE, minutes(4)).standing is standing


def test_it_is_told_when_it_may_be_closed_at_the_earliest():
    young = Run(5, minutes(2), minutes(4), lost=minutes(2))
    assert judge(Return(minutes(0)), [young], RULE, minutes(4)).earliest == minutes(5)
    assert judge(Return(minutes(0), relapses=4), [young], RULE, minutes(4)).earliest == minutes(60)


RUNS = st.builds(
    lambda good, first, lasts: Run(good, minutes(first), minutes(first + lasts)),
    st.integers(1, 50),
    st.integers(0, 30),
    st.integers(0, 30),
)


@given(st.lists(RUNS, min_size=1, max_size=4), RUNS)
def test_one_more_line_never_makes_it_better(runs, other):
    back, at = Return(minutes(0)), minutes(60)
    if judge(back, runs, RULE, at).standing is not Standing.PROVEN:
        assert judge(back, [*runs, other], RULE, at).standing is not Standing.PROVEN


@given(st.lists(RUNS, min_size=1, max_size=4), st.integers(0, 6))
def test_proven_means_enough_probes_for_long_enough_on_every_line(runs, relapses):
    verdict = judge(Return(minutes(0), relapses), runs, RULE, minutes(60))
    proven = all(run.good >= RULE.good and run.span >= RULE.over for run in runs)
    assert (verdict.standing is Standing.PROVEN) == proven


@pytest.mark.parametrize(
    "wrong", [{"good": -1}, {"relapses": 0}, {"over": timedelta(-1)}, {"steady": timedelta(seconds=1)}]
)
def test_a_rule_that_proves_nothing_is_none(wrong):
    with pytest.raises(ValueError, match="expected"):
        Evidence(**wrong)
