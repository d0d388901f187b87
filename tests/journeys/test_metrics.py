"""/metrics of the running bot: its state can be understood from that page alone."""

import asyncio

import aiohttp

from tests.docs.test_metrics import names
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, XA


async def told(stage: Scene) -> dict[str, float]:
    url = f"http://127.0.0.1:{stage.app.web.port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        lines = [line for line in (await response.text()).splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


async def test_an_outage_and_who_took_it_are_seen_in_the_metrics(stage: Scene) -> None:
    await stage.cut(XA)
    card = await stage.card()
    out = await told(stage)
    assert out['trucmang_channels_by_state{state="down"}'] == out["trucmang_channels_out"] == 1
    assert out['trucmang_incidents{status="open"}'] == out["trucmang_incidents_unclaimed"] == 1
    await stage.person(HA).taps(card, "Tiếp nhận")
    async with asyncio.timeout(10):
        while (taken := await told(stage))["trucmang_incidents_unclaimed"]:
            await asyncio.sleep(0.05)
    assert taken['trucmang_incidents{status="acknowledged"}'] == 1


NOT_YET = {
    "trucmang_outbox_oldest_age_seconds",
    "trucmang_last_summary_age_seconds",
    "trucmang_last_backup_age_seconds",
}


async def test_a_running_bot_fills_every_metric_it_can(stage: Scene) -> None:
    out: dict[str, float] = {}
    async with asyncio.timeout(10):
        while names() - {name.split("{")[0] for name in out} - NOT_YET:
            await asyncio.sleep(0.1)
            out = await told(stage)
    assert out["trucmang_database_bytes"] > 100_000
    assert out["trucmang_last_tick_age_seconds"] < 10
