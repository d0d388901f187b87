"""A wire whose far end is the test itself: a namespace with one device, both families, and sockets inside."""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

from sandbox.network import namespace, netlink
from sandbox.network.channel import Channel
from sandbox.network.wire import TunWire

HERE = {socket.AF_INET: "198.18.0.1", socket.AF_INET6: "2001:db8::1"}  # ours; all else lies behind the wire
KINDS = [(family, raw) for family in HERE for raw in (False, True)]


class FarEnd:
    """Whole IP packets as they leave the sockets, and what comes back; OSError where the machine refuses."""

    def __init__(self):
        self._wire = -1
        ours, theirs = socket.socketpair()
        ours.settimeout(10)
        command = [sys.executable, "-m", "tests.checks.far_end", str(theirs.fileno())]
        root = Path(__file__).parents[2]
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], cwd=root, stderr=subprocess.DEVNULL
            )
        self._channel = Channel(ours)
        try:
            _, [self._wire] = self._channel.receive()
        except OSError:
            self.close()
            raise
        os.set_blocking(self._wire, False)

    def socket(self, family, raw=False):
        """Return an ICMP socket of the namespace."""
        _, [file] = self._channel.ask({"family": family, "raw": raw})
        return socket.socket(fileno=file)

    def hear(self):
        """Return every echo request that left since the last time; the kernel's own talk is passed over."""
        packets = []
        with contextlib.suppress(BlockingIOError):
            while True:
                packets.append(os.read(self._wire, 2048))
        return [packet for packet in packets if is_request(packet)]

    def say(self, packet):
        """Let *packet* arrive."""
        os.write(self._wire, packet)

    def close(self):
        """Let the namespace go."""
        self._channel.close()
        self._process.wait()
        with contextlib.suppress(OSError):
            os.close(self._wire)


def is_request(packet):
    if packet[0] >> 4 == 4:
        return (packet[9], packet[20]) == (1, 8)
    return (packet[6], packet[40]) == (58, 128)


def main(file):
    namespace.enter()
    wire = TunWire()  # with our IPv4 address
    netlink.add_address("lines", HERE[socket.AF_INET6])
    netlink.add_default_route("lines", socket.AF_INET6)
    channel = Channel(socket.socket(fileno=file))
    channel.send({}, (wire.fileno(),))
    with contextlib.suppress(ConnectionError):
        while True:
            order, _ = channel.receive()
            with namespace.open_icmp_socket(order["family"], raw=order["raw"]) as sock:
                channel.send({}, (sock.fileno(),))


if __name__ == "__main__":
    main(int(sys.argv[1]))
