"""The two families of ICMP side by side: all that differs between an IPv4 and an IPv6 echo, as one table."""

import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

Step = tuple[int, int, int, int]  # of classic BPF: code, jump if true, jump if false, operand

_LOAD_HEADER_LENGTH: Final = (0xB1, 0, 0, 0)  # X = 4 * (packet[0] & 15)
_LOAD_HALF_PAST_X: Final = (0x48, 0, 0, 4)
_LOAD_HALF: Final = (0x28, 0, 0, 4)  # 4 is where the identifier lies in the header of either ICMP


def _all_but(kind: int, words: int) -> bytes:
    """Return the filter that a raw socket takes: a bit for each type it is not to hear."""
    return struct.pack(f"@{words}I", *(~(1 << kind >> 32 * word) & 0xFFFFFFFF for word in range(words)))


@dataclass(frozen=True, slots=True)
class Family:
    """What one family calls things; numbers are of RFC 792, RFC 4443 and Linux's uapi headers."""

    name: str
    protocol: int
    request: int  # types of an echo
    reply: int
    refusals: Mapping[int, frozenset[int]]  # types of a router's refusal, with the codes that are none
    level: int  # where options of the family are set,
    errors: int  # the option that keeps a router's words,
    origin: int  # and what marks them as such
    filter_level: int  # the option by which a raw socket hears only some types,
    filter_option: int
    only_replies: bytes
    find_identifier: tuple[Step, ...]  # loads it from what a raw socket hears
    sealed: bool  # the kernel makes a raw socket's checksums
    raw_header: int  # bytes of IP header (of no options) before what a raw socket hears
    address_at: int  # in the family's sockaddr
    address_size: int


V4: Final = Family(
    name="ICMP",
    protocol=socket.IPPROTO_ICMP,
    request=8,
    reply=0,
    refusals={3: frozenset({4}), 11: frozenset()},  # unreachable, unless for its size; time exceeded
    level=socket.IPPROTO_IP,
    errors=11,
    origin=2,
    filter_level=255,
    filter_option=1,
    only_replies=_all_but(0, words=1),
    find_identifier=(_LOAD_HEADER_LENGTH, _LOAD_HALF_PAST_X),
    sealed=False,
    raw_header=20,
    address_at=4,
    address_size=4,
)
V6: Final = Family(
    name="ICMPv6",
    protocol=socket.IPPROTO_ICMPV6,
    request=128,
    reply=129,
    refusals={1: frozenset(), 3: frozenset()},  # a packet too big is a type of its own
    level=socket.IPPROTO_IPV6,
    errors=25,
    origin=3,
    filter_level=socket.IPPROTO_ICMPV6,
    filter_option=1,
    only_replies=_all_but(129, words=8),
    find_identifier=(_LOAD_HALF,),
    sealed=True,
    raw_header=0,
    address_at=8,
    address_size=16,
)
FAMILIES: Final[Mapping[int, Family]] = {socket.AF_INET: V4, socket.AF_INET6: V6}


def literal(host: str) -> str | None:
    """Return *host* as the kernel's library spells it if it is an IP address, else None."""
    for family in FAMILIES:
        with suppress(OSError):
            return socket.inet_ntop(family, socket.inet_pton(family, host))
    return None


def family_of(address: str) -> socket.AddressFamily:
    """Tell the family of a literal *address*."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET
