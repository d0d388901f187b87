"""What a window covers, by the inventory: its channels, its units and their names, and whose they are."""

from collections.abc import Iterable

from incidents.amendment import Refusal
from incidents.maintenance import Scope
from incidents.roles import Room
from operations.announce import rooms_of
from operations.desk import Act
from storage import maintenance
from storage.letters import Address
from storage.tables import Person


def channels_in(act: Act, scope: Scope) -> frozenset[int]:
    """Return the live channels that the scope covers."""
    live = act.directory.live_channels
    return frozenset(each for each in live if scope.covers(maintenance.position(act.directory, each)))


def names_in(act: Act, scope: Scope) -> tuple[str, ...]:
    """Return what the scope names: units by their names, channels by their codes."""
    units = (act.directory.units[each].name for each in sorted(scope.units))
    return (*units, *(act.directory.channels[each].code for each in sorted(scope.channels)))


def units_of(act: Act, channels: Iterable[int]) -> tuple[int, ...]:
    """Return the units of *channels*, each once."""
    return tuple(dict.fromkeys(act.directory.channels[each].unit_id for each in sorted(channels)))


def unknown(act: Act, scope: Scope) -> Refusal | None:
    """Return what of the scope is not, or no longer, in the inventory; None where all is."""
    if not scope.units and not scope.channels:
        return Refusal.NO_SCOPE
    if not scope.channels <= act.directory.live_channels.keys():
        return Refusal.UNKNOWN_CHANNEL
    units = act.directory.units
    known = all(unit in units and units[unit].retired_at is None for unit in scope.units)
    return None if known else Refusal.UNKNOWN_UNIT


def entrusted(act: Act, person: Person, channels: Iterable[int]) -> bool:
    """Whether all of *channels* are in the part of the tree that *person* deals with."""
    return all(act.directory.within(unit, person.unit_id) for unit in units_of(act, channels))


async def desks(act: Act, channels: Iterable[int]) -> list[Address]:
    """Return the on-call groups that any of *channels* is a matter of."""
    found = [where for unit in units_of(act, channels) for where in await rooms_of(act, Room.ONCALL, unit)]
    return list(dict.fromkeys(found))
