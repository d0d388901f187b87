"""One round of probes by each contestant, in a process of its own, for bench/probes.py."""

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from checks.engine import Engine
from checks.target import Target
from incidents.outcome import Reason

PERIOD = 5.0  # seconds, the bot's own
WARM = 1.5
STALL = 2.0
QUICK = 10_000  # probes a second of a round


def address(index: int) -> str:
    """Return the address of a target; all of 127/8 answers within a namespace."""
    return f"127.{1 + (index >> 16)}.{index >> 8 & 255}.{index & 255}"


async def ours(count: int, name: str) -> dict[str, float]:
    """Run the engine with its stream read: at the bot's pace, as quickly as a round, or over a stall."""
    told = Told()
    targets = [Target.parse(index, f"icmp://{address(index)}") for index in range(1, count + 1)]
    period = count / QUICK if name == "round" else PERIOD
    async with Engine(targets, period=period) as engine:
        reader = asyncio.create_task(_read(engine, told))
        await asyncio.sleep(WARM)
        told.reasons.clear()
        told.latencies.clear()
        sent, cpu = engine.counters.sent, time.process_time()
        if name == "stall":
            time.sleep(STALL)  # noqa: ASYNC251  (the loop stands still: that is what is measured)
        await asyncio.sleep(1.0 if name == "round" else PERIOD)
        cpu, sent = time.process_time() - cpu, engine.counters.sent - sent
        await asyncio.sleep(WARM)
        reader.cancel()
    reasons, lost = told.reasons, told.reasons[Reason.TIMEOUT]
    return _figures(cpu, sent, lost / max(1, reasons.total()), told.latencies) | {
        "unknown": reasons[Reason.STALLED] + reasons[Reason.SEND_FAILED],
        "false_misses": lost,
    }


@dataclass(slots=True)
class Told:
    """What the stream told."""

    reasons: Counter[Reason] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)  # milliseconds


async def _read(engine: Engine, told: Told) -> None:
    async for batch in engine.outcomes():
        told.reasons.update(each.outcome.reason for each in batch)
        told.latencies += [each.outcome.latency * 1000 for each in batch if each.outcome.latency is not None]


async def icmplib(count: int) -> dict[str, float]:
    """Ping every target once with the library's own concurrency."""
    from icmplib import async_multiping

    cpu = time.process_time()
    hosts = await async_multiping(
        [address(index) for index in range(1, count + 1)], count=1, interval=0, timeout=2, privileged=False
    )
    cpu = time.process_time() - cpu
    lost = sum(not host.is_alive for host in hosts) / count
    return _figures(cpu, count, lost, [rtt for host in hosts for rtt in host.rtts])


def _figures(cpu: float, probes: int, loss: float, latencies: list[float]) -> dict[str, float]:
    """Return the figures of a run; what a round trip on the loopback takes at all is a few microseconds."""
    cuts = quantiles(latencies, n=100) if len(latencies) > 1 else [0.0] * 99
    return {
        "cpu_us": cpu / max(1, probes) * 1e6,
        "probes": probes,
        "false_loss": loss,
        "rss_mb": peak("self"),
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
    work = icmplib(count) if name == "icmplib" else ours(count, name)
    print(json.dumps(asyncio.run(work)))


if __name__ == "__main__":
    main()
