"""The catalogue: the inventory as lists that people read, without any address."""

from dataclasses import dataclass

from locales.collation import sort_key
from operations.desk import Act
from operations.look import area_of

SPARE = "du_phong"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of what is in the inventory."""

    units: int
    areas: int
    channels: int
    spare: int
    carriers: int
    teams: int
    services: int
    without_officer: int  # of the units with a channel


def counts(act: Act) -> Counts:
    """Return how much of what is live."""
    inventory = act.directory
    live = [id_ for id_, unit in inventory.units.items() if unit.retired_at is None]
    posted = {unit for _, unit in inventory.postings}
    return Counts(
        units=len(live),
        areas=len({area.id for unit in live if (area := inventory.area(unit)) is not None}),
        channels=len(inventory.live_channels),
        spare=sum(each.kind == SPARE for each in inventory.live_channels.values()),
        carriers=len(inventory.carriers),
        teams=len(inventory.teams),
        services=len(inventory.live_services),
        without_officer=sum(bool(inventory.channels_of(unit)) and unit not in posted for unit in live),
    )


def units(act: Act) -> list[str]:
    """Return every live unit with its area and how many channels it has."""
    rows = [
        (unit.name, area_of(act, unit) or "", len(act.directory.channels_of(id_)))
        for id_, unit in act.directory.units.items()
        if unit.retired_at is None
    ]
    rows.sort(key=lambda row: (sort_key(row[1]), sort_key(row[0])))
    return [f"{name}{f' ({area})' if area else ''} · {count}" for name, area, count in rows]


def channels(act: Act) -> list[str]:
    """Return every live channel by its code, with its unit and its carrier."""
    carriers = act.directory.carriers
    return [
        f"{channel.code} · {act.directory.units[channel.unit_id].name}"
        f"{f' · {carriers[channel.carrier_id].name}' if channel.carrier_id in carriers else ''}"
        for channel in sorted(act.directory.live_channels.values(), key=lambda each: each.code)
    ]


def teams(act: Act) -> list[str]:
    """Return every team with its carrier and the number of places it covers."""
    covers = [team for team, _ in act.directory.covers]
    return [
        f"{team.name} · {act.directory.carriers[team.carrier_id].name} · {covers.count(id_)}"
        for id_, team in sorted(act.directory.teams.items(), key=lambda each: sort_key(each[1].name))
    ]
