"""A DNS question as it goes over the wire, and what a reply says to it (RFC 1035)."""

import struct
from dataclasses import dataclass
from typing import Final, Self

from incidents.outcome import Reason

KINDS: Final = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33}

_HEADER: Final = struct.Struct("!6H")  # identifier, flags; questions, answers, authorities, additionals
_INTERNET: Final = 1
_RECURSE: Final = 0x0100
_IS_REPLY: Final = 0x8000
_TRUNCATED: Final = 0x0200
_CODE: Final = 0x000F
_NO_SUCH_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A name and the kind of record asked for; *identifier* has 16 bits that a stranger has to guess."""

    name: str
    kind: str
    identifier: int

    @classmethod
    def of(cls, path: str, identifier: int) -> Self:
        """Read the canonical path of a dns:// target: ``/name?type=A``."""
        name, _, kind = path.removeprefix("/").partition("?type=")
        return cls(name, kind, identifier)

    def packed(self) -> bytes:
        """Return the query, which asks the server to recurse."""
        return _HEADER.pack(self.identifier, _RECURSE, 1, 0, 0, 0) + self._section()

    def verdict(self, packet: bytes) -> Reason | None:
        """Return what *packet* says to this question, or None where it is no reply to it.

        Only the header and the repeated question are read: nothing in the records can hurt us. A truncated
        reply is an answer, too.
        """
        section = self._section()
        if packet[_HEADER.size : _HEADER.size + len(section)].lower() != section.lower():
            return None
        identifier, flags, questions, answers, _, _ = _HEADER.unpack_from(packet)
        if identifier != self.identifier or not flags & _IS_REPLY or questions != 1:
            return None
        if flags & _CODE == _NO_SUCH_NAME:
            return Reason.BAD_NAME
        answered = answers or flags & _TRUNCATED
        return Reason.REPLY if answered and not flags & _CODE else Reason.BAD_ANSWER

    def _section(self) -> bytes:
        labels = (label.encode("ascii") for label in self.name.removesuffix(".").split("."))
        name = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
        return name + struct.pack("!HH", KINDS[self.kind], _INTERNET)
