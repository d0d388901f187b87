"""What people say is in cards and in the database, and in no line of the log."""

import logging
import sys
import warnings
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text

from bot import logs
from tests.journeys.conftest import Scene
from tests.journeys.people import NAM

WORDS = "mất mạng, ông Bảy kể riêng"


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    root, hook, show = logging.getLogger(), sys.excepthook, warnings.showwarning
    handlers, level = list(root.handlers), root.level
    logs.set_up((), level="INFO")
    yield capsys
    structlog.reset_defaults()
    root.handlers[:], sys.excepthook, warnings.showwarning = handlers, hook, show
    root.setLevel(level)


async def test_what_an_officer_says_is_in_no_line_of_the_log(
    log: pytest.CaptureFixture[str], stage: Scene
) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, f"/baosuco {WORDS}", "SC-0001")
    await stage.asks(nam, WORDS)
    await stage.asks(nam, f"/{WORDS}")
    async with stage.app.desk.storage.begin() as session:  # the next report fails, with all it carries
        await (await session.connection()).execute(
            text("CREATE TRIGGER refuse BEFORE INSERT ON reports BEGIN SELECT RAISE(ABORT, 'refused'); END")
        )
    await stage.asks(nam, f"/baosuco {WORDS}", "")
    said = log.readouterr().err
    assert "update.failed" in said
    assert not [word for word in ("ông Bảy", "kể riêng", "mất mạng") if word in said]
