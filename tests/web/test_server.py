"""The web's two pages: what they tell, and to whom."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest

from web.health import Health
from web.server import WebServer

WELL = Health(
    outcome_age=0.3,
    poll_age=2.0,
    outbox_depth=0,
    channels=214,
    out=2,
    blind=False,
    sent=100,
    replies=98,
    unknown=1,
)


@asynccontextmanager
async def served(health: Health, token: str = "") -> AsyncIterator[str]:
    async def examine() -> Health:
        return health

    async with WebServer("127.0.0.1", 0, token, examine) as server:
        yield f"http://127.0.0.1:{server.port}"


async def fetch(url: str, token: str | None = None) -> tuple[int, str]:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, await response.text()


async def test_a_healthy_bot_answers_200_with_its_signs_of_life() -> None:
    async with served(WELL) as url:
        status, body = await fetch(f"{url}/healthz")
    told = json.loads(body)
    assert (status, told["status"], told["troubles"]) == (200, "ok", [])
    assert told["outcome_age"] == 0.3
    assert told["outbox_depth"] == 0
    assert told["poll_age"] == 2.0


@pytest.mark.parametrize(
    ("health", "trouble"),
    [
        (replace(WELL, outcome_age=61.0), "outcomes"),
        (replace(WELL, poll_age=91.0), "telegram"),
        (replace(WELL, poll_age=None), "telegram"),
        (replace(WELL, rival=True), "rival"),
        (replace(WELL, outbox_depth=201), "outbox"),
        (replace(WELL, outbox_depth=None), "database"),
    ],
)
async def test_a_trouble_answers_503_and_is_named(health: Health, trouble: str) -> None:
    async with served(health) as url:
        status, body = await fetch(f"{url}/healthz")
    assert (status, json.loads(body)["troubles"]) == (503, [trouble])


async def test_without_the_token_health_is_one_word_and_metrics_are_closed() -> None:
    async with served(WELL, token="s3cret") as url:
        assert await fetch(f"{url}/healthz") == (200, '{"status": "ok"}')
        assert (await fetch(f"{url}/metrics"))[0] == 401
        assert (await fetch(f"{url}/metrics", "wrong"))[0] == 401
        assert (await fetch(f"{url}/metrics", "s3cret"))[0] == 200


async def test_metrics_say_the_state_in_prometheus_s_words() -> None:
    async with served(WELL) as url:
        _, body = await fetch(f"{url}/metrics")
    lines = [line for line in body.splitlines() if not line.startswith("#")]
    assert "trucmang_channels 214.0" in lines
    assert "trucmang_channels_out 2.0" in lines
    assert "trucmang_probes_total 100.0" in lines
