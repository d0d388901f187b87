"""Hand out: a ticket is taken and given to a team in one act, or many that nobody has to several teams."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from incidents.actions import Assign
from incidents.lifecycle import Refused, Step
from incidents.model import Incident
from incidents.refusal import Refusal
from operations.desk import Act, Desk
from operations.respond import NoSuchIncidentError, take
from operations.teams import carrier_of, ranked, suits
from storage import incidents

NOBODY = 0  # the team that a ticket is seen with that no team has


@dataclass(frozen=True, slots=True)
class Job:
    """A ticket, by its number and its unit's name, and the team that is to have it."""

    incident: int
    unit: str
    team: int


@dataclass(frozen=True, slots=True)
class Deal:
    """Who is to get what; *left* are the tickets for which no team is known."""

    jobs: tuple[Job, ...]
    left: tuple[int, ...] = ()

    @property
    def check(self) -> int:
        """A number that tells this deal from any other, of at most 15 digits."""
        said = repr([(each.incident, each.team) for each in self.jobs])
        return int.from_bytes(blake2b(said.encode(), digest_size=6).digest())


@dataclass(frozen=True, slots=True)
class Dealt:
    """What became of a deal: the steps, and the jobs that were not given, with how their tickets stand."""

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
    """Return which team would get each ticket of *mine* that is out and that no team has."""
    waiting = [each for each in await incidents.live(act.session) if _waits(each) and mine(each)]
    found = {each.id: _team(act, each) for each in waiting}
    names = {each.id: act.directory.units[each.unit].name for each in waiting}
    return Deal(
        tuple(Job(id_, names[id_], team) for id_, team in found.items() if team is not None),
        tuple(id_ for id_, team in found.items() if team is None),
    )


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
        return await take(act, incident, Assign(by, job.team, NOBODY))


def _waits(incident: Incident) -> bool:
    return incident.live and bool(incident.silent) and incident.of_lines and incident.assignment is None


def _team(act: Act, incident: Incident) -> int | None:
    """Return the team that suits the ticket and is nearest; how much each has to do is not asked.

    So the deal that is pressed is the one that was shown.
    """
    carrier = carrier_of(act, incident.root)
    first = next(iter(ranked(act, incident.unit, carrier, {})), None)
    return first.id if first and suits(act, first, incident.unit, carrier) else None
