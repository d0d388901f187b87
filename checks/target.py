"""What a series probes: a URL taken apart and checked once, so that no probe meets a malformed one."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import AF_INET, AF_INET6, inet_ntop
from sys import intern
from typing import Final, Self
from urllib.parse import SplitResult, urlsplit

from checks.question import KINDS

MAX_LENGTH: Final = 512
SCHEMES: Final = ("icmp", "tcp", "http", "https", "dns", "tls")
EXPECTED: Final = (
    "expected icmp://host, tcp://host:port, tls://host:port, http(s)://host/path or dns://server/name?type=A"
)

_PRINTABLE = re.compile(r"[!-~]+")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


@dataclass(frozen=True, slots=True)
class Target:
    """One series and where its probes go; *host* is lower case without brackets.

    *period* is how often, in seconds; None is as often as the engine probes by default.
    """

    series: int
    scheme: str
    host: str
    port: int | None
    path: str
    period: float | None = None

    @property
    def url(self) -> str:
        """Return the canonical URL."""
        bracketed = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{bracketed}{'' if self.port is None else f':{self.port}'}{self.path}"

    @classmethod
    def parse(cls, series: int, url: str, period: float | None = None) -> Self:
        """Take *url* apart, or raise ValueError with one sentence: what is wrong and what is expected."""
        if period is not None and not period > 0:
            raise ValueError(f"Series {series} has a period of {period} s; expected more than 0.")
        text = url.strip()
        parts = _split(text)
        host = _host(parts, text)
        port = _port(parts, text)
        path = _path(parts, text)
        if parts.scheme == "icmp" and port is not None:
            raise ValueError(f"{text!r} has a port, but ICMP has none; {EXPECTED}.")
        if parts.scheme in ("tcp", "tls") and port is None:
            raise ValueError(f"{text!r} has no port; expected {parts.scheme}://host:port.")
        return cls(series, intern(parts.scheme), host, port, path, period)


def validate(url: str) -> str | None:
    """Say in one sentence what is wrong with *url*, or None when it can be probed."""
    try:
        Target.parse(0, url)
    except ValueError as error:
        return str(error)
    return None


def _split(text: str) -> SplitResult:
    if not text:
        raise ValueError(f"The URL is empty; {EXPECTED}.")
    if len(text) > MAX_LENGTH:
        raise ValueError(f"The URL has {len(text)} characters; expected at most {MAX_LENGTH}.")
    if not _PRINTABLE.fullmatch(text):
        raise ValueError(f"{text!r} has a blank or a letter outside ASCII; {EXPECTED}.")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a URL; {EXPECTED}.") from None
    if parts.scheme not in SCHEMES or "://" not in text:
        raise ValueError(f"{text!r} does not start with a known scheme; {EXPECTED}.")
    if "@" in parts.netloc:
        raise ValueError(f"{text!r} carries a user name or a password, which a probe must not; {EXPECTED}.")
    return parts


def _host(parts: SplitResult, text: str) -> str:
    host = parts.hostname or ""
    if not host:
        raise ValueError(f"{text!r} has no host; {EXPECTED}.")
    try:
        address = ip_address(host)
    except ValueError:
        if _is_name(host):
            return host
        raise ValueError(
            f"{host!r} in {text!r} is neither an IP address nor a DNS name; {EXPECTED}."
        ) from None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped  # another spelling of an IPv4 address
    if not _is_single_host(address):
        raise ValueError(f"{host!r} in {text!r} is not the address of one host; {EXPECTED}.")
    # In the spelling that the source of a reply will have.
    return inet_ntop(AF_INET if address.version == 4 else AF_INET6, address.packed)


def _is_name(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    # A last label of digits is a mistyped IPv4 address, which the resolver would read in its own way.
    return len(host) <= 253 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()


def _is_single_host(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address.is_link_local:  # there is one on every link
        return False
    return not (address.is_multicast or address.is_unspecified or str(address) == "255.255.255.255")


def _port(parts: SplitResult, text: str) -> int | None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError(f"{text!r} has a port that is no number from 1 to 65535; {EXPECTED}.")
    return port


def _path(parts: SplitResult, text: str) -> str:
    if parts.scheme == "dns":
        return _asked(parts, text)
    if parts.scheme.startswith("http"):
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"{text!r} has a path, but {parts.scheme.upper()} has none; {EXPECTED}.")
    return ""


def _asked(parts: SplitResult, text: str) -> str:
    name = parts.path.removeprefix("/").lower()
    kind = parts.query.removeprefix("type=").upper() or "A"
    if not _is_name(name):
        raise ValueError(f"{text!r} asks for no DNS name; expected dns://server/name?type=A.")
    if kind not in KINDS:
        raise ValueError(f"{text!r} asks for no known type of record; expected one of {', '.join(KINDS)}.")
    return f"/{name}?type={kind}"
