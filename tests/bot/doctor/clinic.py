"""An installation in which nothing is wrong, for a test to spoil."""

import socket
import sqlite3
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import civil_now
from bot.doctor import rounds
from bot.doctor.finding import Level
from bot.doctor.patient import Patient
from bot.settings import Settings
from sandbox.telegram import Group, TelegramServer

ONCALL, TEAM = -1002000000999, -1002000000170
TOKEN = "700000001:AA-very-secret-token"
WEB = "very-secret-web"
FAIL, WARN = Level.FAIL, Level.WARN


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


@dataclass
class Clinic:
    """An installation in which nothing is wrong, until a test spoils it."""

    file: Path
    telegram: TelegramServer
    oncall: Group
    anchor: str
    monkeypatch: pytest.MonkeyPatch
    values: dict[str, Any]
    options: dict[str, Any] = field(default_factory=dict)
    held: list[Any] = field(default_factory=list)
    shift: timedelta = timedelta()

    def sql(self, *statements: str) -> None:
        connection = sqlite3.connect(self.file, isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()

    @property
    def patient(self) -> Patient:
        options = {
            "icmp_socket": _datagram,
            "free": lambda _: 10**12,
            "busy": 0.1,
            "listen": 0,
        } | self.options
        settings = Settings.load(_env_file=None, **self.values)
        return Patient(settings, lambda: civil_now() + self.shift, Settings.unknown(), **options)

    async def examine(self) -> rounds.Found:
        return await rounds.examine(self.patient)


def _datagram(_family: int) -> socket.socket:
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def closed_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])
