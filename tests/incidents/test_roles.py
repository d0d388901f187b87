from incidents.policy import Audience
from incidents.roles import Role, Room


def test_the_roles_are_those_of_the_inventory():
    assert [*Role] == ["truc_ban", "can_bo", "doi", "lanh_dao", "quan_tri"]


def test_every_room_is_of_a_role():
    assert {*Room} <= {*Role}


def test_every_audience_of_the_ladder_but_the_second_of_a_shift_has_a_room():
    assert {*Audience} - {Audience.SECOND} <= {*Room}
