from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.policy import Common
from incidents.wide import EVERYTHING, Cluster, Fallen, Group, Scope, Wide, clusters, needed

RULE = Common(least=3, share=0.5, areas=3, many=10)
AREAS, CARRIERS = 5, 3
LINES = range(60)  # twelve of each area, twenty of each carrier, four of both


def area(number):
    return Group(Scope.AREA, number)


def carrier(number):
    return Group(Scope.CARRIER, number)


def fallen(channel):
    return Fallen(channel, (EVERYTHING, area(channel % AREAS), carrier(channel // AREAS % CARRIERS)))


SIZES = Counter(group for channel in LINES for group in fallen(channel).groups)


def found(channels, rule=RULE):
    return clusters([fallen(channel) for channel in channels], SIZES, rule)


def of(group, count=None):
    """Return so many channels of the group, or all."""
    return [channel for channel in LINES if group in fallen(channel).groups][:count]


def groups(channels, rule=RULE):
    return [cluster.group for cluster in found(channels, rule)]


def test_a_few_lines_share_nothing():
    assert found([0, 1, 2, 13]) == []


def test_half_of_an_area_is_one_incident():
    assert found(of(area(2), 6)) == [Cluster(area(2), tuple(of(area(2), 6)), 12)]
    assert found(of(area(2), 5)) == []


def test_a_small_group_needs_the_least_number_all_the_same():
    pair = [Fallen(channel, (EVERYTHING, area(9))) for channel in (1, 2)]
    assert clusters(pair, {EVERYTHING: 60, area(9): 2}, RULE) == []


def test_a_carrier_lost_in_many_areas_is_one_incident():
    assert groups(of(carrier(1), 10)) == [carrier(1)]


def test_a_carrier_that_is_the_only_one_of_an_area_is_not_blamed_for_the_area():
    lines = [Fallen(channel, (EVERYTHING, area(1), carrier(1))) for channel in range(6)]
    assert [each.group for each in clusters(lines, {EVERYTHING: 60, area(1): 6, carrier(1): 6}, RULE)] == [
        area(1)
    ]


def test_a_carrier_that_lost_fewer_than_all_the_others_is_not_blamed():
    lost = dict.fromkeys([*of(carrier(1), 10), *of(carrier(0), 9), *of(carrier(2), 9)])
    assert carrier(1) not in groups(lost)


def test_three_areas_at_once_are_the_province():
    lost = [*of(area(0)), *of(area(1))]
    assert groups(lost) == [area(0), area(1)]
    assert groups([*lost, *of(area(2))]) == [EVERYTHING]


def test_two_carriers_at_once_are_the_province():
    rule = Common(least=3, share=0.4, areas=3, many=100)
    assert groups([*of(carrier(0)), *of(carrier(1))], rule) == [EVERYTHING]


def test_many_lines_that_share_nothing_are_the_province():
    scattered = [*of(area(0), 4), *of(area(1), 4), *of(area(2), 4)]
    assert groups(scattered) == [EVERYTHING]
    assert groups(scattered, Common(least=3, many=13)) == []


def test_what_a_group_explains_is_no_part_of_the_next():
    both = found([*of(area(0)), *of(area(1), 6)])
    assert [cluster.group for cluster in both] == [area(0), area(1)]
    assert [len(cluster.channels) for cluster in both] == [12, 6]


def test_an_incident_keeps_what_its_lines_share():
    assert Cluster(area(2), (2, 7), 12).wide == Wide(Scope.AREA, 2, 12)


@pytest.mark.parametrize(
    ("group", "total", "count"),
    [(area(1), 5, 3), (area(1), 6, 3), (area(1), 7, 4), (carrier(1), 20, 10), (EVERYTHING, 9, 10)],
)
def test_how_many_of_a_group_are_many(group, total, count):
    assert needed(group, total, RULE) == count


SOME = st.lists(st.sampled_from(LINES), unique=True, max_size=15)
SHARED = st.lists(st.sampled_from(sorted(SIZES.keys() - {EVERYTHING})), max_size=3)
LOST = st.builds(
    lambda groups, some, spared: sorted({*some, *(c for group in groups for c in of(group))} - set(spared)),
    SHARED,
    SOME,
    SOME,
)


@given(LOST)
def test_a_line_is_in_one_cluster_at_most_and_was_lost(lost):
    channels = [channel for cluster in found(lost) for channel in cluster.channels]
    assert len(channels) == len(set(channels))
    assert set(channels) <= set(lost)


@given(LOST)
def test_a_cluster_is_as_large_as_its_group_demands(lost):
    for cluster in found(lost):
        assert cluster.total == SIZES[cluster.group]
        assert len(cluster.channels) >= needed(cluster.group, cluster.total, RULE)
        assert all(cluster.group in fallen(channel).groups for channel in cluster.channels)


@given(LOST, st.randoms())
def test_it_does_not_matter_who_fell_first(lost, random):
    shuffled = random.sample(lost, len(lost))
    assert {(c.group, frozenset(c.channels)) for c in found(lost)} == {
        (c.group, frozenset(c.channels)) for c in found(shuffled)
    }


@given(LOST)
def test_no_area_that_is_lost_goes_untold(lost):
    told = {channel for cluster in found(lost) for channel in cluster.channels}
    for number in range(AREAS):
        left = set(of(area(number))) & set(lost) - told
        assert len(left) < needed(area(number), SIZES[area(number)], RULE)
