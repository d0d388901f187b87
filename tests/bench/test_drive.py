"""The production core driven over small worlds."""

import pytest

from bench.detect.drive import drive
from bench.detect.rows import PROFILES
from bench.detect.world import EVERYBODY, Event, Kind, Line, Script
from incidents.policy import Policies

DAY = 86_400.0


def script(*events: Event, anchors: int = 1, **lines: Line) -> Script:
    lines = lines or {f"c{number}": Line(good=0.0) for number in range(6)}
    lines |= {f"anchor{number}": Line(good=0.0) for number in range(anchors)}
    return Script(lines, list(events), span=DAY)


def outage(channel: str, start: float, length: float, kind: Kind = Kind.OUTAGE) -> Event:
    return Event(channel, kind, start, length, 1.0)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_outage_is_declared_once_and_soon(profile):
    rule = Policies().profiles[profile]
    events = [outage("c1", 1000.0 + 2000 * turn, 300) for turn in range(20)]
    tally = drive(script(*events).world(), rule, 0.4, "seed")
    assert (tally.counted, tally.missed, tally.carried, tally.false) == (20, [], 0, 0)
    assert all(rule.guard < delay < rule.guard + rule.period + 2 for _, delay in tally.delays)
    assert all(clear < rule.period + 2 for clear in tally.recoveries)


@pytest.mark.parametrize("anchors", [0, 2])
def test_nothing_is_declared_out_while_our_own_uplink_is(anchors):
    events = [outage(EVERYBODY, 1000.0 + 4000 * turn, 600, Kind.UPLINK) for turn in range(10)]
    tally = drive(script(*events, anchors=anchors).world(), Policies().profiles["can_bang"], 0.4, "seed")
    assert (tally.false, tally.counted) == (0, 0)


def test_an_uplink_is_announced_before_its_children_and_alone():
    children = {f"c{number}": Line(good=0.0, behind="up") for number in range(20)}
    events = [outage("up", 1000.0 + 8000 * turn, 300, Kind.UPLINK) for turn in range(4)]
    world = script(*events, up=Line(good=0.0), **children).world()
    tally = drive(world, Policies().profiles["can_bang"], 0.4, "seed")
    assert (tally.counted, tally.missed, tally.false) == (84, [], 0)
    assert (tally.before_parent, tally.extra_roots) == (0, 0)


def test_a_calm_line_costs_a_probe_a_period_and_the_anchors_apart():
    rule = Policies().profiles["can_bang"]
    tally = drive(script(anchors=2).world(), rule, 0.4, "seed")
    assert tally.probes / tally.channel_hours == pytest.approx(3600 / rule.period, rel=0.01)
    assert tally.anchor_probes / tally.anchor_hours == pytest.approx(3600 / rule.period, rel=0.01)


def test_the_same_seed_is_the_same_run():
    world = script(Event("c1", Kind.BURST, 500, 40_000, 0.4), outage("c2", 9000, 50)).world()
    runs = [drive(world, Policies().profiles["can_bang"], None, "seed") for _ in range(2)]
    assert runs[0] == runs[1]
