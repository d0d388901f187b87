from datetime import timedelta

from incidents.figures import attribution
from incidents.figures.counting import case, cases
from incidents.figures.parts import Share
from incidents.model import Assignment, Cause, ServiceFault, Status
from incidents.said import Power
from tests.incidents.cases import incident, minutes
from tests.incidents.figures.spans import mins, span

HOUR = span(0, 60)


def excused(found, until=60):
    return [
        (channel, each.span.start, each.span.end, each.share)
        for channel, each in attribution.excuses(found, {1: 7, 2: 7, 3: 8}, minutes(until))
    ]


def test_each_step_is_timed_from_the_one_that_asked_for_it():
    found = incident(
        (1, -2, 50),
        acknowledged=minutes(5),
        assignment=Assignment(9, minutes(7), minutes(17)),
        recovered=minutes(50),
        idle=timedelta(minutes=3),
    )
    times = case(found).times
    assert (times.detect, times.acknowledge, times.assign) == (mins(2), mins(5), mins(7))
    assert (times.accept, times.restore, times.lasted) == (mins(10), mins(40), mins(52))


def test_a_step_that_was_not_taken_has_no_time():
    times = case(incident((1, 0))).times
    assert (times.acknowledge, times.assign, times.accept, times.restore, times.lasted) == (None,) * 5


def test_the_time_between_a_return_and_its_relapse_is_no_outage():
    assert case(incident((1, 0, 5), (1, 25, 40), recovered=minutes(40))).times.lasted == mins(20)


def test_a_report_over_a_good_line_is_a_case_without_an_outage():
    found = case(incident())
    assert (found.began, found.times.detect, found.times.lasted) == (None, None, None)


def test_cases_are_those_opened_in_the_span_and_no_part_of_another():
    known = [
        incident((1, 5), id=1, opened=minutes(0)),
        incident((1, 5), id=2, opened=minutes(60)),
        incident((1, -5), id=3, opened=minutes(-1)),
        incident((1, 5), id=4, status=Status.CLOSED, closed=minutes(9), parent=1),
        incident(id=5, service=ServiceFault(1)),
        incident(id=6, security=True),
    ]
    assert [each.id for each in cases(known, HOUR)] == [1]


def test_a_cause_that_is_the_units_own_excuses_every_channel():
    found = incident((1, 0, 5), (3, 10), cause=Cause.POWER)
    assert excused(found) == [
        (1, minutes(0), minutes(5), Share.POWER),
        (3, minutes(10), minutes(60), Share.POWER),
    ]


def test_a_cause_of_the_carriers_or_none_excuses_nothing():
    assert excused(incident((1, 0, 5), cause=Cause.FIBRE_CUT)) == []
    assert excused(incident((1, 0, 5))) == []


def test_a_units_word_on_its_power_counts_for_its_own_channels():
    storm = incident((1, 0, 5), (3, 0, 5), power=((7, Power.OUT), (8, Power.GRID)))
    assert excused(storm) == [(1, minutes(0), minutes(5), Share.POWER)]
