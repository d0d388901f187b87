"""The control channel between the box and its keeper: a JSON message a line, sockets beside it."""

import json
import socket
from typing import Any, Final

Message = dict[str, Any]

_CHUNK: Final = 1 << 16


class ChannelClosed(ConnectionError):  # noqa: N818 - the other end is gone, which is no mistake
    """The other end has gone."""


class Channel:
    """One end of the channel; it blocks, up to the timeout of its socket."""

    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self._buffer = b""

    def send(self, message: Message, files: tuple[int, ...] = ()) -> None:
        """Send one message, and hand over *files* with it."""
        data = json.dumps(message).encode() + b"\n"
        if files:
            sent = socket.send_fds(self.socket, [data], list(files))
            data = data[sent:]
        self.socket.sendall(data)

    def receive(self) -> tuple[Message, list[int]]:
        """Return the next message with the files handed over, or raise ChannelClosed."""
        files: list[int] = []
        while b"\n" not in self._buffer:
            data, new, _flags, _address = socket.recv_fds(self.socket, _CHUNK, 4)
            if not data:
                raise ChannelClosed("The network in a box has ended.")
            self._buffer += data
            files += new
        line, _, self._buffer = self._buffer.partition(b"\n")
        message: Message = json.loads(line)
        return message, files

    def ask(self, message: Message) -> tuple[Message, list[int]]:
        """Send *message* and return the answer to it."""
        self.send(message)
        return self.receive()

    def close(self) -> None:
        """Close this end."""
        self.socket.close()
