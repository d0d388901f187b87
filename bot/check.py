"""The check at the command line: channels probed now, and the way to those that are bad."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from bot.checked import Checked
from bot.settings import Settings
from checks import tls
from checks.certificate import Certificate
from checks.once import probe_once
from checks.target import Target
from checks.trace import Path, trace
from storage import directory, schema
from storage.directory import Directory
from storage.engine import Storage

AT_ONCE: Final = 64
TRACED: Final = 10  # hosts: whose lines are all out at once is told enough by the first
TRACED_AT_ONCE: Final = 3  # routers answer few traces a second, and these share their first hops
PATIENCE: Final = 5.0  # seconds for a certificate

Key = TypeVar("Key")
Found = TypeVar("Found")


class NothingToCheckError(LookupError):
    """No such channel, or no inventory."""


async def check_channels(
    settings: Settings, codes: Sequence[str], progress: Callable[[int, int], None], count: int
) -> list[Checked]:
    """Probe the channels called *codes*, or all, *count* times.

    The first of the bad ones are traced, and the certificates of services over TLS are read. *progress* is
    told how many of how many are done.
    """
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage, storage.read() as session:
        inventory = await directory.read(session)
    wanted = _wanted(inventory, codes)
    checked: list[Checked] = []
    for start in range(0, len(wanted), AT_ONCE):
        progress(start, len(wanted))
        part = wanted[start : start + AT_ONCE]
        outcomes = await probe_once([target for _, target in part], count=count)
        checked += [
            Checked(
                inventory.channels[channel].code,
                inventory.unit_of(channel).name,
                target,
                outcomes.get(target.series, []),
            )
            for channel, target in part
        ]
    explained = await _explained(checked)
    progress(len(wanted), len(wanted))
    return explained


async def _explained(checked: Sequence[Checked]) -> list[Checked]:
    """Return *checked* with the way to the bad ones and the certificates of those that have one."""
    bad = dict.fromkeys(each.target.host for each in checked if each.traceable)
    paths: dict[str, Path] = await _each(trace, list(bad)[:TRACED], TRACED_AT_ONCE)
    secured = dict.fromkeys(each.target for each in checked if each.target.scheme in ("tls", "https"))
    shown: dict[Target, Certificate | None] = await _each(_certificate, secured, AT_ONCE)
    return [
        replace(
            each,
            path=paths.get(each.target.host) if each.traceable else None,
            certificate=shown.get(each.target),
        )
        for each in checked
    ]


async def _certificate(target: Target) -> Certificate | None:
    return await tls.certificate(target, PATIENCE)


async def _each(
    ask: Callable[[Key], Awaitable[Found]], keys: Iterable[Key], at_once: int
) -> dict[Key, Found]:
    """Return what *ask* finds of each of *keys*, *at_once* of them at a time."""
    room = asyncio.Semaphore(at_once)

    async def one(key: Key) -> tuple[Key, Found]:
        async with room:
            return key, await ask(key)

    return dict(await asyncio.gather(*map(one, keys)))


def _wanted(inventory: Directory, codes: Sequence[str]) -> list[tuple[int, Target]]:
    by_code = {channel.code.casefold(): id_ for id_, channel in inventory.live_channels.items()}
    if not by_code:
        raise NothingToCheckError("the database has no channels yet: run trucmang import PATH first")
    if unknown := [code for code in codes if code.casefold() not in by_code]:
        raise NothingToCheckError(f"no channel is called {', '.join(unknown)}")
    channels = [by_code[code.casefold()] for code in codes] or list(by_code.values())
    return [
        (channel, Target.parse(series, inventory.series[series].url))
        for channel in channels
        for series in inventory.series_of(channel)
    ]
