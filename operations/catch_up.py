"""Catch up: letters that could not leave in time become one digest, so that nobody gets a stale storm."""

from datetime import timedelta

from operations.announce import Notice, tell
from operations.desk import Act, Desk
from storage import incidents, letters
from storage.letters import Address
from storage.tables import Letter

PROMPT = frozenset({"summary", "digest"})  # as good late as they were in time


def is_stale(letter: Letter, age: timedelta, stale_after: timedelta) -> bool:
    """Return whether a letter of this age is news no longer. A card never is: it is drawn as it leaves."""
    return letter.kind == "notice" and letter.content.get("name") not in PROMPT and age > stale_after


async def catch_up(desk: Desk, where: Address) -> None:
    """Fold what waits at *where* and is stale, with the cards of what is long over, into one digest."""
    async with desk.act() as act:
        folded = [
            letter for letter in await letters.waiting_at(act.session, where) if await _folds(act, letter)
        ]
        if not folded:
            return
        for letter in folded:
            await letters.settle(act.session, letter, act.at, "digested")
        notice = Notice(
            "digest",
            {
                "since": min(letter.created for letter in folded).isoformat(),
                "incidents": sorted({letter.incident_id for letter in folded if letter.incident_id}),
                "blind": any(letter.content.get("name") == "blind" for letter in folded),
            },
        )
        await tell(act, [where], notice, key=f"digest:{folded[0].id}")


async def _folds(act: Act, letter: Letter) -> bool:
    if is_stale(letter, act.at - letter.created, act.policies.stale_after):
        return True
    if letter.kind != "card" or letter.incident_id is None:
        return False
    incident = await incidents.find(act.session, letter.incident_id)
    seen = await letters.card(act.session, letter.incident_id, letters.address(letter))
    return seen is None and incident is not None and not incident.live
