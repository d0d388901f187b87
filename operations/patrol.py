"""Patrol: the probes' stream, observed for as long as the desk is open."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from time import monotonic

import structlog

from checks.engine import Engine
from checks.icmp_socket import SocketFactory, open_icmp_socket
from checks.target import Target
from incidents.correlation import Watch
from incidents.decision import Decision
from incidents.lines import service_of_line
from incidents.model import LineState
from incidents.outcome import Outcome
from incidents.policy import Detection, Policies
from operations.desk import Desk
from operations.observe import observe
from operations.release import release
from operations.sample import Sampler
from operations.upkeep import upkeep
from operations.watching import keep, watch_over
from storage.directory import Directory

log = structlog.get_logger(__name__)

FLUSH_SECONDS = 1.0
REFRESH_SECONDS = 10.0
KEEP_SECONDS = 600.0  # what was learned since is lost with the machine, and learned again
BURST = 3
BURST_SPACING = 0.2


class Patrol:
    """An engine over the inventory, and the watch that hears it; follows the inventory when it changes."""

    def __init__(
        self,
        desk: Desk,
        *,
        period: float | None = None,
        icmp_socket: SocketFactory = open_icmp_socket,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._desk = desk
        self._monotonic = clock
        self._period = period
        self._icmp_socket = icmp_socket
        self._engine = self._new_engine()
        self._sampler = Sampler(desk)
        self._watch = Watch(())
        self._inventory: object = None
        self._quick: frozenset[int] = frozenset()
        self.last_outcome = clock()

    @property
    def age(self) -> float:
        """Seconds since the last outcome."""
        return self._monotonic() - self.last_outcome

    @property
    def engine(self) -> Engine:
        """The engine, for its counters."""
        return self._engine

    @property
    def watch(self) -> Watch:
        """What is believed now."""
        return self._watch

    @property
    def states(self) -> dict[int, LineState]:
        """What is declared of each channel."""
        return {line: state for line, state in self._watch.states.items() if service_of_line(line) is None}

    @property
    def lost(self) -> int:
        """How many outcomes were never written."""
        return self._sampler.lost

    async def probe(self, series: Iterable[int]) -> Mapping[int, list[Outcome]]:
        """Probe *series* now, three times each."""
        return await self._engine.burst(list(series), BURST, BURST_SPACING)

    async def run(self) -> None:
        """Watch until cancelled."""
        self._engine, self._inventory, self._quick = self._new_engine(), None, frozenset()
        try:
            async with self._engine:
                await self.refresh()
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._hear())
                    tasks.create_task(self._every(FLUSH_SECONDS, self._sampler.flush))
                    tasks.create_task(self._every(REFRESH_SECONDS, self.refresh))
                    tasks.create_task(self._every(REFRESH_SECONDS, self.upkeep))
                    tasks.create_task(self._every(KEEP_SECONDS, self.keep))
        finally:
            await self._sampler.flush()
            await self.keep()

    async def upkeep(self) -> None:
        """Hold what is open to the plan of works."""
        await upkeep(self._desk)

    async def keep(self) -> None:
        """Keep what was learned for the next run; what never looked has learned nothing."""
        if self._inventory is not None:
            await keep(self._desk, self._watch, self._monotonic())

    async def refresh(self) -> None:
        """Follow the inventory: new channels are watched, those that are gone no longer."""
        async with self._desk.look() as act:
            inventory, policies = act.directory, act.policies
        seen = _fingerprint(inventory, policies)
        if seen == self._inventory:
            return
        await release(self._desk)
        await self.keep()
        self._watch = await watch_over(self._desk, self._monotonic(), self._period)
        self._engine.retarget(targets(inventory, policies, self._period))
        self._inventory = seen  # only now: what could not be followed is followed the next time
        log.info("patrol.inventory", channels=len(inventory.live_channels), series=len(inventory.series))

    async def _hear(self) -> None:
        async for batch in self._engine.outcomes():
            now = self.last_outcome = self._monotonic()
            self._sampler.add(batch, now, self._desk.clock())
            try:
                decision = await observe(self._desk, self._watch, batch, now)
            except Exception:  # the database is away: probing goes on, and what is undecided stays so
                log.exception("patrol.undecided")
                continue
            _tell(decision)
            self._hasten()

    def _new_engine(self) -> Engine:
        return Engine([], period=self._period or Detection().period, icmp_socket=self._icmp_socket)

    def _hasten(self) -> None:
        quick = self._watch.quick(self._monotonic())
        for series in quick - self._quick:
            self._engine.pace(series, self._watch.rules[series].quick)
        for series in self._quick - quick:
            self._engine.pace(series, None)
        self._quick = quick
        for series in self._watch.asks():
            self._engine.once(series)

    async def _every(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await act()
            except Exception:
                log.exception("patrol.chore", chore=getattr(act, "__name__", ""))


def _tell(decision: Decision) -> None:
    """Log a line for each state and reason, not one for each channel."""
    if decision.sight is not None:
        log.warning("vantage", sight=str(decision.sight))
    groups: dict[tuple[str, str], list[int]] = {}
    for verdict in decision.verdicts:
        groups.setdefault((verdict.state, verdict.why), []).append(verdict.channel)
    for (state, why), channels in groups.items():
        log.info("verdict", state=str(state), why=str(why), channels=len(channels), first=channels[0])


def targets(inventory: Directory, policies: Policies, period: float | None = None) -> Iterable[Target]:
    """Yield what to probe, and how often: every series of a live channel, the anchors, the services."""
    for channel, line in inventory.live_channels.items():
        own = period or policies.detection(line.profile).period
        for series in inventory.series_of(channel):
            yield Target.parse(series, inventory.series[series].url, own)
    usual = period or policies.detection(None).period
    services = (series for each in inventory.live_services for series in inventory.probes_of(each))
    for series in (*inventory.anchors, *services):
        yield Target.parse(series, inventory.series[series].url, usual)


def _fingerprint(inventory: Directory, policies: Policies) -> object:
    lines = [
        (id_, each.uplink_id, each.carrier_id, each.profile, inventory.area(each.unit_id))
        for id_, each in sorted(inventory.live_channels.items())
    ]
    urls = [(id_, each.service_id, each.url) for id_, each in sorted(inventory.series.items())]
    return lines, urls, policies.profiles, policies.profile, policies.common
