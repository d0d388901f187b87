"""The peers' policies over a line that is only cut."""

from random import Random

import pytest

from bench.detect.path import Fates, Spell, lay
from bench.detect.peers import PEERS, follow
from tests.bench.conftest import cut

# The least and the most seconds from a cut to the alarm: until the next check, then the repeated ones, the
# last of which takes its pings and their timeout.
BOUNDS = {
    "nagios": (21, 81),
    "nagios-5-pings": (25, 85),
    "zabbix": (123, 183),
    "kuma-retries-0": (1, 61),
    "kuma-retries-1": (61, 121),
    "kuma-retries-3": (181, 241),
    "blackbox-for-1m": (61, 91),
    "three-in-a-row": (11, 16),
}


@pytest.mark.parametrize("name", PEERS)
def test_an_alarm_comes_after_the_repeated_checks_and_ends_with_the_outage(name):
    least, most = BOUNDS[name]
    for seed in range(50):
        changes, _ = follow(PEERS[name], Fates(cut((500, 1500)), Random(1)), 3000, Random(seed))
        alarm, clear = changes
        assert (alarm.down, clear.down) == (True, False)
        assert 500 + least - PEERS[name].pings < alarm.at < 500 + most
        assert 1500 < clear.at < 1500 + 60 + PEERS[name].pings + 16


@pytest.mark.parametrize("name", PEERS)
def test_a_calm_line_costs_the_pings_of_each_check(name):
    peer = PEERS[name]
    changes, pings = follow(peer, Fates(cut(), Random(1)), 36_000, Random(3))
    assert not changes
    assert pings == pytest.approx(36_000 / peer.period * peer.pings, abs=peer.pings)


def test_one_lost_ping_is_no_failure_of_a_check_of_five():
    lossy = lay([Spell(0, 3000, 0.5)], good=0.0, rtt=0.04)
    assert not follow(PEERS["nagios-5-pings"], Fates(lossy, Random(1)), 3000, Random(2))[0]
    assert follow(PEERS["nagios"], Fates(lossy, Random(1)), 3000, Random(2))[0]
