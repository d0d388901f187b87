"""The far end of a namespace's default route: a TUN device, or a veth pair with a packet socket."""

import fcntl
import os
import socket
import struct
from contextlib import suppress
from typing import Final, Protocol

from sandbox.network import netlink

HERE: Final = "198.18.0.1"  # of the range for benchmarks (RFC 2544), where no line may lie
TUN: Final = "/dev/net/tun"

_TUNSETIFF: Final = 0x400454CA
_IFF_TUN_NO_PI: Final = 0x1001
_ETH_P_IP: Final = 0x0800
_SO_RCVBUFFORCE: Final = 33
_BUFFER: Final = 4 << 20
_MTU: Final = 2048


class Wire(Protocol):
    """Whole IP packets in and out."""

    def fileno(self) -> int:
        """Return the descriptor that becomes readable with a packet."""

    def receive(self) -> bytes | None:
        """Return the next packet, or None when there is none."""

    def send(self, packet: bytes) -> None:
        """Hand one packet to the namespace."""


class TunWire:
    """A TUN device: packets are read and written as they are."""

    def __init__(self) -> None:
        self._file = os.open(TUN, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        fcntl.ioctl(self._file, _TUNSETIFF, struct.pack("16sH22x", b"lines", _IFF_TUN_NO_PI))
        _connect("lines", arp=True)

    def fileno(self) -> int:
        """Return the descriptor of the device."""
        return self._file

    def receive(self) -> bytes | None:
        """Return the next packet, or None when there is none."""
        try:
            return os.read(self._file, _MTU)
        except BlockingIOError:
            return None

    def send(self, packet: bytes) -> None:
        """Hand one packet to the namespace; a full queue loses it, as a network does."""
        with suppress(OSError):
            os.write(self._file, packet)


class VethWire:
    """A veth pair: the namespace routes into one end, a packet socket listens at the other."""

    def __init__(self) -> None:
        netlink.add_veth_pair("lines", "far")
        netlink.set_up("far", arp=False)
        # Without ARP the namespace needs no neighbour: every address of the world lies behind the device.
        _connect("lines", arp=False)
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK, 0)
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _BUFFER)
        except PermissionError:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._socket.bind(("far", _ETH_P_IP))
        hardware = _hardware_address("lines")
        self._to = ("far", _ETH_P_IP, 0, 0, hardware)

    def fileno(self) -> int:
        """Return the descriptor of the packet socket."""
        return self._socket.fileno()

    def receive(self) -> bytes | None:
        """Return the next packet, or None when there is none."""
        try:
            packet, where = self._socket.recvfrom(_MTU)
            while where[2] == socket.PACKET_OUTGOING:
                packet, where = self._socket.recvfrom(_MTU)
        except BlockingIOError:
            return None
        return packet

    def send(self, packet: bytes) -> None:
        """Hand one packet to the namespace; a full queue loses it, as a network does."""
        with suppress(OSError):
            self._socket.sendto(packet, self._to)


def _connect(device: str, *, arp: bool) -> None:
    netlink.set_up(device, arp=arp)
    netlink.add_address(device, HERE)
    netlink.add_default_route(device)


def _hardware_address(device: str) -> bytes:
    with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0) as probe:
        probe.bind((device, 0))
        address = probe.getsockname()[4]
        assert isinstance(address, bytes)
        return address
