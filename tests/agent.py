"""An agent for the tests: Debian's snmpd on the loopback, with communities and users of its own."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

SNMPD = shutil.which("snmpd") or shutil.which("snmpd", path="/usr/sbin:/sbin")
COMMUNITY = "a-secret-community"
PASSWORD, PRIVACY = "first-password", "second-password"
CONFIGURATION = f"""
agentAddress udp:127.0.0.1:{{port}}
rocommunity {COMMUNITY} 127.0.0.1
view names included .1.3.6.1.2.1.1
view names included .1.3.6.1.2.1.31.1.1.1.1
rocommunity names-only 127.0.0.1 -V names
createUser strong SHA-256 {PASSWORD} AES {PRIVACY}
createUser strongest SHA-512 {PASSWORD} AES-256 {PRIVACY}
createUser old MD5 {PASSWORD} DES {PRIVACY}
createUser plain SHA {PASSWORD}
rouser strong priv
rouser strongest priv
rouser old priv
rouser plain auth
"""


@contextmanager
def snmpd(folder: Path) -> Iterator[int]:
    """Run snmpd and lend its port; skip aloud where it is not installed."""
    if SNMPD is None:
        pytest.skip("snmpd is not installed (Debian's package snmpd)")
    port = free_port()
    (folder / "snmpd.conf").write_text(CONFIGURATION.format(port=port))
    environment = {"SNMP_PERSISTENT_DIR": str(folder), "MIBS": "", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    command = [SNMPD, "-f", "-Lo", "-C", "-c", str(folder / "snmpd.conf"), "-p", str(folder / "pid")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            _await_port(process, port, folder / "log")
            yield port
        finally:
            process.terminate()
            process.wait(10)


def free_port() -> int:
    """Return a UDP port of the loopback that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _await_port(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = monotonic() + 20
    while monotonic() < deadline:
        assert process.poll() is None, log.read_text("utf-8", "replace")
        if f":{port:04X} " in Path("/proc/net/udp").read_text():
            return
        sleep(0.02)
    raise AssertionError(f"snmpd does not listen: {log.read_text('utf-8', 'replace')}")
