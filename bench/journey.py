"""Journey: from the cut of a line to the message in chat, and what watching takes beside Prometheus."""

import argparse
import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from bench.cuts import Cuts, at_once, behind, messages, one_by_one
from bench.meter import Use, measure
from bench.ours import all_up, incidents, ours
from bench.peer import missing, peer
from bot.box import ANCHORS, Box, open_box
from sandbox.network import namespace

UPLINK = "H171U"  # of the sample; thirty channels hang behind it
APART = 7.0  # seconds between cuts: with its redraw a card counts twice among Telegram's 20 messages a minute
PEER_APART = 3.0  # no redraws there
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything: single cuts by profile and the peer's; turns and spans in seconds."""

    cuts: dict[str, int]
    peer_cuts: int
    turns: int  # ours and the peer, one after the other; the median of the turns is compared
    span: float  # of a turn, whole minutes since some chores come by the minute
    hush: float  # in which the first message is to stay alone
    listen: float  # to a cut of everything, from the first message on


FULL = Plan({"nhanh": 12, "can_bang": 12}, peer_cuts=5, turns=2, span=60, hush=10, listen=60)
QUICK = Plan({"nhanh": 2}, peer_cuts=2, turns=1, span=10, hush=4, listen=14)

GOALS = {
    "a cut with the profile nhanh is told within 9 s (median)": lambda t: t["cuts"]["nhanh"]["p50_s"] <= 9,
    "every cut is told": lambda t: not any(each["lost"] for each in t["cuts"].values()),
    "no false alarm": lambda t: not any(each["false"] for each in (*t["cuts"].values(), t["ours"])),
    "a dead uplink is one message, and it counts those behind": lambda t: (
        t["uplink"]["messages"] == 1 and t["uplink"]["counts"]
    ),
    "silent anchors are one notice and no incident": lambda t: (
        t["blind"]["messages"] == 1 and not t["blind"]["incidents"]
    ),
    "everything cut is told within 12 s": lambda t: t["wide"]["first_s"] <= 12,
    "and in at most 12 messages": lambda t: t["wide"]["messages"] <= 12,
    "at most half the peer's CPU": lambda t: "peer" not in t or t["cpu_ratio"] <= 0.5,
    "no more than the peer's memory": lambda t: "peer" not in t or t["rss_ratio"] <= 1,
}


@asynccontextmanager
async def _watched(profile: str = "can_bang") -> AsyncIterator[Box]:
    """Open a new box with a bot at work in it."""
    async with open_box(modes=("here",)) as box, ours(box, profile):
        yield box


async def travel(plan: Plan, random: Random) -> Told:
    """Play every journey of ours; those of many lines with the default profile."""
    told: Told = {"cuts": {}}
    for profile, count in plan.cuts.items():
        async with _watched(profile) as box:
            told["cuts"][profile] = _times(await one_by_one(box, count, APART, random))
    async with _watched() as box:
        told["uplink"] = await _uplink(box, plan.hush)
        told["blind"] = await _blind(box, plan.hush)
    async with _watched() as box:
        told["wide"] = await _wide(box, plan.listen)
    return told


async def _uplink(box: Box, hush: float) -> Told:
    below = behind(box, UPLINK)
    wave = await at_once(box, [UPLINK, *below], hush)
    await box.network.heal(UPLINK, *below)
    await all_up(box)
    counts = bool(wave.texts) and str(len(below)) in wave.texts[0]
    return {"behind": len(below), "first_s": wave.first, "messages": len(wave.texts), "counts": counts}


async def _blind(box: Box, hush: float) -> Told:
    before = await incidents()
    every = [*_channels(box), *ANCHORS]
    wave = await at_once(box, every, hush)
    more = await incidents() - before
    return {"first_s": wave.first, "messages": len(wave.texts), "incidents": more}


async def _wide(box: Box, listen: float) -> Told:
    every = _channels(box)
    wave = await at_once(box, every, listen)
    return {"cut": len(every), "first_s": wave.first, "messages": len(wave.texts), "within_s": listen}


def _channels(box: Box) -> list[str]:
    return [row.code for row in box.inventory.channels or ()]


