"""Logs: one event a line, ours and the libraries' alike, with every secret taken out of the finished line."""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from types import TracebackType
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

import structlog
from structlog.typing import EventDict, Processor

HIDDEN: Final = "•••"
CHATTY: Final = ("httpx", "httpcore", "apscheduler", "aiosqlite", "alembic", "telegram.ext")
LEAST: Final = 4  # characters: what is shorter is no secret, and would riddle every line

# What looks like a bot's token, or like a password in a URL, is a secret whoever's it is.
_TOKEN: Final = re.compile(r"\d{5,}(:|%3A)[\w-]{30,}", re.ASCII)
_PASSWORD: Final = re.compile(r"(?<=://)[^/\s@'\"]+@")


class Format(StrEnum):
    """How a line is written."""

    CONSOLE = "console"
    JSON = "json"


def set_up(secrets: Iterable[str], *, level: str = "INFO", form: Format = Format.CONSOLE) -> None:
    """Send every log, and what ends the process, to standard error."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _line(form, redactor(secrets)),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    sys.excepthook = _crashed


def redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return what hides *secrets* in a line, however they are written there."""
    forms = {form for secret in secrets for form in _forms(secret) if len(form) >= LEAST}
    known = re.compile("|".join(re.escape(each) for each in sorted(forms, key=len, reverse=True)) or r"(?!)")

    def clean(line: str) -> str:
        return _PASSWORD.sub(f"{HIDDEN}@", _TOKEN.sub(HIDDEN, known.sub(HIDDEN, line)))

    return clean


def _forms(secret: str) -> Iterable[str]:
    """Yield *secret*, the password within it where it is a URL, and both as URLs and renderers write them."""
    password = urlsplit(secret).password if "://" in secret else None
    for plain in (secret, *((password, unquote(password)) if password else ())):
        yield from (plain, quote(plain, safe=""), quote(plain), json.dumps(plain)[1:-1], repr(plain)[1:-1])


def _line(form: Format, clean: Callable[[str], str]) -> Processor:
    """Return what makes one line of an event, whatever is in it."""
    order = ["timestamp", "level", "event"]
    render: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if form is Format.JSON
        else structlog.processors.KeyValueRenderer(key_order=order)
    )

    def line(logger: Any, name: str, event: EventDict) -> str:
        return clean(render(logger, name, event)).replace("\r", "\\r").replace("\n", "\\n")

    return line


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger(__name__).critical("crashed", exc_info=(kind, error, trace))
