import asyncio

import pytest


async def ids(call, **params):
    return [update["update_id"] for update in (await call("getUpdates", **params))["result"]]


async def test_an_update_stays_until_a_higher_offset_confirms_it(call, an):
    await an.says("một")
    await an.says("hai")
    first, second = await ids(call)
    assert await ids(call) == [first, second]
    assert await ids(call, offset=second) == [second]
    assert await ids(call) == [second]
    assert await ids(call, offset=second + 1) == []


async def test_a_negative_offset_keeps_the_newest_only(call, an):
    for text in ("một", "hai", "ba"):
        await an.says(text)
    newest = await ids(call, offset=-1)
    assert len(newest) == 1
    assert await ids(call) == newest


async def test_the_limit_is_kept(call, an):
    for _ in range(3):
        await an.says("x")
    assert len(await ids(call, limit=2)) == 2


async def test_a_poll_ends_with_the_first_update(server, call, an):
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await server.request("getUpdates")
    await an.says("tin mới")
    assert (await poll)["result"][0]["message"]["text"] == "tin mới"


async def test_a_second_poll_ends_the_first(server, call, an):
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await server.request("getUpdates")
    second = asyncio.create_task(call("getUpdates", timeout=30))
    answer = await first
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
    await an.says("x")
    assert (await second)["ok"]


async def test_a_poll_whose_client_left_disturbs_nobody(server, call, an):
    gone = asyncio.create_task(call("getUpdates", timeout=30))
    await server.request("getUpdates")
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    await an.says("x")
    assert len(await ids(call, timeout=30)) == 1


async def test_a_webhook_forbids_polling(server, call):
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await server.request("getUpdates")
    assert (await call("setWebhook", url="https://x.vn/hook"))["ok"]
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert (await call("getUpdates"))["error_code"] == 409
    assert (await call("getWebhookInfo"))["result"]["url"] == "https://x.vn/hook"
    assert (await call("deleteWebhook"))["ok"]
    assert (await call("getUpdates"))["ok"]


async def test_dropping_pending_updates_drops_them(call, an):
    await an.says("x")
    await call("deleteWebhook", drop_pending_updates=True)
    assert await ids(call) == []


@pytest.mark.parametrize(
    ("allowed", "kinds"), [(["message"], ["message"]), ([], ["message", "edited_message"])]
)
async def test_allowed_updates_choose_what_comes_next(call, an, allowed, kinds):
    await call("getUpdates", allowed_updates=allowed)
    message = await an.says("x")
    await an.edits(message, "y")
    got = (await call("getUpdates"))["result"]
    assert [next(key for key in update if key != "update_id") for update in got] == kinds


async def test_chat_member_comes_on_request_only(server, call, group):
    binh, chi = server.world.person(12, "Bình"), server.world.person(13, "Chi")
    await binh.joins(group)
    await call("getUpdates", allowed_updates=["chat_member"])
    await chi.joins(group)
    kinds = [set(update) - {"update_id"} for update in (await call("getUpdates"))["result"]]
    assert kinds == [{"message"}, {"chat_member"}]
