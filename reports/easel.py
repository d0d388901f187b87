"""The easel: pictures drawn by a child process that lives for one of them, so that the bot stays small."""

import asyncio
import pickle
import sys
from collections import OrderedDict
from tempfile import TemporaryDirectory
from typing import Final, Literal

from reports.model import Picture

PATIENCE: Final = 30.0  # seconds that a picture may take
KEPT: Final = 4  # the last ones: a morning's goes to many chats

Form = Literal["telephone", "sheet"]


class NotDrawnError(Exception):
    """The child ended without a picture; the sentence says what it said last."""


class Easel:
    """Draws one picture at a time, each child takes 80 MB; the last few are kept."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._kept: OrderedDict[tuple[Picture, Form], bytes] = OrderedDict()

    async def draw(self, picture: Picture, form: Form) -> bytes:
        """Return *picture* as a PNG; NotDrawnError where the child fails."""
        async with self._turn:
            found = self._kept.pop((picture, form), None) or await _drawn(picture, form)
            self._kept[picture, form] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return found

    def forget(self) -> None:
        """Let go of what was drawn."""
        self._kept.clear()


async def _drawn(picture: Picture, form: Form) -> bytes:
    with TemporaryDirectory(prefix="trucmang-") as folder:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "reports", form),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={"MPLCONFIGDIR": folder, "HOME": folder, "LANG": "C.UTF-8"},  # none of our secrets
        )
        return await _answer(child, pickle.dumps(picture))


async def _answer(child: asyncio.subprocess.Process, told: bytes) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await child.communicate(told)
    except TimeoutError:
        raise NotDrawnError(f"the picture took longer than {PATIENCE:g} s") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode or not out:
        raise NotDrawnError(err.decode(errors="replace").strip().rpartition("\n")[2] or "no picture came")
    return out
