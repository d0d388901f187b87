"""One ICMP socket and the probes on it, tick by tick."""

import asyncio
from time import monotonic

import pytest

from checks import icmp
from checks.clocks import wall_clock
from checks.counters import Counters
from checks.lane import Lane
from checks.pinger import Pinger
from checks.wheel import GRAIN
from incidents.outcome import Reason

HOUR = 3600 * 10**9


class Told(list):
    """What a pinger settled."""

    def __call__(self, lane, _burst, outcome, _sent, _heard):
        self.append((lane.target.series, outcome))

    @property
    def reasons(self):
        return {outcome.reason for _, outcome in self}


async def until(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.002)


def send_all(pinger, targets, timeout=1.0):
    for target in targets:
        pinger.send(Lane(target, timeout), target.host, None)


async def test_a_buffer_that_overflows_makes_the_silent_ones_unknown(lines, targets_of):
    told, counters = Told(), Counters()
    async with lines(count=60) as box:
        pinger = Pinger(box.icmp_socket(), counters, told, timeout=0.2, buffer=2304)
        try:
            send_all(pinger, targets_of(box), timeout=0.2)
            started = monotonic()
            await until(lambda: monotonic() > started + 0.2 + 2 * GRAIN)  # nobody drains meanwhile
            pinger.drain()
            pinger.expire(monotonic())
        finally:
            pinger.close()
    assert counters.dropped > 0
    assert len(told) == 60
    assert told.reasons == {Reason.REPLY, Reason.STALLED}


@pytest.mark.parametrize("step", [HOUR, -HOUR, 5 * 10**7])
async def test_a_wall_clock_that_is_moved_does_not_touch_the_latency(lines, targets_of, step):
    told, moved = Told(), [0]
    async with lines("T01") as box:
        await box.shape("T01", delay=0.01, jitter=0.0)
        pinger = Pinger(box.icmp_socket(), Counters(), told, wall=lambda: wall_clock() + moved[0])
        try:
            send_all(pinger, targets_of(box))
            moved[0] = step
            await until(lambda: pinger.drain() or told)
        finally:
            pinger.close()
    assert told[0][1].latency == pytest.approx(0.01, abs=0.02)


async def test_more_probes_than_the_ring_held_at_first(lines, targets_of):
    told, counters = Told(), Counters()
    async with lines(count=64) as box:
        pinger = Pinger(box.icmp_socket(), counters, told, timeout=5.0)
        try:
            for _ in range(50):
                send_all(pinger, targets_of(box), timeout=5.0)
                pinger.drain()
            await until(lambda: pinger.drain() or len(told) == 3200)
        finally:
            pinger.close()
    assert told.reasons == {Reason.REPLY}
    assert (counters.replies, counters.foreign, counters.late) == (3200, 0, 0)


@pytest.mark.parametrize(("up", "reason"), [(True, Reason.REPLY), (False, Reason.TIMEOUT)])
async def test_one_probe_of_one_host(lines, targets_of, up, reason):
    async with lines("T01") as box:
        if not up:
            await box.cut("T01")
        outcome = await icmp.probe(targets_of(box)[0], 0.2, box.icmp_socket)
    assert outcome.reason is reason
