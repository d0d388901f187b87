"""Who somebody is to be from now on: a role with the place it is held in, or why not."""

from dataclasses import dataclass
from enum import StrEnum

from incidents.roles import Role


@dataclass(frozen=True, slots=True)
class Charge:
    """A role with its place: an officer's units, a team, or the part of the province that staff deal with."""

    role: Role
    units: frozenset[int] = frozenset()
    team: int | None = None


class Unfit(StrEnum):
    """Why a person is not given a charge."""

    NO_UNIT = "no_unit"  # an officer speaks for a unit
    NO_TEAM = "no_team"  # and a member of a team has one
    ONESELF = "oneself"  # and so there is always an administrator left
    LOCKED = "locked"
    SAME = "same"


def entrust(before: Charge, after: Charge, *, oneself: bool = False, locked: bool = False) -> Charge | Unfit:
    """Return the charge that takes the place of *before*, or why it does not."""
    if oneself:
        return Unfit.ONESELF
    if locked:
        return Unfit.LOCKED
    if after.role is Role.OFFICER and not after.units:
        return Unfit.NO_UNIT
    if after.role is Role.TEAM and after.team is None:
        return Unfit.NO_TEAM
    return Unfit.SAME if before == after else after
