"""A province of a few lines, probed by the second: what is cut is silent, and a watch hears of it."""

from dataclasses import dataclass, field

from incidents.correlation import Watch
from incidents.decision import Decision
from incidents.lines import Line
from incidents.outcome import Observation, Outcome, Reason
from incidents.policy import Detection

ANCHOR = 100
TOP, MIDDLE, LEAF, OTHER = 1, 2, 3, 4  # LEAF hangs behind MIDDLE, MIDDLE behind TOP
# Probed by the second and nowhere lossy: a silence is proven as soon as it is long enough.
RULE = Detection(guard=6, bad_loss=0.01, bursts=0.1, confidence=0.9)


def line(channel, series, uplink=None, **options):
    """Return a line that is judged by RULE."""
    return Line(channel, series, uplink, rule=RULE, **options)


TREE = (line(TOP, (1,)), line(MIDDLE, (2,), TOP), line(LEAF, (3, 33), MIDDLE), line(OTHER, (4,)))


@dataclass
class Network:
    """Lines and anchors, and what has befallen them."""

    tree: tuple[Line, ...] = TREE
    anchors: tuple[int, ...] = (ANCHOR,)
    cut: set[int] = field(default_factory=set)  # channels and anchors that pass nothing
    dead_series: set[int] = field(default_factory=set)
    faulty: set[int] = field(default_factory=set)  # series whose every probe fails by our own fault

    def __post_init__(self):
        self._uplinks = {line.channel: line.uplink for line in self.tree}
        self._channels = {series: line.channel for line in self.tree for series in line.series}

    def reaches(self, channel):
        """Whether a probe passes the channel and all it hangs behind."""
        while channel is not None:
            if channel in self.cut:
                return False
            channel = self._uplinks.get(channel)
        return True

    def series(self):
        """Return all that is probed."""
        return [*self.anchors, *self._channels]

    def channel(self, series):
        """Return the channel of a series, or None of an anchor."""
        return self._channels.get(series)

    def fate(self, series):
        """Return what becomes of a probe that is sent now."""
        if series in self.faulty:
            return Reason.SEND_FAILED
        channel = self.channel(series)
        passes = series not in self.cut if channel is None else self.reaches(channel)
        return Reason.REPLY if passes and series not in self.dead_series else Reason.TIMEOUT


@dataclass
class Province(Network):
    """A network with its watch, which hears of every series each second."""

    watch: Watch | None = None
    at: float = 1000.0
    decisions: list[Decision] = field(default_factory=list)

    @classmethod
    def of(cls, tree=TREE, anchors=(ANCHOR,), **options):
        return cls(tree, anchors, watch=Watch(tree, anchors, rule=RULE, **options))

    def live(self, seconds, probed=None, write=True):
        """Let *seconds* pass, each with a probe of every series; return the verdicts as (channel, state)."""
        said = []
        for _ in range(seconds):
            self.at += 1
            for series in sorted(self.series() if probed is None else probed):
                self.watch.hear(self._outcome(series))
            decision = self.watch.decide(self.at)
            if decision and write:
                self.watch.settle(decision, self.at)
                self.decisions.append(decision)
            said += [(each.channel, each.state) for each in decision.verdicts]
        return said

    def _outcome(self, series):
        reason = self.fate(series)
        if reason is Reason.REPLY:
            return Observation(series, Outcome(reason, 0.01), self.at - 0.9, self.at - 0.89)
        return Observation(series, Outcome(reason), self.at - 0.9, self.at)
