"""An invitation lets one person in, once, and everybody concerned is told."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from incidents.roles import Role
from operations.enrol import Enrolled, NotEnrolled, enrol
from operations.invite import InvitationError, Place, link
from storage.tables import Invitation, Unit
from tests.operations.door import AT, HA, LONG, NAM, NEW, ONCALL_CHAT, OTHER, THANG, Door


async def test_a_stranger_comes_in_at_the_unit_and_officers_and_desk_are_told(door: Door) -> None:
    done = await door.opens(await door.invites(by=HA))
    assert isinstance(done, Enrolled)
    assert done.news
    assert (done.person.name, done.person.role) == ("Hoàng Thị Mới", "can_bo")
    assert await door.units_of(NEW) == {"05725"}
    told = await door.told()
    assert [chat for chat, _ in told] == [ONCALL_CHAT, NAM]
    assert told[0][1] == {
        "name": "enrolled",
        "person": "Hoàng Thị Mới",
        "role": "can_bo",
        "place": "Xã Thần Xa",
        "by": "Nguyễn Thị Hà",
        "how": "new",
        "replaced": None,
        "others": [[1, "Triệu Văn Nam"]],
    }
    assert "others" not in told[1][1]


async def test_the_same_person_opening_it_twice_is_in_and_nobody_is_told_again(door: Door) -> None:
    made = await door.invites(by=HA)
    await door.opens(made)
    before = await door.told()
    again = await door.opens(made)
    assert isinstance(again, Enrolled)
    assert not again.news
    assert await door.told() == before


async def test_of_two_who_open_it_at_once_one_comes_in(door: Door) -> None:
    made = await door.invites(by=HA)
    done = await asyncio.gather(door.opens(made, NEW), door.opens(made, OTHER))
    assert sorted(isinstance(each, Enrolled) for each in done) == [False, True]
    assert NotEnrolled.USED in done


@pytest.mark.parametrize("payload", ["", "moi-", "moi-x", "x", "moi-" + "a" * 60, "'; DROP TABLE people"])
async def test_a_payload_that_is_none_of_ours_lets_nobody_in(door: Door, payload: str) -> None:
    await door.invites(by=HA)
    assert await enrol(door.desk, payload, NEW, "Lạ") is NotEnrolled.UNKNOWN
    assert await door.person(NEW) is None


@pytest.mark.parametrize(("days", "later", "in_time"), [(7, 6, True), (7, 7, False), (1, 2, False)])
async def test_a_link_holds_until_it_expires(door: Door, days: int, later: int, in_time: bool) -> None:
    made = await door.invites(by=HA, days=days)
    door.clock[0] += timedelta(days=later)
    done = await door.opens(made)
    assert isinstance(done, Enrolled) if in_time else done is NotEnrolled.EXPIRED


@pytest.mark.parametrize(
    "change",
    [{"locked_at": AT}, {"role": "can_bo"}, {"role": "lanh_dao"}],
    ids=["locked", "an officer now", "a manager now"],
)
async def test_a_link_of_somebody_who_may_no_longer_invite_holds_no_longer(
    door: Door, change: dict[str, object]
) -> None:
    made = await door.invites(by=HA)
    await door.change(HA, **change)
    assert await door.opens(made) is NotEnrolled.WITHDRAWN


async def test_a_link_outside_the_makers_own_part_of_the_tree_does_not_hold(door: Door) -> None:
    made = await door.invites(by=HA)
    await door.change(HA, unit_id=await door.unit("05716"))
    assert await door.opens(made) is NotEnrolled.WITHDRAWN


async def test_a_link_to_a_unit_that_is_retired_does_not_hold(door: Door) -> None:
    made = await door.invites(by=None)
    async with door.desk.act() as act:
        unit = (await act.session.exec(select(Unit).where(Unit.code == "05725"))).one()
        unit.retired_at = AT
        act.session.add(unit)
    assert await door.opens(made) is NotEnrolled.WITHDRAWN


async def test_only_an_administrators_link_gives_another_role_than_officers(door: Door) -> None:
    oncall = Place(Role.ONCALL)
    assert await door.opens(await door.invites(by=HA, place=oncall)) is NotEnrolled.WITHDRAWN
    done = await door.opens(await door.invites(by=LONG, place=oncall))
    assert isinstance(done, Enrolled)
    assert (done.person.role, done.person.unit_id) == ("truc_ban", None)


async def test_a_locked_account_stays_locked_whatever_the_link(door: Door) -> None:
    await door.change(NAM, locked_at=AT)
    assert await door.opens(await door.invites(by=None), NAM) is NotEnrolled.LOCKED
    person = await door.person(NAM)
    assert person is not None
    assert person.locked_at == AT


async def test_an_officer_is_given_another_unit_beside_the_own_by_a_link_of_the_desk(door: Door) -> None:
    place = Place(Role.OFFICER, unit=await door.unit("05716"))
    done = await door.opens(await door.invites(by=HA, place=place), NAM)
    assert isinstance(done, Enrolled)
    assert done.news
    assert await door.units_of(NAM) == {"05725", "05716"}
    notice = (await door.told())[-1][1]
    assert (notice["person"], notice["how"]) == ("Triệu Văn Nam", "added")


async def test_another_role_is_given_by_an_administrator_only(door: Door) -> None:
    made = await door.invites(by=HA)
    assert await door.opens(made, THANG) is NotEnrolled.ELSEWHERE
    assert isinstance(await door.opens(made, NEW), Enrolled)  # the link was not spent on him
    assert isinstance(await door.opens(await door.invites(by=LONG), THANG), Enrolled)
    assert (await door.told())[-1][1]["how"] == "moved"


async def test_an_officer_who_comes_to_the_desk_speaks_for_no_unit_any_more(door: Door) -> None:
    done = await door.opens(await door.invites(by=LONG, place=Place(Role.ONCALL)), NAM)
    assert isinstance(done, Enrolled)
    assert await door.units_of(NAM) == set()


async def test_who_comes_in_place_of_another_ends_that_posting_and_it_is_told(door: Door) -> None:
    posting = await door.posting(NAM)
    done = await door.opens(await door.invites(by=HA, replaces=posting.id))
    assert isinstance(done, Enrolled)
    assert (await door.units_of(NAM), await door.units_of(NEW)) == (set(), {"05725"})
    assert (NAM, {"name": "relieved", "unit": "Xã Thần Xa"}) in await door.told()
    ended = await door.posting(NAM)
    assert (ended.until, ended.ended_by) == (AT, (await door.person_(HA)).id)


async def test_a_link_that_replaces_does_so_too_for_one_who_is_there_already(door: Door) -> None:
    posting = await door.posting(NAM)
    await door.opens(await door.invites(by=HA))
    made = await door.invites(by=HA, replaces=posting.id)
    for news in (True, False):
        done = await door.opens(made)
        assert isinstance(done, Enrolled)
        assert done.news is news
    assert await door.units_of(NAM) == set()


async def test_a_teams_member_who_becomes_an_officer_leaves_the_team(door: Door) -> None:
    done = await door.opens(await door.invites(by=None), THANG)
    assert isinstance(done, Enrolled)
    assert (done.person.role, done.person.team_id) == ("can_bo", None)


@pytest.mark.parametrize("by", [None, LONG])
async def test_no_link_changes_an_administrator(door: Door, by: int | None) -> None:
    assert await door.opens(await door.invites(by=by), LONG) is NotEnrolled.ADMINISTRATOR
    person = await door.person(LONG)
    assert person is not None
    assert person.role == "quan_tri"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Hà\u202e \n Văn\tB ", "Hà Văn B"),
        ("\u200b", str(NEW)),
        ("x" * 500, "x" * 100),
        ("<b>A</b>", "<b>A</b>"),
    ],
)
async def test_a_name_is_kept_as_it_can_be_shown(door: Door, name: str, kept: str) -> None:
    done = await door.opens(await door.invites(by=HA), name=name)
    assert isinstance(done, Enrolled)
    assert done.person.name == kept


async def test_the_database_keeps_nothing_that_lets_anybody_in(door: Door, tmp_path: Path) -> None:
    made = await door.invites(by=HA)
    token = made.payload.removeprefix("moi-").encode()
    assert await asyncio.to_thread(_holding, tmp_path, token) == []
    async with door.desk.look() as act:
        kept = (await act.session.exec(select(Invitation))).one()
    assert len(kept.token_hash) == 64
    assert kept.expires == AT + timedelta(days=7)


def _holding(folder: Path, token: bytes) -> list[Path]:
    return [each for each in folder.iterdir() if token in each.read_bytes()]


async def test_a_payload_fits_a_deep_link_and_no_two_are_alike(door: Door) -> None:
    made = {(await door.invites(by=None)).payload for _ in range(20)}
    assert len(made) == 20
    for payload in made:
        assert len(payload) <= 64
        assert payload.replace("-", "").replace("_", "").isalnum()
        assert link("trucmang_bot", payload) == f"https://t.me/trucmang_bot?start={payload}"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(Role.OFFICER), "--unit"),
        (Place(Role.TEAM), "--team"),
        (Place(Role.TEAM, unit=1, team=1), "--team"),
        (Place(Role.ONCALL, team=1), "--role doi"),
    ],
)
async def test_an_invitation_to_nowhere_is_not_made(door: Door, place: Place, words: str) -> None:
    with pytest.raises(InvitationError, match=words):
        await door.invites(by=None, place=place)
