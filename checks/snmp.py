"""Meters read over SNMP: the counters of many ports, an agent at a time in each of a few lanes."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, Final

from checks.credential import Credential
from checks.meter import Fault, Meter
from incidents.bandwidth import Reading

if TYPE_CHECKING:  # imported with the first meter: a bot without one does without pysnmp
    from checks.agent import Agent, Session, Value

AT_ONCE: Final = 8
WAIT: Final = 2.0  # seconds for an answer, after each of two attempts
LONGEST: Final = 60.0  # seconds for all the meters of one agent

UPTIME: Final = "1.3.6.1.2.1.1.3.0"  # sysUpTime (RFC 3418); what follows is of ifXTable (RFC 2863)
NAME, RECEIVED, SENT, DISCONTINUITY = (f"1.3.6.1.2.1.31.1.1.1.{column}" for column in (1, 6, 10, 19))

Told = Reading | Fault


class Snmp:
    """What reads meters; it remembers which index an interface's name has with which agent."""

    def __init__(
        self,
        credentials: Mapping[str, Credential],
        *,
        wait: float = WAIT,
        at_once: int = AT_ONCE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._credentials = credentials
        self._wait = wait
        self._at_once = at_once
        self._clock = clock
        self._indexes: dict[tuple[str, int], dict[str, str]] = {}

    async def read(self, meters: Iterable[Meter]) -> dict[int, Told]:
        """Return by channel what each meter tells; it never raises for what a network does."""
        told: dict[int, Told] = {}
        agents: dict[tuple[str, str, int], list[Meter]] = defaultdict(list)
        for meter in meters:
            told[meter.channel] = Fault.NO_CREDENTIAL
            if meter.credential in self._credentials:
                agents[meter.credential, meter.host, meter.port].append(meter)
        if agents:
            told |= await self._read(agents)
        return told

    async def _read(self, agents: Mapping[tuple[str, str, int], list[Meter]]) -> dict[int, Told]:
        module = await asyncio.to_thread(import_module, "checks.agent")
        lanes = asyncio.Semaphore(self._at_once)
        told: dict[int, Told] = {}
        async with AsyncExitStack() as stack:
            sessions = {}
            for name in dict.fromkeys(credential for credential, _, _ in agents):
                sessions[name] = await module.Session.open(self._credentials[name], self._wait)
                stack.callback(sessions[name].close)
            async with asyncio.TaskGroup() as tasks:
                for (name, _, _), meters in agents.items():
                    tasks.create_task(self._ask(sessions[name], meters, lanes, told))
        return told

    async def _ask(
        self, session: "Session", meters: list[Meter], lanes: asyncio.Semaphore, told: dict[int, Told]
    ) -> None:
        """Read the meters of one agent, one after another; once it tells nothing the others are not tried."""
        from checks.agent import AgentError

        fault = Fault.TIMEOUT
        async with lanes:
            try:
                async with asyncio.timeout(LONGEST):
                    agent = await session.agent(meters[0].host, meters[0].port)
                    await self._meters(agent, meters, told)
            except AgentError as error:
                fault = error.fault
            except TimeoutError:
                pass
        for meter in meters:
            told.setdefault(meter.channel, fault)

    async def _meters(self, agent: "Agent", meters: list[Meter], told: dict[int, Told]) -> None:
        where = meters[0].host, meters[0].port
        remembered = where in self._indexes
        for meter in meters:
            told[meter.channel] = await self._meter(agent, meter)
        lost = [each for each in meters if _named(each) and told[each.channel] is Fault.NO_INTERFACE]
        if lost and remembered:  # an agent that began anew may have numbered its interfaces anew
            self._indexes.pop(where, None)
            await self._meters(agent, lost, told)

    async def _meter(self, agent: "Agent", meter: Meter) -> Told:
        if not _named(meter):
            return self._reading(meter, await _values(agent, meter.interface))
        where = meter.host, meter.port
        if where not in self._indexes:
            self._indexes[where] = await agent.column(NAME)
        index = self._indexes[where].get(meter.interface)
        values = await _values(agent, index) if index else [None]
        return self._reading(meter, values) if values[-1] == meter.interface else Fault.NO_INTERFACE

    def _reading(self, meter: Meter, values: "list[Value]") -> Told:
        uptime, received, sent, discontinuity, name = values
        if received is None or sent is None:
            return Fault.NO_INTERFACE if name is None else Fault.NO_COUNTERS
        if not (isinstance(received, int) and isinstance(sent, int) and isinstance(uptime, int)):
            return Fault.GARBLED
        down, up = (sent, received) if meter.centre else (received, sent)
        reset = discontinuity if isinstance(discontinuity, int) else None
        return Reading(self._clock(), down, up, uptime, reset)


def _named(meter: Meter) -> bool:
    return not meter.interface.isdecimal()


async def _values(agent: "Agent", index: str) -> "list[Value]":
    columns = (f"{column}.{index}" for column in (RECEIVED, SENT, DISCONTINUITY, NAME))
    return await agent.get([UPTIME, *columns])
