"""Names that are everyday words as well: whether the words around one make a name of it."""

import re
from collections.abc import Sequence
from functools import cache

from intents.knowledge import rows

# What stands before a place, and what is said of a unit.
_BEFORE = frozenset(
    "o tai ben cho phia tren duoi kenh mang truyen ubnd ban vi tram trung cua ve vao khu diem cho thon".split()
)
_AFTER = re.compile(
    r"(?:$|[?!.,;:(]|(?:e |em |minh |toi |hien |dang |da |lai |vua |van |bi |hom nay |sang nay |tu sang |co )*"
    r"(?:mat|mang|rot|cham|chap|dut|khong|k|ko|hong|dien|cup|sap|chua|den|modem|ket noi|duong truyen|on|thong|"
    r"binh thuong|bao|cat|het|yeu|lag|co|roi|r|a|nhe|va|voi|the nao|net|internet|ok|up|down|treo|web|mot cua)\b)"
)


@cache
def _contexts() -> dict[str, re.Pattern[str] | None]:
    """Return the names, and around which words each is none; * marks what is everyday with diacritics too."""
    found: dict[str, re.Pattern[str] | None] = {}
    for name, said in rows("everyday.tsv"):
        plain = name.removeprefix("*")
        found[name] = re.compile(rf"\b(?:{said.replace('..', plain)})\b") if said else None
    return found


def everyday(
    plain: Sequence[str], start: int, end: int, *, titled: bool = False, written: bool = False, marked: bool = False
) -> bool:
    """Say whether the words from *start* to *end* are no name here.

    *titled* is whether a title stands before them, *written* whether they begin with capitals as a name
    does, *marked* whether they bear the name's diacritics.
    """
    name = " ".join(plain[start:end])
    if f"*{name}" in _contexts():
        name = f"*{name}"
    elif marked:
        return False
    if name not in _contexts() or written:
        return False
    around = " ".join(plain[max(0, start - 3) : end + 3])
    said = _contexts()[name]
    if said and said.search(around):
        return True
    if titled:
        return False
    after = " ".join(plain[end : end + 4])
    begins = start == 0 or not plain[start - 1].isalnum() or plain[start - 1] in _BEFORE
    return not (begins and _AFTER.match(after))
