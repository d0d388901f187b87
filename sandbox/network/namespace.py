"""A network namespace of this process's own, inside a user namespace where it is not root."""

import ctypes
import os
import signal
import socket
from pathlib import Path
from typing import Final

from sandbox.network import netlink

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_PDEATHSIG: Final = 1
_ROUTES: Final = Path("/proc/self/net/route")
_PING_GROUPS: Final = Path("/proc/sys/net/ipv4/ping_group_range")

_libc = ctypes.CDLL(None, use_errno=True)


def enter() -> None:
    """Leave the machine's network for an empty one in which we may do everything, or raise OSError."""
    user, group = os.geteuid(), os.getegid()
    if user == 0 and _unshare(_CLONE_NEWNET) == 0:
        _allow_ping("0 2147483647")
    else:
        _demand(_unshare(_CLONE_NEWUSER | _CLONE_NEWNET))
        _become_root(user, group)
        _allow_ping("0 0")  # the only group this namespace knows
    netlink.set_up("lo")


def insist_on_own() -> None:
    """Raise OSError where a route leads out already: a network that was entered by `enter` has none."""
    routes = _ROUTES.read_text().splitlines()[1:]
    if routes:
        raise OSError(f"expected an empty network namespace, and found a route by {routes[0].split()[0]}")


def die_with_parent() -> None:
    """Ask the kernel to end this process when the one that started it ends."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def open_icmp_socket(family: int = socket.AF_INET, *, raw: bool = False) -> socket.socket:
    """Open an ICMP socket of *family* in this process's namespace, a datagram one unless *raw*."""
    kind = socket.SOCK_RAW if raw else socket.SOCK_DGRAM
    protocol = socket.IPPROTO_ICMP if family == socket.AF_INET else socket.IPPROTO_ICMPV6
    return socket.socket(family, kind, protocol)


def _unshare(flags: int) -> int:
    return int(_libc.unshare(flags))


def _demand(result: int) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _become_root(user: int, group: int) -> None:
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1")


def _allow_ping(groups: str) -> None:
    """In a new namespace the range starts as "1 0": nobody, not even root."""
    _PING_GROUPS.write_text(groups)
