from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.said import Kind
from operations.pass_on import pass_on
from operations.report import report
from operations.reword import WITHIN, reword
from storage.letters import Address
from storage.tables import Letter, Person, Report
from tests.storage.rows import BINH, NAM, ONCALL_CHAT, THAN_XA

SOURCE = "telegram:7:1"


async def person(duty, id_):
    async with duty.storage.read() as session:
        return await session.get(Person, id_)


@pytest.fixture
async def nam(duty):
    nam = await person(duty, NAM)

    async def unseen(series):
        return {}

    where = Address(7)
    await report(
        duty.desk, nam, THAN_XA, "mat mng", probe=unseen, where=where, source=SOURCE, kind=Kind.FAULT
    )
    return nam


async def words(duty):
    async with duty.storage.read() as session:
        return (await session.exec(select(Report.words))).one()


async def test_a_report_reads_as_its_message_was_corrected_and_the_card_is_drawn_anew(duty, nam):
    duty.clock.on(minutes=3)
    assert await reword(duty.desk, nam, SOURCE, " mất  mạng ")
    assert await words(duty) == "mất mạng"


async def test_a_report_of_long_ago_stands(duty, nam):
    duty.clock.on(seconds=WITHIN.total_seconds() + 1)
    assert not await reword(duty.desk, nam, SOURCE, "mất mạng")
    assert await words(duty) == "mat mng"


@pytest.mark.parametrize(
    ("who", "source", "said"), [(BINH, SOURCE, "x"), (NAM, "telegram:7:2", "x"), (NAM, SOURCE, "")]
)
async def test_nobody_rewords_what_is_not_the_own_nor_with_nothing(duty, nam, who, source, said):
    assert not await reword(duty.desk, await person(duty, who), source, said)
    assert await words(duty) == "mat mng"


async def test_what_is_passed_on_is_told_to_the_desk_once_without_addresses(duty, nam):
    for _ in range(2):
        await pass_on(duty.desk, "hearsay", nam, THAN_XA, "10.1.2.3 mất rồi", SOURCE)
    async with duty.storage.read() as session:
        told = (await session.exec(select(Letter).where(Letter.key.startswith("hearsay:")))).all()
    assert [each.chat for each in told] == [ONCALL_CHAT]
    assert told[0].content["words"] == "▒▒▒ mất rồi"
    assert timedelta() == told[0].not_before - told[0].created
