"""The bot as a process: started, killed, and started again."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping
from pathlib import Path
from typing import Self

PATIENCE = 60.0
RUN = ("-m", "bot", "run")


class Process:
    """`trucmang run`, every time a process of its own."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self._folder = folder
        self._env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd()), **env}
        self._child: asyncio.subprocess.Process

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._child.returncode is None:  # what it was for has failed
            await self.kill()

    @property
    def id(self) -> int:
        """The number that the kernel knows it by."""
        return self._child.pid

    async def start(self) -> None:
        """Start it and return once it runs."""
        self._child = await self._spawn(*RUN)
        await self._until_running()

    async def kill(self) -> None:
        """End it without a word, as a power cut would."""
        self._child.kill()
        await self._child.communicate()

    async def stop(self) -> None:
        """Ask it to stop and return once it has; it must have done so in order."""
        self._child.terminate()
        await self._child.communicate()
        assert self._child.returncode == 0, self.log()

    def log(self) -> str:
        """Return what it wrote to its log."""
        return (self._folder / "bot.log").read_text("utf-8")

    async def _spawn(self, *words: str, **pipes: int) -> asyncio.subprocess.Process:
        with (self._folder / "bot.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, *words, cwd=self._folder, env=self._env, stdout=PIPE, stderr=log, **pipes
            )

    async def _until_running(self) -> None:
        while (await self._said("  ")).split()[:1] != ["web"]:  # the last it says of itself
            continue

    async def _said(self, beginning: str) -> str:
        """Return the next line it prints that begins so."""
        assert self._child.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := (await self._child.stdout.readline()).decode():
                if line.startswith(beginning):
                    return line
        raise AssertionError(f"it ended: {self.log()}")


class Nursery(Process):
    """The same, forked from a process that has read the program already: a second less each time."""

    _pid = 0

    async def __aenter__(self) -> Self:
        self._child = await self._spawn("-m", "tests.journeys.nursery", stdin=PIPE)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._child.kill()
        if self._pid:  # a test that failed has left it running
            os.kill(self._pid, signal.SIGKILL)
        await self._child.communicate()

    async def start(self) -> None:
        """Start it and return once it runs."""
        self._order(b"start\n")
        self._pid = int((await self._said("pid ")).split()[1])
        await self._until_running()

    async def kill(self) -> None:
        """End it without a word, as a power cut would."""
        os.kill(self._pid, signal.SIGKILL)
        await self._said("gone")
        self._pid = 0

    async def stop(self) -> None:
        """Ask it to stop and return once it has; it must have done so in order."""
        os.kill(self._pid, signal.SIGTERM)
        assert (await self._said("gone")).split() == ["gone", "0"], self.log()
        self._pid = 0

    def _order(self, word: bytes) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(word)
