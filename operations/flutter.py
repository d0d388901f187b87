"""Flutter: lines that go and come again and again are told of once, when it begins and when it is over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from incidents.flapping import flaps
from incidents.model import LineState
from incidents.roles import Room
from operations.announce import Notice, redraw, rooms_of, tell
from operations.desk import Act, Desk
from storage import incidents, intervals, spells
from storage.spells import FLAPPING
from storage.tables import Spell


async def settle_flutter(desk: Desk, at: datetime) -> None:
    """Have the lines that no longer flap told of."""
    async with desk.look(at) as act:
        restless = [id_ for id_, each in (await spells.present(act.session)).items() if _flapping(each)]
    if restless:
        async with desk.act(at) as act:
            await flutter(act, restless)


async def flutter(act: Act, channels: Iterable[int]) -> None:
    """Begin or end the flapping of each of *channels* by its last changes, with one notice."""
    rule = act.policies.flapping
    changes = await _changes(act, act.at - timedelta(minutes=rule.states))
    for channel in channels:
        spell = await spells.open_(act.session, channel, FLAPPING)
        mine = changes.get(channel, [])
        if flaps(mine, act.at, rule, present=spell is not None) == (spell is not None):
            continue
        if spell is None:
            began = min(mine)
            await spells.begin(act.session, channel, FLAPPING, began, {"changes": len(mine)})
            await _say(act, channel, "flapping", began, {"changes": len(mine)})
        else:
            await _steady(act, channel, spell)


async def _steady(act: Act, channel: int, spell: Spell) -> None:
    """End the spell, and tell how the line stays: it may well be that it is out for good."""
    await spells.end(act.session, channel, FLAPPING, act.at)
    row = (await intervals.latest(act.session, retired=True))[channel]
    await _say(act, channel, "steady", spell.began, {"state": row.state})
    for incident in await incidents.live(act.session):
        if incident.root == channel:
            await redraw(act, incident)


async def _say(act: Act, channel: int, name: str, since: datetime, more: dict[str, Any]) -> None:
    unit = act.directory.unit_of(channel)
    area = act.directory.area(unit.id or 0)
    data = {
        "unit": unit.name,
        "area": area.name if area else None,
        "channel": act.directory.channels[channel].code,
        "since": since.isoformat(),
    }
    await tell(act, await rooms_of(act, Room.ONCALL, unit.id), Notice(name, data | more))


async def _changes(act: Act, since: datetime) -> dict[int, list[datetime]]:
    """Return when each channel fell or returned after *since*; what hid it from us is no change."""
    found: dict[int, list[datetime]] = {}
    last: dict[int, str] = {}
    for row in await intervals.overlapping(act.session, since, act.at + timedelta(seconds=1)):
        if row.state not in (LineState.UP, LineState.DOWN):
            last.pop(row.channel_id, None)
            continue
        if last.get(row.channel_id, row.state) != row.state and row.since >= since:
            found.setdefault(row.channel_id, []).append(row.since)
        last[row.channel_id] = row.state
    return found


def _flapping(present: Iterable[Spell]) -> bool:
    return any(each.kind == FLAPPING for each in present)
