import pytest

BAO = {"command": "baosuco", "description": "Báo sự cố"}


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ({"command": "BaoSuCo", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "báo", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a", "description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "a", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_has_a_narrow_form(call, command, complaint):
    assert (await call("setMyCommands", commands=[command]))["description"] == f"Bad Request: {complaint}"


async def test_each_scope_and_language_has_its_own_list(call):
    private = {"type": "all_private_chats"}
    await call("setMyCommands", commands=[BAO], scope=private, language_code="vi")
    assert (await call("getMyCommands", scope=private, language_code="vi"))["result"] == [BAO]
    assert (await call("getMyCommands", scope=private))["result"] == []
    assert (await call("getMyCommands"))["result"] == []
    await call("deleteMyCommands", scope=private, language_code="vi")
    assert (await call("getMyCommands", scope=private, language_code="vi"))["result"] == []


async def test_a_person_sees_the_narrowest_list(server, call, an, group):
    await call("setMyCommands", commands=[BAO])
    own = BAO | {"command": "ca_truc"}
    await call("setMyCommands", commands=[own], scope={"type": "chat", "chat_id": 11})
    shown = server.api.commands.shown
    assert shown(11, 11, "vi") == [own]
    assert shown(11, group.id, "vi") == [BAO]


@pytest.mark.parametrize(("scope", "language"), [({"type": "x"}, ""), ({"type": "chat"}, ""), ({}, "viet")])
async def test_an_unknown_scope_or_language_is_refused(call, scope, language):
    answer = await call("setMyCommands", commands=[BAO], scope=scope, language_code=language)
    assert answer["error_code"] == 400


async def test_the_profile_falls_back_to_no_language(call):
    await call("setMyDescription", description="Bot trực mạng")
    await call("setMyDescription", description="On duty", language_code="en")
    assert (await call("getMyDescription", language_code="en"))["result"] == {"description": "On duty"}
    assert (await call("getMyDescription", language_code="vi"))["result"] == {"description": "Bot trực mạng"}
    assert (await call("getMyName"))["result"] == {"name": "Trực Mạng"}
    assert (await call("setMyShortDescription", short_description="x" * 121))["error_code"] == 400


async def test_the_menu_button_is_remembered(call):
    await call("setChatMenuButton", menu_button={"type": "commands"}, chat_id=11)
    assert (await call("getChatMenuButton", chat_id=11))["result"] == {"type": "commands"}
