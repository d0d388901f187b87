"""Flood: one account reports more than can be read; it is told so once, until it calms."""

from operations.announce import Notice, tell
from operations.desk import Act
from storage import reports
from storage.letters import Address


async def floods(act: Act, person: int) -> bool:
    """Return whether *person* has written as many reports as are taken in within so short a time."""
    reporting = act.policies.reporting
    return await reports.count(act.session, person, act.at - reporting.flood_within) >= reporting.flood


async def slow(act: Act, person: int, where: Address) -> None:
    """Say once that no more is taken in, and with which ticket the last one is kept."""
    last = await reports.newest(act.session, person)
    if last is not None:
        notice = Notice("flood", {"within": act.policies.reporting.flood_within.total_seconds()})
        await tell(act, [where], notice, last.incident_id, f"flood:{last.id}", asked=True)
