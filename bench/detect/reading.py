"""Lines of a trace file as fields: plain or gz, bounded, each fault one line that says where."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import IO

LONGEST = 4096  # characters of a line
MOST_ROWS = 30_000_000
MOST_CHANNELS = 5_000
MOST_DAYS = 400
SEPARATORS = ",;\t"
Row = list[str]


class TraceError(ValueError):
    """What is wrong with a trace, where, in one line."""


class Table:
    """The rows of a file of traces; *columns* is empty where it has no header."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 0
        self.columns: Mapping[str, int] = {}

    @contextmanager
    def _open(self) -> Iterator[IO[str]]:
        try:
            with self.path.open("rb") as peek:
                packed = peek.read(2) == b"\x1f\x8b"
            opener = gzip.open if packed else open
            with opener(self.path, "rt", encoding="utf-8-sig", errors="strict") as file:
                yield file
        except (OSError, EOFError) as error:
            raise TraceError(f"{self.path}: {getattr(error, 'strerror', None) or error}.") from error
        except UnicodeDecodeError as error:
            raise TraceError(f"{self.path}:{self.line + 1}: not UTF-8; save it as UTF-8 text.") from error

    def rows(self) -> Iterator[Row]:
        """Yield the fields of each line but empty ones and comments; the header only sets *columns*."""
        with self._open() as file:
            lines = self._lines(file)
            first = next(lines, None)
            if first is None:
                raise TraceError(
                    f"{self.path}: no rows; expected channel,second,outcome or channel,kind,start…"
                )
            separator = max(SEPARATORS, key=first.count)
            head = _split(first, separator)
            if "channel" in [field.lower() for field in head]:
                self.columns = {field.lower(): index for index, field in enumerate(head)}
            else:
                lines = chain([first], lines)
            for line in lines:
                yield _split(line, separator)

    def _lines(self, file: IO[str]) -> Iterator[str]:
        rows = 0
        while line := file.readline(LONGEST):
            self.line += 1
            if len(line) == LONGEST:
                raise self.fault(f"longer than {LONGEST} characters")
            line = line.strip()
            if line and not line.startswith("#"):
                rows += 1
                if rows > MOST_ROWS:
                    raise self.fault(f"more than {MOST_ROWS:,} rows; cut the trace into parts")
                yield line

    def fault(self, what: str) -> TraceError:
        """Return the error that says *what* is wrong with the line that was read last."""
        return TraceError(f"{self.path}:{self.line}: {what}.")

    def number(self, text: str, what: str, least: float = 0.0) -> float:
        """Return *text* as a number of at least *least*, or raise what is wrong with it."""
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not isfinite(value) or value < least:
            raise self.fault(f"{what} is {text!r}; expected a number of at least {least:g}")
        return value


def _split(line: str, separator: str) -> Row:
    return [field.strip().strip('"').strip() for field in line.split(separator)]


def shift(first: float) -> float:
    """Return what to take off every time, given the *first*: nothing, unless the trace is of Unix time."""
    return float(int(first)) if first > MOST_DAYS * 86_400 else 0.0


def checked_span(path: Path, span: float) -> float:
    """Return *span* in seconds if a trace may be as long."""
    if not 0 < span <= MOST_DAYS * 86_400:
        raise TraceError(f"{path}: spans {span / 86_400:.1f} days; expected up to {MOST_DAYS}.")
    return span
