"""Hosts in a row, each a network namespace, joined by veth pairs; they vanish with their keeper."""

import json
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

ROOT = Path(__file__).parents[2]
LIVES = 120  # seconds, should the keeper be killed
READY = 10  # seconds
KERNEL = (  # forward, be ready at once, and answer however often the tests ask
    "net.ipv4.ip_forward=1",
    "net.ipv6.conf.all.forwarding=1",
    "net.ipv6.conf.default.accept_dad=0",
    "net.ipv4.icmp_ratelimit=0",
    "net.ipv6.icmp.ratelimit=0",
)
ABSENT = tuple(  # give a neighbour that is not there up within the patience of a trace
    f"net.{ip}.neigh.right.{name}"
    for ip in ("ipv4", "ipv6")
    for name in ("mcast_solicit=1", "retrans_time_ms=50")
)


class Chain:
    """Host 1 asks; between i and i + 1 lie 10.9.i.0/24 and fd09:i::/64, with .1 and .2, ::1 and ::2."""

    def __init__(self, hosts):
        self._hosts = []
        try:
            for _ in range(hosts):
                self._hosts.append(_namespace())
            for host in range(1, hosts + 1):
                self.run(host, "sysctl", "-qw", *KERNEL)
            for left in range(1, hosts):
                self._join(left)
            for host in range(1, hosts + 1):
                self._route(host)
            self._wait()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for host in self._hosts:
            host.kill()
            host.wait()
            host.stdout.close()

    def run(self, host, *command):
        """Run *command* on *host* and return what it prints."""
        inside = ["nsenter", "--net", "--target", str(self._hosts[host - 1].pid), *command]
        done = subprocess.run(inside, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def trace(self, address, groups="0 2147483647"):
        """Trace *address* from host 1, where *groups* may open ICMP sockets."""
        code = (
            "import asyncio, json, pathlib, sys\n"
            "from checks.trace import trace\n"
            "pathlib.Path('/proc/sys/net/ipv4/ping_group_range').write_text(sys.argv[2])\n"
            "path = asyncio.run(trace(sys.argv[1], 0.5))\n"
            "print(json.dumps([path.end, [(hop.address, hop.latency) for hop in path.hops]]))"
        )
        return json.loads(self.run(1, sys.executable, "-c", code, address, groups))

    def _join(self, left):
        right = self._hosts[left].pid
        peer = ("peer", "name", "left", "netns", str(right))
        self.run(left, "ip", "link", "add", "right", "type", "veth", *peer)
        self.run(left, "sysctl", "-qw", *ABSENT)
        for host, device, end in ((left, "right", 1), (left + 1, "left", 2)):
            self.run(host, "ip", "address", "add", f"10.9.{left}.{end}/24", "dev", device)
            self.run(host, "ip", "address", "add", f"fd09:{left}::{end}/64", "dev", device, "nodad")
            self.run(host, "ip", "link", "set", device, "up")

    def _wait(self):
        """Wait until each end has its link-local address: before that IPv6 loses what it is given."""
        until = monotonic() + READY
        for host in range(1, len(self._hosts) + 1):
            ends = (host > 1) + (host < len(self._hosts))
            while self.run(host, "ip", "-6", "address").count("fe80::") < ends:
                assert monotonic() < until, "the links do not come up"

    def _route(self, host):
        """Send what is farther to the right, and what comes back from there to the left."""
        if host < len(self._hosts):
            self.run(host, "ip", "route", "add", "default", "via", f"10.9.{host}.2")
            self.run(host, "ip", "-6", "route", "add", "default", "via", f"fd09:{host}::2")
        for net in range(1, host - 1):
            self.run(host, "ip", "route", "add", f"10.9.{net}.0/24", "via", f"10.9.{host - 1}.1")
            self.run(host, "ip", "-6", "route", "add", f"fd09:{net}::/64", "via", f"fd09:{host - 1}::1")


def chain(hosts):
    """Return a chain, or skip aloud where the machine refuses one."""
    try:
        return Chain(hosts)
    except (OSError, AssertionError) as error:
        pytest.skip(f"a trace needs network namespaces of its own: {error}")


def _namespace():
    """Return a process that only holds a namespace."""
    command = [
        "unshare",
        "--net",
        "--kill-child",
        "sh",
        "-c",
        f"ip link set lo up && echo up; exec sleep {LIVES}",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said = process.stdout.readline()
    if not said:
        process.wait()
        process.stdout.close()
        raise OSError("unshare --net is refused")
    return process
