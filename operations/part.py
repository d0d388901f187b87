"""Part: the desk takes a unit out of an incident that it does not belong to, into a ticket of its own."""

from dataclasses import dataclass

from incidents.actions import Part
from incidents.lifecycle import Refused, Step, advance
from incidents.model import Incident, Member, Severity
from operations.desk import Act, Desk
from operations.power import carry_over
from operations.respond import NoSuchIncidentError, begin, take_quietly
from storage import incidents


@dataclass(frozen=True, slots=True)
class Parted:
    """The step of the incident that the unit left, and the unit's own."""

    step: Step
    own: Incident


async def part(desk: Desk, number: int, unit: int, by: int) -> Parted | Refused:
    """Give *unit* a ticket of its own, with what hangs behind its lines, or return why not."""
    async with desk.act() as act:
        old = await incidents.find(act.session, number)
        if old is None:
            raise NoSuchIncidentError(number)
        return await part_off(act, old, _leaving(act, old, unit), by)


async def part_off(act: Act, old: Incident, channels: tuple[int, ...], by: int) -> Parted | Refused:
    """Give *channels* of *old* a ticket of their own within an open act, filed under the first one's unit."""
    refused = advance(old, Part(by, 0, channels), act.at)
    if isinstance(refused, Refused):
        return refused
    own = await begin(act, _own(act, old, channels), "parted")
    step = await take_quietly(act, old, Part(by, own.id, channels))
    assert isinstance(step, Step)
    units = {act.directory.channels[each].unit_id for each in channels}
    await incidents.move_reports(act.session, old.id, own.id, units)
    return Parted(step, await carry_over(act, old, own, units))


def _leaving(act: Act, old: Incident, unit: int) -> tuple[int, ...]:
    lines = [each for each in act.directory.channels_of(unit) if each in old.silent]
    behind = {below for each in lines for below in act.directory.behind(each)}
    return (*lines, *(each for each in old.silent if each in behind and each not in lines))


def _own(act: Act, old: Incident, channels: tuple[int, ...]) -> Incident:
    joined = {each.channel: each.joined for each in old.members if each.left is None}
    uplink = any(act.directory.behind(each) for each in channels)
    return Incident(
        unit=act.directory.channels[channels[0]].unit_id,
        opened=act.at,
        root=channels[0],
        members=tuple(Member(each, joined[each]) for each in channels),
        severity=Severity.HIGH if uplink else Severity.MEDIUM,
        parent=old.id,
    )


def units_of(act: Act, incident: Incident) -> list[int]:
    """Return the units that are out with *incident*, in the order in which they fell."""
    return list(dict.fromkeys(act.directory.channels[each].unit_id for each in incident.silent))
