"""Teams: which field teams a ticket may be handed to, the likeliest first, with their open jobs."""

from collections.abc import Mapping
from dataclasses import dataclass

from incidents.model import Incident
from operations.desk import Act
from storage import incidents
from storage.tables import Team


@dataclass(frozen=True, slots=True)
class TeamOffer:
    """A team with its open jobs; it *suits* if it looks after the unit and is of the line's carrier."""

    id: int
    name: str
    jobs: int
    suits: bool


async def team_offers(act: Act, incident: Incident) -> tuple[TeamOffer, ...]:
    """Return every team: those of the carrier first, of them the nearest, of these who has least to do."""
    carrier = carrier_of(act, incident.root)
    jobs = await incidents.jobs(act.session)
    return tuple(
        TeamOffer(team.id, team.name, jobs.get(team.id, 0), suits(act, team, incident.unit, carrier))
        for team in ranked(act, incident.unit, carrier, jobs)
        if team.id is not None
    )


def ranked(act: Act, unit: int, carrier: int | None, jobs: Mapping[int, int]) -> list[Team]:
    """Return every team, the likeliest for a line of *carrier* at *unit* first; of equals the least busy."""

    def rank(team: Team) -> tuple[bool, int, int, str]:
        foreign = carrier is not None and team.carrier_id != carrier
        return foreign, act.directory.distance(team, unit), jobs.get(team.id or 0, 0), team.name

    return sorted(act.directory.teams.values(), key=rank)


def likeliest(act: Act, unit: int, channel: int | None) -> int | None:
    """Return the team that suits a line of *unit* and is nearest, whatever it has to do; None: not known."""
    carrier = carrier_of(act, channel)
    first = next(iter(ranked(act, unit, carrier, {})), None)
    return first.id if first and suits(act, first, unit, carrier) else None


def suits(act: Act, team: Team, unit: int, carrier: int | None) -> bool:
    """Return whether *team* is the carrier's, as far as that is known, and looks after *unit*."""
    covers = any((team.id, each.id) in act.directory.covers for each in act.directory.above(unit))
    return covers and carrier in (None, team.carrier_id)


def carrier_of(act: Act, channel: int | None) -> int | None:
    """Return whose line *channel* is, as far as is known."""
    found = act.directory.channels.get(channel) if channel else None
    return found.carrier_id if found else None
