"""The meter: what a set of processes takes, as the kernel counts it."""

import asyncio
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Use:
    """What was taken over a while: CPU seconds a minute, and at its end the resident megabytes."""

    cpu: float
    rss: float


async def measure(processes: Collection[int], seconds: float) -> Use:
    """Let *seconds* pass and return what *processes* took, all together."""
    began, spent = monotonic(), sum(map(_cpu, processes))
    await asyncio.sleep(seconds)
    spent = sum(map(_cpu, processes)) - spent
    return Use(spent * 60 / (monotonic() - began), sum(map(_rss, processes)))


def _cpu(process: int) -> float:
    """Return the CPU seconds of a process since its start, in user and in system mode (proc(5), stat)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _rss(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
