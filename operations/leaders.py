"""Leaders: which of them are told of something now, as each has chosen."""

from datetime import time

from incidents.model import Incident
from incidents.preferences import Preferences, Topic, comes_at, wants
from incidents.roles import Role
from operations.desk import Act
from storage import people, preferences
from storage.letters import Address
from storage.tables import Person


async def leaders_told(act: Act, topic: Topic, incident: Incident) -> list[Address]:
    """Return the leaders in whose part *incident* is and who want to be told of *topic* of such a one."""
    return [
        Address(leader.telegram_id)
        for leader, chosen in await _choices(act)
        if act.directory.within(incident.unit, leader.unit_id)
        and wants(chosen, topic, wide=incident.wide is not None)
    ]


async def summary_hours(act: Act, usual: time) -> dict[time, list[Address]]:
    """Return the leaders who read the daily summary, by the local hour of each; *usual* is the desk's."""
    hours: dict[time, list[Address]] = {}
    for leader, chosen in await _choices(act):
        if wants(chosen, Topic.SUMMARY):
            hours.setdefault(comes_at(chosen, usual), []).append(Address(leader.telegram_id))
    return hours


async def asleep(act: Act, chats: set[int]) -> set[int]:
    """Return the chats among *chats* of leaders who want their nights quiet."""
    return {
        leader.telegram_id
        for leader, chosen in await _choices(act)
        if leader.telegram_id in chats and chosen.quiet
    }


async def _choices(act: Act) -> list[tuple[Person, Preferences]]:
    leaders = await people.with_role(act.session, Role.LEADER)
    chosen = await preferences.of_all(act.session, (leader.id for leader in leaders if leader.id))
    return [(leader, chosen[leader.id]) for leader in leaders if leader.id is not None]
