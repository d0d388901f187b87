"""Many targets probed now and only now, with the discipline of the running engine."""

import math
from collections.abc import Sequence

from checks.engine import Engine
from checks.icmp_socket import SocketFactory, open_icmp_socket
from checks.target import Target
from incidents.outcome import Outcome


async def probe_once(
    targets: Sequence[Target],
    *,
    timeout: float = 1.0,  # noqa: ASYNC109 - the outcome names it
    count: int = 3,
    interval: float = 0.2,
    icmp_socket: SocketFactory | None = None,
) -> dict[int, list[Outcome]]:
    """Probe each of *targets* *count* times and return the outcomes by series."""
    factory = icmp_socket or open_icmp_socket
    async with Engine(targets, period=math.inf, timeout=timeout, icmp_socket=factory) as engine:
        return await engine.burst([target.series for target in targets], count, interval)
