"""Attachments as they are kept."""

import pytest
from sqlalchemy.exc import IntegrityError

from incidents.model import Incident
from storage import attachments, incidents
from storage.tables import Attachment
from tests.storage.rows import DINH_CA, NAM, THAN_XA


def photo(incident, at, unique, **more):
    values = {"kind": "photo", "file_id": f"f{unique}", "file_unique_id": unique, "unit_id": THAN_XA}
    return Attachment(
        **{"incident_id": incident, "person_id": NAM, "at": at, "source": f"{incident}{unique}"}
        | values
        | more
    )


@pytest.fixture
async def two(province, clock):
    """Two incidents of a province."""
    async with province.begin() as session:
        for unit in (THAN_XA, DINH_CA):
            await incidents.add(session, Incident(unit=unit, opened=clock.at), "report")
    return province


async def test_a_file_is_kept_once_in_a_ticket(two, clock):
    with pytest.raises(IntegrityError):
        async with two.begin() as session:
            session.add_all([photo(1, clock.at, "u"), photo(1, clock.at, "u", source="again")])


async def test_what_was_added_follows_the_reports_of_its_unit(two, clock):
    words = {"kind": "words", "file_id": None, "file_unique_id": None}
    async with two.begin() as session:
        session.add_all(
            [
                photo(1, clock.at, "u"),
                photo(1, clock.at, "v", unit_id=DINH_CA),
                photo(1, clock.at, "both"),
                photo(1, clock.at, None, **words),
                photo(2, clock.at, "both"),
            ]
        )
        await session.flush()
        await incidents.move_reports(session, 1, 2, [THAN_XA])
        left = [each.file_unique_id for each in await attachments.of_incident(session, 1)]
        moved = [each.file_unique_id for each in await attachments.of_incident(session, 2)]
    assert (left, moved) == (["v", "both"], ["u", None, "both"])
