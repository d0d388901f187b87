"""The edit distance of two words, given up as soon as it is past a limit."""


def distance(one: str, other: str, limit: int) -> int | None:
    """Return how many slips (a letter more, less or wrong, two swapped) part the words, None past *limit*."""
    if abs(len(one) - len(other)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        older, before, row = before, row, [index]
        for column, against in enumerate(other, 1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != against))
            if index > 1 and column > 1 and letter == other[column - 2] and one[index - 2] == against:
                cost = min(cost, older[column - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
