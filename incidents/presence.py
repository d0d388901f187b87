"""What somebody who is seen in one of our groups is to it."""

from enum import StrEnum

from incidents.roles import Role, Room

# Who belongs in which room; of a team's only those of that team.
BELONGS: dict[Room, frozenset[Role]] = {
    Room.ONCALL: frozenset({Role.ONCALL, Role.ADMIN, Role.LEADER}),
    Room.TEAM: frozenset({Role.TEAM, Role.ONCALL, Role.ADMIN}),
    Room.LEADERS: frozenset({Role.LEADER, Role.ONCALL, Role.ADMIN}),
}


class Standing(StrEnum):
    """How an account stands in a group."""

    KNOWN = "known"
    STRANGER = "stranger"  # nobody we know
    LOCKED = "locked"
    ELSEWHERE = "elsewhere"  # known, but not of this group


def standing(
    room: Room, team: int | None, role: Role | None, of_team: int | None = None, *, locked: bool = False
) -> Standing:
    """Return how somebody of *role* (None: unknown), of the team *of_team*, stands in *room* of *team*."""
    if role is None:
        return Standing.STRANGER
    if locked:
        return Standing.LOCKED
    alien = role is Role.TEAM and of_team != team
    return Standing.ELSEWHERE if alien or role not in BELONGS[room] else Standing.KNOWN
