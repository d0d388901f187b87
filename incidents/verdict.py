"""What is believed of one series, outcome by outcome: up, suspected, down or returning."""

from enum import StrEnum
from typing import NamedTuple

from incidents import chain
from incidents.chain import BURST, Nature, State
from incidents.habit import Expectation, Silence
from incidents.outcome import Observation
from incidents.policy import Detection

NEVER = float("-inf")
LOSSY = 0.5  # from this probability on a line is in a bad spell
BY_CHANCE = 2.0  # seconds: losses of a bad spell may run so long into a blip


class Standing(StrEnum):
    """How a series stands."""

    NEW = "new"
    UP = "up"
    SUSPECT = "suspect"
    DOWN = "down"
    RETURNING = "returning"


class Belief(NamedTuple):  # one is made of every outcome
    """What is believed of a series; times are seconds of the monotonic clock.

    Answers in a row only count up (*calm*); the chain takes them in with the next miss, in one step.
    """

    standing: Standing = Standing.NEW
    misses: int = 0
    replies: int = 0
    silent_since: float = NEVER  # when the first probe of this silence was sent
    returned: float = NEVER  # when the first answer after a silence was asked for
    replied: float = NEVER  # when the last answered probe was sent
    hold: float = NEVER  # no outage is declared before this
    state: State = State()
    stamp: float = NEVER  # when the probe was sent that *state* took in last
    calm: int = 0  # answers since then
    lossy: bool = False  # the silence began in a bad spell

    @property
    def sure(self) -> float:
        """How probable it is that the line is down."""
        return self.state.down


def hear(belief: Belief, observation: Observation, expected: Expectation, rule: Detection) -> Belief:
    """Return the belief after *observation*; an outcome that tells nothing changes nothing.

    Nor does one that comes late: of a probe sent before the last answered one, or before the silence began.
    """
    if not observation.outcome.known or observation.sent <= belief.replied:
        return belief
    if observation.outcome.answered:
        if observation.sent < belief.silent_since:
            return belief
        return _answered(belief, observation.sent, expected.nature, rule)
    return _missed(belief, observation, expected, rule)


def rest(belief: Belief, replies: int, last: float) -> Belief:
    """Return the belief of a series that is up after *replies* more answers, evenly until *last*."""
    assert belief.standing is Standing.UP
    return belief._replace(calm=belief.calm + replies, replied=last)


def doubted(belief: Belief) -> Belief:
    """Return the belief of a silence that was proven as one that is only suspected: one answer ends it."""
    return belief._replace(standing=Standing.SUSPECT)


def renew(belief: Belief, at: float, hold: float) -> Belief:
    """Return the belief of a series whose silence so far proves nothing: it counts afresh from *at*."""
    if belief.standing is Standing.UP:
        return belief
    if belief.standing is Standing.NEW:
        return belief._replace(hold=hold)
    return Belief(
        Standing.SUSPECT, silent_since=at, returned=belief.returned, replied=belief.replied, hold=hold
    )


def ended(before: Belief, after: Belief) -> Silence | None:
    """Return the silence that an answer has just ended, or None where none has."""
    if after.standing is not Standing.UP or before.standing in (Standing.UP, Standing.NEW):
        return None
    lossy = max(before.state.bad, after.state.bad) >= LOSSY
    within = before.silent_since - before.returned <= BURST
    return Silence(
        at=after.replied,
        seconds=after.returned - before.silent_since,
        misses=before.misses,
        burst=lossy and not within,
        within=within,
    )


def _answered(belief: Belief, sent: float, nature: Nature, rule: Detection) -> Belief:
    match belief.standing:
        case Standing.UP:
            return belief._replace(replied=sent, calm=belief.calm + 1)
        case Standing.DOWN:
            replies, standing, returned = 1, Standing.RETURNING, sent
        case Standing.RETURNING:
            replies, standing, returned = belief.replies + 1, Standing.RETURNING, belief.returned
        case _:
            replies, standing, returned = rule.replies, Standing.UP, sent
    if replies >= rule.replies:
        standing = Standing.UP
    state = chain.answered(_now(belief, sent, nature), nature)
    return Belief(
        standing, 0, replies, belief.silent_since, returned, sent, belief.hold, state=state, stamp=sent
    )


def _missed(belief: Belief, observation: Observation, expected: Expectation, rule: Detection) -> Belief:
    match belief.standing:
        case Standing.DOWN:
            return belief
        case Standing.SUSPECT if observation.sent < belief.silent_since:
            return belief  # a probe of before the silence counted afresh
        case Standing.RETURNING:
            return belief._replace(standing=Standing.DOWN, replies=0)
    nature, sent = expected.nature, observation.sent
    before = _now(belief, sent, nature)
    if belief.standing is not Standing.SUSPECT:
        lossy = before.bad >= LOSSY
        belief = belief._replace(standing=Standing.SUSPECT, misses=0, silent_since=sent, lossy=lossy)
    state = chain.missed(before, nature)
    doubted = belief._replace(misses=belief.misses + 1, state=state, stamp=sent, calm=0)
    if _proven(doubted, observation.heard, expected, rule):
        return doubted._replace(standing=Standing.DOWN)
    return doubted


def _proven(belief: Belief, heard: float, expected: Expectation, rule: Detection) -> bool:
    """Whether the silence is long enough, of enough losses, and so an outage as surely as *rule* asks."""
    guard = expected.guard + (BY_CHANCE if belief.lossy else 0.0)
    long_enough = heard - belief.silent_since >= guard and belief.misses >= expected.misses
    return long_enough and heard >= belief.hold and belief.state.down >= rule.confidence


def _now(belief: Belief, sent: float, nature: Nature) -> State:
    """Return the state just before the probe of *sent* told anything."""
    state, stamp = belief.state, belief.stamp
    if belief.calm:
        state = chain.rested(state, belief.calm, belief.replied - stamp, nature)
        stamp = belief.replied
    return chain.passed(state, max(0.0, sent - stamp), nature) if stamp > NEVER else state
