"""A row of the table at work: its channels in groups, each group a task of its own for one process."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import get_context
from random import Random

from bench.detect.drive import drive
from bench.detect.model import draw
from bench.detect.path import Fates
from bench.detect.peers import PEERS, follow
from bench.detect.rows import WORLDS, Row
from bench.detect.score import Tally, score
from bench.detect.world import World
from incidents.policy import Policies

GROUP = 27  # channels that one watch looks after, about
Source = Callable[[], World]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A group of channels of the model; the same for every policy."""

    world: str
    number: int
    channels: int
    days: float
    warmup: float
    seed: int
    uniform: bool = False

    def __call__(self) -> World:
        """Draw them."""
        model = WORLDS[self.world]
        model = replace(model, uniform=self.uniform or model.uniform)
        seed = f"{self.seed}/{self.world}/{self.number}"
        return draw(model, self.channels, self.days, self.warmup, seed).world()


@dataclass(frozen=True, slots=True)
class Given:
    """A part of a trace."""

    part: World

    def __call__(self) -> World:
        """Return it."""
        return self.part


@dataclass(frozen=True, slots=True)
class Task:
    """A policy over one group."""

    row: Row
    source: Source
    seed: str


def drawn(row: Row, channels: int, days: float, warmup: float, seed: int, *, uniform: bool) -> Iterator[Task]:
    """Yield the tasks of *row*: its share of the *channels*, *days* long, *warmup* of them not scored."""
    family = WORLDS[row.world].family
    families = max(1, round(channels * row.share / family))
    size = max(1, GROUP // family)
    for number, first in enumerate(range(0, families, size)):
        count = min(size, families - first) * family
        source = Drawn(row.world, number, count, days, warmup, seed, uniform)
        yield Task(row, source, f"{seed}/{row}/{number}")


def given(row: Row, world: World, seed: int) -> Iterator[Task]:
    """Yield the tasks of *row* over a trace, its families whole."""
    for number, part in enumerate(parts(world)):
        yield Task(row, Given(part), f"{seed}/{number}")


def parts(world: World) -> Iterator[World]:
    """Yield *world* in parts of about a group each, all with its anchors; what hangs together stays so."""
    families: dict[str, list[str]] = {}
    for name in world.paths:
        families.setdefault(_root(world, name), []).append(name)
    members: list[str] = []
    for family in families.values():
        members += family
        if len(members) >= GROUP:
            yield _part(world, members)
            members = []
    if members:
        yield _part(world, members)


def run(tasks: Iterable[Task], processes: int) -> Iterator[tuple[Row, Tally]]:
    """Yield the tally of each task as it comes, worked off by so many *processes*."""
    tasks = list(tasks)
    with get_context("fork").Pool(processes) as pool:
        yield from pool.imap(work, tasks)


def work(task: Task) -> tuple[Row, Tally]:
    """Return the tally of one task."""
    world, row = task.source(), task.row
    if row.ours:
        return row, drive(world, Policies().profiles[row.policy], row.timeout, task.seed)
    total = Tally()
    for name, path in world.paths.items():
        random = Random(f"{task.seed}/{name}")
        changes, pings = follow(PEERS[row.policy], Fates(path, random), world.span, random)
        one = score(world.truth[name], changes, span=world.span, warmup=world.warmup, unseen=world.unseen)
        one.probes = pings
        total += one
    return row, total


def _root(world: World, name: str) -> str:
    seen = {name}
    while (above := world.behind.get(name)) is not None and above not in seen:
        seen.add(name := above)
    return name


def _part(world: World, members: list[str]) -> World:
    mine = set(members)
    return replace(
        world,
        paths={name: world.paths[name] for name in members},
        truth={name: world.truth[name] for name in members},
        behind={name: above for name, above in world.behind.items() if name in mine},
    )
