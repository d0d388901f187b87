"""Who somebody is from now on: shown, then given once, with what it takes from them."""

import pytest

from incidents.entrusting import Charge, Unfit
from incidents.roles import Role
from operations.entrust import Proposal, entrust, propose
from tests.operations.door import AT, HA, LONG, NAM, ONCALL_CHAT, THANG, Door


async def shown(door: Door, who: int, after: Charge) -> Proposal | Unfit:
    person = await door.person_(who)
    async with door.desk.look() as act:
        return await propose(act, person, after, await door.id_(LONG))


async def gives(door: Door, who: int, after: Charge, by: int = LONG) -> object:
    proposal = await shown(door, who, after)
    assert isinstance(proposal, Proposal)
    return await entrust(door.desk, await door.id_(who), after, proposal.stamp, await door.id_(by))


async def staff(door: Door, code: str = "170", role: Role = Role.ONCALL) -> Charge:
    return Charge(role, frozenset({await door.unit(code)}))


async def test_an_officer_who_comes_to_the_desk_is_the_units_officer_no_longer(door: Door) -> None:
    after = await staff(door)
    assert isinstance(await gives(door, NAM, after), Proposal)
    person = await door.person_(NAM)
    assert (person.role, person.unit_id) == (Role.ONCALL, await door.unit("170"))
    assert (await door.posting(NAM)).until == AT
    names = {(chat, content["name"]) for chat, content in await door.told()}
    assert {(ONCALL_CHAT, "entrusted"), (NAM, "entrusted")} <= names


async def test_an_officer_of_another_unit_is_posted_there_alone(door: Door) -> None:
    await gives(door, NAM, await staff(door, "05716", Role.OFFICER))
    assert await door.units_of(NAM) == {"05716"}
    assert (await door.person_(NAM)).unit_id is None


async def test_a_member_of_a_team_has_that_team_and_no_unit(door: Door) -> None:
    async with door.desk.look() as act:
        team = next(iter(act.directory.teams))
    await gives(door, HA, Charge(Role.TEAM, team=team))
    person = await door.person_(HA)
    assert (person.role, person.team_id, person.unit_id) == (Role.TEAM, team, None)


async def test_a_button_of_before_another_change_gives_nothing(door: Door) -> None:
    after, other = await staff(door), await staff(door, "05716", Role.OFFICER)
    old = await shown(door, NAM, after)
    assert isinstance(old, Proposal)
    await gives(door, NAM, other)
    again = await entrust(door.desk, await door.id_(NAM), after, old.stamp, await door.id_(LONG))
    assert again is None
    assert await door.units_of(NAM) == {"05716"}


async def test_pressed_twice_it_is_given_once(door: Door) -> None:
    after = await staff(door)
    stamp = (await shown(door, NAM, after)).stamp  # type: ignore[union-attr]
    done = [
        await entrust(door.desk, await door.id_(NAM), after, stamp, await door.id_(LONG)) for _ in range(2)
    ]
    assert isinstance(done[0], Proposal)
    assert done[1] is Unfit.SAME


@pytest.mark.parametrize("by", [HA, THANG, NAM])
async def test_only_an_administrator_gives_roles(door: Door, by: int) -> None:
    assert await gives(door, NAM, await staff(door), by) is None
    assert (await door.person_(NAM)).role == Role.OFFICER


async def test_an_administrator_cannot_change_oneself_nor_give_what_there_is_not(door: Door) -> None:
    assert await shown(door, LONG, await staff(door)) is Unfit.ONESELF
    assert await gives(door, NAM, Charge(Role.ONCALL, frozenset({999}))) is None
    assert await gives(door, NAM, Charge(Role.TEAM, team=999)) is None
    await door.change(NAM, locked_at=AT)
    assert await shown(door, NAM, await staff(door)) is Unfit.LOCKED
