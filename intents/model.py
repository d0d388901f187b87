"""The model: how strongly each feature speaks for each intent, and what a message's features come to."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, sqrt

from intents.knowledge import FOLDER, digest, intents, rows, signals

PRIOR = 0.4  # what a signal is worth, for each point of its strength
WEIGHTS = FOLDER / "weights.tsv"  # made by intents/learning.py

Weights = Mapping[str, Sequence[float]]


def judge(features: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Return the intents of a message with these *features* and their chances, 0 to 1, the best first."""
    chances = zip(intents(), softmax(scores(_weights(), features)), strict=True)
    return tuple(sorted(chances, key=lambda each: -each[1]))


def scores(weights: Weights, features: Sequence[str]) -> list[float]:
    """Return a score for each intent: what the signals are worth, and the weights of the features known.

    The weights are divided by the root of their number, so that a long message is not surer for its length.
    """
    total = [0.0] * len(intents())
    known = [row for each in features if (row := weights.get(each))]
    if known:
        scale = 1 / sqrt(len(known))
        total = [sum(column) * scale for column in zip(*known, strict=True)]
    for index, worth in hints(features):
        total[index] += worth
    return total


def hints(features: Sequence[str]) -> list[tuple[int, float]]:
    """Return what the signals among the *features* are worth, by the index of their intent."""
    found = (signals()[int(each.split()[1])] for each in features if each.startswith("signal "))
    return [(intents().index(signal.intent), PRIOR * signal.strength) for signal in found]


def softmax(values: Sequence[float]) -> list[float]:
    """Return the chances that the scores stand for."""
    top = max(values)
    raised = [exp(value - top) for value in values]
    total = sum(raised)
    return [each / total for each in raised]


def stale() -> bool:
    """Say whether the knowledge has changed since the weights were learnt."""
    return next(rows(WEIGHTS.name)) != ["digest", digest()]


@cache
def _weights() -> Weights:
    found: dict[str, Sequence[float]] = {}
    for feature, said in list(rows(WEIGHTS.name))[1:]:
        row = [0.0] * len(intents())
        for each in said.split():
            index, weight = each.split(":")
            row[int(index)] = int(weight) / 100
        found[feature] = row
    return found
