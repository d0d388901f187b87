"""Logs: one event a line, in English, with every secret taken out."""

import logging
import sys
from collections.abc import Iterable

import structlog

HIDDEN = "•••"


class _Redact(logging.Filter):
    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        for secret in self._secrets:
            message = message.replace(secret, HIDDEN)
        record.msg, record.args = message, ()
        return True


def set_up(secrets: Iterable[str], *, level: int = logging.INFO) -> None:
    """Send every log to standard error as readable lines."""
    secrets = [secret for secret in secrets if secret]

    def redact(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        for key, value in event.items():
            if isinstance(value, str):
                for secret in secrets:
                    value = value.replace(secret, HIDDEN)
                event[key] = value
        return event

    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Redact(secrets))
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "apscheduler", "aiosqlite", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
