"""Second way: which calls of the ladder are to go out by another way than chat, and what became of them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from incidents.model import Incident
from incidents.policy import Audience
from incidents.second_way import NAMES, Calling, waits, why
from operations.desk import Act, Desk
from storage import incidents, second_calls
from storage.tables import Letter, SecondCall

CALLS = ("escalated", "neglected")  # the notices of a rung
SENT, FAILED, NEEDLESS = "sent", "failed", "needless"
LIVES = timedelta(hours=1)  # what could not be made for so long is not news any more


async def due(desk: Desk, names: Collection[str]) -> Sequence[SecondCall]:
    """Note each call that chat has not brought about, to those of *names*; return all that are to be made."""
    async with desk.look() as act:
        if not await _new(act, names):
            return await second_calls.waiting(act.session)
    async with desk.act() as act:
        for call in await _new(act, names):
            await second_calls.note(act.session, call)
        return await second_calls.waiting(act.session)


async def worth(desk: Desk, call: SecondCall) -> bool:
    """Return whether the call is still to be made: nobody has seen to the ticket since, and it is not old."""
    async with desk.look() as act:
        incident = await incidents.find(act.session, call.incident_id)
        return incident is not None and waits(incident) and act.at - call.at < LIVES


async def settle(desk: Desk, call: SecondCall, outcome: str) -> None:
    """Write what became of the call."""
    async with desk.act() as act:
        assert call.id is not None
        await second_calls.settle(act.session, call.id, outcome)


async def _new(act: Act, names: Collection[str]) -> list[SecondCall]:
    called = [each for each in await incidents.live(act.session) if waits(each)]
    return [call for incident in called for call in await _of(act, incident, names)]


async def _of(act: Act, incident: Incident, names: Collection[str]) -> list[SecondCall]:
    noted = await second_calls.known(act.session, incident.id)
    found = []
    for calling, letters in _callings(await second_calls.letters_of(act.session, incident.id, CALLS)):
        reason = why(calling, incident, act.policies, act.at)
        first = letters[0].id or 0
        if reason is None:
            continue
        wanted = [each for each in _names(letters[0]) if each in names and (first, each) not in noted]
        found += [
            SecondCall(letter_id=first, name=each, incident_id=incident.id, at=act.at, why=reason)
            for each in wanted
        ]
    return found


def _callings(letters: Iterable[Letter]) -> list[tuple[Calling, list[Letter]]]:
    """Return the rungs as they were called: the letters of one were posted at one time."""

    def key(letter: Letter) -> tuple[datetime, int]:
        return letter.created, letter.content["rung"]

    grouped = [(each, list(group)) for each, group in groupby(sorted(letters, key=key), key)]
    return [
        (Calling(rung, at, any(each.outcome == SENT for each in group)), group)
        for (at, rung), group in grouped
    ]


def _names(letter: Letter) -> list[str]:
    """Return what the settings may call whom a rung called: the step itself, and each person's number."""
    step = NAMES[Audience(letter.content["to"])]
    return [step, *(str(telegram_id) for telegram_id, _ in letter.content["people"])]
