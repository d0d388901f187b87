import subprocess
import sys

import pytest

from reports import easel
from reports.compose import exceptions
from reports.easel import Easel, NotDrawnError
from tests.reports.days import DAY, LINES, VOICE

PICTURE = exceptions(LINES[:1], DAY, None, VOICE)
PNG = b"\x89PNG"


async def test_a_child_draws_and_the_parent_stays_small():
    drawn = await Easel().draw(PICTURE, "telephone")
    assert drawn.startswith(PNG)


def test_the_bot_never_loads_matplotlib():
    asks = "import bot.app, sys; print('matplotlib' in sys.modules, 'numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]


async def test_the_same_picture_is_drawn_once(monkeypatch):
    drawn = []

    async def draw(picture, form):
        drawn.append(form)
        return PNG

    monkeypatch.setattr(easel, "_drawn", draw)
    board = Easel()
    for form in ("telephone", "telephone", "sheet", "telephone"):
        await board.draw(PICTURE, form)
    assert drawn == ["telephone", "sheet"]


async def test_a_child_that_fails_says_why_and_leaves_the_easel_free():
    board = Easel()
    with pytest.raises(NotDrawnError, match="KeyError"):
        await board.draw(PICTURE, "poster")
    assert (await board.draw(PICTURE, "telephone")).startswith(PNG)


async def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(easel, "PATIENCE", 0.01)
    with pytest.raises(NotDrawnError, match="longer than"):
        await Easel().draw(PICTURE, "telephone")
