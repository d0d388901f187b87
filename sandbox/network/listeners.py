"""The lines where no namespace is to be had: TCP listeners on loopback, closed while a line is cut."""

import selectors
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from sandbox.network.line import Line

_PER_NET: Final = 250


class Listeners:
    """One listener for each line that is up, on an address of its own in 127/8 and a port that stays."""

    def __init__(self, lines: Mapping[str, Line], selector: selectors.BaseSelector) -> None:
        self._lines = lines
        self._selector = selector
        self._open: dict[str, socket.socket] = {}
        self.places: dict[str, tuple[str, int]] = {}
        for index, code in enumerate(lines):
            host = f"127.64.{index // _PER_NET}.{index % _PER_NET + 1}"
            self.places[code] = (host, 0)
            self._listen(code)

    def follow(self) -> None:
        """Open and close listeners as the lines now stand."""
        for code, line in self._lines.items():
            if line.up and code not in self._open:
                self._listen(code)
            elif not line.up and code in self._open:
                self._close(code)

    def _listen(self, code: str) -> None:
        listener = socket.create_server(self.places[code], backlog=64)
        listener.setblocking(False)
        self.places[code] = listener.getsockname()
        self._open[code] = listener
        self._selector.register(listener, selectors.EVENT_READ, lambda: _accept(listener))

    def _close(self, code: str) -> None:
        listener = self._open.pop(code)
        self._selector.unregister(listener)
        listener.close()


def _accept(listener: socket.socket) -> None:
    with suppress(OSError):
        listener.accept()[0].close()
