"""Probes: the CPU, loss, memory and error of our ICMP engine, beside fping and icmplib in the same run."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from statistics import median, quantiles
from time import sleep

from bench.rivals import PERIOD, address, peak
from sandbox.network import namespace

SIZES = (214, 2_000, 10_000)
REPEATS = 3  # each contestant in turn, and the median of each: the machine's mood is the same for all
LIMIT = 180  # seconds for one run
_FPING = re.compile(r"xmt/rcv/%loss = (\d+)/(\d+)/\d+%(?:, min/avg/max = [\d.]+/([\d.]+)/)?")

Figures = dict[str, float]


def child(name: str, count: int) -> Figures:
    """Run our engine or icmplib in a process of its own."""
    command = [sys.executable, "-m", "bench.rivals", name, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures


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
    cuts = quantiles([float(rtt) for _, _, rtt in found if rtt], n=100)
    return {
        "cpu_us": (usage.ru_utime + usage.ru_stime) / count * 1e6,
        "probes": sent,
        "false_loss": 1 - heard / sent,
        "rss_mb": held,
        "rtt_ms_p50": cuts[49],
        "rtt_ms_p99": cuts[98],
    }


def middle(runs: list[Figures]) -> Figures:
    """Return the median of each figure."""
    return {name: round(median(run[name] for run in runs), 4) for name in runs[0]}


def run(name: str, count: int) -> Figures:
    """Run one contestant once."""
    return fping(count, steady=name == "fping steady") if name.startswith("fping") else child(name, count)


def compare(count: int) -> dict[str, Figures]:
    """Return the figures of every contestant at one size."""
    contestants = [
        "round",
        "steady",
        "icmplib",
        *(["fping", "fping steady"] if shutil.which("fping") else []),
    ]
    runs: dict[str, list[Figures]] = {name: [] for name in contestants}
    for _ in range(REPEATS):
        for name in contestants:
            runs[name].append(run(name, count))
    return {name: middle(each) for name, each in runs.items()} | {"stall": child("stall", count)}


def ratio(found: dict[str, Figures], ours: str, theirs: str) -> float | None:
    """Return our CPU a probe as a part of theirs."""
    return round(found[ours]["cpu_us"] / found[theirs]["cpu_us"], 3) if theirs in found else None


def main() -> None:
    """Measure and print; the last line is JSON."""
    if not shutil.which("fping"):
        print("SKIPPED: fping is not installed (apt install fping), so there are no ratios to it")
    os.chdir(Path(__file__).parents[1])  # the children import from here
    namespace.enter()
    told: dict[str, object] = {"bench": "probes", "period_s": PERIOD, "repeats": REPEATS}
    print("targets contestant    µs/probe  false loss  RSS MB  RTT ms p50      p99")
    for count in SIZES:
        found = compare(count)
        for name, each in found.items():
            print(
                f"{count:7} {name:12} {each['cpu_us']:9.2f} {each['false_loss']:11.5f} {each['rss_mb']:7.1f} "
                f"{each['rtt_ms_p50']:11.3f} {each['rtt_ms_p99']:8.3f}"
            )
        told[str(count)] = found | {
            "ratio_of_a_round": ratio(found, "round", "fping"),
            "ratio_when_steady": ratio(found, "steady", "fping steady"),
            "ratio_of_steady_to_fping_round": ratio(found, "steady", "fping"),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
