"""What the doctor makes of what it sees."""

import os
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.doctor import certificates, database, environment, icmp
from bot.doctor.finding import Level
from bot.settings import Settings
from checks.certificate import Certificate
from tests.bot.doctor.clinic import TOKEN


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user without privilege; root may read and write everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    ("of_file", "of_folder", "words"),
    [
        (0o000, 0o777, "may not read"),
        (0o444, 0o777, "may not write"),
        (0o666, 0o555, "where SQLite keeps its journal"),
        (0o666, 0o777, None),
    ],
)
def test_rights_on_the_database_are_those_of_this_user(
    of_file: int, of_folder: int, words: str | None
) -> None:
    with tempfile.TemporaryDirectory() as place:  # not tmp_path, which is root's alone
        file = Path(place) / "trucmang.db"
        file.touch()
        file.chmod(of_file)
        Path(place).chmod(of_folder)
        with nobody():
            found = database.judge_place(file)
        Path(place).chmod(0o700)
    assert (found is None) if words is None else (found is not None and words in found.what)


@pytest.mark.parametrize(
    ("mode", "secrets", "faults"), [(0o600, ["X"], 0), (0o640, ["X"], 0), (0o604, ["X"], 1), (0o644, [], 0)]
)
def test_only_a_secret_that_everybody_can_read_is_a_fault(mode: int, secrets: list[str], faults: int) -> None:
    assert len(environment.judge_file(".env", mode, secrets)) == faults
    assert stat.S_IMODE(mode) == mode


@pytest.mark.parametrize(
    ("base", "faults"),
    [
        ("https://api.telegram.org/bot", 0),
        ("http://api.telegram.org/bot", 1),
        ("http://10.1.0.5:8081/bot", 0),
        ("http://telegram:8081/bot", 0),
        ("http://8.8.8.8/bot", 1),
    ],
)
def test_a_token_in_the_clear_is_warned_of_outside_the_own_network(base: str, faults: int) -> None:
    settings = Settings.load(_env_file=None, telegram_token=TOKEN, telegram_base_url=base)
    assert len(environment.judge(settings)) == faults


def test_either_kind_of_icmp_will_do() -> None:
    assert icmp.judge(socket.SOCK_RAW).level is icmp.judge(socket.SOCK_DGRAM).level is Level.OK
    assert "sysctl -w net.ipv4.ping_group_range='0 2147483647'" in icmp.MEND


@pytest.mark.parametrize(("days", "words"), [(31, None), (29, "ends in 29 days"), (0, "ends in 0 days")])
def test_a_certificate_is_warned_of_a_month_before_its_end(days: int, words: str | None) -> None:
    now = datetime(2026, 1, 5, tzinfo=UTC)
    found = certificates.judge("tls://xa.vn", Certificate(now + timedelta(days=days)), now)
    assert [each.what.endswith(words or "") for each in found] == ([True] if words else [])


def test_a_certificate_that_is_not_trusted_is_told_with_its_fault() -> None:
    shown = Certificate(None, "expired")
    (found,) = certificates.judge("tls://xa.vn", shown, datetime(2026, 1, 5, tzinfo=UTC))
    assert found.what == "the certificate of tls://xa.vn is not trusted: expired"
