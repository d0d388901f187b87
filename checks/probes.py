"""The protocols a channel can be probed by: one literal from a URL's scheme to its probe."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from checks import dns, http, icmp, tcp, tls
from checks.target import Target
from incidents.outcome import Outcome

Probe = Callable[[Target, float], Awaitable[Outcome]]

PROBES: Final[Mapping[str, Probe]] = {
    "icmp": icmp.probe,
    "tcp": tcp.probe,
    "http": http.probe,
    "https": http.probe,
    "dns": dns.probe,
    "tls": tls.probe,
}
