from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from incidents.bandwidth import Spread
from incidents.figures.cases import Case, Kept, Times
from incidents.figures.ledger import Cut, Ledger, figures
from incidents.figures.load import DayLoad, load
from incidents.figures.parts import Parts
from incidents.figures.ranking import repeated, worst
from incidents.figures.typical import typical
from incidents.model import Cause
from incidents.quality import Figures as Quality
from incidents.sla import Owed
from tests.incidents.cases import minutes
from tests.incidents.figures.spans import ASKED, mins


def case(id_, root, **more):
    return Case(id_, 7, minutes(id_), root=root, channels=frozenset({root} if root else ()), **more)


LEDGER = Ledger(
    ASKED,
    {1: Parts(up=mins(100), carrier=mins(20)), 2: Parts(up=mins(90), power=mins(30)), 3: Parts(up=mins(120))},
    (
        case(1, 1, cause=Cause.FIBRE_CUT, times=Times(restore=mins(20)), team=5),
        case(2, 2, cause=Cause.POWER, times=Times(restore=mins(30))),
        case(3, 2),
        case(4, None),
    ),
    {1: Quality(10, 1, 0.02, None), 2: Quality(30, 0, 0.04, None)},
)


def cut(*channels, **more):
    return Cut(frozenset(channels), **more)


def test_a_part_has_the_time_and_the_cases_of_its_channels():
    found = figures(LEDGER, cut(2, 3))
    assert (found.channels, found.parts) == (2, Parts(up=mins(210), power=mins(30)))
    assert [each.id for each in found.cases] == [2, 3]
    assert found.causes == {Cause.POWER: 1, None: 1}
    assert (found.times.restore.median, found.times.accept) == (mins(30), None)


def test_a_case_of_no_channel_counts_where_its_unit_is():
    assert [each.id for each in figures(LEDGER, cut(1, units=frozenset({7}))).cases] == [1, 4]


def test_a_team_has_the_cases_it_was_given():
    assert [each.id for each in figures(LEDGER, cut(3, team=5)).cases] == [1]


def test_quality_weighs_by_what_was_sent():
    found = figures(LEDGER, cut(1, 2)).quality
    assert (found.sent, found.loss) == (40, 1 / 40)


@given(st.lists(st.sampled_from("abc"), min_size=3, max_size=3))
def test_disjoint_parts_add_up_to_the_whole(places):
    cuts = [cut(*(id_ for id_, at in enumerate(places, 1) if at == each)) for each in "abc"]
    found, whole = [figures(LEDGER, each) for each in cuts], figures(LEDGER, cut(1, 2, 3))
    assert sum((each.parts for each in found), Parts()) == whole.parts
    assert sorted(each.id for some in found for each in some.cases) == [each.id for each in whole.cases]
    assert sum(each.channels for each in found) == whole.channels


def test_promises_are_counted_and_the_missed_named():
    kept, late = Kept(Owed.RESTORE, None, minutes(50)), Kept(Owed.RESTORE, minutes(60), minutes(75))
    never = Kept(Owed.RESTORE, minutes(60), None)
    told = Ledger(
        ASKED, {}, tuple(case(id_, 1, promises=(each,)) for id_, each in enumerate((kept, late, never), 1))
    )
    found = figures(told, cut(1)).promises[Owed.RESTORE]
    assert (found.kept, found.of) == (1, 3)
    assert [(each.id, promise.late) for each, promise in found.missed] == [(2, mins(15)), (3, None)]


def test_the_worst_are_those_the_carrier_left_out_the_longest():
    assert [each.channel for each in worst(LEDGER, cut(1, 2, 3), 5)] == [1]


def test_repeats_are_those_of_many_cases():
    assert [(each.channel, each.cases) for each in repeated(LEDGER, cut(1, 2, 3), 2)] == [(2, 2)]


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_half_took_no_longer_than_the_median_and_nine_in_ten_than_the_90th(values):
    found = typical([mins(each) for each in values] + [None])
    below = [sum(mins(each) <= bound for each in values) for bound in (found.median, found.ninetieth)]
    assert below[0] * 2 >= len(values)
    assert below[1] * 10 >= 9 * len(values)
    assert {found.median, found.ninetieth} <= {mins(each) for each in values}


def test_nothing_is_typical_of_nothing():
    assert typical([None]) is None


def test_a_load_is_of_the_busier_direction():
    quiet = Spread(5_000_000, 1_000_000, 6_000_000)
    days = [
        DayLoad(date(2025, 11, day), 288, Spread(p95, 2_000_000, p95), quiet)
        for day, p95 in ((1, 9_000_000), (2, 19_000_000))
    ]
    found = load(days, 20, timedelta(hours=3))
    assert (found.p95, found.mean, found.share, found.days) == (19_000_000, 2_000_000, 0.95, 2)
    assert load([], 20, timedelta()) is None
