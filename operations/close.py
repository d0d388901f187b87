"""Close: somebody of the desk closes a ticket, if the probes have borne out that its lines are mended."""

from dataclasses import dataclass

from incidents.actions import Close
from incidents.evidence import Verdict
from incidents.lifecycle import Refused, Step
from operations.desk import Desk
from operations.respond import NoSuchIncidentError, take
from operations.standing import standing
from storage import incidents


@dataclass(frozen=True, slots=True)
class Closing:
    """What became of it, and what the probes said; None where they have no say."""

    result: Step | Refused
    verdict: Verdict | None


async def close(desk: Desk, number: int, by: int) -> Closing:
    """Close the ticket for the person *by*, or return why not."""
    async with desk.act() as act:
        incident = await incidents.find(act.session, number)
        if incident is None:
            raise NoSuchIncidentError(number)
        verdict = await standing(act, incident)
        result = await take(act, incident, Close(by, verdict.standing if verdict else None))
        return Closing(result, verdict)
