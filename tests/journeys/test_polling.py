"""The line to Telegram fails in every way it can: it is noticed, it heals, and /healthz says so."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import aiohttp
import pytest

from bot.app import App
from bot.patience import Patience
from bot.settings import Settings
from sandbox.telegram import Fault, TelegramServer
from tests.journeys.process import Nursery
from tests.journeys.proxy import Proxy
from tests.journeys.town import Town, open_town

QUICK = Patience(
    poll=1,
    connect=0.5,
    answer=0.5,
    stalled=3.0,
    late=2.0,
    first_retry=0.1,
    last_retry=0.5,
    hang_up=0.5,
    leave=1.0,
    last_words=0.5,
)
STOPS_WITHIN = 5.0


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path, areas=1, lines=1) as opened:
        yield opened


@asynccontextmanager
async def at_work(town: Town, **settings: str) -> AsyncIterator[App]:
    """Run a bot with little patience; its settings are the town's, with *settings* over them."""
    values = {name.removeprefix("TRUCMANG_").lower(): value for name, value in town.env.items()} | settings
    values["backup_dir"] = str(town.folder / "backups")
    async with App(Settings.load(_env_file=None, **values), patience=QUICK).open() as app:
        yield app


async def until(app: App, holds: Callable[[list[str]], bool]) -> None:
    """Wait until /healthz has the troubles that are expected."""
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{app.web.port}/healthz") as answer:
                if holds((await answer.json())["troubles"]):
                    return
            await asyncio.sleep(0.05)


async def all_is_well(app: App) -> None:
    await until(app, lambda troubles: troubles == [])


async def telegram_is_missed(app: App) -> None:
    await until(app, lambda troubles: "telegram" in troubles)


async def answers(town: Town) -> None:
    """Whoever says something now is answered."""
    said = await town.officer.says("/trogiup")
    await town.officer.chat.next_message(after=said, containing="Các lệnh", timeout=20)


def times(server: TelegramServer, method: str) -> int:
    return sum(request.method == method for request in server.requests)


async def test_polling_that_stalls_is_begun_anew(town: Town) -> None:
    async with at_work(town) as app:
        await all_is_well(app)
        begun = times(town.telegram, "deleteWebhook")
        town.telegram.faults.add(Fault.STALL, method="getUpdates", times=None)
        await telegram_is_missed(app)
        async with asyncio.timeout(20):  # polling begins by taking a webhook away
            while times(town.telegram, "deleteWebhook") == begun:
                await asyncio.sleep(0.05)
        await town.telegram.faults.heal()
        await all_is_well(app)
        await answers(town)


async def test_a_proxy_that_dies_keeps_nothing_from_being_said_once_it_is_back(town: Town) -> None:
    async with Proxy() as proxy, at_work(town, telegram_proxy=proxy.url) as app:
        await all_is_well(app)
        assert proxy.served
        await proxy.stop()
        await telegram_is_missed(app)
        await town.network.cut(town.lines[0][0])
        await until(app, lambda troubles: "telegram" in troubles)
        await proxy.start()
        await town.oncall[0].next_message(containing="mất kết nối", timeout=30)
        await all_is_well(app)
        await answers(town)


async def test_a_proxy_that_falls_mute_is_noticed_and_survived(town: Town) -> None:
    async with Proxy() as proxy, at_work(town, telegram_proxy=proxy.url) as app:
        await all_is_well(app)
        proxy.mute = True
        await telegram_is_missed(app)
        proxy.mute = False
        await all_is_well(app)
        await answers(town)


async def test_a_second_poller_is_noticed_while_it_polls_and_forgotten_afterwards(town: Town) -> None:
    async with at_work(town) as app:
        await all_is_well(app)
        rival = asyncio.create_task(_poll(town))
        await until(app, lambda troubles: "rival" in troubles)
        rival.cancel()
        await asyncio.gather(rival, return_exceptions=True)
        await all_is_well(app)
        await answers(town)


async def _poll(town: Town) -> None:
    url = f"{town.telegram.base_url}{town.telegram.token}/getUpdates"
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.post(url, data={"timeout": "1"}):
                pass


async def test_with_telegram_away_at_the_start_it_probes_and_connects_later(town: Town) -> None:
    await town.telegram.faults.away()
    async with at_work(town) as app:
        await until(app, lambda troubles: troubles == ["telegram"])
        await town.network.cut(town.lines[0][0])
        async with asyncio.timeout(20):
            while (await app.examine()).out == 0:
                await asyncio.sleep(0.05)
        assert town.oncall[0].bot_messages == []
        await town.telegram.faults.heal()
        await town.oncall[0].next_message(containing="mất kết nối", timeout=20)
        await all_is_well(app)


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.STALL, Fault.DROP_BEFORE])
async def test_a_start_that_fails_leaves_no_connection_open(town: Town, fault: object) -> None:
    town.telegram.faults.add(fault, method="getMe", times=None)
    async with at_work(town) as app:
        await town.telegram.request("getMe")
        await telegram_is_missed(app)
    gc.collect()  # what is still open is a ResourceWarning, and so an error


async def test_a_wrong_token_leaves_no_connection_open(town: Town) -> None:
    async with at_work(town, telegram_token="1:wrong") as app:
        await telegram_is_missed(app)
    gc.collect()


async def test_a_bot_that_never_reached_telegram_stops_in_time(town: Town) -> None:
    town.telegram.faults.add(Fault.STALL, times=None)
    async with Nursery(town.folder, town.env) as bot:
        await bot.start()
        await town.telegram.request("getMe", 20)
        await stops_in_time(bot)


async def test_a_bot_whose_every_request_hangs_stops_in_time_and_says_it_the_next_time(town: Town) -> None:
    async with Nursery(town.folder, town.env) as bot:
        await bot.start()
        await town.telegram.request("getUpdates", 20)
        town.telegram.faults.add(Fault.STALL, times=None)
        await town.network.cut(town.lines[0][0])
        await town.telegram.request("sendMessage", 20)
        await town.officer.says("/trogiup")
        await stops_in_time(bot)
        await town.telegram.faults.heal()
        await bot.start()
        card = await town.oncall[0].next_message(containing="mất kết nối", timeout=30)
        assert card.text.endswith("(gửi lại)")
        await bot.kill()


async def stops_in_time(bot: Nursery) -> None:
    began = monotonic()
    await bot.stop()
    assert monotonic() - began < STOPS_WITHIN
