"""Detection: how many false alarms, how late and at how many probes the core finds outages, beside its peers.

The production core (`incidents`) is driven in virtual time over modelled or recorded traces: docs/traces.md
has their format; the rules of the score are in bench/detect/score.py. One JSON line comes last.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import IO

from bench.detect import compact, seconds
from bench.detect.model import draw
from bench.detect.peers import EARLIER, PEERS
from bench.detect.reading import TraceError
from bench.detect.rows import PROFILES, WORLDS, Row, grid, usual
from bench.detect.runs import Task, drawn, given, run
from bench.detect.score import Tally
from bench.detect.table import HEAD, Result
from bench.detect.traces import SILENCE, read_trace

CHANNELS, DAYS, WARMUP = 214, 37.0, 7.0
QUICK_CHANNELS, QUICK_DAYS, QUICK_WARMUP = 27, 9.0, 2.0


def options() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="a taste of each row, in about a minute")
    size.add_argument("--full", action="store_true", help="every world by every policy, for hours")
    parser.add_argument("--only", default="", help="rows whose world or policy contains this")
    parser.add_argument("--lengths", choices=("log", "uniform"), default="log", help="how lengths are drawn")
    parser.add_argument("--channels", type=int, help=f"of a row (default {CHANNELS})")
    parser.add_argument("--days", type=float, help=f"of a row, warm-up included (default {DAYS:g})")
    parser.add_argument("--warmup", type=float, help=f"days that are not scored (default {WARMUP:g})")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--trace", type=Path, help="a trace instead of the model")
    parser.add_argument("--truth", type=Path, help="its true outages: channel,start,length")
    parser.add_argument("--silence", type=float, default=SILENCE, help="s of silence that are an outage")
    parser.add_argument("--profile", choices=PROFILES, help="one profile instead of all, over a trace")
    parser.add_argument("--timeout", type=float, help="of a probe over a trace, in s (default: learned)")
    parser.add_argument("--make", choices=list(WORLDS), help="write a trace")
    parser.add_argument("--seconds", action="store_true", help="write it second by second")
    parser.add_argument("--out", type=Path, help="where to (default: standard output)")
    return parser.parse_args()


def main() -> None:
    """Make a trace, or run the rows asked for and print what they came to."""
    asked = options()
    try:
        if asked.make:
            make(asked)
            return
        tasks = list(of_trace(asked) if asked.trace else of_model(asked))
    except TraceError as error:
        sys.exit(str(error))
    began = monotonic()
    results = list(report(run(tasks, asked.processes), tasks))
    compare([each for each in results if each.row.policy in EARLIER and each.row.world == "plain"])
    told = {"bench": "detection", "seconds": round(monotonic() - began, 1), "seed": asked.seed}
    told |= {"lengths": asked.lengths, "trace": asked.trace and asked.trace.name}
    print(json.dumps(told | {"rows": [each.figures() for each in results]}))


def of_model(asked: argparse.Namespace) -> Iterator[Task]:
    """Yield the tasks of the model's rows."""
    small = (QUICK_CHANNELS, QUICK_DAYS, QUICK_WARMUP) if asked.quick else (CHANNELS, DAYS, WARMUP)
    channels, days = asked.channels or small[0], asked.days or small[1]
    warmup = small[2] if asked.warmup is None else asked.warmup
    for row in grid() if asked.full else usual():
        if asked.only in row.world or asked.only in row.policy:
            yield from drawn(row, channels, days, warmup, asked.seed, uniform=asked.lengths == "uniform")


def of_trace(asked: argparse.Namespace) -> Iterator[Task]:
    """Yield the tasks of every policy over the trace."""
    world = read_trace(asked.trace, asked.truth, asked.silence)
    policies = [asked.profile] if asked.profile else [*PROFILES, *PEERS]
    for policy in policies:
        yield from given(Row(asked.trace.name[:22], policy, asked.timeout), world, asked.seed)


def report(tallies: Iterable[tuple[Row, Tally]], tasks: list[Task]) -> Iterator[Result]:
    """Print each row as its last task is done, and yield it."""
    print(HEAD)
    left = {row: sum(task.row == row for task in tasks) for row in dict.fromkeys(task.row for task in tasks)}
    totals = {row: Tally() for row in left}
    for row, tally in tallies:
        totals[row] += tally
        left[row] -= 1
        if not left[row]:
            result = Result(row, totals[row])
            told = [f"  fails: {each}" for each in result.failings()]
            told += [f"    {each}" for each in result.tally.strays[:3]]
            print(result.line(), *told, sep="\n", flush=True)
            yield result


def compare(peers: list[Result]) -> None:
    """Print the peers beside the earlier simulation."""
    if peers:
        print("\noutages of 60 s and more: false, median, p95, p99, probes/h (in an earlier simulation)")
        print(*(each.beside_earlier() for each in peers), sep="\n")


def make(asked: argparse.Namespace) -> None:
    """Write a trace of the model."""
    days, warmup = asked.days or 1.0, asked.warmup or 0.0
    model = replace(WORLDS[asked.make], uniform=asked.lengths == "uniform")
    script = draw(model, asked.channels or 4, days, warmup, f"{asked.seed}/{asked.make}")
    lines = seconds.write(script.world(), str(asked.seed)) if asked.seconds else compact.write(script)
    with _writing(asked.out) as file:
        file.writelines(f"{line}\n" for line in lines)


def _writing(out: Path | None) -> AbstractContextManager[IO[str]]:
    if out is None:
        return nullcontext(sys.stdout)
    return gzip.open(out, "wt", encoding="utf-8") if out.suffix == ".gz" else out.open("w", encoding="utf-8")


if __name__ == "__main__":
    main()
