"""The doctor looks and touches nothing; its command says what is wrong."""

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from bot.doctor import rounds
from storage.lock import hold
from tests.bot.doctor.clinic import FAIL, TOKEN, Clinic


async def test_a_real_poller_beside_us_is_noticed(clinic: Clinic) -> None:
    async def poll() -> None:
        while True:  # as another bot would, the moment we cut it off
            await clinic.telegram.api.poller.poll(0, 100, 1)

    async def again() -> None:
        while True:
            try:
                await poll()
            except Exception:  # noqa: BLE001 - whatever the server says, another bot asks again
                await asyncio.sleep(0.01)

    clinic.options["listen"] = 3
    other = asyncio.create_task(again())
    try:
        found = await clinic.examine()
    finally:
        other.cancel()
    assert "another process polls with this token" in repr(found)


async def test_our_own_bot_is_not_cut_off_by_the_asking(clinic: Clinic) -> None:
    with hold(clinic.file):
        found = await clinic.examine()
    assert not rounds.failed(found)
    assert "getUpdates" not in {request.method for request in clinic.telegram.requests}


async def test_nothing_is_made_where_nothing_was(clinic: Clinic) -> None:
    clinic.file.unlink()
    await clinic.examine()
    assert [each.name for each in clinic.file.parent.iterdir()] == []


async def test_no_chat_is_written_to_and_no_update_taken(clinic: Clinic) -> None:
    await clinic.oncall.members[0].says("/start")
    await clinic.examine()
    methods = {request.method for request in clinic.telegram.requests}
    assert methods <= {"getMe", "getWebhookInfo", "getUpdates", "getChat", "getChatMember"}
    assert len(clinic.telegram.world.updates.pending) == 1


async def test_a_check_that_falls_over_is_a_finding_and_the_others_are_done(clinic: Clinic) -> None:
    def burst(_: Path) -> int:
        raise RuntimeError(f"with {TOKEN} in it")

    clinic.options["free"] = burst
    found = await clinic.examine()
    assert [(name, finding.what) for name, finding in found if finding.level is FAIL] == [
        ("database", "the check itself fell over: RuntimeError: with ••• in it")
    ]
    assert found[-1][0] == "clock"


async def test_the_command_prints_what_is_wrong_and_how_to_mend_it_and_exits_with_1(
    clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (clinic.values | {"telegram_token": "123:AA-very-secret"}).items():
        clinic.monkeypatch.setenv(f"TRUCMANG_{name.upper()}", str(value))
    clinic.monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as ended:
        await asyncio.to_thread(main, ["doctor"])
    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert "Telegram does not know the token" in said
    assert "ask @BotFather for it (/mybots, API Token) and set TRUCMANG_TELEGRAM_TOKEN" in said
    assert "very-secret" not in said


def test_settings_that_cannot_be_read_are_the_only_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUCMANG_WEB_PORT", "http")
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as ended:
        main(["doctor"])
    assert ended.value.code == 1
    assert "TRUCMANG_WEB_PORT: expected a whole number" in capsys.readouterr().out
