"""Vitals: what the process, its file and its desk look like from inside, gathered for /metrics."""

from dataclasses import asdict
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.settings import Settings
from operations.count import Counts
from operations.meter import Metering
from operations.patrol import Patrol
from storage.backup import newest
from storage.files import journals
from web.figures import Figures


def figures(
    settings: Settings,
    patrol: Patrol,
    metering: Metering,
    counts: Counts | None,
    tick_age: float | None,
    at: datetime,
) -> Figures:
    """Return the figures of now; those of a database that does not answer are left out."""
    states = [str(state) for state in patrol.states.values()]
    folder, file = settings.backup_folder, settings.database_file
    backup = newest(folder) if folder else None
    return Figures(
        channels={state: states.count(state) for state in sorted(set(states))},
        incidents=counts.incidents if counts else {},
        unclaimed=counts.unclaimed if counts else None,
        oldest_letter_age=_age(counts.oldest if counts else None, at),
        letters_in_doubt=counts.in_doubt if counts else None,
        letters_dead=counts.dead if counts else None,
        probing=asdict(patrol.engine.counters),
        samples_lost=patrol.lost,
        meters_read=metering.read,
        meters_failed=metering.failed,
        tick_age=tick_age,
        summary_age=_age(counts.summary if counts else None, at),
        backup_age=None if backup is None else max(0.0, at.timestamp() - backup.stat().st_mtime),
        database_bytes=_size(file),
        journal_bytes=_size(journals(file)[0]),
        version=release(),
    )


def release() -> str:
    """Return the version that is installed."""
    try:
        return version("trucmang")
    except PackageNotFoundError:
        return "unknown"


def _age(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else max(0.0, (at - since).total_seconds())


def _size(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return None
