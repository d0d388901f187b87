"""A person's report held against the probes of that moment: where to look first."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from incidents.outcome import Outcome


class Finding(StrEnum):
    """What the probes say of a unit whose officer says that the line is bad."""

    LINE_GOOD = "line_good"  # look inside the unit: power, device, LAN
    LINE_BAD = "line_bad"  # some probes are lost
    LINE_DOWN = "line_down"
    UPLINK_DOWN = "uplink_down"  # and so is the channel it hangs behind
    UNSEEN = "unseen"  # the probes told nothing


def find(own: Mapping[int, Iterable[Outcome]], uplink: Mapping[int, Iterable[Outcome]]) -> Finding:
    """Return the finding from the outcomes, by series, of the unit's channels and of what is above them."""
    mine, above = _shares(own), _shares(uplink)
    if not mine:
        return Finding.UNSEEN
    best = max(mine)
    if best == 1:
        return Finding.LINE_GOOD
    if best > 0:
        return Finding.LINE_BAD
    return Finding.UPLINK_DOWN if above and max(above) == 0 else Finding.LINE_DOWN


def _shares(outcomes: Mapping[int, Iterable[Outcome]]) -> list[float]:
    """Return the share of answers of each series that told anything."""
    shares = []
    for series in outcomes.values():
        known = [outcome.answered for outcome in series if outcome.known]
        if known:
            shares.append(sum(known) / len(known))
    return shares
