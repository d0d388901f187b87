"""The second way out: URLs that apprise does not know, and names of nobody."""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence

from bot.doctor.finding import Finding, fail, ok, warn
from bot.doctor.patient import Patient
from bot.settings import PREFIX, SECOND_WAY
from incidents.second_way import NAMES

MEND = "correct it as apprise writes such a URL (docs/settings.md)"


async def examine(patient: Patient) -> list[Finding]:
    """Look at every target; none is called."""
    targets = patient.settings.targets
    if not targets:
        return [ok("no second way out is set")]
    records = await patient.records()
    known = {str(each.telegram_id) for each in records.people} if records else None
    strange = await asyncio.to_thread(_strange, targets)
    return judge(targets, strange, known)


def judge(
    targets: Mapping[str, Sequence[str]], strange: Collection[tuple[str, int]], known: Collection[str] | None
) -> list[Finding]:
    """Judge the targets: *strange* are (name, place) of URLs that are none, *known* the people there are."""
    findings = [
        fail(f"{PREFIX}{SECOND_WAY}{name}: URL {place} is none that apprise knows", MEND)
        for name, place in strange
    ]
    nobody = [
        each for each in targets if each not in NAMES.values() and known is not None and each not in known
    ]
    findings += [
        warn(f"{PREFIX}{SECOND_WAY}{name}: nobody has this number", "write a person's Telegram number")
        for name in nobody
    ]
    return findings or [ok(f"a second way out for {', '.join(targets)}")]


def _strange(targets: Mapping[str, Sequence[str]]) -> list[tuple[str, int]]:
    from apprise import Apprise

    logging.getLogger("apprise").disabled = True  # it repeats the URLs it does not know
    return [
        (name, place)
        for name, urls in targets.items()
        for place, url in enumerate(urls, 1)
        if Apprise.instantiate(url, suppress_exceptions=True) is None
    ]
