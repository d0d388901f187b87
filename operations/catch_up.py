"""Catch up: letters that could not leave in time become one digest, so that nobody gets a stale storm."""

from datetime import datetime
from typing import Any

from operations.announce import Notice, tell
from operations.desk import Act, Desk
from storage import incidents, letters
from storage.letters import Address
from storage.tables import Letter

DIGEST = "digest"
# As good late as they were in time.
PROMPT = frozenset({"summary", DIGEST, "suspected", "broadcast", "directive", "directive_waits"})


async def is_behind(act: Act, where: Address) -> bool:
    """Return whether something that waits at *where* is news no longer."""
    for letter in await letters.waiting_at(act.session, where):
        if _is_old(act, letter) and (_is_news(letter) or await _is_of_the_past(act, letter)):
            return True
    return False


async def catch_up(desk: Desk, where: Address) -> None:
    """Fold what waits at *where* and is stale into one digest, with a digest that did not leave either."""
    async with desk.act() as act:
        waiting = await letters.waiting_at(act.session, where)
        folded = [letter for letter in waiting if await _folds(act, letter)]
        if not folded:
            return
        for letter in folded:
            await letters.settle(act.session, letter, act.at, "digested")
        notice = Notice(DIGEST, _told(folded))
        await tell(act, [where], notice, key=f"{DIGEST}:{folded[0].id}")


async def _folds(act: Act, letter: Letter) -> bool:
    if letter.content.get("name") == DIGEST:
        return True
    if _is_news(letter):
        return _is_old(act, letter)
    return await _is_of_the_past(act, letter)


def _is_old(act: Act, letter: Letter) -> bool:
    return act.at - (letter.due or letter.created) > act.policies.stale_after


def _is_news(letter: Letter) -> bool:
    """Whether the letter tells what has just happened.

    A card does not: it is drawn as it leaves. Nor does an answer: who wrote to us is owed it, however late.
    """
    of_now = letter.content.get("name") in PROMPT or letter.content.get("asked")
    return letter.kind == "notice" and not of_now


async def _is_of_the_past(act: Act, letter: Letter) -> bool:
    """Whether it is the first card, in its chat, of a ticket that is closed by now."""
    if letter.kind != "card" or letter.incident_id is None:
        return False
    incident = await incidents.find(act.session, letter.incident_id)
    seen = await letters.card(act.session, letter.incident_id, letters.address(letter))
    return seen is None and incident is not None and not incident.live


def _told(folded: list[Letter]) -> dict[str, Any]:
    """Return what the digest of *folded* is about; a digest among them is about what it was itself."""
    digests = [letter.content for letter in folded if letter.content.get("name") == DIGEST]
    since = [letter.created for letter in folded]
    since += [datetime.fromisoformat(content["since"]) for content in digests]
    of = {letter.incident_id for letter in folded if letter.incident_id}
    of |= {incident for content in digests for incident in content["incidents"]}
    blind = any(letter.content.get("name") == "blind" for letter in folded)
    return {
        "since": min(since).isoformat(),
        "incidents": sorted(of),
        "blind": blind or any(content["blind"] for content in digests),
    }
