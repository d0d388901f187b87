"""The keeper of the box: starts it, cuts and shapes its lines, and hands out sockets that open into it."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from ipaddress import IPv4Address
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sandbox.network.channel import Channel, Message
from sandbox.network.line import Quirk, default_line
from sandbox.network.wire import HERE

MODES: Final = ("tun", "veth", "tcp")
PATIENCE: Final = 10.0  # seconds for the box to answer

_SENTENCES: Final = {
    "here": "real ICMP packets through a TUN device in this process's own network namespace",
    "tun": "real ICMP packets through a TUN device in a network namespace of its own",
    "veth": "real ICMP packets through a veth pair in a network namespace of its own",
    "tcp": "TCP listeners on loopback, which can be cut but not slowed{why}",
}


class NetworkUnavailable(RuntimeError):  # noqa: N818 - a condition of the machine, not a mistake
    """This machine gives none of the ways to run the box."""


class Network:
    """Lines by code, each answering at its address; *modes* are tried in their order.

    The mode "here" puts them into the namespace that this process has entered, for whatever it starts there.
    """

    def __init__(self, lines: Mapping[str, str], *, modes: Sequence[str] = MODES, seed: int = 0) -> None:
        self.lines = {code: default_line(code, _checked(address)) for code, address in lines.items()}
        if len({line.address for line in self.lines.values()}) < len(self.lines):
            raise ValueError("Two lines have the same address; expected one each.")
        self.mode = ""
        self._why = ""
        self._inside = [mode for mode in modes if mode != "tcp"]
        self._outside = [mode for mode in modes if mode == "tcp"]
        self._seed = seed
        self._places: dict[str, tuple[str, int]] = {}
        self._lock = threading.Lock()  # the channel answers one question at a time
        self._channel: Channel
        self._process: subprocess.Popen[bytes]

    async def __aenter__(self) -> Self:
        refusals: list[str] = []
        # A child that entered a namespace has no way back, so the listeners get one that never did.
        for modes in filter(None, (self._inside, self._outside)):
            self._start()
            try:
                mode, why = await asyncio.to_thread(self._open, modes)
            except BaseException:
                self._stop()
                raise
            if mode is not None:
                self.mode, self._why = mode, "; ".join(refusals)
                return self
            refusals.append(why)
            self._stop()
        raise NetworkUnavailable(f"This machine gives no network in a box ({'; '.join(refusals)}).")

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._stop)

    def describe(self) -> str:
        """Say in one sentence what the lines run on."""
        why = f" (no network namespace: {self._why})" if self._why else ""
        return f"{len(self.lines)} lines: {_SENTENCES[self.mode].format(why=why)}."

    def url(self, code: str) -> str:
        """Return what to probe for line *code*."""
        if self.mode == "tcp":
            host, port = self._places[code]
            return f"tcp://{host}:{port}"
        return f"icmp://{self.lines[code].address}"

    def icmp_socket(self, family: int = socket.AF_INET) -> socket.socket:
        """Return a datagram ICMP socket that was opened inside the box."""
        return self._socket(family, raw=False)

    def raw_icmp_socket(self, family: int = socket.AF_INET) -> socket.socket:
        """Return a raw ICMP socket that was opened inside the box."""
        return self._socket(family, raw=True)

    def _socket(self, family: int, *, raw: bool) -> socket.socket:
        if self.mode == "tcp":
            raise NetworkUnavailable("The box runs on TCP listeners and has no ICMP.")
        _, files = self._ask({"do": "socket", "family": int(family), "raw": raw})
        return socket.socket(fileno=files[0])

    async def cut(self, *codes: str) -> None:
        """Silence the lines *codes*."""
        await self._set(codes, up=False)

    async def heal(self, *codes: str) -> None:
        """Let the lines *codes* answer again."""
        await self._set(codes, up=True)

    async def shape(
        self,
        *codes: str,
        delay: float | None = None,
        jitter: float | None = None,
        loss: float | None = None,
    ) -> None:
        """Change how slowly (seconds, round trip) and how reliably (0 to 1) the lines *codes* answer."""
        given = {"delay": delay, "jitter": jitter, "loss": loss}
        await self._set(codes, **{name: value for name, value in given.items() if value is not None})

    async def misbehave(self, *codes: str, quirk: Quirk | None) -> None:
        """Give the lines *codes* a fault that real hosts have, or None: make them honest again."""
        await self._set(codes, quirk=quirk)

    async def _set(self, codes: Iterable[str], **settings: Any) -> None:
        lines = [self.lines[code] for code in codes]
        await asyncio.to_thread(self._ask, {"do": "set", "codes": list(codes), "set": settings})
        for line in lines:
            for name, value in settings.items():
                setattr(line, name, value)

    def _start(self) -> None:
        """Start the child here, on the loop's own thread: it is to die with it, not with a worker."""
        ours, theirs = socket.socketpair()
        ours.settimeout(PATIENCE)
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "sandbox.network.child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        self._channel = Channel(ours)

    def _open(self, modes: Sequence[str]) -> tuple[str | None, str]:
        """Have the child try *modes*; return the one that runs, and why not those before it."""
        lines: dict[str, Any] = {code: asdict(line) for code, line in self.lines.items()}
        answer, _ = self._ask({"lines": lines, "modes": list(modes), "seed": self._seed})
        self._places = {code: (host, port) for code, (host, port) in answer["places"].items()}
        return answer["mode"], answer["why"]

    def _stop(self) -> None:
        self._channel.close()
        try:
            self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, message: Message) -> tuple[Message, list[int]]:
        with self._lock:
            return self._channel.ask(message)


def _checked(address: str) -> str:
    parsed = IPv4Address(address)
    if parsed.is_loopback or parsed.is_multicast or parsed.is_unspecified or address == HERE:
        raise ValueError(f"{address} cannot be the address of a line; expected a host outside this machine.")
    return str(parsed)
