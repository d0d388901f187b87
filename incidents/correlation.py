"""Who is to blame for a silence: the line, the uplink it hangs behind, or our own eyes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from incidents.model import LineState
from incidents.outcome import Observation
from incidents.policy import Detection
from incidents.verdict import NEVER, Belief, Standing, hear, renew


class Why(StrEnum):
    """The rule a verdict rests on."""

    SILENT = "silent"  # it and nothing else we look at
    UPLINK = "uplink"  # the channel it hangs behind is dead
    REPLIED = "replied"
    ANCHORS = "anchors"  # nothing we look at answers, the anchors included


@dataclass(frozen=True, slots=True)
class Line:
    """A channel to watch: its series, of which any may answer for it, and the channel it hangs behind."""

    channel: int
    series: tuple[int, ...]
    uplink: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A channel's new state, since when (monotonic seconds), why, and the dead uplink it hangs behind."""

    channel: int
    state: LineState
    since: float
    why: Why
    root: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What should now be written; *blind* is whether we see, where that has changed."""

    verdicts: tuple[Verdict, ...] = ()
    blind: bool | None = None
    since: float = NEVER

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.verdicts) or self.blind is not None


class Watch:
    """Every channel's belief and declared state.

    A channel is declared down only on the word of witnesses: an anchor and its uplink must each be up and
    have answered a probe sent after its silence began. So a parent is always judged before its children,
    and our own blindness before any of them. A witness that never told anything is none. ``decide``
    proposes; ``settle`` is called once it is written, so that what could not be written is proposed again.
    """

    def __init__(
        self,
        lines: Iterable[Line],
        anchors: Iterable[int] = (),
        rule: Detection | None = None,
        declared: Mapping[int, LineState] | None = None,
        blind: bool = False,
    ) -> None:
        self.rule = rule or Detection()
        lines = tuple(lines)
        self._lines = {line.channel: line for line in lines if line.series}
        self._uplinks = {line.channel: line.uplink for line in lines}  # also of those without a probe
        self._anchors = tuple(anchors)
        declared = declared or {}
        self.states = {channel: declared.get(channel, LineState.UNKNOWN) for channel in self._lines}
        self.blind = blind
        self._channel = {series: line.channel for line in self._lines.values() for series in line.series}
        self._beliefs = {
            series: Belief(Standing.DOWN) if self.states[channel] is LineState.DOWN else Belief()
            for series, channel in self._channel.items()
        } | {anchor: Belief(Standing.DOWN) if blind else Belief() for anchor in self._anchors}
        self._rank = {channel: len(list(self._above(channel))) for channel in self._lines}
        self._below: dict[int, list[int]] = {channel: [] for channel in self._lines}
        for channel in self._lines:
            for above in self._above(channel):
                self._below[above].append(channel)
        self._open = set(self._lines)  # channels whose standing and declared state may disagree

    def hear(self, observation: Observation) -> None:
        """Take in one outcome; those of series no longer watched are dropped."""
        belief = self._beliefs.get(observation.series)
        if belief is None:
            return
        self._beliefs[observation.series] = hear(belief, observation, self.rule)
        if (channel := self._channel.get(observation.series)) is not None:
            self._open.add(channel)

    def decide(self) -> Decision:
        """Return what should be declared now; parents come before their children."""
        blind, since = self._sight()
        verdicts: dict[int, Verdict] = {}
        for channel in sorted(self._open, key=lambda channel: (self._rank[channel], channel)):
            verdict = self._judge(channel, blind, verdicts)
            if verdict is not None:
                verdicts[channel] = verdict
            elif self._settled(channel):
                self._open.discard(channel)
        return Decision(tuple(verdicts.values()), blind if blind != self.blind else None, since)

    def settle(self, decision: Decision, at: float) -> None:
        """Hold what was written. Whoever hung behind a returned uplink, or our blindness, counts afresh."""
        returned = {each.channel for each in decision.verdicts if self._returns(each)}
        for verdict in decision.verdicts:
            self.states[verdict.channel] = verdict.state
        if decision.blind is not None:
            self.blind = decision.blind
        if returned:
            self._renew((c for c in self._lines if not returned.isdisjoint(self._above(c))), at)
        if decision.blind is False:
            self._renew(self._lines, at)

    def quick(self) -> frozenset[int]:
        """Return the series to probe quickly: those in doubt, and the witnesses of every suspicion."""
        series: set[int] = set()
        for channel in self._open:
            standing = self._standing(channel)
            if standing in (Standing.SUSPECT, Standing.RETURNING):
                series.update(self._lines[channel].series)
            if standing is Standing.SUSPECT:  # if it falls, its first card is to say who fell with it
                series.update(s for below in self._below[channel] for s in self._lines[below].series)
            if standing is Standing.SUSPECT or self._waits(channel):
                series.update(self._anchors)
                series.update(s for above in self._above(channel) for s in self._lines[above].series)
        if any(self._beliefs[anchor].standing is Standing.RETURNING for anchor in self._anchors):
            series.update(self._anchors)
        return frozenset(series)

    def _judge(self, channel: int, blind: bool, pending: Mapping[int, Verdict]) -> Verdict | None:
        state, standing = self.states[channel], self._standing(channel)
        if standing is Standing.UP and state is not LineState.UP:
            return Verdict(channel, LineState.UP, self._answered_since(channel), Why.REPLIED)
        if standing is not Standing.DOWN:
            return None
        since = self._silent_since(channel)
        if blind:
            return self._unseen(channel, since)
        if self.blind:  # we see again just now: all that is silent counts afresh
            return None
        if state is LineState.DOWN or not self._witness(self._anchors, since):
            return None
        return self._behind(channel, since, pending)

    def _unseen(self, channel: int, since: float) -> Verdict | None:
        state = self.states[channel]
        if state is LineState.BLIND:
            return None
        if state in (LineState.DOWN, LineState.UNREACHABLE):  # it was out until we went blind
            since = max(since, *(self._beliefs[anchor].silent_since for anchor in self._anchors))
        return Verdict(channel, LineState.BLIND, since, Why.ANCHORS)

    def _behind(self, channel: int, since: float, pending: Mapping[int, Verdict]) -> Verdict | None:
        undecided = False
        for above in self._above(channel):
            if above in pending and self._returns(pending[above]):
                return None  # the uplink is back just now: what hangs behind it counts afresh
            state = pending[above].state if above in pending else self.states[above]
            if state is LineState.DOWN:
                if self.states[channel] is LineState.UNREACHABLE:
                    return None
                return Verdict(channel, LineState.UNREACHABLE, since, Why.UPLINK, root=above)
            if self._standing(above) is Standing.NEW:
                continue
            if self._witness(self._lines[above].series, since):
                break  # it lives, so whatever is above it does not matter
            undecided = True
        # an uplink may yet have to show whether it lives
        return None if undecided else Verdict(channel, LineState.DOWN, since, Why.SILENT)

    def _sight(self) -> tuple[bool, float]:
        beliefs = [self._beliefs[anchor] for anchor in self._anchors]
        dark = (Standing.DOWN, Standing.RETURNING)
        if not beliefs:
            return False, NEVER
        if all(belief.standing in dark for belief in beliefs):
            return True, max(belief.silent_since for belief in beliefs)
        if self.blind and not any(belief.standing is Standing.UP for belief in beliefs):
            return True, NEVER
        return False, max(belief.returned for belief in beliefs)

    def _witness(self, series: Iterable[int], since: float) -> bool:
        """Whether one of *series* is up and answered after *since*; those never heard of have no say."""
        beliefs = [self._beliefs[each] for each in series]
        heard = [belief for belief in beliefs if belief.standing is not Standing.NEW]
        return not heard or any(each.standing is Standing.UP and each.replied > since for each in heard)

    def _returns(self, verdict: Verdict) -> bool:
        """Whether the verdict, not yet settled, ends an outage."""
        was = self.states[verdict.channel]
        return verdict.state is LineState.UP and was not in (LineState.UP, LineState.UNKNOWN)

    def _above(self, channel: int) -> Iterable[int]:
        """Yield the probed channels it hangs behind, the nearest first."""
        seen = {channel}
        above = self._uplinks[channel]
        while above is not None and above not in seen:
            if above in self._lines:
                yield above
            seen.add(above)
            above = self._uplinks.get(above)

    def _standing(self, channel: int) -> Standing:
        standings = {self._beliefs[series].standing for series in self._lines[channel].series}
        for standing in (Standing.UP, Standing.RETURNING, Standing.SUSPECT, Standing.DOWN):
            if standing in standings:
                return standing
        return Standing.NEW

    def _settled(self, channel: int) -> bool:
        standing, state = self._standing(channel), self.states[channel]
        return (standing, state) in ((Standing.UP, LineState.UP), (Standing.DOWN, LineState.DOWN))

    def _silent_since(self, channel: int) -> float:
        return max(self._beliefs[series].silent_since for series in self._lines[channel].series)

    def _answered_since(self, channel: int) -> float:
        beliefs = [self._beliefs[series] for series in self._lines[channel].series]
        return min(belief.returned for belief in beliefs if belief.standing is Standing.UP)

    def _waits(self, channel: int) -> bool:
        """Whether its silence is proven and only the witnesses are missing."""
        undeclared = self.states[channel] in (LineState.UP, LineState.UNKNOWN)
        return undeclared and self._standing(channel) is Standing.DOWN

    def _renew(self, channels: Iterable[int], at: float) -> None:
        for channel in channels:
            if self.states[channel] is LineState.DOWN:
                continue  # of its own, and told already
            for series in self._lines[channel].series:
                self._beliefs[series] = renew(self._beliefs[series], at, at + self.rule.settle)
            self._open.add(channel)
