"""A province of a few lines, probed by the second: what is cut is silent, and a watch hears of it."""

from dataclasses import dataclass, field

from incidents.correlation import Decision, Watch
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
class Province:
    """Lines with their watch; *cut* holds the channels and anchors that pass nothing."""

    watch: Watch
    tree: tuple[Line, ...] = TREE
    anchors: tuple[int, ...] = (ANCHOR,)
    cut: set[int] = field(default_factory=set)
    dead_series: set[int] = field(default_factory=set)
    faulty: set[int] = field(default_factory=set)  # series whose every probe fails by our own fault
    at: float = 1000.0
    decisions: list[Decision] = field(default_factory=list)

    @classmethod
    def of(cls, tree=TREE, anchors=(ANCHOR,), **options):
        return cls(Watch(tree, anchors, rule=RULE, **options), tree, anchors)

    def live(self, seconds, probed=None, write=True):
        """Let *seconds* pass, each with a probe of every series; return the verdicts as (channel, state)."""
        said = []
        for _ in range(seconds):
            self.at += 1
            for series in sorted(self._series() if probed is None else probed):
                self.watch.hear(self._outcome(series))
            decision = self.watch.decide(self.at)
            if decision and write:
                self.watch.settle(decision, self.at)
                self.decisions.append(decision)
            said += [(each.channel, each.state) for each in decision.verdicts]
        return said

    def reaches(self, channel):
        """Whether a probe passes the channel and all it hangs behind."""
        uplinks = {line.channel: line.uplink for line in self.tree}
        while channel is not None:
            if channel in self.cut:
                return False
            channel = uplinks.get(channel)
        return True

    def _series(self):
        return [*self.anchors, *(series for line in self.tree for series in line.series)]

    def _outcome(self, series):
        if series in self.faulty:
            return Observation(series, Outcome(Reason.SEND_FAILED), self.at - 0.9, self.at)
        channel = next((line.channel for line in self.tree if series in line.series), None)
        passes = series not in self.cut if channel is None else self.reaches(channel)
        if passes and series not in self.dead_series:
            return Observation(series, Outcome(Reason.REPLY, 0.01), self.at - 0.9, self.at - 0.89)
        return Observation(series, Outcome(Reason.TIMEOUT), self.at - 0.9, self.at)
