"""Overview: the whole network, or a part of it, in figures; nothing is written."""

from collections import Counter
from dataclasses import dataclass

from operations.desk import Act
from operations.open_tickets import OpenTicket, open_tickets
from operations.survey import AreaCount, out_by_area
from storage import incidents, maintenance, spells
from storage.spells import DEGRADED, FLAPPING, OVERLOADED


@dataclass(frozen=True, slots=True)
class Overview:
    """How many lines of each area are out, what came over how many of the others, and the open tickets."""

    areas: tuple[AreaCount, ...]
    kinds: tuple[tuple[str, int], ...]  # of spells, with how many lines are in one
    works: int  # lines under planned work
    tickets: tuple[OpenTicket, ...]


async def overview(act: Act, scope: int | None) -> Overview:
    """Return how the lines in *scope* stand, those areas first of which the most are out."""
    areas = await out_by_area(act, scope)
    plan = await maintenance.planned(act.session, act.directory, act.at)
    mine = {
        id_ for id_, each in act.directory.live_channels.items() if act.directory.within(each.unit_id, scope)
    }
    present = await spells.present(act.session)
    kinds = Counter(each.kind for id_, all_ in present.items() if id_ in mine for each in all_)
    live = [each for each in await incidents.live(act.session) if act.directory.within(each.unit, scope)]
    return Overview(
        areas=tuple(sorted(areas, key=lambda each: -each.out)),
        kinds=tuple((kind, kinds[kind]) for kind in (DEGRADED, FLAPPING, OVERLOADED) if kinds[kind]),
        works=sum(plan.covers(id_, act.at) is not None for id_ in mine),
        tickets=tuple(await open_tickets(act, live)),
    )
