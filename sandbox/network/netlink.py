"""The few words of rtnetlink that a network in a box needs: links, addresses and routes of this namespace."""

import os
import socket
import struct
from typing import Final

IFF_UP: Final = 0x1
IFF_NOARP: Final = 0x80

_RTM_NEWLINK: Final = 16
_RTM_NEWADDR: Final = 20
_RTM_NEWROUTE: Final = 24
_NLM_F_REQUEST: Final = 0x1
_NLM_F_ACK: Final = 0x4
_NLM_F_CREATE_EXCL: Final = 0x600
_IFLA_IFNAME: Final = 3
_IFLA_TXQLEN: Final = 13
_IFLA_LINKINFO: Final = 18
_IFLA_INFO_KIND: Final = 1
_IFLA_INFO_DATA: Final = 2
_VETH_INFO_PEER: Final = 1
_IFA_LOCAL: Final = 2
_RTA_OIF: Final = 4
_RT_TABLE_MAIN: Final = 254
_RTPROT_BOOT: Final = 3
_RT_SCOPE_LINK: Final = 253
_RTN_UNICAST: Final = 1

_IFINFO: Final = struct.Struct("=BxHiII")  # family, type, index, flags, change
_QUEUE: Final = 10_000


def add_veth_pair(name: str, peer: str) -> None:
    """Make two virtual Ethernet devices, each the other end of the cable."""
    peer_info = _IFINFO.pack(0, 0, 0, 0, 0) + _name(peer)
    kind = _attribute(_IFLA_INFO_KIND, b"veth")
    data = _attribute(_IFLA_INFO_DATA, _attribute(_VETH_INFO_PEER, peer_info))
    body = _IFINFO.pack(0, 0, 0, 0, 0) + _name(name) + _attribute(_IFLA_LINKINFO, kind + data)
    _ask(_RTM_NEWLINK, _NLM_F_CREATE_EXCL, body)


def set_up(name: str, *, arp: bool = True) -> None:
    """Switch device *name* on, with a queue that holds a burst; without *arp* it asks for no neighbour."""
    flags = IFF_UP if arp else IFF_UP | IFF_NOARP
    body = _IFINFO.pack(0, 0, socket.if_nametoindex(name), flags, IFF_UP | IFF_NOARP)
    _ask(_RTM_NEWLINK, 0, body + _attribute(_IFLA_TXQLEN, struct.pack("=I", _QUEUE)))


def add_address(name: str, address: str) -> None:
    """Give device *name* an address of either family that stands alone (/32 or /128)."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    packed = socket.inet_pton(family, address)
    header = struct.pack("=BBBBi", family, 8 * len(packed), 0, 0, socket.if_nametoindex(name))
    _ask(_RTM_NEWADDR, _NLM_F_CREATE_EXCL, header + _attribute(_IFA_LOCAL, packed))


def add_default_route(name: str, family: int = socket.AF_INET) -> None:
    """Send through device *name* whatever of *family* is not for this machine."""
    header = struct.pack(
        "=BBBBBBBBI",
        family, 0, 0, 0, _RT_TABLE_MAIN, _RTPROT_BOOT, _RT_SCOPE_LINK, _RTN_UNICAST, 0,
    )  # fmt: skip
    oif = _attribute(_RTA_OIF, struct.pack("=i", socket.if_nametoindex(name)))
    _ask(_RTM_NEWROUTE, _NLM_F_CREATE_EXCL, header + oif)


def _name(name: str) -> bytes:
    return _attribute(_IFLA_IFNAME, name.encode() + b"\0")


def _attribute(kind: int, value: bytes) -> bytes:
    size = 4 + len(value)
    return struct.pack("=HH", size, kind) + value + b"\0" * (-size % 4)


def _ask(kind: int, flags: int, body: bytes) -> None:
    """Send one request and raise the OSError that the kernel answers, if it does."""
    flags |= _NLM_F_REQUEST | _NLM_F_ACK
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as sock:
        sock.bind((0, 0))
        sock.send(struct.pack("=IHHII", 16 + len(body), kind, flags, 1, 0) + body)
        answer = sock.recv(65536)
    code = -struct.unpack_from("=i", answer, 16)[0]
    if code:
        raise OSError(code, os.strerror(code))
