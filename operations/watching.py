"""Watching: what the watch over the inventory goes by, and what it has learned, kept for the next run."""

from dataclasses import replace

from sqlmodel import select

from incidents.correlation import Watch
from incidents.habit import Habit
from incidents.lines import Line, line_of_service
from incidents.model import LineState
from incidents.policy import Detection, Policies
from incidents.sight import Sight
from incidents.wide import EVERYTHING, Group, Scope
from operations.desk import Act, Desk
from storage import habits, incidents, intervals
from storage.directory import Directory
from storage.tables import Vantage


async def watch_over(desk: Desk, now: float, period: float | None = None) -> Watch:
    """Return a watch over the inventory as it stands, believing what was last written.

    *now* is in monotonic seconds; *period*, where given, goes before those of the profiles.
    """
    async with desk.look() as act:
        latest = await intervals.latest(act.session)
        vantage = (await act.session.exec(select(Vantage))).first()
        known = await habits.read(act.session)
        return Watch(
            lines(act.directory, act.policies, period),
            act.directory.anchors,
            {channel: LineState(row.state) for channel, row in latest.items()} | await _failing(act),
            Sight.CLEAR if vantage is None else Sight(vantage.sight),
            rule=_rule(act.policies, None, period),
            common=act.policies.common,
            habits={series: Habit(now, *counts) for series, counts in known.items()},
        )


async def keep(desk: Desk, watch: Watch, now: float) -> None:
    """Write what the watch has learned until *now* (monotonic seconds)."""
    learned = {series: habit.faded(now)[1:] for series, habit in watch.experience.habits.items()}
    async with desk.storage.begin() as session:
        await habits.write(session, learned)


def lines(inventory: Directory, policies: Policies, period: float | None = None) -> list[Line]:
    """Return what to watch: every live channel with its series, uplink, groups and profile; the services."""
    found = []
    for id_, channel in inventory.live_channels.items():
        rule = _rule(policies, channel.profile, period)
        found.append(Line(id_, inventory.series_of(id_), channel.uplink_id, groups(inventory, id_), rule))
    rule = _rule(policies, None, period)
    return [*found, *(_service_line(inventory, service, rule) for service in inventory.live_services)]


def _service_line(inventory: Directory, service: int, rule: Detection) -> Line:
    """Return a service as a line: behind nothing that we know of, and of nobody's fate."""
    return Line(line_of_service(service), inventory.probes_of(service), rule=rule)


async def _failing(act: Act) -> dict[int, LineState]:
    """Return the services that were found to fail; of the others nothing was written."""
    faults = [each.service for each in await incidents.live(act.session) if each.service is not None]
    return {line_of_service(each.of): LineState.DOWN for each in faults if each.failing is not None}


def groups(inventory: Directory, channel: int) -> tuple[Group, ...]:
    """Return with whom the channel may fall: all, those of its area, those of its carrier."""
    line = inventory.channels[channel]
    area = inventory.counted_under(line.unit_id)
    found = [EVERYTHING]
    if area is not None:
        found.append(Group(Scope.AREA, area.id))
    if line.carrier_id is not None:
        found.append(Group(Scope.CARRIER, line.carrier_id))
    return tuple(found)


def _rule(policies: Policies, profile: str | None, period: float | None) -> Detection:
    rule = policies.detection(profile)
    return rule if period is None else replace(rule, period=period)
