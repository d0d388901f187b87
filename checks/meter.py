"""A meter: the port that a channel's traffic is counted at, as a URL taken apart and checked once."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from checks import target

PORT: Final = 161
EXPECTED: Final = (
    "expected snmp://host/interface?credential=NAME, with an ifIndex or an ifName for interface, "
    "and &end=centre where the port is at the other end of the channel"
)
_NAME = re.compile(r"[A-Za-z0-9_]{1,32}")
_PRINTABLE = re.compile(r"[!-~]+")


class Fault(StrEnum):
    """Why a meter told nothing."""

    NO_CREDENTIAL = "no_credential"  # the setting that the meter names is not there
    BAD_NAME = "bad_name"  # the host's name did not resolve
    TIMEOUT = "timeout"  # no answer: a dead agent, or one that a wrong community keeps silent
    REFUSED = "refused"  # the agent knows no such user or password, or shows it nothing
    NO_INTERFACE = "no_interface"
    NO_COUNTERS = "no_counters"  # the interface has none of 64 bits
    GARBLED = "garbled"  # an answer that tells nothing, or an error of the agent's


@dataclass(frozen=True, slots=True)
class Meter:
    """A channel and the port that counts for it.

    *interface* is an ifIndex in digits or an ifName; *credential* the upper-case name of a setting; *centre*
    tells that the port is not the unit's own: what it sends goes down to the unit.
    """

    channel: int
    host: str
    port: int
    interface: str
    credential: str
    centre: bool = False

    @classmethod
    def parse(cls, channel: int, url: str) -> Self:
        """Take *url* apart, or raise ValueError with one sentence: what is wrong and what is expected."""
        if not _PRINTABLE.fullmatch(url):
            raise ValueError(f"{url!r} has a blank or a letter outside ASCII; {EXPECTED}.")
        parts = _split(url)
        if parts.scheme != "snmp" or parts.fragment or "@" in parts.netloc:
            raise ValueError(f"{url!r} is no meter; {EXPECTED}.")
        interface = unquote(parts.path.removeprefix("/"))
        if not interface or not interface.isprintable():
            raise ValueError(f"{url!r} names no interface; {EXPECTED}.")
        credential, centre = _query(parts, url)
        return cls(channel, *_agent(parts, url), interface, credential, centre)


def validate_meter(url: str) -> str | None:
    """Say in one sentence what is wrong with *url*, or None where it is a meter."""
    try:
        Meter.parse(0, url)
    except ValueError as error:
        return str(error)
    return None


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise ValueError(f"{url!r} is not a URL; {EXPECTED}.") from None


def _agent(parts: SplitResult, url: str) -> tuple[str, int]:
    try:
        port = PORT if parts.port is None else parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError(f"{url!r} has a port that is no number from 1 to 65535; {EXPECTED}.")
    host = parts.hostname or ""
    if target.validate(f"icmp://{host}"):  # the same hosts can be asked that can be pinged
        raise ValueError(f"{host!r} in {url!r} is neither an IPv4 address nor a DNS name; {EXPECTED}.")
    return host, port


def _query(parts: SplitResult, url: str) -> tuple[str, bool]:
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    said = dict(pairs)
    if len(said) != len(pairs) or said.keys() - {"credential", "end"}:
        raise ValueError(f"{url!r} says more than is known; {EXPECTED}.")
    if not _NAME.fullmatch(said.get("credential", "")):
        raise ValueError(f"{url!r} names no credential, a word of letters, digits and «_»; {EXPECTED}.")
    if said.get("end", "unit") not in ("unit", "centre"):
        raise ValueError(f"{url!r} has an end that is neither unit nor centre; {EXPECTED}.")
    return said["credential"].upper(), said.get("end") == "centre"
