"""Who hears of a ticket: whoever reported it and waits, or who speaks for the unit now."""

import pytest

from operations.hearing import hearers
from operations.retract import retract
from storage.tables import Person
from tests.operations.conftest import NO
from tests.storage.rows import DISTRICT, HA, NAM, THAN_XA, enlist

MAI = 9
GONE = {1: [NO], 2: [NO]}


async def heard(duty):
    """Return who hears of the first ticket."""
    async with duty.desk.look() as act:
        return [person.id for person in await hearers(act, 1)]


@pytest.fixture
async def colleague(duty):
    async with duty.storage.begin() as session:
        await enlist(session, MAI, "Mai", THAN_XA)


async def test_the_one_who_reported_hears_and_the_colleague_does_not(duty, says, colleague):
    await says(GONE)
    assert await heard(duty) == [NAM]


async def test_a_report_by_telephone_is_heard_by_the_units_officers(duty, says, colleague):
    await says(GONE, person=HA, on_behalf=True)
    assert await heard(duty) == [NAM, MAI]


async def test_who_took_the_report_back_hears_no_more(duty, says, colleague):
    await says(GONE)
    await says(GONE, source="telegram:2", person=MAI)
    async with duty.storage.read() as session:
        nam = await session.get(Person, NAM)
    await retract(duty.desk, nam, 1)
    assert await heard(duty) == [MAI]


async def test_an_officer_of_the_district_hears_of_the_commune_that_was_reported(duty, says):
    async with duty.storage.begin() as session:
        await enlist(session, MAI, "Mai", DISTRICT)
    await says(GONE, person=MAI)
    assert await heard(duty) == [MAI]
