"""The references of an inventory: whom each code means, among the sheets and what is known already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from storage.inventory.cycles import cycles
from storage.inventory.entries import Entry
from storage.inventory.known import Known
from storage.inventory.problem import Problem
from storage.inventory.rows import UnitKey

T = TypeVar("T")


class Units:
    """The units that may be referred to: the sheet's go before those known already."""

    def __init__(self, known: Known, entries: Iterable[Entry]) -> None:
        self._edition = known.edition
        self._sheet: dict[str, set[UnitKey]] = defaultdict(set)
        self._known: dict[str, set[UnitKey]] = defaultdict(set)
        for entry in entries:
            if key := self.key(entry):
                self._sheet[key.code].add(key)
        for key in known.parents:
            self._known[key.code].add(key)

    def key(self, entry: Entry) -> UnitKey | None:
        """Return the key of a row of *units*, or None where its code is no code."""
        code = entry.get("code")
        return UnitKey(entry.get("edition") or self._edition, code) if code else None

    def find(self, reference: str, edition: str | None = None) -> tuple[UnitKey, ...]:
        """Return the units that «code» or «edition/code» may mean, of one edition if it is given."""
        named, _, code = reference.rpartition("/")
        edition = named or edition
        for units in (self._sheet, self._known):
            meant = tuple(key for key in sorted(units.get(code, ())) if edition in (None, key.edition))
            if meant:
                return meant
        return ()


def unknown_units(entries: Iterable[Entry], column: str, units: Units) -> Iterator[Problem]:
    """Yield the references to no unit, or to more than one."""
    for entry in entries:
        own = units.key(entry) if entry.sheet == "units" else None
        for reference in _references(entry, column):
            meant = units.find(reference, own.edition if own else None)
            if not meant:
                yield entry.problem(
                    column, reference, "the code of a unit in the sheet units or known already"
                )
            elif len(meant) > 1:
                ways = " or ".join("/".join(key) for key in meant)
                yield entry.problem(column, reference, f"a unit of one edition: {ways}")


def unknown_codes(
    entries: Iterable[Entry], column: str, codes: Iterable[str], noun: str
) -> Iterator[Problem]:
    """Yield the references to none of *codes*."""
    known = frozenset(codes)
    for entry in entries:
        if (value := entry.get(column)) and value not in known:
            yield entry.problem(column, value, f"the code of a {noun} in the sheet {noun}s or known already")


def duplicates(keyed: Iterable[tuple[Entry, T | None]], column: str) -> Iterator[Problem]:
    """Yield the rows whose key an earlier row has."""
    seen: dict[T, Entry] = {}
    for entry, key in keyed:
        if key is None:
            continue
        first = seen.setdefault(key, entry)
        if first is not entry:
            yield entry.problem(column, str(entry.get(column)), f"each once; row {first.row} has it already")


def circles(
    above: Mapping[T, T | None], rows: Mapping[T, Entry], column: str, noun: str
) -> Iterator[Problem]:
    """Yield a problem for every circle that a row of the sheet has a part in."""
    for circle in cycles(above):
        entry = next((rows[each] for each in circle if each in rows), None)
        if entry is not None:
            way = " → ".join(_said(each) for each in (*circle, circle[0]))
            expected = f"{noun} that does not lead back to itself ({way})"
            yield entry.problem(column, str(entry.get(column)), expected)


def _references(entry: Entry, column: str) -> tuple[str, ...]:
    value = entry.get(column)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _said(key: object) -> str:
    return key.code if isinstance(key, UnitKey) else str(key)
