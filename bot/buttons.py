"""Callback data: a verb and its numbers, like ``ack:1842``, in at most 64 bytes."""

import re

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
