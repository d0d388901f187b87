"""Vigil: units are to stay on, for a storm, a meeting or the desk's own reasons; begun, and ended early."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from incidents.span import Span
from incidents.vigil import Occasion, Refusal, Vigil, refusal
from operations.desk import Act, Desk
from operations.journal import note
from storage import spells, vigils
from storage.spells import AFTER_HOURS


@dataclass(frozen=True, slots=True)
class Kept:
    """A vigil that was made, and the units in it that are switched off just now."""

    vigil: Vigil
    off: tuple[str, ...]


async def keep(
    desk: Desk, occasion: Occasion, unit: int | None, asked: Span, by: int | None = None
) -> Kept | Refusal:
    """Keep a vigil over *unit* with all below it, or over all there is; *by* is None at the command line."""
    async with desk.act() as act:
        if unit is not None and (unit not in act.directory.units or act.directory.units[unit].retired_at):
            return Refusal.UNKNOWN_UNIT
        if (refused := refusal(asked, act.at)) is not None:
            return refused
        vigil = Vigil(occasion, unit, asked, by)
        channels = [each for each in act.directory.live_channels if over(act, (vigil,), each)]
        if not channels:
            return Refusal.NO_CHANNEL
        made = await vigils.add(act.session, vigil, act.at)
        note(act, "vigil_kept", by, unit=unit)
        return Kept(made, await _off(act, channels))


async def lift(desk: Desk, vigil_id: int, by: int | None = None) -> Vigil | Refusal:
    """End the vigil now, or before it begins."""
    async with desk.act() as act:
        vigil = await vigils.find(act.session, vigil_id)
        if vigil is None:
            return Refusal.UNKNOWN
        if vigil.span.end <= act.at or vigil.lifted is not None:
            return Refusal.OVER
        note(act, "vigil_lifted", by, unit=vigil.unit)
        return await vigils.lift(act.session, vigil, act.at, by)


def over(act: Act, kept: Sequence[Vigil], channel: int) -> list[Vigil]:
    """Return which of the vigils are kept over the channel."""
    unit = act.directory.channels[channel].unit_id
    units = {each.id for each in act.directory.above(unit) if each.id is not None}
    return [vigil for vigil in kept if vigil.covers(units)]


async def _off(act: Act, channels: Collection[int]) -> tuple[str, ...]:
    present = await spells.of_kind(act.session, AFTER_HOURS)
    return tuple(dict.fromkeys(act.directory.unit_of(each).name for each in present if each in channels))
