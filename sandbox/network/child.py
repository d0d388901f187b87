"""The process that is the box: it answers for every line until its keeper hangs up."""

import os
import selectors
import signal
import socket
import sys
from typing import Any, Final

from sandbox.network import namespace
from sandbox.network.channel import Channel, Message
from sandbox.network.line import Line, Quirk
from sandbox.network.listeners import Listeners
from sandbox.network.responder import Responder
from sandbox.network.wire import TunWire, VethWire, Wire

_WIRES: Final[dict[str, type[TunWire | VethWire]]] = {"here": TunWire, "tun": TunWire, "veth": VethWire}


class Box:
    """The lines and the one thing that answers for them: a responder or listeners."""

    def __init__(self, channel: Channel, order: Message) -> None:
        self._channel = channel
        self._selector = selectors.DefaultSelector()
        self._lines = {code: Line(**line) for code, line in order["lines"].items()}
        self._responder: Responder | None = None
        self._listeners: Listeners | None = None
        self._selector.register(channel.socket, selectors.EVENT_READ, self._obey)
        mode, why = self._open(order["modes"], order["seed"])
        channel.send({"mode": mode, "why": why, "places": self._places()})

    def run(self) -> None:
        """Answer until the keeper hangs up."""
        while True:
            pause = self._responder.pause() if self._responder else None
            for key, _ in self._selector.select(pause):
                key.data()
            if self._responder:
                self._responder.give()

    def _places(self) -> dict[str, tuple[str, int]]:
        return self._listeners.places if self._listeners else {}

    def _open(self, modes: list[str], seed: int) -> tuple[str | None, str]:
        """Try *modes* in their order; return the one that runs, and why not those before it."""
        refusals: list[str] = []
        inside = False
        for mode in modes:
            try:
                if mode == "tcp":
                    self._listeners = Listeners(self._lines, self._selector)
                    return mode, "; ".join(refusals)
                if mode == "here":
                    namespace.insist_on_own()
                elif not inside:
                    namespace.enter()
                    inside = True
                self._answer(_WIRES[mode](), seed)
            except OSError as error:
                refusals.append(f"{mode}: {error}")
            else:
                return mode, "; ".join(refusals)
        return None, "; ".join(refusals)

    def _answer(self, wire: Wire, seed: int) -> None:
        namespace.open_icmp_socket().close()  # refused here means refused later
        by_address = {socket.inet_aton(line.address): line for line in self._lines.values()}
        self._responder = Responder(wire, by_address, seed)
        self._selector.register(wire, selectors.EVENT_READ, self._responder.take)

    def _obey(self) -> None:
        order, _ = self._channel.receive()
        if order["do"] == "socket":
            with namespace.open_icmp_socket(order["family"], raw=order["raw"]) as sock:
                self._channel.send({}, (sock.fileno(),))
            return
        for code in order["codes"]:
            _change(self._lines[code], order["set"])
        if self._listeners:
            self._listeners.follow()
        self._channel.send({})


def _change(line: Line, settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        setattr(line, name, Quirk(value) if name == "quirk" and value else value)


def main(file: int) -> None:
    """Serve the keeper at the other end of *file*."""
    namespace.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too, but the keeper decides
    os.set_inheritable(file, False)
    with socket.socket(fileno=file) as sock:
        channel = Channel(sock)
        try:
            Box(channel, channel.receive()[0]).run()
        except ConnectionError:
            return


if __name__ == "__main__":
    main(int(sys.argv[1]))
