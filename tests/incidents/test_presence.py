import pytest

from incidents.presence import Standing, standing
from incidents.roles import Role, Room


@pytest.mark.parametrize(
    ("room", "role", "of_team", "expected"),
    [
        (Room.ONCALL, None, None, Standing.STRANGER),
        (Room.ONCALL, Role.ONCALL, None, Standing.KNOWN),
        (Room.ONCALL, Role.OFFICER, None, Standing.ELSEWHERE),
        (Room.ONCALL, Role.TEAM, 1, Standing.ELSEWHERE),
        (Room.TEAM, Role.TEAM, 1, Standing.KNOWN),
        (Room.TEAM, Role.TEAM, 2, Standing.ELSEWHERE),
        (Room.TEAM, Role.ONCALL, None, Standing.KNOWN),
        (Room.LEADERS, Role.LEADER, None, Standing.KNOWN),
        (Room.LEADERS, Role.OFFICER, None, Standing.ELSEWHERE),
    ],
)
def test_how_somebody_stands_in_a_room_is_a_matter_of_role_and_team(room, role, of_team, expected):
    assert standing(room, 1 if room is Room.TEAM else None, role, of_team) is expected


@pytest.mark.parametrize("room", Room)
@pytest.mark.parametrize("role", Role)
def test_a_locked_account_belongs_nowhere(room, role):
    assert standing(room, None, role, locked=True) is Standing.LOCKED
