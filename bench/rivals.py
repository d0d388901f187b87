"""One round of probes by our engine or a library, in a process of its own, for bench/probes.py."""

import asyncio
import json
import sys
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from statistics import quantiles

from bench.tap import Tap
from checks.engine import Engine
from checks.target import Target
from incidents.outcome import Observation, Reason

PERIOD = 5.0  # seconds, the bot's own
WIDE = 10.0  # of the largest network
WARM = 1.5
STALL = 2.0
QUICK = 10_000  # probes a second of a round
BUSY = 0.02  # seconds; so long at a time, half of all time, somebody else holds the loop

Figures = dict[str, float]


def address(index: int) -> str:
    """Return the address of a target; all of 127/8 answers within a namespace."""
    return f"127.{1 + (index >> 16)}.{index >> 8 & 255}.{index & 255}"


@dataclass(slots=True)
class Told:
    """What the stream told."""

    reasons: Counter[Reason] = field(default_factory=Counter)
    latencies: "array[float]" = field(default_factory=lambda: array("f"))  # milliseconds

    def add(self, batch: list[Observation]) -> None:
        """Take one batch."""
        self.reasons.update(each.outcome.reason for each in batch)
        answered = [each.outcome.latency * 1000 for each in batch if each.outcome.latency is not None]
        self.latencies += array("f", answered)


def engine_of(count: int, period: float) -> Engine:
    """Return the engine over *count* hosts."""
    return Engine([Target.parse(n, f"icmp://{address(n)}") for n in range(1, count + 1)], period=period)


async def ours(count: int, name: str) -> Figures:
    """Run the engine with its stream read: steady, as quickly as a round, wide, or over a stall."""
    told = Told()
    period = {"round": count / QUICK, "wide": WIDE}.get(name, PERIOD)
    async with engine_of(count, period) as engine:
        reader = asyncio.create_task(_read(engine, told))
        await asyncio.sleep(WARM)
        told.reasons.clear()
        del told.latencies[:]
        sent, cpu = engine.counters.sent, time.process_time()
        if name == "stall":
            time.sleep(STALL)  # noqa: ASYNC251  (the loop stands still: that is what is measured)
        await asyncio.sleep(1.0 if name == "round" else period)
        cpu, sent = time.process_time() - cpu, engine.counters.sent - sent
        await asyncio.sleep(WARM)
        reader.cancel()
    reasons, lost = told.reasons, told.reasons[Reason.TIMEOUT]
    return figures(cpu, sent, lost / max(1, reasons.total()), told.latencies, peak("self")) | {
        "core_percent": cpu * 100 / period,
        "unknown": reasons[Reason.STALLED] + reasons[Reason.SEND_FAILED],
        "false_misses": lost,
    }


async def _read(engine: Engine, told: Told) -> None:
    async for batch in engine.outcomes():
        told.add(batch)


async def error(count: int) -> Figures:
    """Hold what the engine says of each round trip against a tap of the wire, while the loop is kept busy."""
    said: dict[str, list[float]] = {}
    tap = Tap()
    async with engine_of(count, PERIOD) as engine:
        hog = asyncio.create_task(_hog())
        try:
            async with asyncio.timeout(PERIOD + WARM):
                async for batch in engine.outcomes():
                    for each in batch:
                        said.setdefault(address(each.series), []).append(each.outcome.latency or 0.0)
        except TimeoutError:
            hog.cancel()
    truth = tap.round_trips()
    pairs = chain.from_iterable(zip(said[host], truth.get(host, ()), strict=False) for host in said)
    errors = [abs(ours - theirs) * 1000 for ours, theirs in pairs]
    cuts = quantiles(errors, n=100)
    return {"compared": len(errors), "ms_p50": cuts[49], "ms_p99": cuts[98], "ms_max": max(errors)}


async def _hog() -> None:
    while True:
        time.sleep(BUSY)  # noqa: ASYNC251  (on purpose)
        await asyncio.sleep(BUSY)


async def icmplib(count: int) -> Figures:
    """Ping every target once with the library's own concurrency."""
    from icmplib import async_multiping

    cpu = time.process_time()
    hosts = await async_multiping(
        [address(index) for index in range(1, count + 1)], count=1, interval=0, timeout=2, privileged=False
    )
    cpu = time.process_time() - cpu
    lost = sum(not host.is_alive for host in hosts) / count
    return figures(cpu, count, lost, [rtt for host in hosts for rtt in host.rtts], peak("self"))


def figures(cpu: float, probes: int, loss: float, latencies: Sequence[float], held: float) -> Figures:
    """Return the figures of a run; what a round trip on the loopback takes at all is a few microseconds."""
    cuts = quantiles(latencies, n=100) if len(latencies) > 1 else [0.0] * 99
    return {
        "cpu_us": cpu / max(1, probes) * 1e6,
        "probes": probes,
        "false_loss": loss,
        "rss_mb": held,
        "rtt_ms_p50": cuts[49],
        "rtt_ms_p99": cuts[98],
    }


def peak(process: int | str) -> float:
    """Return the most megabytes a process has held; what it was forked from does not count."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Run what the arguments name: a contestant and a number of targets."""
    name, count = sys.argv[1], int(sys.argv[2])
    others = {"icmplib": icmplib, "error": error}
    work = others[name](count) if name in others else ours(count, name)
    print(json.dumps(asyncio.run(work)))


if __name__ == "__main__":
    main()
