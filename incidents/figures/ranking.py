"""Rankings: the channels that were out the longest, and those that fail again and again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from incidents.figures.ledger import Cut, Ledger


@dataclass(frozen=True, slots=True)
class Sufferer:
    """A channel with what it was out for, by the carrier's doing and at all but shut, in so many cases."""

    channel: int
    carrier: timedelta
    out: timedelta
    cases: int


def worst(ledger: Ledger, cut: Cut, count: int) -> tuple[Sufferer, ...]:
    """Return at most *count* channels that were out by the carrier's doing, the longest first."""
    seen = [each for each in _sufferers(ledger, cut) if each.carrier]
    return tuple(sorted(seen, key=lambda each: (-each.carrier, -each.out, each.channel))[:count])


def repeated(ledger: Ledger, cut: Cut, least: int) -> tuple[Sufferer, ...]:
    """Return the channels of at least *least* cases of the span, the most frequent first."""
    seen = [each for each in _sufferers(ledger, cut) if each.cases >= least]
    return tuple(sorted(seen, key=lambda each: (-each.cases, -each.out, each.channel)))


def _sufferers(ledger: Ledger, cut: Cut) -> Iterable[Sufferer]:
    counts = Counter(channel for case in ledger.cases for channel in case.channels)
    for channel in sorted(cut.channels & ledger.parts.keys()):
        parts = ledger.parts[channel]
        yield Sufferer(channel, parts.carrier, parts.suffered, counts[channel])
