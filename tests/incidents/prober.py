"""The engine in virtual time: every series at its period, those in doubt quickly, those asked at once."""

from collections import Counter
from heapq import heappop, heappush
from itertools import count
from random import Random

from incidents.correlation import Watch
from incidents.lines import Line
from incidents.outcome import Observation, Outcome, Reason
from incidents.policy import Detection
from incidents.wide import EVERYTHING, Group, Scope
from tests.incidents.province import ANCHOR, TREE, Network

TICK = 0.05  # seconds of outcomes that are heard together
TIMEOUT = 1.0
ROUND_TRIP = 0.02
AREA, CARRIERS = 10, 3  # lines of an area; carriers


def district(size, uplinks=None, rule=None):
    """Return the lines 1 to *size*, of areas and carriers, with a series each; *uplinks* are by channel."""
    rule, uplinks = rule or Detection(), uplinks or {}
    return tuple(Line(each, (each,), uplinks.get(each), _groups(each), rule) for each in range(1, size + 1))


def _groups(channel):
    return EVERYTHING, Group(Scope.AREA, channel // AREA), Group(Scope.CARRIER, channel % CARRIERS)


class Prober(Network):
    """Probes a network as its watch wants it, and keeps what the watch declared, as (at, verdict)."""

    def __init__(self, tree=TREE, anchors=(ANCHOR,), *, seed=0, at=1000.0, **options):
        super().__init__(tree, anchors)
        self.watch = Watch(tree, anchors, **options)
        self.at = at
        self.loss = {}  # by series: the share of its probes that is lost by chance
        self.said, self.sights = [], []
        self.probes = Counter()  # by series
        self.answered = set()  # (channel, sent)
        self._random = Random(seed)
        self._queue, self._ties = [], count()
        self._quick = frozenset()
        all_ = self._random.sample(self.series(), len(self.series()))
        for place, series in enumerate(all_):  # even phases
            self._push(at + place / len(all_) * self._period(series), self._turn, series)

    def live(self, seconds):
        """Let *seconds* pass; return the verdicts of that time as (channel, state)."""
        end, before = self.at + seconds, len(self.said)
        while self._queue[0][0] <= end:
            self._tick(min(end, self._queue[0][0] + TICK))
        self.at = end
        return [(verdict.channel, verdict.state) for _, verdict in self.said[before:]]

    def _tick(self, at):
        """Do all that falls in the tick that ends *at*, and have decided what was heard in it."""
        heard = False
        while self._queue[0][0] <= at:
            self.at, _, what, series = heappop(self._queue)
            heard |= bool(what(series))
        self.at = at
        if heard:
            self._decide()
            self._hasten()

    def _decide(self):
        decision = self.watch.decide(self.at)
        if decision:
            self.watch.settle(decision, self.at)
        self.said += [(self.at, verdict) for verdict in decision.verdicts]
        self.sights += [] if decision.sight is None else [(self.at, decision.sight)]

    def _hasten(self):
        quick, before = self.watch.quick(self.at), self._quick
        self._quick = quick
        for series in sorted(quick - before):
            self._hurry(series)
        for series in sorted(self.watch.asks()):
            self._send(series)

    def _turn(self, series):
        if series not in self._quick:
            self._send(series)
        self._push(self.at + self._period(series), self._turn, series)

    def _hurry(self, series):
        if series in self._quick:
            self._send(series)
            self._push(self.at + self.watch.rules[series].quick, self._hurry, series)

    def _send(self, series):
        self.probes[series] += 1
        reason = self.fate(series)
        if reason is Reason.REPLY and self._random.random() < self.loss.get(series, 0):
            reason = Reason.TIMEOUT
        if reason is Reason.REPLY:
            self.answered.add((self.channel(series), self.at))
        takes = {Reason.REPLY: ROUND_TRIP, Reason.TIMEOUT: TIMEOUT}.get(reason, 0.0)
        outcome = Outcome(reason, takes if reason is Reason.REPLY else None)
        observation = Observation(series, outcome, self.at, self.at + takes)
        self._push(observation.heard, self._hear, observation)

    def _hear(self, observation):
        self.watch.hear(observation)
        return True

    def _period(self, series):
        return self.watch.rules[series].period

    def _push(self, at, what, series):
        heappush(self._queue, (at, next(self._ties), what, series))
