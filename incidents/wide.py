"""What many lost lines have in common: the rule that makes one incident of them, as a value to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from incidents.policy import Common


class Scope(StrEnum):
    """What the lost lines share."""

    AREA = "area"  # a district
    CARRIER = "carrier"
    PROVINCE = "province"  # nothing but the time
    TOTAL = "total"  # all that we watch, and no anchor to tell whether we see


class Group(NamedTuple):
    """Lines that may fall together: those of an area, of a carrier, or all."""

    scope: Scope
    of: int | None = None


EVERYTHING = Group(Scope.PROVINCE)


@dataclass(frozen=True, slots=True)
class Wide:
    """What the lines of an incident share, and how many lines share it in all."""

    scope: Scope
    of: int | None
    total: int


class Fallen(NamedTuple):
    """A line that was lost, with the groups it is of."""

    channel: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Lines lost together, *total* being how many the group has."""

    group: Group
    channels: tuple[int, ...]
    total: int

    @property
    def wide(self) -> Wide:
        """What an incident keeps of it."""
        return Wide(self.group.scope, self.group.of, self.total)


def needed(group: Group, total: int, rule: Common) -> int:
    """Return how many of a group of *total* lines must be lost together to be one incident."""
    if group.scope is Scope.PROVINCE:
        return rule.many
    return max(rule.least, ceil(total * rule.share))


def clusters(fallen: Sequence[Fallen], sizes: Mapping[Group, int], rule: Common) -> list[Cluster]:
    """Return the groups that explain lines lost within the window; a line is in one at most.

    A carrier that lost lines in several areas explains more than each of the areas; an area comes next; what
    is left over may be many by its number alone.
    """
    found: list[Cluster] = []
    left = list(fallen)
    for scope in (Scope.CARRIER, Scope.AREA, Scope.PROVINCE):
        for group in _groups(left, scope):
            channels = tuple(each.channel for each in left if group in each.groups)
            if len(channels) >= needed(group, sizes[group], rule) and _explains(group, left, rule):
                found.append(Cluster(group, channels, sizes[group]))
                left = [each for each in left if group not in each.groups]
    return _together(found, sizes, rule)


def _groups(fallen: Sequence[Fallen], scope: Scope) -> list[Group]:
    """Return the groups of *scope* among the fallen, the one with most of them first."""
    counts: dict[Group, int] = {}
    for each in fallen:
        for group in each.groups:
            if group.scope is scope:
                counts[group] = counts.get(group, 0) + 1
    return sorted(counts, key=lambda group: (-counts[group], str(group.of)))


def _explains(group: Group, fallen: Sequence[Fallen], rule: Common) -> bool:
    """Whether *group* is what the lost lines share; a carrier only if in many areas it is mostly its own."""
    if group.scope is not Scope.CARRIER:
        return True
    its = [each for each in fallen if group in each.groups]
    areas = {shared for each in its for shared in each.groups if shared.scope is Scope.AREA}
    return len(areas) >= rule.areas and len(its) >= rule.share * len(fallen)


def _together(found: list[Cluster], sizes: Mapping[Group, int], rule: Common) -> list[Cluster]:
    """Make one of many areas, or of several carriers, that fell at the same time."""
    scopes = [cluster.group.scope for cluster in found]
    if scopes.count(Scope.CARRIER) < 2 and scopes.count(Scope.AREA) < rule.areas:
        return found
    channels = tuple(channel for cluster in found for channel in cluster.channels)
    return [Cluster(EVERYTHING, channels, sizes[EVERYTHING])]
