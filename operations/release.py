"""Release: what is watched no longer leaves its incidents, and its state is not known from then on."""

from collections.abc import Iterable
from datetime import datetime

from incidents.actions import Leave
from incidents.model import Incident, LineState
from operations.desk import Act, Desk
from operations.heed import let_go, unseen
from operations.respond import take_quietly
from storage import incidents, intervals
from storage.intervals import Change


async def release(desk: Desk, at: datetime | None = None) -> tuple[int, ...]:
    """Let go of every channel that is retired or has no probe left; return them."""
    async with desk.look(at) as act:
        live = await incidents.live(act.session)
        if not await _unwatched(act, live) and not unseen(act, live):
            return ()
    async with desk.act(at) as act:
        live = await incidents.live(act.session)
        await let_go(act, live)
        gone = await _unwatched(act, live)
        unwatched = [Change(channel, LineState.UNKNOWN, act.at, "unwatched") for channel in gone]
        await intervals.append(act.session, unwatched)
        for incident in live:
            leaving = tuple(channel for channel in incident.silent if channel in gone)
            if leaving:  # quietly: nobody knows whether the line is back
                await take_quietly(act, incident, Leave(leaving, act.at))
        return gone


async def _unwatched(act: Act, live: Iterable[Incident]) -> tuple[int, ...]:
    latest = await intervals.latest(act.session, retired=True)
    held = {channel for channel, row in latest.items() if row.state != LineState.UNKNOWN}
    held |= {channel for incident in live for channel in incident.silent}
    return tuple(sorted(channel for channel in held if not act.directory.watched(channel)))
