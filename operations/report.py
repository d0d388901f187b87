"""Report: a person says that a line is bad; it is probed now and joins the open incident, or opens one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

import structlog
from sqlmodel import col, select

from incidents.finding import Finding, find
from incidents.lifecycle import Step
from incidents.model import Complain, Incident
from incidents.outcome import Outcome
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from operations.respond import begin, take
from storage import incidents
from storage.directory import Directory
from storage.letters import Address
from storage.tables import Person, Report, Vantage

log = structlog.get_logger(__name__)

Probe = Callable[[Iterable[int]], Awaitable[Mapping[int, list[Outcome]]]]
PATIENCE = 5.0  # seconds that the probing of a report may take
SILENT = (Finding.LINE_DOWN, Finding.UPLINK_DOWN)
LONGEST = 1000  # characters of a report that are kept


@dataclass(frozen=True, slots=True)
class Reported:
    """The incident that holds the report, what the probes said, and whether it is new."""

    incident: Incident
    finding: Finding
    opened: bool


async def report(
    desk: Desk,
    person: Person,
    unit: int,
    words: str,
    *,
    probe: Probe,
    where: Address,
    source: str,
    patience: float = PATIENCE,
) -> Reported | None:
    """Probe *unit* now, keep the report, and post the one answer; None if *source* was told before."""
    async with desk.look() as act:
        own, above = _series(act.directory, unit)
    outcomes = await _probed(probe, [*(each for channel in own for each in channel), *above], patience)
    finding = find([_of(outcomes, channel) for channel in own], _of(outcomes, above))
    async with desk.act() as act:
        if (await act.session.exec(select(Report).where(Report.source == source))).first() is not None:
            return None
        if finding in SILENT and await _blind(act):
            finding = Finding.UNSEEN  # nobody answers us: that says nothing of this line
        assert person.id is not None
        return await _keep(act, person.id, unit, words[:LONGEST], finding, where, source)


async def _probed(probe: Probe, series: Iterable[int], patience: float) -> Mapping[int, list[Outcome]]:
    """Return what the probes tell, or nothing in time: a report is kept whatever becomes of the probing."""
    try:
        async with asyncio.timeout(patience):
            return await probe(series)
    except Exception:
        log.exception("report.unprobed")
        return {}


async def _keep(
    act: Act, person: int, unit: int, words: str, finding: Finding, where: Address, source: str
) -> Reported:
    known = await _open_incident(act, unit, finding)
    incident = known or await begin(act, Incident(unit=unit, opened=act.at), "report")
    # kept before the step is announced, so that its author is told of what comes
    act.session.add(
        Report(
            incident_id=incident.id,
            unit_id=unit,
            person_id=person,
            at=act.at,
            words=words,
            finding=finding,
            source=source,
        )
    )
    await act.session.flush()
    step = await take(act, incident, Complain(person, words))
    assert isinstance(step, Step)
    notice = Notice("reported", {"finding": finding, "unit": act.directory.units[unit].name})
    await tell(act, [where], notice, incident.id, key=f"report:{source}")
    return Reported(step.after, finding, known is None)


async def _blind(act: Act) -> bool:
    blind = await act.session.exec(select(Vantage.id).where(col(Vantage.blind_since).is_not(None)))
    return blind.first() is not None


async def _open_incident(act: Act, unit: int, finding: Finding) -> Incident | None:
    """Return the live incident that the report belongs to.

    The one that holds the unit's line, then the unit's own, then its uplink's. One that has recovered is
    none: who says that it still does not work is to ring, and begins a ticket of the own.
    """
    live = await incidents.live(act.session)
    channels = set(act.directory.channels_of(unit))
    above = {act.directory.channels[channel].uplink_id for channel in channels}
    if finding is not Finding.UPLINK_DOWN:
        above = set()
    rules: tuple[Callable[[Incident], object], ...] = (
        lambda each: channels & set(each.silent),
        lambda each: each.unit == unit and each.recovered is None,
        lambda each: above & set(each.silent),
    )
    return next((each for rule in rules for each in live if rule(each)), None)


def _series(inventory: Directory, unit: int) -> tuple[list[tuple[int, ...]], list[int]]:
    """Return the series of each of the unit's channels, and of what they hang behind."""
    channels = inventory.channels_of(unit)
    above = {inventory.channels[channel].uplink_id for channel in channels} - {None}
    own = [inventory.series_of(channel) for channel in channels]
    return own, [series for channel in above if channel for series in inventory.series_of(channel)]


def _of(outcomes: Mapping[int, list[Outcome]], series: Iterable[int]) -> dict[int, list[Outcome]]:
    return {each: outcomes.get(each, []) for each in series}
