"""Cuts: lines of the box are cut, and what then comes into the chats is counted and timed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from time import monotonic

from bot.box import Box
from sandbox.telegram import Message

LIMIT = 90.0  # seconds to wait for a message; a cut that was never told counts as this long
APART = (
    7.0  # seconds from one cut to the next, on average; cards and redraws stay below Telegram's 20 a minute
)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Lines cut one by one: seconds from each cut to its message, and how many messages name none of them."""

    seconds: tuple[float, ...]
    false: int

    @property
    def lost(self) -> int:
        """How many were never told."""
        return self.seconds.count(LIMIT)


@dataclass(frozen=True, slots=True)
class Wave:
    """What came of a cut of many: seconds to the first message, and every new message as it rang."""

    first: float
    texts: tuple[str, ...]


async def one_by_one(box: Box, count: int, apart: float, random: Random) -> Cuts:
    """Cut *count* lines at random moments, one in *apart* seconds on average, each until it is told."""
    chosen = random.sample(_leaves(box), count)
    before = len(messages(box))
    starts = (apart * (number + random.random()) for number in range(count))
    pairs = zip(chosen, starts, strict=True)
    seconds = await asyncio.gather(*(_told(box, code, start) for code, start in pairs))
    false = sum(not any(code in each.text for code in chosen) for each in messages(box)[before:])
    return Cuts(tuple(seconds), false)


async def at_once(box: Box, codes: Sequence[str], seconds: float) -> Wave:
    """Cut *codes* together and listen for *seconds* after the first message; they stay cut."""
    before = len(messages(box))
    began = monotonic()
    await box.network.cut(*codes)
    try:
        await box.telegram.world.changes.until(lambda: len(messages(box)) > before, LIMIT)
    except TimeoutError:
        return Wave(LIMIT, ())
    first = monotonic() - began
    told = [each.text for each in messages(box)[before:]]  # before the first edit
    await asyncio.sleep(seconds)
    told += [each.text for each in messages(box)[before + len(told) :]]
    return Wave(first, tuple(told))


def behind(box: Box, uplink: str) -> list[str]:
    """Return the channels that hang behind *uplink*, however far."""
    found, above = [], {uplink}
    while above:
        below = [row.code for row in box.inventory.channels or () if row.uplink in above]
        found += below
        above = set(below)
    return found


def messages(box: Box) -> list[Message]:
    """Return what was newly said in every chat, in the order it came; edits are not new."""
    chats = box.telegram.world.chats.values()
    return sorted((each for chat in chats for each in chat.bot_messages), key=lambda each: each.at)


async def _told(box: Box, code: str, start: float) -> float:
    """Cut a line after *start* seconds, and heal it once it was told; return how long that took."""
    await asyncio.sleep(start)
    began = monotonic()
    await box.network.cut(code)
    try:
        await box.telegram.world.changes.until(
            lambda: any(code in each.text for each in messages(box)), LIMIT
        )
        return monotonic() - began
    except TimeoutError:
        return LIMIT
    finally:
        await box.network.heal(code)


def _leaves(box: Box) -> list[str]:
    rows = box.inventory.channels or ()
    uplinks = {row.uplink for row in rows}
    return [row.code for row in rows if row.code not in uplinks]
