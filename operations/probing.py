"""Probing: what the probes say of a unit at this moment, whatever becomes of them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlmodel import col, select

from incidents.finding import SILENT, Finding, find, lately
from incidents.outcome import Outcome
from incidents.said import Kind
from operations.desk import Act, Desk
from storage import samples, spells
from storage.directory import Directory
from storage.spells import DEGRADED, FLAPPING
from storage.tables import Vantage

log = structlog.get_logger(__name__)

Probe = Callable[[Iterable[int]], Awaitable[Mapping[int, list[Outcome]]]]
PATIENCE = 4.0  # seconds that the probing may take: of the five in which a report is answered
RECENT = timedelta(minutes=5)  # that an unsteady line is judged by


@dataclass(frozen=True, slots=True)
class Seen:
    """What the probes say of a unit, and of each of its channels alone."""

    finding: Finding = Finding.UNSEEN
    channels: tuple[tuple[int, Finding], ...] = ()


async def see(desk: Desk, unit: int, kind: Kind, probe: Probe, patience: float = PATIENCE) -> Seen:
    """Probe the channels of *unit* and what is above; of an unsteady line the last minutes count too."""
    async with desk.look() as act:
        own, above = _series(act.directory, unit)
    outcomes = await probed(probe, [*(each for series in own.values() for each in series), *above], patience)
    shares = {channel: _of(outcomes, series) for channel, series in own.items()}
    async with desk.look() as act:
        finding = find(shares.values(), _of(outcomes, above))
        if finding in SILENT and await blind(act):
            return Seen()  # nobody answers us: that says nothing of this line
        if kind is Kind.UNSTEADY:
            loss = max([await _loss(act, series) for series in own.values()], default=0.0)
            troubled = await spells.lately(act.session, own, (DEGRADED, FLAPPING), act.at - RECENT)
            finding = lately(finding, loss, troubled=troubled)
    return Seen(finding, tuple((channel, find([each], {})) for channel, each in shares.items()))


async def probed(probe: Probe, series: Iterable[int], patience: float) -> Mapping[int, list[Outcome]]:
    """Return what the probes tell, or nothing in time: a report is kept whatever becomes of the probing."""
    try:
        async with asyncio.timeout(patience):
            return await probe(series)
    except Exception:
        log.exception("report.unprobed")
        return {}


async def blind(act: Act) -> bool:
    """Return whether we ourselves do not see."""
    blind = await act.session.exec(select(Vantage.id).where(col(Vantage.blind_since).is_not(None)))
    return blind.first() is not None


async def _loss(act: Act, series: Sequence[int]) -> float:
    quality = await samples.quality(act.session, series, act.at - RECENT)
    return quality.lost / quality.sent if quality.sent else 0.0


def _series(inventory: Directory, unit: int) -> tuple[dict[int, tuple[int, ...]], list[int]]:
    """Return the series of each of the unit's channels, and of what they hang behind."""
    channels = inventory.channels_of(unit)
    above = {inventory.channels[channel].uplink_id for channel in channels} - {None}
    own = {channel: inventory.series_of(channel) for channel in channels}
    return own, [series for channel in above if channel for series in inventory.series_of(channel)]


def _of(outcomes: Mapping[int, list[Outcome]], series: Iterable[int]) -> dict[int, list[Outcome]]:
    return {each: outcomes.get(each, []) for each in series}
