"""What waits on an ICMP socket, many packets at a call: recvmmsg(2) into one block of memory."""

import ctypes
import errno
import socket
import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from checks.family import FAMILIES

AT_ONCE: Final = 64
_STAMP: Final = struct.Struct(f"@{struct.calcsize('N') + 8}xll")  # past struct cmsghdr: seconds, nanoseconds
_NAME, _CONTROL, _DATA = 28, _STAMP.size, 64  # bytes: sockaddr_in6, a stamp, headers and an echo
_recvmmsg = ctypes.CDLL(None, use_errno=True).recvmmsg

# Type and code, number, secret; the source in its bytes; the stamp in seconds and nanoseconds.
Packet = tuple[tuple[int, int, bytes], tuple[bytes], tuple[int, int]]


class _Vector(ctypes.Structure):  # struct iovec
    _fields_ = (("base", ctypes.c_void_p), ("size", ctypes.c_size_t))


class _Message(ctypes.Structure):  # struct mmsghdr, whose last word is an unsigned int and what pads it
    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_size", ctypes.c_uint),
        ("vector", ctypes.c_void_p),
        ("vectors", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_size", ctypes.c_size_t),
        ("flags", ctypes.c_int),
        ("length", ctypes.c_size_t),
    )


class _Block(ctypes.Structure):
    _fields_ = (
        ("messages", _Message * AT_ONCE),
        ("vectors", _Vector * AT_ONCE),
        ("names", ctypes.c_char * _NAME * AT_ONCE),
        ("controls", ctypes.c_char * _CONTROL * AT_ONCE),
        ("data", ctypes.c_char * _DATA * AT_ONCE),
    )


class Inbox:
    """Reads echoes, which begin *header* bytes into a packet.

    The block is emptied before each call, so that no byte of an earlier packet completes one that is short.
    """

    def __init__(self, sock: socket.socket, header: int) -> None:
        of = FAMILIES[sock.family]
        self._file = sock.fileno()
        block = _Block()
        rows = zip(block.messages, block.vectors, block.names, block.controls, block.data, strict=True)
        for message, vector, name, control, data in rows:
            vector.base, vector.size = ctypes.addressof(data), _DATA
            message.name, message.name_size = ctypes.addressof(name), _NAME
            message.vector, message.vectors = ctypes.addressof(vector), 1
            message.control, message.control_size = ctypes.addressof(control), _CONTROL
        self._at = ctypes.c_void_p(ctypes.addressof(block))
        self._empty = bytes(block)
        self._block = memoryview(block).cast("B")
        after = _NAME - of.address_at - of.address_size
        self._names = struct.Struct(f"{of.address_at}x{of.address_size}s{after}x")
        self._data = struct.Struct(f"!{header}xHxxxxxxQ8s{_DATA - header - 24}x")

    def read(self) -> Iterator[Packet] | None:
        """Read up to AT_ONCE packets, to be taken before the next call; None when none waits."""
        self._block[:] = self._empty
        count = _recvmmsg(self._file, self._at, AT_ONCE, socket.MSG_DONTWAIT, None)
        if count < 0:
            # Anything else is a router's word, which is kept in the error queue too.
            return None if ctypes.get_errno() == errno.EAGAIN else iter(())
        data = self._data.iter_unpack(self._part(_Block.data))
        names = self._names.iter_unpack(self._part(_Block.names))
        stamps = _STAMP.iter_unpack(self._part(_Block.controls))
        return islice(zip(data, names, stamps, strict=True), count)

    def _part(self, field: Any) -> memoryview:
        return self._block[field.offset : field.offset + field.size]
