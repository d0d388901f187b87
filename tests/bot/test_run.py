"""`trucmang run`: a real process against a Bot API server that it only knows by its URL."""

import os
import signal
import sys
from asyncio import create_subprocess_exec, subprocess, timeout
from pathlib import Path
from time import monotonic

from sandbox.telegram import TelegramServer
from storage.inventory.sample import FOLDER
from tests.schema import check


def environment(server: TelegramServer, folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path.cwd()),
        "TRUCMANG_TELEGRAM_TOKEN": server.token,
        "TRUCMANG_TELEGRAM_BASE_URL": server.base_url,
        "TRUCMANG_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'run.db'}",
        "TRUCMANG_ONCALL_CHAT": "-1001",
        "TRUCMANG_ADMINS": "42",
        "TRUCMANG_WEB_PORT": "0",
    }


async def trucmang(folder: Path, env: dict[str, str], *words: str) -> subprocess.Process:
    return await create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


async def test_run_says_what_it_runs_on_answers_and_stops_in_order(tmp_path: Path) -> None:
    async with TelegramServer(checker=check) as server:
        administrator = server.world.person(42, "Quản Trị")
        server.world.group(-1001, "Trực ban", [administrator])
        env = environment(server, tmp_path)
        process = await trucmang(tmp_path, env, "run")
        assert process.stdout is not None
        async with timeout(30):
            said = [(await process.stdout.readline()).decode().strip() for _ in range(5)]
        assert said[0] == "Trực Mạng is running."
        assert server.token not in "".join(said)
        await administrator.starts()
        await administrator.chat.next_message(containing="quản trị", timeout=20)
        began = monotonic()
        process.send_signal(signal.SIGTERM)
        _, stderr = await process.communicate()
        assert monotonic() - began < 5
        assert process.returncode == 0
        assert server.token not in stderr.decode()
        assert server.violations == []


async def test_run_without_a_token_says_which_setting_is_missing(tmp_path: Path) -> None:
    process = await trucmang(tmp_path, {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())}, "run")
    _, stderr = await process.communicate()
    assert process.returncode == 2
    assert stderr.decode().strip().splitlines() == [
        "trucmang: TRUCMANG_TELEGRAM_TOKEN: no token is set; BotFather gives one"
    ]


async def test_an_inventory_is_imported_and_imported_again_without_change(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())}
    first = await trucmang(tmp_path, env, "import", str(FOLDER))
    out, err = await first.communicate()
    assert (first.returncode, err.decode()) == (0, "")
    assert "channels" in out.decode()
    second = await trucmang(tmp_path, env, "import", str(FOLDER))
    out, _ = await second.communicate()
    assert out.decode().strip().endswith("Nothing changed.")
