"""An officer who leaves a unit: nothing is unwritten, and what comes of the reports others hear."""

from collections.abc import Awaitable, Callable

import pytest

from incidents.actions import Acknowledge
from incidents.roles import Role
from operations.hearing import hearers
from operations.invite import Place
from operations.relieve import NotRelieved, Relieved, relieve
from operations.report import report
from operations.respond import respond
from storage.letters import Address
from storage.tables import Report
from tests.operations.door import AT, HA, NAM, NEW, ONCALL_CHAT, THANG, Door

Reports = Callable[[int, str], Awaitable[int]]


@pytest.fixture
def reports(door: Door) -> Reports:
    """Return a function by which somebody reports a unit's line and gets the ticket's number."""

    async def nothing(_: object) -> dict[int, list[object]]:
        return {}

    async def say(who: int, code: str) -> int:
        unit, person = await door.unit(code), await door.person_(who)
        done = await report(
            door.desk, person, unit, "mất mạng", probe=nothing, where=Address(who), source=f"{who}{code}"
        )
        assert done is not None
        return done.incident.id

    return say


async def heard(door: Door, ticket: int) -> set[int]:
    async with door.desk.look() as act:
        return {each.telegram_id for each in await hearers(act, ticket)}


async def names_told(door: Door, who: int) -> list[object]:
    return [content["name"] for chat, content in await door.told() if chat == who]


async def test_what_comes_of_a_report_is_heard_by_its_author_while_he_speaks_for_the_unit(
    door: Door, reports: Reports
) -> None:
    ticket = await reports(NAM, "05725")
    await door.opens(await door.invites(by=HA))
    assert await heard(door, ticket) == {NAM}


async def test_after_a_replacement_the_new_officer_hears_and_the_report_stays_the_old_ones(
    door: Door, reports: Reports
) -> None:
    ticket = await reports(NAM, "05725")
    old = await door.posting(NAM)
    await door.opens(await door.invites(by=HA, replaces=old.id))
    assert await heard(door, ticket) == {NEW}
    assert await names_told(door, NEW) == ["inherited"]
    await respond(door.desk, ticket, Acknowledge(await door.id_(HA)))
    assert await names_told(door, NEW) == ["inherited", "progress"]
    assert await names_told(door, NAM) == ["reported", "relieved"]
    async with door.desk.look() as act:
        kept = await act.session.get(Report, 1)
        assert kept is not None
        assert kept.person_id == await door.id_(NAM)


async def test_a_ticket_of_a_locked_officer_is_heard_by_the_others(door: Door, reports: Reports) -> None:
    ticket = await reports(NAM, "05725")
    await door.opens(await door.invites(by=HA))
    await door.change(NAM, locked_at=AT)
    assert await heard(door, ticket) == {NEW}


async def test_an_officer_of_two_units_leaves_one_and_hears_of_the_other_only(
    door: Door, reports: Reports
) -> None:
    await door.opens(await door.invites(by=HA, place=Place(Role.OFFICER, unit=await door.unit("05716"))), NAM)
    left, kept = await reports(NAM, "05725"), await reports(NAM, "05716")
    ended = await door.ends(NAM, "05725", by=HA)
    assert ended == Relieved("Triệu Văn Nam", "Xã Thần Xa")
    assert (await heard(door, left), await heard(door, kept)) == (set(), {NAM})
    assert await door.units_of(NAM) == {"05716"}


async def test_ending_it_twice_is_ending_it_once(door: Door) -> None:
    for _ in range(2):
        assert isinstance(await door.ends(NAM, "05725", by=HA), Relieved)
    assert await names_told(door, NAM) == ["relieved"]
    assert await names_told(door, ONCALL_CHAT) == []


@pytest.mark.parametrize("change", [{"locked_at": AT}, {"role": "lanh_dao"}], ids=["locked", "a manager now"])
async def test_who_may_no_longer_decide_ends_nothing(door: Door, change: dict[str, object]) -> None:
    await door.change(HA, **change)
    assert await door.ends(NAM, "05725", by=HA) is NotRelieved.NOT_YOURS
    assert await door.units_of(NAM) == {"05725"}


async def test_another_part_of_the_tree_is_not_ones_to_decide_about(door: Door) -> None:
    await door.change(HA, unit_id=await door.unit("05716"))
    assert await door.ends(NAM, "05725", by=HA) is NotRelieved.NOT_YOURS
    assert await door.ends(NAM, "05725", by=THANG) is NotRelieved.NOT_YOURS


async def test_a_posting_that_never_was_is_not_ended(door: Door) -> None:
    assert await relieve(door.desk, 999, await door.id_(HA)) is NotRelieved.UNKNOWN
