"""A command as people spell it: with diacritics and spaces, in wide letters, or a slip away."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import accumulate

from bot.orders import Author, Order
from intents.distance import distance
from locales.folding import fold

MOST_WORDS = 5  # that a command may be spelled in: «/ báo sự cố»
SHORTEST = 5  # letters of a command that more words may follow, or that may have a slip
LONG = 9  # letters of one that may have two


def respelled(order: Order, names: Collection[str]) -> Order:
    """Return *order* with the longest of *names* that its words spell; where they spell none, as it is.

    «/báo sự cố mất mạng» and «/Báo_sự_cố mất mạng» are /baosuco with the words «mất mạng»; «/mất điện» is
    not the short /mat.
    """
    text = f"/{order.verb} {order.words}" if order.verb else order.words
    if order.tap or order.author is not Author.SENDER or not fold(text[:2]).startswith("/"):
        return order
    plain = {_letters(name): name for name in sorted(names, key=len, reverse=True)}  # the plainest last
    spelled = list(accumulate(map(_letters, text.split()[:MOST_WORDS])))
    for count, key in reversed(list(enumerate(spelled, 1))):
        rest = "".join(text.split(maxsplit=count)[count:]).strip()
        if key in plain and not (rest and len(key) < SHORTEST):
            return order if plain[key] == order.verb else replace(order, verb=plain[key], words=rest)
    return order


def nearest(typed: str, names: Iterable[str]) -> str | None:
    """Return the one of *names* that *typed* is a slip or two away from, if it is one alone."""
    key = _letters(typed)
    slips = 0 if len(key) < SHORTEST else 1 if len(key) < LONG else 2
    far = {name: distance(key, _letters(name), slips) for name in names}
    near = {name: slip for name, slip in far.items() if slip is not None}
    best = [name for name, slip in near.items() if slip == min(near.values())]
    return best[0] if len(best) == 1 else None


def _letters(word: str) -> str:
    """Return the plain letters and digits of *word*, without what calls a bot by its name."""
    return "".join(filter(str.isalnum, fold(word.split("@")[0])))
