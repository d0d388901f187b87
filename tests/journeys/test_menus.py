"""The command menus: a list per role, for every language a client may ask for."""

import asyncio

from bot.routes import COMMANDS
from incidents.roles import Role
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, NAM


def lists(stage: Scene) -> dict[tuple[object, object], list[str]]:
    found: dict[tuple[object, object], list[str]] = {}
    for request in stage.box.telegram.requests:
        if request.method == "setMyCommands":
            scope = request.params["scope"].get("chat_id", request.params["scope"]["type"])
            key = scope, request.params.get("language_code", "")
            found[key] = [each["command"] for each in request.params["commands"]]
    return found


def of_role(role: Role) -> list[str]:
    return [each.name for each in COMMANDS if role in each.roles]


async def test_whoever_opens_the_chat_is_offered_the_commands_of_the_own_role(stage: Scene) -> None:
    async with asyncio.timeout(20):
        while (HA, "vi") not in lists(stage):
            await asyncio.sleep(0.05)
    stage.box.telegram.requests.clear()
    await stage.person(HA).starts()
    async with asyncio.timeout(20):
        while (HA, "vi") not in lists(stage):
            await asyncio.sleep(0.05)
    assert lists(stage)[HA, ""] == of_role(Role.ONCALL)


async def test_everybody_is_offered_the_officer_s_commands_and_staff_their_own(stage: Scene) -> None:
    await stage.person(HA).starts()
    async with asyncio.timeout(20):
        while (HA, "vi") not in lists(stage) or ("default", "vi") not in lists(stage):
            await asyncio.sleep(0.05)
    offered = lists(stage)
    for language in ("", "vi"):
        assert offered["default", language] == of_role(Role.OFFICER)
        assert offered[HA, language] == of_role(Role.ONCALL)
        assert offered[stage.oncall.id, language] == of_role(Role.ONCALL)
    assert (NAM, "vi") not in offered
