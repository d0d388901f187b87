"""The production core under the prober: its watch, told in its own words, and what it declared."""

from random import Random

from bench.detect.path import Fates
from bench.detect.prober import Lane, Prober, spread
from bench.detect.score import Change, Tally, score, under_way
from bench.detect.world import World
from incidents.correlation import Watch
from incidents.decision import Verdict
from incidents.lines import Line
from incidents.model import LineState
from incidents.outcome import Observation, Outcome, Reason
from incidents.policy import Detection
from incidents.wide import EVERYTHING, Group, Scope

OUT = (LineState.DOWN, LineState.UNREACHABLE)
TOLD = 5  # false alarms of one run that are told in words
LOOK_BACK = 30.0  # seconds of a line's life that are told with them
AREA, CARRIERS = 18, 3  # lines of an area; carriers
SILENT = Outcome(Reason.TIMEOUT)


def drive(world: World, profile: Detection, timeout: float | None, seed: str) -> Tally:
    """Let the watch look after *world* by *profile* and return its tally; no *timeout* is a learned one."""
    driver = Driver(world, profile)
    paths = [*world.paths.values(), *world.anchors.values()]
    fates = [Fates(path, Random(f"{seed}/{number}")) for number, path in enumerate(paths)]
    lanes = list(spread(fates, profile.period, timeout, Random(seed)))
    driver.lanes = {lane.series: lane for lane in lanes}
    Prober(lanes, driver, period=profile.period, pace=profile.quick, span=world.span).run()
    return driver.tally()


class Driver:
    """Takes the prober's outcomes to the watch, and keeps what it declares; a channel has one series."""

    def __init__(self, world: World, profile: Detection) -> None:
        self._world, self._names = world, list(world.paths)
        number = {name: index for index, name in enumerate(self._names, 1)}
        lines = [
            Line(each, (each,), number.get(world.behind.get(name, "")), _groups(each), profile)
            for name, each in number.items()
        ]
        anchors = range(len(lines) + 1, len(lines) + 1 + len(world.anchors))
        self._watch = Watch(lines, anchors, rule=profile)
        self._changes: dict[str, list[Change]] = {name: [] for name in self._names}
        self._found = Tally()
        self.lanes: dict[int, Lane] = {}

    def hear(self, series: int, latency: float | None, sent: float, heard: float) -> None:
        """Take in one outcome; no latency is a silence."""
        outcome = SILENT if latency is None else Outcome(Reason.REPLY, latency)
        self._watch.hear(Observation(series, outcome, sent, heard))

    def is_up(self, series: int) -> bool:
        """Return whether the watch holds this series to be up."""
        return self._watch.is_up(series)

    def calm(self, series: int, replies: int, last: float) -> None:
        """Take in so many replies more, to regular probes until one sent at *last*."""
        self._watch.rest(series, replies, last)

    def decide(self, at: float) -> None:
        """Settle at once what the watch declares."""
        decision = self._watch.decide(at)
        for verdict in decision.verdicts:
            self._note(verdict, at)
        if decision:
            self._watch.settle(decision, at)

    def hurried(self, at: float) -> frozenset[int]:
        """Return the series to probe quickly."""
        return self._watch.quick(at)

    def asked(self) -> frozenset[int]:
        """Return the series to probe once, now."""
        return self._watch.asks()

    def tally(self) -> Tally:
        """Return the score of all channels."""
        total, world = self._found, self._world
        for name, changes in self._changes.items():
            truth, unseen = world.truth[name], world.unseen
            total += score(truth, changes, span=world.span, warmup=world.warmup, unseen=unseen)
        total.probes = sum(self.lanes[series].probes for series in range(1, len(self._names) + 1))
        total.anchor_probes = sum(lane.probes for lane in self.lanes.values()) - total.probes
        total.anchor_hours = len(world.anchors) * world.span / 3600
        return total

    def _note(self, verdict: Verdict, at: float) -> None:
        name = self._names[verdict.channel - 1]
        out = verdict.state in OUT
        if out and at >= self._world.warmup:
            self._hold_against_parent(name, verdict, at)
            if not under_way(self._world.truth[name], at) and len(self._found.strays) < TOLD:
                self._found.strays.append(self._explain(name, verdict, at))
        self._changes[name].append(Change(at, out))

    def _hold_against_parent(self, name: str, verdict: Verdict, at: float) -> None:
        parent, world = self._world.behind.get(name), self._world
        if parent is None or under_way(world.alone[name], at) or not under_way(world.truth[parent], at):
            return
        announced = self._changes[parent]
        self._found.before_parent += not (announced and announced[-1].down)
        self._found.extra_roots += verdict.state is LineState.DOWN

    def _explain(self, name: str, verdict: Verdict, at: float) -> str:
        lane = self.lanes[verdict.channel]
        heard = "".join("." if answered else "x" for sent, answered in lane.recent if sent > at - LOOK_BACK)
        path = (self._world.paths | self._world.anchors)[name]
        return (
            f"{name} {verdict.state} at {at:.1f} s, silent since {verdict.since:.1f} s; outcomes {heard}; "
            f"path {'; '.join(path.near(verdict.since - 1, at))}; {verdict.grounds}"
        )


def _groups(channel: int) -> tuple[Group, ...]:
    return Group(Scope.AREA, channel // AREA), Group(Scope.CARRIER, channel % CARRIERS), EVERYTHING
