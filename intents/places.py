"""A unit as people name it, and what looking for one may come to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as people name it; *area* is its district's name, aliases are codes and other names."""

    id: int
    name: str
    kind: str
    area: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """It can only be this one."""

    place: Place


@dataclass(frozen=True, slots=True)
class Several:
    """It may be any of these, the likeliest first; one alone is near, but still to be confirmed."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """No unit has a name near it."""


Match = Found | Several | Nothing
