"""Names that are one slip away: a letter more, less or wrong, two swapped, or sounds one in the north."""

from collections.abc import Sequence

from intents.distance import distance
from intents.naming import Named, Naming, same_letters, struck
from intents.plain import is_common, sound
from intents.syllables import is_syllable
from intents.wording import squeezed
from locales.folding import fold

SHORTEST = 6  # letters: shorter names are all one slip apart
SHORTEST_WORD = 8  # letters of a name typed as one word


def alike(naming: Naming, typed: Sequence[str], plain: Sequence[str], *, titled: bool) -> list[Named]:
    """Return the names near the words; without a title before them only one word may have slipped."""
    key = squeezed(tuple(plain))
    if len(key) < (SHORTEST_WORD if len(plain) == 1 else SHORTEST):
        return []
    if same := naming.sounds.get("".join(map(sound, plain))):
        return same
    near = {each for left in {key, *struck(key)} for each in naming.near.get(left, ())}
    return [each for each in near if _one_slip(key, each) and _slipped(typed, plain, each, titled=titled)]


def _one_slip(key: str, named: Named) -> bool:
    return distance(key, squeezed(tuple(fold(named.written).split())), 1) is not None


def _slipped(typed: Sequence[str], plain: Sequence[str], named: Named, *, titled: bool) -> bool:
    """Say whether one word alone is not the name's: no syllable, or after a title no common word."""
    written = named.written.split()
    if len(written) != len(plain):
        return titled  # run together, or apart
    wrong = [
        word
        for seen, word, name in zip(typed, plain, written, strict=True)
        if word != fold(name) or not same_letters(seen, name)
    ]
    return len(wrong) == 1 and not (is_common(wrong[0]) if titled else is_syllable(wrong[0]))
