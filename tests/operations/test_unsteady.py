"""Of a line that somebody calls unsteady the last minutes count too, not only the answers of this moment."""

from datetime import timedelta

import pytest

from incidents.finding import Finding
from incidents.outcome import Outcome, Reason
from incidents.said import Kind
from storage import samples, spells
from storage.samples import Sample
from storage.spells import DEGRADED, FLAPPING
from tests.operations.conftest import NO, YES
from tests.storage.rows import LINE_DINH_CA, LINE_THAN_XA

WELL = {1: [YES], 2: [YES, YES, YES]}
SECOND = timedelta(seconds=1)


@pytest.fixture
def heard(duty, clock):
    """Have the line's last probes, one a second, be answered but for so many."""

    async def hear(lost, of=100):
        outcomes = [Outcome(Reason.TIMEOUT)] * lost + [Outcome(Reason.REPLY, 0.02)] * (of - lost)
        rows = [Sample(LINE_THAN_XA, clock.at - (n + 1) * SECOND, each) for n, each in enumerate(outcomes)]
        async with duty.storage.begin() as session:
            await samples.keep(await session.connection(), rows)

    return hear


@pytest.mark.parametrize(
    ("lost", "finding"), [(0, Finding.LINE_GOOD), (9, Finding.LINE_GOOD), (10, Finding.LINE_BAD)]
)
async def test_a_tenth_lost_of_late_is_not_good(says, heard, lost, finding):
    await heard(lost)
    assert (await says(WELL, kind=Kind.UNSTEADY)).finding is finding


@pytest.mark.parametrize("kind", [DEGRADED, FLAPPING])
@pytest.mark.parametrize(("ended", "finding"), [(None, "line_bad"), (4, "line_bad"), (6, "line_good")])
async def test_bad_quality_or_flapping_of_late_is_not_good(duty, says, clock, kind, ended, finding):
    async with duty.storage.begin() as session:
        await spells.begin(session, LINE_THAN_XA, kind, clock.at - timedelta(hours=1), {"reasons": []})
        if ended is not None:
            await spells.end(session, LINE_THAN_XA, kind, clock.at - timedelta(minutes=ended))
    assert (await says(WELL, kind=Kind.UNSTEADY)).finding == finding


async def test_another_line_s_trouble_is_none_of_it(duty, says, clock):
    async with duty.storage.begin() as session:
        await spells.begin(session, LINE_DINH_CA, FLAPPING, clock.at, {})
    assert (await says(WELL, kind=Kind.UNSTEADY)).finding is Finding.LINE_GOOD


async def test_who_says_that_there_is_no_connection_is_told_of_this_moment(says, heard):
    await heard(50)
    assert (await says(WELL, kind=Kind.OUTAGE)).finding is Finding.LINE_GOOD


async def test_a_line_that_is_down_now_is_down(says, heard):
    await heard(50)
    assert (await says({1: [YES], 2: [NO]}, kind=Kind.UNSTEADY)).finding is Finding.LINE_DOWN