async def compare(plan: Plan, random: Random) -> Told:
    """Let the contestants watch in turn while nothing happens; the peer's own cuts come last."""
    mine: list[Use] = []
    theirs: list[Use] = []
    false = 0
    cuts = None
    for turn in range(1, plan.turns + 1):
        async with open_box(modes=("here",)) as box, ours(box) as processes:
            mine.append(await measure(processes, plan.span))
            false += len(messages(box))
        if missing():
            continue
        async with open_box(modes=("here",)) as box, peer(box) as processes:
            theirs.append(await measure(processes, plan.span))
            if turn == plan.turns:
                cuts = await one_by_one(box, plan.peer_cuts, PEER_APART, random)
    told: Told = {"ours": _middle(mine) | {"false": false}}
    if cuts is not None:
        told["peer"] = _middle(theirs) | {"cuts": _times(cuts)}
        told |= {f"{name}_ratio": told["ours"][name] / told["peer"][name] for name in ("cpu", "rss")}
    return told


def _middle(uses: list[Use]) -> Told:
    """Return the median of the turns: CPU seconds a minute and resident megabytes."""
    cpu, rss = [each.cpu for each in uses], [each.rss for each in uses]
    return {"cpu": median(cpu), "rss": median(rss), "cpu_by_turn": cpu, "rss_by_turn": rss}


def _times(cuts: Cuts) -> Told:
    took = sorted(cuts.seconds)
    p95 = quantiles(took, n=20, method="inclusive")[-1]
    times = {"p50_s": median(took), "p95_s": p95, "max_s": took[-1], "seconds": took}
    return {"cuts": len(took)} | times | {"lost": cuts.lost, "false": cuts.false}


async def bench(plan: Plan, random: Random) -> Told:
    """Return every figure."""
    return rounded(await travel(plan, random) | await compare(plan, random))


def show(told: Told) -> None:
    """Print the table for people."""
    cuts = told["cuts"] | ({"peer": told["peer"]["cuts"]} if "peer" in told else {})
    print("watched by  cuts  median s     p95     max  untold  false alarms")
    for name, each in cuts.items():
        times = f"{each['p50_s']:8.1f} {each['p95_s']:7.1f} {each['max_s']:7.1f}"
        print(f"{name:10} {each['cuts']:5} {times:>25} {each['lost']:7} {each['false']:13}")
    print("cut                      first s  messages")
    behind_it = f"uplink, {told['uplink']['behind']} behind"
    for name, each in (
        (behind_it, told["uplink"]),
        ("all, anchors too", told["blind"]),
        ("all", told["wide"]),
    ):
        print(f"{name:24} {each['first_s']:7.1f} {each['messages']:9}")
    print("steady, 214 lines        CPU s/min  RSS MB")
    for name in ("ours", "peer"):
        if name in told:
            print(f"{name:24} {told[name]['cpu']:9.2f} {told[name]['rss']:7.1f}")


def rounded(told: Any) -> Any:
    """Return *told* with every number to the hundredth."""
    if isinstance(told, dict):
        return {name: rounded(each) for name, each in told.items()}
    if isinstance(told, list):
        return [rounded(each) for each in told]
    return round(told, 2) if isinstance(told, float) else told


def main() -> None:
    """Run and print; the last line is JSON, and a goal that was missed is exit status 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of it, in three minutes instead of twelve")
    parser.add_argument("--seed", type=int, default=7, help="which lines are cut, and when")
    given = parser.parse_args()
    plan, random = QUICK if given.quick else FULL, Random(given.seed)
    os.chdir(Path(__file__).parents[1])  # the processes import from here
    namespace.enter()
    if absent := missing():
        print(f"SKIPPED: {', '.join(absent)} not installed (apt install them), so there is no peer")
    told = asyncio.run(bench(plan, random))
    show(told)
    missed = [goal for goal, holds in GOALS.items() if not holds(told)]
    for goal in missed:
        print(f"MISSED: {goal}")
    print(
        json.dumps({"bench": "journey", "seed": given.seed, "turn_s": plan.span} | told | {"missed": missed})
    )
    if missed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
