"""Heed: a service fails, or answers again, by its own probe, held to the rule that lines are held to."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from incidents.actions import Answer, Fail
from incidents.model import Incident, LineState, ServiceFault
from operations.complain import open_for, tell_owner
from operations.desk import Act
from operations.respond import take, take_quietly
from storage import incidents


class Heard(NamedTuple):
    """A service's state, and since when."""

    state: LineState
    since: datetime


async def heed(act: Act, heard: Mapping[int, Heard]) -> None:
    """Write what was decided of each service: one that fails opens its incident, or joins what is said."""
    for service, (state, since) in heard.items():
        known = await incidents.of_service(act.session, service)
        if state is LineState.DOWN:
            await _fails(act, known, service, since)
        elif state is LineState.UP and known is not None:
            await take(act, known, Answer(since))


async def let_go(act: Act, live: list[Incident]) -> None:
    """Let the incidents of services end by people's word that no probe sees any more."""
    for incident in unseen(act, live):
        await take_quietly(act, incident, Answer(act.at))


def unseen(act: Act, live: list[Incident]) -> list[Incident]:
    """Return the incidents of services that were found failing by a probe they have no longer."""
    return [
        each
        for each in live
        if each.service is not None
        and each.service.failing is not None
        and (
            each.service.of not in act.directory.live_services or not act.directory.probes_of(each.service.of)
        )
    ]


async def _fails(act: Act, known: Incident | None, service: int, since: datetime) -> None:
    if known is None:
        fault = ServiceFault(service, probed=True, failing=since)
        await tell_owner(act, await open_for(act, fault, "silent"))
    else:
        await take(act, known, Fail(since))
