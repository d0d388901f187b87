"""The patient: one installation, and everything that a check may look at."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.doctor import records
from bot.doctor.line import Line
from bot.doctor.records import Records
from bot.settings import ENV_FILE, Settings
from checks.icmp_socket import SocketFactory, open_icmp_socket
from storage.lock import is_held


def free_bytes(folder: Path) -> int:
    """Return how much room the disk of *folder* has."""
    return shutil.disk_usage(folder).free


@dataclass(slots=True)
class Patient:
    """Settings, the clock and the ways out; *strangers* are names that only look like settings."""

    settings: Settings
    now: Callable[[], datetime]
    strangers: list[str] = field(default_factory=list)
    env_file: Path = Path(ENV_FILE)
    icmp_socket: SocketFactory = open_icmp_socket
    free: Callable[[Path], int] = free_bytes
    busy: float = 3.0  # seconds a lock of the database may be waited for
    listen: int = 3  # seconds to listen for another poller
    line: Line = field(init=False)
    _records: Records | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.line = Line(self.settings, self.now)

    async def records(self) -> Records | None:
        """Return what the database holds, or None where it cannot be read."""
        if self._records is None and self.settings.database_file.is_file():  # SQLite would make it
            self._records = await records.read(self.settings.database_url)
        return self._records

    @property
    def running(self) -> bool:
        """Whether a bot works on this database now."""
        return is_held(self.settings.database_file)

    @property
    def has_token(self) -> bool:
        """Whether there is anything to ask Telegram with."""
        return bool(self.settings.telegram_token.get_secret_value())
