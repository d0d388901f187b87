"""Pages: a part of a long list, and the buttons that turn to the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.cards.message import Button, Rows

Item = TypeVar("Item")
LONGEST = 80  # characters of a name in a list: so a page always fits a message


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """The items of one page, its *number* from 0 on, and how many there are."""

    items: tuple[Item, ...]
    number: int
    count: int

    def turns(self, data: Callable[[int], str]) -> Rows:
        """Return the row that turns the page; *data* makes a button's data of a page's number."""
        if self.count == 1:
            return ()
        steps = [
            ("‹", self.number - 1),
            (f"{self.number + 1}/{self.count}", self.number),
            ("›", self.number + 1),
        ]
        return (tuple(Button(label, data(to)) for label, to in steps if 0 <= to < self.count),)


def page(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """Return the page with this *number* of pages of *size* items; beyond the last one, the last."""
    count = max(1, -(-len(items) // size))
    number = min(max(number, 0), count - 1)
    return Page(tuple(items[number * size : (number + 1) * size]), number, count)


def short(name: str) -> str:
    """Return *name*, cut where it is too long for a line of a list."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
