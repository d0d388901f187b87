"""The province's lines as the demo page sees them: a list, and two verbs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Line:
    """One line of the network, up or cut."""

    code: str
    name: str
    group: str
    up: bool


class Lines(Protocol):
    """What the page needs of a network in a box."""

    def lines(self) -> Sequence[Line]:
        """Return every line with its state."""
        ...

    async def cut(self, code: str) -> None:
        """Cut the line *code*."""
        ...

    async def heal(self, code: str) -> None:
        """Connect the line *code* again."""
        ...
