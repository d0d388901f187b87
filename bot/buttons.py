"""Callback data: a verb and its numbers, like ``ack:1842``, in at most 64 bytes."""

import re
from datetime import UTC, datetime

MINUTE = 60  # seconds: what a button carries of an instant
FARTHEST = datetime(2100, 1, 1, tzinfo=UTC)  # what a button of ours may speak of
_SHAPE = re.compile(r"[a-z]{1,16}(:\d{1,15}){0,4}")


def pack(verb: str, *numbers: int) -> str:
    """Return the data of a button."""
    return ":".join((verb, *(str(number) for number in numbers)))


def unpack(data: str) -> tuple[str, tuple[int, ...]] | None:
    """Return the verb and its numbers, or None for what no button of ours sends."""
    if not _SHAPE.fullmatch(data):
        return None
    verb, *numbers = data.split(":")
    return verb, tuple(int(number) for number in numbers)


def minute_of(at: datetime) -> int:
    """Return the instant as a button carries it: in whole minutes."""
    return int(at.timestamp()) // MINUTE


def instant(minute: int) -> datetime | None:
    """Return the instant that a button carries, in UTC; None for what none of ours does."""
    return datetime.fromtimestamp(minute * MINUTE, UTC) if minute < minute_of(FARTHEST) else None
