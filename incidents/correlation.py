"""Who is to blame for a silence: the line, the uplink it hangs behind, what many share, or our own eyes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from math import inf
from typing import Final, NamedTuple

from incidents.beliefs import Beliefs
from incidents.decision import Decision, Grounds, Verdict, Why
from incidents.experience import Experience
from incidents.faults import Faults
from incidents.gathering import Gathering
from incidents.habit import BLIP, Habit
from incidents.lines import Line, Tree
from incidents.model import LineState
from incidents.outcome import Observation
from incidents.policy import Common, Detection
from incidents.sight import WITNESSES, Sight, seen_until, sight
from incidents.verdict import NEVER, Belief, Standing, doubted, hear, renew, rest

FRESH: Final = 1.0  # seconds; when something answered this long ago, our own way out was whole

_OUT: Final = frozenset({LineState.DOWN, LineState.UNREACHABLE})


class _Look(NamedTuple):
    """What one decision goes by: how we see and since when, and *until* when we are known to have seen."""

    at: float
    sight: Sight
    since: float
    until: Callable[[], float]


class Watch:
    """Every channel's belief and declared state.

    A channel is declared down only on the word of witnesses: an anchor and its uplink must each be up and
    have answered a probe sent after its silence began, and somebody just now. So a parent is always judged
    before its children, and our own blindness before any of them. A witness that never told anything is
    none; one that we cannot ask any more is silent to us. ``decide`` proposes; ``settle`` is called once it
    is written, so that what could not be written is proposed again.
    """

    def __init__(
        self,
        lines: Iterable[Line],
        anchors: Iterable[int] = (),
        declared: Mapping[int, LineState] | None = None,
        sight: Sight = Sight.CLEAR,
        *,
        rule: Detection | None = None,
        common: Common | None = None,
        habits: Mapping[int, Habit] | None = None,
    ) -> None:
        self._tree = Tree(lines)
        self._anchors = tuple(anchors)
        self.rules = {s: self._tree.lines[c].rule for s, c in self._tree.channel.items()}
        self._anchor_rule = rule or Detection()
        self.rules |= dict.fromkeys(self._anchors, self._anchor_rule)
        self.experience = Experience(self.rules, habits or {})
        self._gathering = Gathering(self._tree.groups, common or Common())
        declared = declared or {}
        self.states = {channel: declared.get(channel, LineState.UNKNOWN) for channel in self._tree.lines}
        self.sight = sight
        out = {LineState.DOWN} | ({LineState.BLIND} if sight is Sight.TOTAL else set())
        beliefs = {
            series: Belief(Standing.DOWN) if self.states[channel] in out else Belief()
            for series, channel in self._tree.channel.items()
        } | {a: Belief(Standing.DOWN) if sight is Sight.BLIND else Belief() for a in self._anchors}
        self._beliefs = Beliefs(self._tree, self._anchors, beliefs)
        self._open = set(self._tree.lines)  # channels whose standing and declared state may disagree
        self._asked: set[int] = set()
        self._answered = NEVER  # when anything answered last
        self._faults = Faults()
        self._lines_only = inf  # since when the lines answer while every anchor is silent

    @property
    def blind(self) -> bool:
        """Whether nothing can be said of any line."""
        return not self.sight.sees

    def hear(self, observation: Observation) -> None:
        """Take in one outcome; those of series no longer watched are dropped."""
        series = observation.series
        before = self._beliefs.of_series.get(series)
        if before is None:
            return
        channel = self._tree.channel.get(series)
        if not observation.outcome.known:
            self._unheard(series, channel, observation)
            return
        self._faults.clear(series)
        if observation.outcome.answered:
            self._answered = max(self._answered, observation.heard)
        if before.standing is Standing.DOWN and observation.outcome.answered and self._waits(channel):
            before = doubted(before)  # nobody was told, so there is nothing to take back with care
        expected = self.experience.expected(series, before, observation)
        after = hear(before, observation, expected, self.rules[series])
        if after is before:
            return
        self._beliefs.hold(series, after)
        if after.standing is not before.standing or after.standing is not Standing.UP:
            self._turned(series, channel, before, after)
        if channel is not None:
            self._open.add(channel)

    def is_up(self, series: int) -> bool:
        """Return whether nothing is held against this series."""
        return self._beliefs.of_series[series].standing is Standing.UP

    def rest(self, series: int, replies: int, last: float) -> None:
        """Take in *replies* more answers of a series that is up, evenly spaced until one sent at *last*."""
        self._beliefs.hold(series, rest(self._beliefs.of_series[series], replies, last))
        self._answered = max(self._answered, last)

    def decide(self, at: float) -> Decision:
        """Return what should be declared now, at *at* (monotonic seconds); parents before their children."""
        seen, since = self._sees(at)
        anchors = self._beliefs.anchors()
        look = _Look(at, seen, since, cache(lambda: seen_until(anchors, self._living)))
        if seen is not self.sight:
            self._open.update(self._tree.lines)
        held = self._held(at) if seen.sees else frozenset()
        verdicts: dict[int, Verdict] = {}
        for channel in self._tree.order(self._open - held):
            verdict = self._judge(channel, look, verdicts)
            if verdict is not None:
                verdicts[channel] = verdict
            elif self._settled(channel, at):
                self._open.discard(channel)
        return Decision(tuple(verdicts.values()), seen if seen is not self.sight else None, since)

    def settle(self, decision: Decision, at: float) -> None:
        """Hold what was written. Whoever hung behind a returned uplink, or our blindness, counts afresh."""
        returned = {each.channel for each in decision.verdicts if self._returns(each)}
        for verdict in decision.verdicts:
            self.states[verdict.channel] = verdict.state
        if returned:
            self._renew((c for c, above in self._tree.above.items() if not returned.isdisjoint(above)), at)
        if decision.sight is not None:
            was, self.sight = self.blind, decision.sight
            if was and not self.blind:
                self._renew(self._tree.lines, at)

    def quick(self, at: float) -> frozenset[int]:
        """Return the series to probe quickly: those in doubt, and the witnesses that a verdict waits for."""
        waiting = [channel for channel in self._open if self._waits(channel) or self._nears(channel, at)]
        series = set(self._series(channel for channel in self._open if self._in_doubt(channel, at)))
        series.update(self._series(above for channel in waiting for above in self._tree.above[channel]))
        if waiting:
            series.update(self._witnesses())
        anchors = {belief.standing for belief in self._beliefs.anchors()}
        if anchors & {Standing.SUSPECT, Standing.RETURNING}:
            series.update(self._anchors)
        return frozenset(series)

    def asks(self) -> frozenset[int]:
        """Return the series to probe once, now: who else may have fallen, and who can bear witness."""
        asked, self._asked = self._asked, set()
        return frozenset(asked)

    def _unheard(self, series: int, channel: int | None, observation: Observation) -> None:
        """Note a fault of our own; if it lasts, an anchor is silent to us, and of a line nothing is known."""
        self._faults.note(series, observation.sent)
        since = self._faults.since([series], observation.heard)
        if since is None:
            return
        standing = self._beliefs.of_series[series].standing
        if channel is not None:
            self._open.add(channel)
            self._beliefs.hold(series, Belief())
        elif standing not in (Standing.NEW, Standing.DOWN):
            self._beliefs.hold(series, Belief(Standing.DOWN, silent_since=since))

    def _turned(self, series: int, channel: int | None, before: Belief, after: Belief) -> None:
        """Learn from a silence that is over; at the first doubts have others asked."""
        above = () if channel is None else self._beliefs.above(channel)
        self.experience.take(series, before, after, above)
        if channel is None or after.standing is not Standing.SUSPECT:
            return
        if after.misses == 1:
            self._asked.discard(series)
            self._asked.update(self._series(self._tree.above[channel]), self._beliefs.up(channel))
        if after.misses == 2:
            self._asked.update(self._series(self._tree.below[channel]))

    def _witnesses(self) -> list[int]:
        """Return the series that tell whether we see: the anchors or, where there is none, a few lines."""
        up = (channel for channel in self._tree.lines if self._beliefs.standing(channel) is Standing.UP)
        return list(self._anchors) or self._series(islice(up, WITNESSES))

    def _living(self) -> Iterator[list[Belief]]:
        """Yield what is believed of each line that is not declared out: what may tell whether we see."""
        return self._beliefs.every(c for c, state in self.states.items() if state not in _OUT)

    def _sees(self, at: float) -> tuple[Sight, float]:
        """Return how we see and since when; that anchors alone are silent only once each was asked again."""
        if (unseen := self._faults.of_all(len(self._beliefs.of_series), at)) is not None:
            return Sight.BLIND, unseen
        seen, since = sight(self.sight, self._beliefs.anchors(), self._living)
        if seen is not Sight.LINES or self.sight is Sight.LINES:
            self._lines_only = inf
        else:
            self._lines_only = min(self._lines_only, at)
            if at - self._lines_only < 2 * self._anchor_rule.period:
                return self.sight, NEVER
        return seen, since

    def _held(self, at: float) -> frozenset[int]:
        """Return the channels whose verdict waits for those that seem to fall with them; have all asked."""
        silent = [channel for channel in self._open if self._silent_itself(channel)]
        doubted = [c for c in silent if self._beliefs.standing(c) is Standing.SUSPECT]
        held, asked = self._gathering.held(doubted, [c for c in silent if self._waits(c)], at)
        if asked:
            self._asked.update(self._anchors, self._series(asked))
        return held

    def _silent_itself(self, channel: int) -> bool:
        standing = self._beliefs.standing(channel)
        return standing in (Standing.SUSPECT, Standing.DOWN) and not self._beliefs.behind_doubt(channel)

    def _judge(self, channel: int, look: _Look, pending: Mapping[int, Verdict]) -> Verdict | None:
        state, standing = self.states[channel], self._beliefs.standing(channel)
        if standing is Standing.UP and state is not LineState.UP:
            return Verdict(channel, LineState.UP, self._beliefs.answered_since(channel), Why.REPLIED)
        if standing is Standing.NEW:
            return self._unknown(channel, look.at)
        if look.sight is Sight.TOTAL and standing in (Standing.SUSPECT, Standing.DOWN):
            return self._unseen(channel, look, Why.ALL)  # what is only suspected shares the fate of all
        if standing is not Standing.DOWN:
            return None
        if look.sight is Sight.BLIND:
            return self._unseen(channel, look, Why.ANCHORS)
        if self.blind:  # we see again just now: all that is silent counts afresh
            return None
        if state is LineState.DOWN or not self._seen(channel, look):
            return None
        return self._behind(channel, look.at, pending)

    def _seen(self, channel: int, look: _Look) -> bool:
        """Whether we are known to have seen since its silence began, and still to see."""
        until = look.until()
        fresh = until == inf or look.at - self._answered <= FRESH  # none can vouch, or somebody just did
        return fresh and until > self._beliefs.silent_since(channel)

    def _unseen(self, channel: int, look: _Look, why: Why) -> Verdict | None:
        state, since = self.states[channel], self._beliefs.silent_since(channel)
        if state is LineState.BLIND:
            return None
        if state in _OUT:  # it was out until we went blind
            since = max(since, look.since)
        return Verdict(channel, LineState.BLIND, since, why)

    def _unknown(self, channel: int, at: float) -> Verdict | None:
        since = self._faults.since(self._tree.lines[channel].series, at)
        if since is None or self.states[channel] is LineState.BLIND:
            return None
        return Verdict(channel, LineState.BLIND, since, Why.OURSELVES)

    def _behind(self, channel: int, at: float, pending: Mapping[int, Verdict]) -> Verdict | None:
        undecided, since = False, self._beliefs.silent_since(channel)
        for above in self._tree.above[channel]:
            if above in pending and self._returns(pending[above]):
                return None  # the uplink is back just now: what hangs behind it counts afresh
            state = pending[above].state if above in pending else self.states[above]
            if state is LineState.DOWN:
                if self.states[channel] is LineState.UNREACHABLE:
                    return None
                grounds = self._grounds(channel, at)
                return Verdict(channel, LineState.UNREACHABLE, since, Why.UPLINK, above, grounds)
            if self._beliefs.standing(above) is Standing.NEW:
                continue
            if self._beliefs.witnessed(above, since):
                break  # it lives, so whatever is above it does not matter
            undecided = True
        if undecided:  # an uplink may yet have to show whether it lives
            return None
        return Verdict(channel, LineState.DOWN, since, Why.SILENT, grounds=self._grounds(channel, at))

    def _grounds(self, channel: int, at: float) -> Grounds | None:
        """Return what the verdict rests on; nothing for a silence from before a restart."""
        last = max(
            self._tree.lines[channel].series, key=lambda each: self._beliefs.of_series[each].silent_since
        )
        belief, expected = self._beliefs.of_series[last], self.experience.last_expected(last)
        if belief.silent_since == NEVER:
            return None
        return Grounds(
            series=last,
            silence=round(at - belief.silent_since, 2),
            misses=belief.misses,
            sure=round(belief.state.down, 5),
            guard=expected.guard,
            bad_loss=round(expected.nature.bad_loss, 3),
            witness=self._beliefs.witness(channel, belief.silent_since),
        )

    def _returns(self, verdict: Verdict) -> bool:
        """Whether the verdict, not yet settled, ends an outage."""
        was = self.states[verdict.channel]
        return verdict.state is LineState.UP and was not in (LineState.UP, LineState.UNKNOWN)

    def _series(self, channels: Iterable[int]) -> list[int]:
        return [series for channel in channels for series in self._tree.lines[channel].series]

    def _in_doubt(self, channel: int, at: float) -> bool:
        """Whether it is to be probed quickly; for a while also after it was declared, lest it was a blip."""
        standing = self._beliefs.standing(channel)
        fresh = standing is Standing.DOWN and at - self._beliefs.silent_since(channel) < BLIP
        return standing in (Standing.SUSPECT, Standing.RETURNING) or fresh or self._waits(channel)

    def _settled(self, channel: int, at: float) -> bool:
        standing, state = self._beliefs.standing(channel), self.states[channel]
        if (standing, state) == (Standing.DOWN, LineState.DOWN):
            return not self._in_doubt(channel, at)
        return (standing, state) == (Standing.UP, LineState.UP)

    def _waits(self, channel: int | None) -> bool:
        """Whether its silence is proven, and not yet declared; of an anchor none ever is."""
        if channel is None or self.blind or self.states[channel] in _OUT:
            return False
        return self._beliefs.standing(channel) is Standing.DOWN

    def _nears(self, channel: int, at: float) -> bool:
        """Whether its silence may soon be proven: by then its witnesses have to have been heard of."""
        if self.blind or self._beliefs.standing(channel) is not Standing.SUSPECT:
            return False
        return at - self._beliefs.silent_since(channel) >= self._tree.lines[channel].rule.guard - FRESH

    def _renew(self, channels: Iterable[int], at: float) -> None:
        for channel in channels:
            if self.states[channel] is LineState.DOWN:
                continue  # of its own, and told already
            hold = at + self._tree.lines[channel].rule.settle
            for series in self._tree.lines[channel].series:
                self._beliefs.hold(series, renew(self._beliefs.of_series[series], at, hold))
            self._open.add(channel)
