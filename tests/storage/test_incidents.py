from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.actions import Accept, Acknowledge, Assign, Close, Escalate, Join, Leave, Merge, Mute
from incidents.lifecycle import advance
from incidents.model import Incident, Member
from incidents.timers import Due
from storage import incidents
from storage.incidents import LostRaceError
from storage.tables import Report
from tests.storage.rows import (
    DISTRICT,
    HA,
    LINE_DINH_CA,
    LINE_THAN_XA,
    NAM,
    TEAM,
    THAN_XA,
    UPLINK,
)


@pytest.fixture
def ticket(clock):
    return Incident(unit=DISTRICT, opened=clock.at, root=UPLINK, members=(Member(UPLINK, clock.at),))


async def add(storage, ticket):
    async with storage.begin() as session:
        return await incidents.add(session, ticket, "silent")


async def act(storage, ticket, action, at):
    step = advance(ticket, action, at)
    async with storage.begin() as session:
        await incidents.record(session, step)
    return step.after


async def find(storage, number):
    async with storage.read() as session:
        return await incidents.find(session, number)


async def test_an_incident_comes_back_as_it_was_added(province, ticket):
    added = await add(province, ticket)
    assert added == replace(ticket, id=added.id)
    assert await find(province, added.id) == added


async def test_a_line_s_last_ticket_is_none_that_became_a_part_of_another(province, ticket, clock):
    whole = await add(province, replace(ticket, root=LINE_DINH_CA, members=()))
    closed = await add(province, ticket)
    for action in (Leave((UPLINK,), clock.at), Close(HA)):
        closed = await act(province, closed, action, clock.on(minutes=1))
    merged = await act(province, await add(province, ticket), Merge(whole.id), clock.at)
    async with province.read() as session:
        found = await incidents.of_root(session, UPLINK, clock.at - timedelta(minutes=30))
        assert (found.id, merged.merged) == (closed.id, True)
        assert await incidents.of_root(session, UPLINK, clock.on(minutes=1)) is None


async def test_there_is_no_incident_without_its_number(province):
    assert await find(province, 77) is None


async def test_every_step_comes_back_as_it_was_taken(province, ticket, clock):
    known = await add(province, ticket)
    for action in (
        Join((LINE_THAN_XA, LINE_DINH_CA), clock.on(minutes=1)),
        Escalate(1),
        Mute(),
        Acknowledge(HA),
        Assign(HA, TEAM),
        Accept(HA, TEAM),
        Leave((LINE_THAN_XA,), clock.on(minutes=1)),
        Join((LINE_THAN_XA,), clock.on(minutes=1)),
        Leave((UPLINK, LINE_THAN_XA, LINE_DINH_CA), clock.on(minutes=1)),
        Close(HA),
        Join((UPLINK,), clock.on(minutes=1)),
    ):
        known = await act(province, known, action, clock.at)
        assert await find(province, known.id) == known


async def test_the_timeline_has_a_line_for_every_version(province, ticket, clock):
    known = await add(province, ticket)
    for action in (Acknowledge(HA), Leave((UPLINK,), clock.on(minutes=1))):
        known = await act(province, known, action, clock.at)
    async with province.read() as session:
        lines = await incidents.timeline(session, known.id)
    assert [(line.version, line.action, line.person_id) for line in lines] == [
        (0, "open", None),
        (1, "acknowledge", HA),
        (2, "leave", None),
    ]
    assert lines[2].data == {"channels": [UPLINK], "since": clock.at.isoformat()}


async def test_a_line_may_join_again_at_the_very_time_it_joined_before(province, ticket, clock):
    known = await add(province, ticket)  # as when the clock was set back
    known = await act(province, known, Leave((UPLINK,), clock.at), clock.at)
    known = await act(province, known, Join((UPLINK,), clock.at), clock.at)
    known = await act(province, known, Leave((UPLINK,), clock.on(minutes=1)), clock.at)
    assert await find(province, known.id) == known


