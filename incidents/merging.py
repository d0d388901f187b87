"""Merging: which tickets may become parts of another, and why others may not."""

from collections.abc import Collection, Sequence

from incidents.model import Incident
from incidents.refusal import Refusal


def unfit(target: Incident, parts: Sequence[Incident], above: Collection[int]) -> dict[int, Refusal]:
    """Return why tickets cannot be made one, by their numbers; empty where they can.

    *above* are the tickets that *target* came out of: one of those takes it in, and not the other way round.
    """
    why = {each.id: _unfit(each) for each in (target, *parts)}
    found = {number: refusal for number, refusal in why.items() if refusal is not None}
    return {each.id: Refusal.CYCLE for each in parts if each.id in above} | found


def _unfit(incident: Incident) -> Refusal | None:
    if not incident.live:
        return Refusal.CLOSED
    return None if incident.of_lines else Refusal.NO_LINE
