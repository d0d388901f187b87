"""Probes: the CPU, loss, memory and error of our ICMP engine, beside its peers in the same run."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import sleep

from bench import blackbox
from bench.rivals import PERIOD, Figures, address, figures, peak
from sandbox.network import namespace

SIZES = (214, 2_000, 10_000)
WIDEST = 100_000
REPEATS = 3  # each contestant in turn, and the median of each: the machine's mood is the same for all
LIMIT = 180  # seconds for one run
_FPING = re.compile(r"xmt/rcv/%loss = (\d+)/(\d+)/\d+%(?:, min/avg/max = [\d.]+/([\d.]+)/)?")


def child(module: str, *arguments: object) -> Figures:
    """Run a module of this bench in a process of its own."""
    command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=True)
    found: Figures = json.loads(done.stdout)
    return found


def fping(count: int, *, steady: bool) -> Figures:
    """Run fping over every target once, at once or spread over the period; its whole process counts."""
    with tempfile.TemporaryFile("w+") as targets, tempfile.TemporaryFile("w+") as said:
        targets.write("\n".join(map(address, range(1, count + 1))))
        targets.seek(0)
        pause = f"{PERIOD * 1000 / count:.3f}" if steady else "0"
        command = ["fping", "-q", "-c", "1", "-i", pause, "-t", "1000"]
        process = subprocess.Popen(command, stdin=targets, stdout=subprocess.DEVNULL, stderr=said)
        held, over = 0.0, 0
        while not over:
            with suppress(IndexError):  # a process that has ended holds nothing
                held = max(held, peak(process.pid))
            sleep(0.002)
            over, _, usage = os.wait4(process.pid, os.WNOHANG)
        process.returncode = 0  # it was waited for
        said.seek(0)
        found = _FPING.findall(said.read())
    sent, heard = sum(int(one) for one, _, _ in found), sum(int(one) for _, one, _ in found)
    cpu = usage.ru_utime + usage.ru_stime
    return figures(cpu, sent, 1 - heard / sent, [float(rtt) for _, _, rtt in found if rtt], held)


def middle(runs: list[Figures]) -> Figures:
    """Return the median of each figure."""
    return {name: round(median(run[name] for run in runs), 4) for name in runs[0]}


def contestants() -> dict[str, Callable[[int], Figures]]:
    """Return who takes part on this machine, and how to run each once."""
    all_of_them: dict[str, tuple[str | None, Callable[[int], Figures]]] = {
        "round": (None, lambda count: child("rivals", "round", count)),
        "steady": (None, lambda count: child("rivals", "steady", count)),
        "fping": ("fping", lambda count: fping(count, steady=False)),
        "fping steady": ("fping", lambda count: fping(count, steady=True)),
        "icmplib": (None, lambda count: child("rivals", "icmplib", count)),
        "blackbox": (blackbox.NAME, lambda count: child("blackbox", count)),
    }
    return {name: run for name, (needed, run) in all_of_them.items() if not needed or shutil.which(needed)}


def compare(count: int) -> dict[str, Figures]:
    """Return the figures of every contestant at one size."""
    runs: dict[str, list[Figures]] = {}
    for _ in range(REPEATS):
        for name, run in contestants().items():
            runs.setdefault(name, []).append(run(count))
    return {name: middle(each) for name, each in runs.items()} | {"stall": child("rivals", "stall", count)}


def ratio(found: dict[str, Figures], ours: str, theirs: str) -> float | None:
    """Return our CPU a probe as a part of theirs."""
    return round(found[ours]["cpu_us"] / found[theirs]["cpu_us"], 3) if theirs in found else None


def show(count: int, name: str, each: Figures) -> None:
    """Print one line of the table."""
    print(
        f"{count:7} {name:12} {each['cpu_us']:9.2f} {each['false_loss']:11.5f} {each['rss_mb']:7.1f} "
        f"{each['rtt_ms_p50']:11.3f} {each['rtt_ms_p99']:8.3f}",
        flush=True,
    )


def main() -> None:
    """Measure and print; the last line is JSON."""
    for command in filter(lambda command: not shutil.which(command), ("fping", blackbox.NAME)):
        print(f"SKIPPED: {command} is not installed (apt install {command})")
    os.chdir(Path(__file__).parents[1])  # the children import from here
    namespace.enter()
    told: dict[str, object] = {"bench": "probes", "period_s": PERIOD, "repeats": REPEATS}
    print("targets contestant    µs/probe  false loss  RSS MB  RTT ms p50      p99")
    for count in SIZES:
        found = compare(count)
        for name, each in found.items():
            show(count, name, each)
        told[str(count)] = found | {
            "ratio_of_a_round": ratio(found, "round", "fping"),
            "ratio_when_steady": ratio(found, "steady", "fping steady"),
            "ratio_of_steady_to_fping_round": ratio(found, "steady", "fping"),
        }
    told[str(WIDEST)] = wide = {name: child("rivals", name, WIDEST) for name in ("wide", "stall")}
    for name, each in wide.items():
        show(WIDEST, name, each)
    told["round_trip"] = error = child("rivals", "error", SIZES[-1])
    print(f"{SIZES[-1]:7} error of the round trip, ms: {error}")
    print(json.dumps(told))


if __name__ == "__main__":
    main()
