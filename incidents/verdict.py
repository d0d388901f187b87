"""What is believed of one series, outcome by outcome: up, suspected, down or returning."""

from enum import StrEnum
from typing import NamedTuple

from incidents.outcome import Observation
from incidents.policy import Detection

NEVER = float("-inf")


class Standing(StrEnum):
    """How a series stands."""

    NEW = "new"
    UP = "up"
    SUSPECT = "suspect"
    DOWN = "down"
    RETURNING = "returning"


class Belief(NamedTuple):  # one is made of every outcome
    """What is believed of a series; times are seconds of the monotonic clock."""

    standing: Standing = Standing.NEW
    misses: int = 0
    replies: int = 0
    silent_since: float = NEVER  # when the first probe of this silence was sent
    returned: float = NEVER  # when the first answer after a silence was asked for
    replied: float = NEVER  # when the last answered probe was sent
    hold: float = NEVER  # no outage is declared before this


def hear(belief: Belief, observation: Observation, rule: Detection) -> Belief:
    """Return the belief after *observation*; an outcome that tells nothing changes nothing.

    Nor does one that comes late: of a probe sent before the last answered one, or before the silence began.
    """
    if not observation.outcome.known or observation.sent <= belief.replied:
        return belief
    if observation.outcome.answered:
        if observation.sent < belief.silent_since:
            return belief
        return _answered(belief, observation.sent, rule)
    return _missed(belief, observation, rule)


def renew(belief: Belief, at: float, hold: float) -> Belief:
    """Return the belief of a series whose silence so far proves nothing: it counts afresh from *at*."""
    if belief.standing is Standing.UP:
        return belief
    if belief.standing is Standing.NEW:
        return belief._replace(hold=hold)
    return belief._replace(standing=Standing.SUSPECT, misses=0, replies=0, silent_since=at, hold=hold)


def _answered(belief: Belief, sent: float, rule: Detection) -> Belief:
    heard = belief._replace(replied=sent)
    match belief.standing:
        case Standing.DOWN:
            heard = heard._replace(standing=Standing.RETURNING, replies=1, returned=sent)
        case Standing.RETURNING:
            heard = heard._replace(replies=belief.replies + 1)
        case Standing.UP:
            return heard
        case _:
            return heard._replace(standing=Standing.UP, misses=0, returned=sent, hold=NEVER)
    if heard.replies >= rule.replies:
        heard = heard._replace(standing=Standing.UP, misses=0)
    return heard


def _missed(belief: Belief, observation: Observation, rule: Detection) -> Belief:
    match belief.standing:
        case Standing.DOWN:
            return belief
        case Standing.SUSPECT if observation.sent < belief.silent_since:
            return belief  # a probe of before the silence counted afresh
        case Standing.RETURNING:
            return belief._replace(standing=Standing.DOWN, replies=0)
        case Standing.NEW | Standing.UP:
            return belief._replace(standing=Standing.SUSPECT, misses=1, silent_since=observation.sent)
    doubted = belief._replace(misses=belief.misses + 1)
    long_enough = observation.heard - belief.silent_since >= rule.guard and observation.heard >= belief.hold
    if long_enough and doubted.misses >= rule.misses:
        return doubted._replace(standing=Standing.DOWN)
    return doubted
