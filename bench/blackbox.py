"""One round of probes by Prometheus's blackbox exporter, asked over HTTP as Prometheus would."""

import asyncio
import json
import os
import re
import sys
import tempfile
from pathlib import Path

from bench.rivals import Figures, address, figures, peak

NAME = "prometheus-blackbox-exporter"
HOST, PORT = "127.0.0.1", 9115
AT_ONCE = 64
PATIENCE = 10.0  # seconds for the exporter to start
CONFIG = "modules: {icmp: {prober: icmp, timeout: 2s, icmp: {preferred_ip_protocol: ip4}}}\n"
RTT = re.compile(rb'probe_icmp_duration_seconds\{phase="rtt"\} (\S+)')


async def ask(path: str) -> bytes:
    """Return the body of one answer."""
    reader, writer = await asyncio.open_connection(HOST, PORT)
    writer.write(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    said = await reader.read()
    writer.close()
    return said.partition(b"\r\n\r\n")[2]


async def started() -> None:
    """Wait until the exporter answers."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await ask("/-/healthy")
            except ConnectionError:
                await asyncio.sleep(0.05)
            else:
                return


def used(process: int) -> float:
    """Return the CPU seconds a process has used."""
    columns = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")


async def probe_all(count: int) -> list[float | None]:
    """Probe each host once; return the milliseconds of each answer, None for a silence."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(index: int) -> float | None:
        async with room:
            said = await ask(f"/probe?module=icmp&target={address(index)}")
        found = RTT.search(said)
        return float(found[1]) * 1000 if found and b"probe_success 1" in said else None

    return await asyncio.gather(*(one(index) for index in range(1, count + 1)))


async def run(count: int) -> Figures:
    """Run the exporter over every host once; its own process counts, and who asks does not."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as config:
        config.write(CONFIG)
        config.flush()
        options = [f"--config.file={config.name}", f"--web.listen-address={HOST}:{PORT}"]
        process = await asyncio.create_subprocess_exec(NAME, *options, stderr=asyncio.subprocess.DEVNULL)
        try:
            await started()
            before = used(process.pid)
            told = await probe_all(count)
            cpu, held = used(process.pid) - before, peak(process.pid)
        finally:
            process.kill()
            await process.wait()
    heard = [rtt for rtt in told if rtt is not None]
    return figures(cpu, count, 1 - len(heard) / count, heard, held)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(int(sys.argv[1])))))
