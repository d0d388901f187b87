"""ICMP: whether this process may send echoes, and what to type where it may not."""

import socket

from bot.doctor.finding import Finding, fail, ok, warn
from bot.doctor.patient import Patient
from checks.icmp_socket import IcmpUnavailable

MEND = (
    "sysctl -w net.ipv4.ping_group_range='0 2147483647', and the same line without «sysctl -w» and quotes in "
    "/etc/sysctl.d/60-ping.conf to keep it; in a container: --sysctl net.ipv4.ping_group_range='0 2147483647'"
)


async def examine(patient: Patient) -> list[Finding]:
    """Open the socket that the prober would open."""
    records = await patient.records()
    urls = [] if records is None else [each.url for each in records.directory.series.values()]
    needed = records is None or any(url.startswith("icmp:") for url in [*urls, *patient.settings.anchors])
    try:
        with patient.icmp_socket(socket.AF_INET) as opened:
            return [judge(opened.type)]
    except (IcmpUnavailable, OSError):
        said = "the kernel refuses ICMP to this user"
        return [fail(said, MEND) if needed else warn(f"{said}; no probe needs it yet", MEND)]


def judge(kind: int) -> Finding:
    """Judge a socket that was opened."""
    if kind == socket.SOCK_RAW:
        return ok("raw ICMP, by privilege; the datagram kind would need none")
    return ok("datagram ICMP, without any privilege")