async def test_of_two_steps_from_one_version_the_second_lost_the_race(province, ticket, clock):
    known = await add(province, ticket)
    await act(province, known, Acknowledge(HA), clock.at)
    with pytest.raises(LostRaceError):
        await act(province, known, Assign(HA, TEAM), clock.at)
    assert (await find(province, known.id)).assignment is None


async def test_the_live_ones_are_those_not_closed(province, ticket, clock):
    first, second = await add(province, ticket), await add(province, replace(ticket, root=LINE_THAN_XA))
    first = await act(province, first, Leave((UPLINK,), clock.at), clock.at)
    await act(province, first, Close(None), clock.at)
    async with province.read() as session:
        assert await incidents.live(session) == [second]
        assert await incidents.of_unit(session, DISTRICT) == [second]
        assert await incidents.of_unit(session, THAN_XA) == []


@pytest.mark.parametrize(("minutes", "found"), [(1, True), (30, True), (31, False)])
async def test_a_closed_incident_is_found_by_its_root_for_a_while(province, ticket, clock, minutes, found):
    known = await add(province, ticket)
    known = await act(province, known, Leave((UPLINK,), clock.at), clock.at)
    known = await act(province, known, Close(None), clock.at)
    since = clock.on(minutes=minutes) - timedelta(minutes=30)
    async with province.read() as session:
        assert await incidents.of_root(session, UPLINK, since) == (known if found else None)


async def test_an_incident_that_became_a_part_of_another_is_not_found_by_its_root(province, ticket, clock):
    before = await add(province, ticket)
    before = await act(province, before, Leave((UPLINK,), clock.at), clock.at)
    before = await act(province, before, Close(None), clock.at)
    merged = await add(province, ticket)
    await act(province, merged, Merge(before.id), clock.at)
    async with province.read() as session:
        assert await incidents.of_root(session, UPLINK, clock.at) == before


async def test_a_span_has_the_incidents_that_were_live_in_it(province, ticket, clock):
    start = clock.at
    known = await add(province, ticket)
    known = await act(province, known, Leave((UPLINK,), clock.on(minutes=5)), clock.at)
    await act(province, known, Close(None), clock.on(minutes=5))
    async with province.read() as session:
        assert await incidents.between(session, clock.on(minutes=1), clock.on(minutes=1)) == []
        assert len(await incidents.between(session, start, clock.at)) == 1
        assert await incidents.between(session, start.replace(hour=1), start) == []


async def test_timers_are_replaced_and_due_in_order(province, ticket, clock):
    first, second = await add(province, ticket), await add(province, replace(ticket, root=LINE_THAN_XA))
    soon, late = clock.at, clock.on(minutes=5)
    async with province.begin() as session:
        await incidents.set_timers(session, first, {Due.ESCALATE: soon})
        await incidents.set_timers(session, first, {Due.CLOSE: late})
        await incidents.set_timers(session, second, {Due.ESCALATE: soon})
    async with province.read() as session:
        assert await incidents.due(session, soon) == [(second.id, Due.ESCALATE)]
        assert await incidents.due(session, late) == [(second.id, Due.ESCALATE), (first.id, Due.CLOSE)]


async def test_reports_follow_their_units_to_another_incident(province, ticket, clock):
    first, second = await add(province, ticket), await add(province, replace(ticket, root=LINE_THAN_XA))
    async with province.begin() as session:
        for unit in (DISTRICT, THAN_XA):
            report = Report(incident_id=first.id, unit_id=unit, person_id=NAM, words="", finding="x")
            report.at = report.said_at = clock.at
            session.add(report)
        await session.flush()
        await incidents.move_reports(session, first.id, second.id, [THAN_XA])
    async with province.read() as session:
        held = {row.unit_id: row.incident_id for row in await session.exec(select(Report))}
    assert held == {DISTRICT: first.id, THAN_XA: second.id}
