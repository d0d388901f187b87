"""`trucmang invite`: a link and a QR at the command line."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.app import civil_now
from bot.cli import main
from bot.invite import qr, save_png
from operations.take_inventory import take_rows
from sandbox.telegram import TelegramServer
from storage import schema
from storage.engine import Storage
from storage.inventory.sample import load_sample

PAYLOAD = r"moi-[A-Za-z0-9_-]{32}"
Run = Callable[..., object]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    place = tmp_path_factory.mktemp("invite") / "sample.db"
    asyncio.run(_fill(f"sqlite+aiosqlite:///{place}"))
    return place.read_bytes()


async def _fill(url: str) -> None:
    await schema.upgrade(url)
    async with Storage(url) as storage:
        await take_rows(storage, load_sample(), civil_now())


@pytest.fixture
async def telegram(
    tmp_path: Path, sample: bytes, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[TelegramServer]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trucmang.db").write_bytes(sample)
    async with TelegramServer() as server:
        monkeypatch.setenv("TRUCMANG_TELEGRAM_TOKEN", server.token)
        monkeypatch.setenv("TRUCMANG_TELEGRAM_BASE_URL", server.base_url)
        yield server


async def trucmang(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        await asyncio.to_thread(main, arguments)
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--role", "can_bo", "--unit", "05725"),
        ("--role", "can_bo", "--unit", "2023/05725"),
        ("--role", "doi", "--team", "VNPT-170"),
        ("--role", "truc_ban"),
        ("--role", "truc_ban", "--unit", "T", "--days", "1"),
        ("--role", "lanh_dao"),
        ("--role", "quan_tri"),
    ],
)
async def test_a_link_and_a_qr_are_printed(
    telegram: TelegramServer, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert await trucmang("invite", *arguments) == 0
    said = capsys.readouterr().out
    found = re.search(rf"^https://t\.me/trucmang_bot\?start={PAYLOAD}$", said, re.M)
    assert found
    assert qr(found[0]) in said
    assert "It lets one person in, once, until " in said


async def test_the_qr_is_a_picture_too(telegram: TelegramServer, tmp_path: Path) -> None:
    assert await trucmang("invite", "--role", "lanh_dao", "--png", str(tmp_path / "qr.png")) == 0
    assert (tmp_path / "qr.png").read_bytes().startswith(b"\x89PNG\r\n")


async def test_without_telegram_the_payload_is_printed_with_what_to_put_before_it(
    telegram: TelegramServer, capsys: pytest.CaptureFixture[str]
) -> None:
    await telegram.faults.away()
    assert await trucmang("invite", "--role", "can_bo", "--unit", "05725") == 1
    said = capsys.readouterr()
    assert re.fullmatch(PAYLOAD, said.out.strip())
    assert "put https://t.me/ and the bot's name and ?start= before the line above" in said.err
    assert telegram.token not in said.out + said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--role", "can_bo"), "an officer needs a unit: expected --unit CODE"),
        (("--role", "can_bo", "--unit", "99999"), "no unit has the code 99999"),
        (("--role", "doi"), "expected --team CODE"),
        (("--role", "doi", "--team", "X"), "no team has the code X"),
        (("--role", "truc_ban", "--team", "VNPT-170"), "only a field team's member has a team"),
        (("--role", "giam_doc"), "Invalid value for '--role'"),
        (("--role", "lanh_dao", "--days", "0"), "Invalid value for '--days'"),
        ((), "Missing option '--role'"),
    ],
)
async def test_what_is_missing_is_one_line_and_nothing_is_made(
    telegram: TelegramServer, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert await trucmang("invite", *arguments) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert len(said.err.splitlines()) == 1
    assert said.out == ""


def test_a_picture_is_large_enough_for_a_telephone(tmp_path: Path) -> None:
    save_png("https://t.me/trucmang_bot?start=moi-" + "a" * 32, tmp_path / "x.png")
    width = int.from_bytes((tmp_path / "x.png").read_bytes()[16:20])
    assert width >= 300
