"""Who is in our groups: noted once, told of once if unknown, and gone when they go."""

from incidents.presence import Standing
from operations.attend import come, go, of, present
from storage import people
from tests.operations.door import HA, LONG, NAM, ONCALL_CHAT, Door

STRANGER = 7007


async def told(door: Door) -> list[object]:
    return [content["person"] for chat, content in await door.told() if content["name"] == "stranger"]


async def seen(door: Door) -> dict[int, Standing]:
    async with door.desk.look() as act:
        group = await people.chat(act.session, ONCALL_CHAT)
        assert group is not None
        return {row.account: await of(act, group, row) for row in await present(act, ONCALL_CHAT)}


async def test_somebody_unknown_is_told_of_once_and_the_known_are_not(door: Door) -> None:
    for _ in range(2):
        await come(door.desk, ONCALL_CHAT, STRANGER, "Người Lạ")
        await come(door.desk, ONCALL_CHAT, HA, "Nguyễn Thị Hà")
    assert await told(door) == ["Người Lạ"]
    assert [chat for chat, _ in await door.told()] == [LONG]
    assert await seen(door) == {STRANGER: Standing.STRANGER, HA: Standing.KNOWN}


async def test_who_leaves_is_there_no_longer_and_is_told_of_again_on_coming_back(door: Door) -> None:
    await come(door.desk, ONCALL_CHAT, STRANGER, "Người Lạ")
    await go(door.desk, ONCALL_CHAT, STRANGER)
    assert await seen(door) == {}
    door.clock[0] = door.clock[0].replace(hour=2)
    await come(door.desk, ONCALL_CHAT, STRANGER, "Người Lạ")
    assert len(await told(door)) == 2


async def test_an_officer_in_the_desks_room_does_not_belong_there(door: Door) -> None:
    await come(door.desk, ONCALL_CHAT, NAM, "Triệu Văn Nam")
    assert await seen(door) == {NAM: Standing.ELSEWHERE}
    await door.ends(NAM, "05725", by=HA)
    assert await seen(door) == {NAM: Standing.LOCKED}


async def test_a_crowd_is_told_of_a_few_times_and_is_in_the_list(door: Door) -> None:
    for number in range(30):
        await come(door.desk, ONCALL_CHAT, STRANGER + number, f"Lạ {number}")
    assert len(await told(door)) == 5
    assert len(await seen(door)) == 30


async def test_of_a_group_that_is_none_of_ours_nothing_is_kept(door: Door) -> None:
    await come(door.desk, -999, STRANGER, "Người Lạ")
    await go(door.desk, -999, STRANGER)
    async with door.desk.look() as act:
        assert await present(act, -999) == []
