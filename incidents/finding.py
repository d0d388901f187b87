"""A person's report held against the probes of that moment: where to look first."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from incidents.outcome import Outcome

LOSSY = 0.1  # of the last minutes' probes: a line that lost so much is not good, though it answers now

Outcomes = Mapping[int, Iterable[Outcome]]  # by series


class Finding(StrEnum):
    """What the probes say of a unit whose officer says that the line is bad."""

    LINE_GOOD = "line_good"  # look inside the unit: power, device, LAN
    LINE_BAD = "line_bad"  # some probes are lost
    LINE_DOWN = "line_down"
    CARRIED = "carried"  # one of its channels is down, another carries it
    UPLINK_DOWN = "uplink_down"  # and so is the channel it hangs behind
    UNSEEN = "unseen"  # the probes told nothing


SILENT = frozenset({Finding.LINE_DOWN, Finding.UPLINK_DOWN})
WELL = frozenset({Finding.LINE_GOOD, Finding.CARRIED})  # the unit is reached


def find(own: Iterable[Outcomes], uplink: Outcomes) -> Finding:
    """Return the finding from the outcomes of each of the unit's channels and of what is above them."""
    mine = [max(shares) for shares in map(_shares, own) if shares]
    above = _shares(uplink)
    if not mine:
        return Finding.UNSEEN
    if min(mine) == 1:
        return Finding.LINE_GOOD
    if max(mine) == 1 and min(mine) == 0:
        return Finding.CARRIED
    if max(mine) > 0:
        return Finding.LINE_BAD
    return Finding.UPLINK_DOWN if above and max(above) == 0 else Finding.LINE_DOWN


def lately(finding: Finding, loss: float, *, troubled: bool) -> Finding:
    """Return the finding for somebody who says that the line is unsteady.

    A burst that is answered tells of half a second: *loss* is the share of the last minutes' probes that was
    lost, *troubled* whether the line was degraded or flapping in them.
    """
    return Finding.LINE_BAD if finding is Finding.LINE_GOOD and (loss >= LOSSY or troubled) else finding


def _shares(outcomes: Outcomes) -> list[float]:
    """Return the share of answers of each series that told anything."""
    shares = []
    for series in outcomes.values():
        known = [outcome.answered for outcome in series if outcome.known]
        if known:
            shares.append(sum(known) / len(known))
    return shares
