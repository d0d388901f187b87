"""Bear out: what teams claim to have fixed, held against the probes; good ones prove it."""

from datetime import datetime

from incidents.actions import Prove
from incidents.evidence import Standing
from incidents.model import Incident
from operations.desk import Act, Desk
from operations.respond import take
from operations.standing import standing
from storage import incidents


async def bear_out(desk: Desk, at: datetime) -> int:
    """Prove every claim that the probes bear out at *at*; return how many."""
    async with desk.look(at) as act:
        proven = [each.id for each in await incidents.live(act.session) if await _proven(act, each)]
    for number in proven:
        async with desk.act(at) as act:
            await _prove(act, number)
    return len(proven)


async def _prove(act: Act, number: int) -> None:
    """Prove the claim, unless somebody acted since it was looked at."""
    incident = await incidents.find(act.session, number)
    if incident is not None and incident.assignment is not None and await _proven(act, incident):
        await take(act, incident, Prove(incident.assignment.team))


async def _proven(act: Act, incident: Incident) -> bool:
    """Return whether the probes bear out a claim that nobody knew to be true yet."""
    claim = incident.assignment.claim if incident.assignment else None
    if claim is None or claim.proven is not None:
        return False
    verdict = await standing(act, incident)
    return verdict is not None and verdict.standing is Standing.PROVEN
