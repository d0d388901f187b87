"""What the probes of a service say of it at this moment, which any of them may answer for."""

from collections.abc import Iterable
from enum import StrEnum

from incidents.outcome import Outcome


class Proof(StrEnum):
    """Whether a service answers."""

    ANSWERS = "answers"
    PARTLY = "partly"
    SILENT = "silent"
    UNSEEN = "unseen"  # the probes told nothing
    UNPROBED = "unprobed"  # it has none


def prove(series: Iterable[Iterable[Outcome]]) -> Proof:
    """Return what the outcomes of each of a service's series come to: as good as the best of them."""
    series = tuple(series)
    if not series:
        return Proof.UNPROBED
    known = [[outcome.answered for outcome in each if outcome.known] for each in series]
    shares = [sum(each) / len(each) for each in known if each]
    if not shares:
        return Proof.UNSEEN
    best = max(shares)
    return Proof.ANSWERS if best == 1 else Proof.PARTLY if best > 0 else Proof.SILENT
