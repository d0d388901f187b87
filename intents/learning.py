"""Learning: the weights, from the examples, by logistic regression with AdaGrad steps.

`python -m intents.learning` writes them anew after a line of the knowledge was changed. Features are left
out at random while learning (blankout noise), so that no intent hangs on a single word.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from random import Random

from intents.features import features
from intents.knowledge import digest, examples, intents
from intents.model import WEIGHTS, scores, softmax
from intents.plain import marked, plain
from intents.tokens import words_in

ROUNDS = 10
STEP = 0.5
DECAY = 5e-4
BLANKED = 0.45
RARE = 3  # examples a feature must be in
SMALL = 0.7  # weights that are as good as none
CERTAIN = 0.002  # errors that are as good as none
SEEDS = (1, 2, 3, 4)  # the mean of what several orders teach is surer where it is right (bagging)

Sample = tuple[Sequence[str], int]  # features, and the index of the intent


def samples(given: Iterable[tuple[str, str]]) -> list[Sample]:
    """Return the features of texts with their intents."""
    said = ((intent, words_in(text)) for intent, text in given)
    return [
        (features(plain(word.plain for word in words), marked(words)), intents().index(intent))
        for intent, words in said
    ]


def learn(given: Sequence[Sample]) -> dict[str, list[float]]:
    """Return the weights that samples teach; the same for the same samples in the same order."""
    taught = [_learn(given, seed) for seed in SEEDS]
    return {
        each: [
            sum(column) / len(SEEDS) for column in zip(*(weights[each] for weights in taught), strict=True)
        ]
        for each in taught[0]
    }


def _learn(given: Sequence[Sample], seed: int) -> dict[str, list[float]]:
    counts = Counter(each for found, _ in given for each in found)
    weights = {each: [0.0] * len(intents()) for each, count in counts.items() if count >= RARE}
    squares = {each: [1e-6] * len(intents()) for each in weights}
    dice, order = Random(seed), list(given)  # noqa: S311 (no secret)
    for _ in range(ROUNDS):
        dice.shuffle(order)
        for found, right in order:
            kept = [each for each in found if dice.random() >= BLANKED]
            _step(weights, squares, kept, right)
    return weights


def _step(
    weights: dict[str, list[float]], squares: dict[str, list[float]], found: Sequence[str], right: int
) -> None:
    wrong = softmax(scores(weights, found))
    wrong[right] -= 1
    known = [each for each in found if each in weights]
    scale = 1 / sqrt(len(known) or 1)
    moved = [(index, error * scale) for index, error in enumerate(wrong) if abs(error) > CERTAIN]
    for each in known:
        row, square = weights[each], squares[each]
        for index, error in moved:
            slope = error + DECAY * row[index]
            square[index] += slope * slope
            row[index] -= STEP * slope / sqrt(square[index])


def lines(weights: dict[str, list[float]]) -> Iterator[str]:
    """Yield the lines of the file of weights: a feature, and index:weight in hundredths."""
    yield "# made by python -m intents.learning; by the index of the intent in the alphabet, in hundredths"
    yield f"digest\t{digest()}"
    for feature, row in sorted(weights.items()):
        said = " ".join(
            f"{index}:{weight * 100:.0f}" for index, weight in enumerate(row) if abs(weight) >= SMALL
        )
        if said:
            yield f"{feature}\t{said}"


def main() -> None:
    """Write the weights that the examples teach."""
    weights = learn(samples(examples()))
    WEIGHTS.write_text("\n".join(lines(weights)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
