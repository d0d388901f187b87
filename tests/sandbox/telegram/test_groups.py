import pytest

from sandbox.telegram import TelegramServer


def kinds(server):
    return [set(update) - {"update_id"} for update in server.world.updates.pending]


def newest(server):
    return server.world.updates.pending[-1]


async def test_a_supergroup_counts_its_own_messages(call, group):
    answer = await call("sendMessage", chat_id=group.id, text="x")
    assert (answer["result"]["message_id"], answer["result"]["chat"]["type"]) == (2, "supergroup")


@pytest.mark.parametrize(
    ("status", "complaint"),
    [
        ("kicked", "Forbidden: bot was kicked from the supergroup chat"),
        ("left", "Forbidden: bot is not a member of the supergroup chat"),
    ],
)
async def test_a_bot_that_is_out_may_not_write(call, group, status, complaint):
    group.bot_status = status
    assert (await call("sendMessage", chat_id=group.id, text="x"))["description"] == complaint


async def test_being_kicked_and_let_in_again_is_told(server, group, an):
    await group.kicks_bot(an)
    await group.adds_bot(an)
    told = [update["my_chat_member"] for update in server.world.updates.pending if "my_chat_member" in update]
    assert [change["new_chat_member"]["status"] for change in told] == ["kicked", "member"]


async def test_a_group_becomes_a_supergroup(server, call, an):
    small = server.world.group(-5, "Tổ trực", [an])
    big = await small.migrates(to=-1005)
    answer = await call("sendMessage", chat_id=-5, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": -1005}
    assert (await call("sendMessage", chat_id=-1005, text="x"))["ok"]
    told = [update["message"] for update in server.world.updates.pending]
    assert (told[0]["migrate_to_chat_id"], told[0]["chat"]["id"]) == (-1005, -5)
    assert (told[1]["migrate_from_chat_id"], told[1]["chat"]["id"]) == (-5, -1005)
    assert big.members == small.members


async def test_topics_are_known_or_refused(server, call, an):
    forum = server.world.group(-1002, "Diễn đàn", [an], forum=True)
    thread = forum.topic("Sự cố")
    answer = await call("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)
    assert answer["result"]["message_thread_id"] == thread
    for unknown in (1, 77):
        refused = await call("sendMessage", chat_id=forum.id, text="x", message_thread_id=unknown)
        assert refused["description"] == "Bad Request: message thread not found"
    message = await an.says("y", forum, thread=thread)
    assert newest(server)["message"]["is_topic_message"]
    assert message.thread == thread


async def test_members_come_and_go(server, call, group):
    binh = server.world.person(12, "Bình")
    await binh.joins(group)
    assert newest(server)["message"]["new_chat_members"][0]["id"] == 12
    member = await call("getChatMember", chat_id=group.id, user_id=12)
    assert member["result"]["status"] == "member"
    assert (await call("getChatMemberCount", chat_id=group.id))["result"] == 3
    await binh.leaves(group)
    assert newest(server)["message"]["left_chat_member"]["id"] == 12
    with pytest.raises(ValueError, match="not in"):
        await binh.says("x", group)


async def test_administrators_are_the_owner_and_the_bot(server, call, group, an):
    answer = await call("getChatAdministrators", chat_id=group.id)
    assert [member["status"] for member in answer["result"]] == ["administrator", "creator"]


async def test_leaving_is_final(call, group):
    assert (await call("leaveChat", chat_id=group.id))["ok"]
    assert (await call("getChat", chat_id=group.id))["error_code"] == 403


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("chào cả nhà", False),
        ("/tinhhinh", True),
        ("/tinhhinh@trucmang_bot", True),
        ("/tinhhinh@other_bot", False),
        ("nhờ @trucmang_bot xem", True),
        ("/báo", False),
    ],
)
async def test_privacy_mode_lets_only_calls_to_the_bot_through(server, group, an, text, heard):
    group.bot_status = "member"
    await an.says(text, group)
    assert bool(server.world.updates.pending) is heard


async def test_privacy_mode_lets_replies_to_the_bot_through(server, call, group, an):
    group.bot_status = "member"
    await call("sendMessage", chat_id=group.id, text="x")
    await an.says("rõ", group, reply_to=group.messages[0])
    assert newest(server)["message"]["reply_to_message"]["message_id"] == 2


def test_only_a_supergroup_is_a_forum():
    world = TelegramServer().world
    with pytest.raises(ValueError, match="forum"):
        world.group(-5, "x", [], forum=True)


async def test_an_invite_link(call, group):
    assert (await call("exportChatInviteLink", chat_id=group.id))["result"].startswith("https://t.me/+")
    assert (await call("createChatInviteLink", chat_id=group.id))["result"]["creator"]["is_bot"]
