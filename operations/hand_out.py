"""Hand out: a ticket is taken and given to a team in one act, or what nobody has to several teams at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from incidents.actions import Assign
from incidents.lifecycle import Refused, Step
from incidents.model import Incident
from incidents.refusal import Refusal
from operations.desk import Act, Desk
from operations.part import part_off
from operations.respond import NoSuchIncidentError, take
from operations.teams import likeliest
from storage import incidents

NOBODY = 0  # the team that a ticket is seen with that no team has


@dataclass(frozen=True, slots=True)
class Job:
    """The lines of a ticket that *team* is to have, with their units' names; all of them, or a part."""

    incident: int
    channels: tuple[int, ...]
    units: tuple[str, ...]
    team: int


@dataclass(frozen=True, slots=True)
class Deal:
    """Who is to get what; *left* are the tickets with lines for which no team is known."""

    jobs: tuple[Job, ...]
    left: tuple[int, ...] = ()

    @property
    def check(self) -> int:
        """A number that tells this deal from any other, of at most 15 digits."""
        said = repr([(each.incident, each.channels, each.team) for each in self.jobs])
        return int.from_bytes(blake2b(said.encode(), digest_size=6).digest())


@dataclass(frozen=True, slots=True)
class Dealt:
    """What became of a deal: the steps, and the refusals of what was not given."""

    steps: tuple[Step, ...]
    refused: tuple[Refused, ...]


async def take_and_hand(desk: Desk, number: int, by: int, team: int) -> Step | Refused:
    """Take the ticket and hand it to *team*, unless somebody else has taken it."""
    async with desk.act() as act:
        incident = await incidents.find(act.session, number)
        if incident is None:
            raise NoSuchIncidentError(number)
        if incident.owner not in (None, by):
            return Refused(Refusal.TAKEN, incident)
        return await take(act, incident, Assign(by, team, NOBODY))


async def deal(act: Act, mine: Callable[[Incident], bool]) -> Deal:
    """Return which team would get each ticket of *mine* that is out and that no team has.

    The lines of one of many go to the team of each; what no team is known for stays where it is.
    """
    jobs: list[Job] = []
    left = []
    for incident in await incidents.live(act.session):
        if not _waits(incident) or not mine(incident):
            continue
        shares = _shares(act, incident)
        if shares.pop(None, None):
            left.append(incident.id)
        by_size = sorted(shares.items(), key=lambda share: len(share[1]))  # the most stay in the old ticket
        jobs += (_job(act, incident, team, lines) for team, lines in by_size if team is not None)
    return Deal(tuple(jobs), tuple(left))


async def hand_all(desk: Desk, jobs: Iterable[Job], by: int) -> Dealt:
    """Give each of *jobs* that no team has meanwhile, one transaction each."""
    results = [await _hand(desk, each, by) for each in jobs]
    return Dealt(
        tuple(each for each in results if isinstance(each, Step)),
        tuple(each for each in results if isinstance(each, Refused)),
    )


async def _hand(desk: Desk, job: Job, by: int) -> Step | Refused:
    async with desk.act() as act:
        incident = await incidents.find(act.session, job.incident)
        assert incident is not None
        if not _waits(incident):
            return Refused(Refusal.HANDED, incident)
        lines = tuple(each for each in job.channels if each in incident.silent)
        if 0 < len(lines) < len(incident.silent) and incident.wide is not None:
            parted = await part_off(act, incident, lines, by)
            if isinstance(parted, Refused):
                return parted
            incident = parted.own
        return await take(act, incident, Assign(by, job.team, NOBODY))


def _waits(incident: Incident) -> bool:
    return incident.live and bool(incident.silent) and incident.of_lines and incident.assignment is None


def _shares(act: Act, incident: Incident) -> dict[int | None, tuple[int, ...]]:
    """Return the lines that each team would get; how much each has to do is not asked.

    So the deal that is pressed is the one that was shown.
    """
    if incident.wide is None:
        return {likeliest(act, incident.unit, incident.root): incident.silent}
    shares: dict[int | None, tuple[int, ...]] = {}
    for channel in incident.silent:
        team = likeliest(act, act.directory.channels[channel].unit_id, channel)
        shares[team] = (*shares.get(team, ()), channel)
    return shares


def _job(act: Act, incident: Incident, team: int, lines: tuple[int, ...]) -> Job:
    units = (
        [incident.unit] if incident.wide is None else [act.directory.channels[each].unit_id for each in lines]
    )
    names = dict.fromkeys(act.directory.units[each].name for each in units)
    return Job(incident.id, lines, tuple(names), team)
