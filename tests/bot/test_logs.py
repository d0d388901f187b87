import json
import logging
import sys
import warnings
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import structlog

from bot import logs
from bot.logs import Format

TOKEN = "123456789:AAH-very_secret-token0123456789abcdef"
PROXY = "socks5://duty:p%40ss/word@proxy.example:1080"
SECRETS = (TOKEN, PROXY, "very-secret-web")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root, hook, show = logging.getLogger(), sys.excepthook, warnings.showwarning
    handlers, level = list(root.handlers), root.level
    yield
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    root.handlers[:], sys.excepthook, warnings.showwarning = handlers, hook, show
    root.setLevel(level)


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def fail(why: str = "first line\nsecond line") -> None:
    raise ValueError(why)


@pytest.mark.parametrize("form", Format)
def test_an_exception_is_one_line_whoever_logs_it(capsys: pytest.CaptureFixture[str], form: Format) -> None:
    logs.set_up((), form=form)
    for complain in (structlog.get_logger("a").exception, logging.getLogger("b").exception):
        try:
            fail()
        except ValueError:
            complain("failed")
    lines = said(capsys)
    assert len(lines) == 2
    assert all("second line" in line and "Traceback" in line for line in lines)


def test_json_has_the_fields_of_an_event_and_the_traceback_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up((), form=Format.JSON)
    structlog.get_logger("a").info("xã.đo", channels=3)
    try:
        fail()
    except ValueError:
        logging.getLogger("telegram").exception("poll %s", "broke")
    ours, theirs = map(json.loads, said(capsys))
    assert (ours["event"], ours["channels"], ours["level"]) == ("xã.đo", 3, "info")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("poll broke", "error", "telegram")
    assert theirs["exception"].startswith("Traceback")


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize(
    "name", ["telegram", "apscheduler.scheduler", "aiohttp.server", "asyncio", "trucmang"]
)
def test_no_secret_is_in_a_line_of_any_library(
    capsys: pytest.CaptureFixture[str], form: Format, name: str
) -> None:
    logs.set_up(SECRETS, form=form)
    for secret in SECRETS:
        for written in (secret, quote(secret, safe="")):
            try:
                fail(f"https://api.example/bot{written}/getMe")
            except ValueError:
                logging.getLogger(name).exception("of %s", written, extra={"more": written})
                structlog.get_logger(name).exception("of", url=written, nested={"of": [written]})
    text = "\n".join(said(capsys))
    assert text.count("api.example") >= 12
    for secret in (*SECRETS, "p%40ss/word", "p@ss/word", "very_secret", "very-secret"):
        assert secret not in text
        assert quote(secret, safe="") not in text


def test_what_looks_like_a_token_or_a_password_is_hidden_though_nobody_named_it() -> None:
    clean = logs.redactor(())
    assert clean(f"https://api.telegram.org/bot{TOKEN}/x") == "https://api.telegram.org/bot•••/x"
    assert clean("via http://me:word@proxy:80") == "via http://•••@proxy:80"


def test_a_secret_too_short_to_be_one_does_not_riddle_the_lines() -> None:
    assert logs.redactor(["a", ""])("a banal line") == "a banal line"


def test_what_ends_the_process_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up((), form=Format.JSON)
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (line,) = said(capsys)
    assert json.loads(line)["event"] == "crashed"


def test_events_below_the_level_are_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up((), level="WARNING")
    structlog.get_logger("a").info("not.this")
    logging.getLogger("b").info("nor this")
    structlog.get_logger("a").warning("this")
    assert len(said(capsys)) == 1
