from incidents.figures import attribution
from incidents.figures.counting import case, counts
from incidents.figures.parts import Share
from incidents.model import Cause, ServiceFault, Status
from incidents.owed import Owed
from incidents.said import Power
from incidents.sla import Event, clock_of
from tests.incidents.cases import incident, minutes
from tests.incidents.figures.spans import mins, span

HOUR = span(0, 60)


def excused(found, until=60):
    return [
        (channel, each.span.start, each.span.end, each.share)
        for channel, each in attribution.excuses(found, {1: 7, 2: 7, 3: 8}, minutes(until))
    ]


def told(*events, at=60):
    """Return the case of an incident with these events, each (action, minute, data), as it stood then."""
    opened = Event("open", minutes(0), data={"channels": [1], "joined": [minutes(-2).isoformat()], "own": 7})
    steps = [Event(action, minutes(when), 1, data) for action, when, data in events]
    return case(incident((1, -2)), clock_of([opened, *steps], minutes(at)))


BACK = ("leave", 50, {"channels": [1], "since": minutes(50).isoformat()})
GIVEN = (("acknowledge", 5, {}), ("assign", 7, {"team": 9}), ("accept", 17, {}), ("arrive", 30, {}))


def test_each_step_is_timed_from_the_one_before():
    times = told(*GIVEN, BACK).times
    assert (times.detect, times.acknowledge, times.assign) == (mins(2), mins(5), mins(2))
    assert (times.accept, times.arrive, times.restore) == (mins(10), mins(13), mins(43))


def test_a_step_that_was_not_taken_has_no_time():
    times = told().times
    assert (times.acknowledge, times.assign, times.accept, times.restore, times.lasted) == (None,) * 5


def test_the_clocks_add_up_to_all_that_it_took():
    paused = [("suspend", 20, {"why": "power"}), ("resume", 26, {"why": "power"})]
    clocks = told(*GIVEN, *paused, BACK).clocks
    assert (clocks.ours, clocks.paused, clocks.carrier, clocks.agreed) == (mins(9), mins(6), mins(37), None)


LATE = ("miss", 40, {"owed": "restore", "due": minutes(40).isoformat(), "team": 9})


def kept(found):
    return {each.owed: (each.missed, each.late, each.team) for each in found.promises}


def test_a_promise_is_kept_unless_it_was_marked_as_broken():
    assert kept(told(*GIVEN, LATE, BACK)) == {
        Owed.ACKNOWLEDGE: (False, None, None),
        Owed.ASSIGN: (False, None, None),
        Owed.ACCEPT: (False, None, 9),
        Owed.RESTORE: (True, mins(10), 9),
    }


def test_a_promise_that_is_open_is_neither_kept_nor_broken():
    assert Owed.RESTORE not in kept(told(*GIVEN))


def test_what_two_people_agreed_on_makes_good_a_promise_that_was_late_by_no_more():
    def agreed(off):
        objection = ("object", 52, {"team": 9}), ("propose", 53, {"minutes": off, "cause": None})
        return told(*GIVEN, LATE, BACK, *objection, ("agree", 54, {}))

    assert agreed(10).disputed
    assert agreed(10).clocks.agreed == agreed(10).clocks.carrier - mins(10)
    assert [kept(agreed(off))[Owed.RESTORE][0] for off in (10, 9)] == [False, True]


def test_the_time_between_a_return_and_its_relapse_is_no_outage():
    found = incident((1, 0, 5), (1, 25, 40), recovered=minutes(40))
    assert case(found, clock_of([Event("open", minutes(0))], minutes(60))).times.lasted == mins(20)


def test_a_report_over_a_good_line_is_a_case_without_an_outage():
    found = case(incident(), clock_of([Event("open", minutes(0))], minutes(60)))
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
    assert [each.id for each in known if counts(each, HOUR)] == [1]


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
