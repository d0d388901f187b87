"""Numbers by the moment they are due: entering and taking one costs the same however many wait."""

from math import ceil, floor
from typing import Final

GRAIN: Final = 0.02  # seconds; so much later than due a number may be taken, and never earlier


class Wheel:
    """A timing wheel whose slots are there only while something is in them (Varghese and Lauck, 1987)."""

    def __init__(self) -> None:
        self._slots: dict[int, list[int]] = {}

    def add(self, number: int, due: float) -> None:
        """Enter *number*, due at *due* (seconds)."""
        self._slots.setdefault(ceil(due / GRAIN), []).append(number)

    def take(self, now: float) -> list[int]:
        """Take out what is due at *now*, slot by slot in the order of time."""
        if not self._slots:
            return []
        upto = floor(now / GRAIN)
        past = sorted(slot for slot in self._slots if slot <= upto)
        return [number for slot in past for number in self._slots.pop(slot)]
