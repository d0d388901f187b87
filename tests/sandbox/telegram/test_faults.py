import asyncio

import aiohttp
import pytest

from sandbox.telegram import Fault


@pytest.mark.parametrize(
    ("fault", "code", "parameters"),
    [
        (Fault.RATE_LIMIT(retry_after=7), 429, {"retry_after": 7}),
        (Fault.CONFLICT, 409, None),
        (Fault.BLOCKED, 403, None),
        (Fault.MIGRATED(to=-1009), 400, {"migrate_to_chat_id": -1009}),
        (Fault.SERVER_ERROR, 500, None),
        (Fault.BAD_GATEWAY, 502, None),
    ],
)
async def test_an_error_by_script_comes_once_and_delivers_nothing(server, call, an, fault, code, parameters):
    server.faults.add(fault, method="sendMessage")
    answer = await call("sendMessage", chat_id=11, text="x")
    assert (answer["error_code"], answer.get("parameters")) == (code, parameters)
    assert not an.chat.bot_messages
    assert (await call("sendMessage", chat_id=11, text="x"))["ok"]


async def test_a_fault_keeps_to_its_method_and_chat(server, call, an, group):
    server.faults.add(Fault.BLOCKED, method="sendMessage", chat=group.id)
    assert (await call("sendMessage", chat_id=11, text="x"))["ok"]
    assert (await call("getChat", chat_id=group.id))["ok"]
    assert not (await call("sendMessage", chat_id=group.id, text="x"))["ok"]


@pytest.mark.parametrize(("fault", "delivered"), [(Fault.DROP_BEFORE, 0), (Fault.DROP_AFTER, 1)])
async def test_a_dropped_connection_delivers_before_or_not_at_all(server, call, an, fault, delivered):
    server.faults.add(fault, method="sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call("sendMessage", chat_id=11, text="x")
    assert len(an.chat.bot_messages) == delivered


@pytest.mark.parametrize(("fault", "delivered"), [(Fault.HANG_BEFORE, 0), (Fault.HANG_AFTER, 1)])
async def test_a_hanging_request_ends_by_the_clients_patience(server, call, an, fault, delivered):
    server.faults.add(fault, method="sendMessage")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await call("sendMessage", chat_id=11, text="x")
    assert len(an.chat.bot_messages) == delivered


async def test_a_stalled_poll_gets_nothing_until_healed(server, call, an):
    server.faults.add(Fault.STALL, method="getUpdates", times=None)
    await an.says("x")
    poll = asyncio.create_task(call("getUpdates", timeout=1))
    await server.request("getUpdates")
    await server.faults.heal()
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await poll
    assert (await call("getUpdates"))["result"]


async def test_away_refuses_every_connection_and_keeps_the_world(server, call, an):
    await server.faults.away()
    with pytest.raises(aiohttp.ClientConnectorError):
        await call("getMe")
    await an.says("x")
    await server.faults.heal()
    assert len((await call("getUpdates"))["result"]) == 1


async def test_away_cuts_a_poll_that_waits(server, call):
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await server.request("getUpdates")
    await server.faults.away()
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await poll


@pytest.mark.parametrize("delivered", [False, True])
async def test_a_gate_holds_a_request_at_its_step(server, call, an, delivered):
    gate = server.faults.gate(method="sendMessage", delivered=delivered)
    sending = asyncio.create_task(call("sendMessage", chat_id=11, text="x"))
    async with asyncio.timeout(2):
        await gate.reached.wait()
    assert len(an.chat.bot_messages) == delivered
    gate.open()
    assert (await sending)["ok"]


async def lost(server, call):
    fates = []
    for _ in range(40):
        try:
            await call("sendMessage", chat_id=11, text="x")
            fates.append("ok")
        except aiohttp.ServerDisconnectedError:
            fates.append("lost")
    return fates


async def test_loss_is_the_same_for_the_same_seed(server, call, an):
    server.api.limits.second_limit = None
    server.faults.loss(before=0.1, after=0.1, seed=4)
    first = await lost(server, call)
    server.faults.loss(before=0.1, after=0.1, seed=4)
    assert await lost(server, call) == first
    assert 0 < first.count("lost") < 20
    assert len(an.chat.bot_messages) > 2 * first.count("ok")
