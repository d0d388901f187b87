"""Cuts: the parts of the network that reports are of, by the tree, the carrier or the team."""

from collections.abc import Callable

from incidents.figures.ledger import Cut
from storage.directory import Directory
from storage.tables import Channel


def below(directory: Directory, unit: int | None) -> Cut:
    """Return *unit* with all below it: the province (None too), a district, a commune."""
    units = frozenset(each for each in directory.units if directory.within(each, unit))
    return _of(directory, lambda channel: channel.unit_id in units, units)


def of_carrier(directory: Directory, carrier: int, unit: int | None = None) -> Cut:
    """Return the carrier's channels, all or those below *unit*."""
    return _of(
        directory,
        lambda channel: channel.carrier_id == carrier and directory.within(channel.unit_id, unit),
    )


def of_team(directory: Directory, team: int) -> Cut:
    """Return the channels of its carrier that the team looks after, and the tickets it was given."""
    carrier = directory.teams[team].carrier_id
    areas = [unit for each, unit in directory.covers if each == team]
    cut = _of(
        directory,
        lambda channel: (
            channel.carrier_id == carrier and any(directory.within(channel.unit_id, area) for area in areas)
        ),
    )
    return Cut(cut.channels, team=team)


def of_channel(channel: int) -> Cut:
    """Return one channel."""
    return Cut(frozenset({channel}))


def _of(directory: Directory, holds: Callable[[Channel], bool], units: frozenset[int] = frozenset()) -> Cut:
    found = (id_ for id_, each in directory.live_channels.items() if holds(each))
    return Cut(frozenset(found), units)
