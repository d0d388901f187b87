"""The command: rows of the model, traces, and what it says of a wrong one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.detect.model import Model, draw
from bench.detect.rows import WORLDS, Row, grid, usual
from bench.detect.runs import drawn, parts
from bench.detect.score import Tally
from bench.detect.table import Result

ROOT = Path(__file__).parents[2]
TRACES = sorted((ROOT / "bench" / "traces").iterdir())


def detection(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench.detection", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=100, check=False)


@pytest.mark.parametrize("trace", TRACES, ids=lambda path: path.name)
def test_an_example_is_small_and_its_json_line_comes_last(trace):
    assert trace.stat().st_size < 100_000
    done = detection("--trace", trace, "--profile", "can_bang", "--processes", 1)
    (row,) = json.loads(done.stdout.splitlines()[-1])["rows"]
    assert row["outages"] > 0
    assert row["missed"] == 0
    assert row["policy"] == "can_bang"


def test_a_trace_that_was_made_is_read(tmp_path):
    out = tmp_path / "made.csv.gz"
    assert not detection("--make", "uplinks", "--channels", 21, "--days", 0.2, "--out", out).stderr
    done = detection("--trace", out, "--processes", 1)
    rows = json.loads(done.stdout.splitlines()[-1])["rows"]
    assert {"can_bang", "nagios"} < {row["policy"] for row in rows}
    assert len({row["outages"] for row in rows}) == 1


def test_a_wrong_trace_is_told_in_one_line(tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("a,0,soon\n")
    done = detection("--trace", path)
    assert done.returncode == 1
    assert done.stderr == f"{path}:1: outcome is 'soon'; expected a number of at least 0.\n"


def test_every_row_has_a_world_and_the_goals_are_of_ours():
    rows = [*usual(), *grid()]
    assert {row.world for row in rows} == set(WORLDS)
    assert all(row.ours for row in rows if row.goal)
    assert all(row.goal for row in usual() if row.ours and row.world not in ("plain", "calmer-mix"))


def test_a_row_has_all_its_channels_in_whole_families():
    for world, channels in (("plain", 214), ("uplinks", 210)):
        tasks = list(drawn(Row(world, "can_bang"), 214, 37, 7, 1, uniform=False))
        assert sum(task.source.channels for task in tasks) == channels
    assert len(tasks[0].source().paths) == tasks[0].source.channels


def test_the_parts_of_a_trace_keep_together_what_hangs_together():
    whole = draw(Model(children=9), 200, 1, 0, "seed").world()
    several = list(parts(whole))
    assert len(several) > 1
    assert sorted(name for part in several for name in part.paths) == sorted(whole.paths)
    assert all(above in part.paths for part in several for above in part.behind.values())


def test_the_model_has_the_rates_and_ranges_it_states():
    script = draw(Model(), 60, 30, 0, "seed")
    outages = [event for event in script.events if event.kind == "outage"]
    assert len(outages) / 60 == pytest.approx(20, rel=0.1)
    assert min(event.length for event in outages) >= 10
    assert max(event.length for event in outages) <= 6 * 3600
    bursts = [event for event in script.events if event.kind == "burst"]
    assert len(bursts) / 60 / 30 == pytest.approx((2 + 8 + 40) / 3, rel=0.1)
    assert all(0.3 <= event.loss <= 0.6 for event in bursts)


def test_false_alarms_are_scaled_to_214_channel_months_and_goals_told_apart():
    tally = Tally(channel_days=107 * 30, channel_hours=1.0, probes=724, counted=2, false=1)
    tally.delays = [(60.0, 8.0), (60.0, 12.0)]
    tally.missed = [21.0, 10.0]
    result = Result(Row("plain", "can_bang"), tally)
    assert result.false == 2
    assert result.failings() == [
        "false alarms 1.0 > 0",
        "median 12.0 > 8.6",
        "p99 12.0 > 11.1",
        "missed, longer than may be waited 1.0 > 0",
    ]
