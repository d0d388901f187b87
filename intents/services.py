"""The services that are known by name, and which of them a person means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from intents.details import service_called, service_of
from intents.plain import plain_text


@dataclass(frozen=True, slots=True)
class Named:
    """A service with everything it is called, in plain wording."""

    id: int
    names: frozenset[str]

    @classmethod
    def of(cls, id_: int, *names: str) -> Self:
        """Return the service that goes by *names*, as they are written."""
        return cls(id_, frozenset(filter(None, (" ".join(plain_text(name)) for name in names))))


def service_meant(text: str, services: Iterable[Named]) -> int | None:
    """Return the service that *text* speaks of, or None for none and for more than one.

    The longest name in it tells; where there is none, what its words usually stand for.
    """
    services, words = tuple(services), plain_text(text)
    by_name = _longest(f" {' '.join(words)} ", services)
    if by_name:
        return by_name.pop() if len(by_name) == 1 else None
    kind = service_of(words)
    if kind is None:
        return None
    same = [each.id for each in services if any(service_called(name) == kind for name in each.names)]
    return same[0] if len(same) == 1 else None


def _longest(said: str, services: Iterable[Named]) -> set[int]:
    """Return the services that bear the longest name in *said*."""
    found = [(len(name), each.id) for each in services for name in each.names if f" {name} " in said]
    most = max((length for length, _ in found), default=0)
    return {id_ for length, id_ in found if length == most}
