"""A mail server on the loopback: as much of SMTP as it takes to be handed letters."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """The letters that came; *refusing* answers every sender with a 550, *hanging* with nothing."""

    url: str = ""
    refusing: bool = False
    hanging: bool = False
    letters: asyncio.Queue[EmailMessage] = field(default_factory=asyncio.Queue)

    async def next(self) -> EmailMessage:
        """Return the next letter."""
        async with asyncio.timeout(30):
            return await self.letters.get()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.hanging:
            await reader.read()
        else:
            writer.write(b"220 mailbox\r\n")
            while line := await reader.readline():
                await self._answer(line.split(b" ")[0].strip().upper(), reader, writer)
        writer.close()

    async def _answer(self, verb: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if verb == b"MAIL" and self.refusing:
            writer.write(b"550 no\r\n")
        elif verb == b"DATA":
            writer.write(b"354 go on\r\n")
            read = await reader.readuntil(b"\r\n.\r\n")
            self.letters.put_nowait(message_from_bytes(read[:-3], policy=policy.default))
            writer.write(b"250 taken\r\n")
        else:
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 well\r\n")


@asynccontextmanager
async def mailbox(**values: bool) -> AsyncIterator[Mailbox]:
    """Open a mail server on a free port."""
    box = Mailbox(**values)
    async with await asyncio.start_server(box.serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        box.url = (
            f"mailto://127.0.0.1:{port}?from=bot@desk.example&to=duty@desk.example&mode=insecure&format=text"
        )
        yield box
