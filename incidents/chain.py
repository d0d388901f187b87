"""A line as a chain of three states, good, bad and down, and what its outcomes tell of them."""

from math import exp
from typing import Final, NamedTuple

GOOD_LOSS: Final = 0.001  # probes lost by a line in order
BURST: Final = 60.0  # seconds that a bad spell lasts on the average


class Nature(NamedTuple):
    """What is expected of a line; rates are per second, *bad_loss* the share lost in a bad spell."""

    bursts: float
    outages: float
    bad_loss: float


class State(NamedTuple):
    """How probable it is that the line is bad (lossy), or down; the rest is good."""

    bad: float = 0.0
    down: float = 0.0


def passed(state: State, seconds: float, nature: Nature) -> State:
    """Return the state after *seconds* of which nothing was heard: the forward step of the chain."""
    stays, share = _mixing(seconds, nature)
    alive = 1.0 - state.down
    if alive <= 0.0:
        return state
    bad = share + (state.bad / alive - share) * stays
    alive *= exp(-nature.outages * seconds)
    return State(alive * bad, 1.0 - alive)


def missed(state: State, nature: Nature) -> State:
    """Return the state once a probe was lost, by Bayes' rule."""
    bad, good = state.bad * nature.bad_loss, (1.0 - state.bad - state.down) * GOOD_LOSS
    total = bad + good + state.down
    return State(bad / total, state.down / total)


def answered(state: State, nature: Nature) -> State:
    """Return the state once a probe was answered; a line that is down answers none."""
    bad, good = state.bad * (1.0 - nature.bad_loss), (1.0 - state.bad - state.down) * (1.0 - GOOD_LOSS)
    return State(bad / (bad + good)) if bad + good else State(1.0)


def rested(state: State, replies: int, seconds: float, nature: Nature) -> State:
    """Return the state after *replies* answers, evenly over *seconds*: as many steps in one.

    Every answer rules the outage out, so two states are left, and a step is a matrix: its power is taken.
    """
    if replies == 0:
        return state
    stays, share = _mixing(seconds / replies, nature)
    bad_answers, good_answers = 1.0 - nature.bad_loss, 1.0 - GOOD_LOSS
    step = (
        (1.0 - (1.0 - share) * (1.0 - stays)) * bad_answers,  # bad to bad
        share * (1.0 - stays) * bad_answers,  # good to bad
        (1.0 - share) * (1.0 - stays) * good_answers,  # bad to good
        (1.0 - share * (1.0 - stays)) * good_answers,  # good to good
    )
    power = _power(step, replies)
    good = 1.0 - state.bad - state.down
    bad, good = power[0] * state.bad + power[1] * good, power[2] * state.bad + power[3] * good
    return State(bad / (bad + good))


_Matrix = tuple[float, float, float, float]


def _mixing(seconds: float, nature: Nature) -> tuple[float, float]:
    """Return how much of the past is left after *seconds*, and the share of bad time in the long run."""
    leaving = nature.bursts + 1.0 / BURST
    return exp(-leaving * seconds), nature.bursts / leaving


def _power(matrix: _Matrix, exponent: int) -> _Matrix:
    """Raise by squaring; scaled at every step, since only the ratios matter."""
    result: _Matrix = (1.0, 0.0, 0.0, 1.0)
    while exponent:
        if exponent & 1:
            result = _product(result, matrix)
        matrix = _product(matrix, matrix)
        exponent >>= 1
    return result


def _product(left: _Matrix, right: _Matrix) -> _Matrix:
    a, b, c, d = left
    e, f, g, h = right
    product = (a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h)
    scale = max(product)
    return (product[0] / scale, product[1] / scale, product[2] / scale, product[3] / scale)
