"""Who a person is to the desk."""

from enum import StrEnum


class Role(StrEnum):
    """A person's role; the values are those of the inventory."""

    ONCALL = "truc_ban"
    OFFICER = "can_bo"
    TEAM = "doi"
    LEADER = "lanh_dao"
    ADMIN = "quan_tri"


class Room(StrEnum):
    """What a chat is for."""

    ONCALL = "truc_ban"
    TEAM = "doi"
    LEADERS = "lanh_dao"
