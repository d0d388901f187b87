from bot.cards.overdue import SIZE
from bot.cards.overdue import overdue as card
from incidents.actions import Assign
from incidents.owed import Owed
from operations.overdue import Late, overdue
from operations.respond import respond
from storage import incidents
from tests.incidents.cases import incident
from tests.operations.conftest import plain
from tests.storage.rows import HA, TEAM

MUCH = 300  # open tickets


async def late(duty):
    async with duty.desk.look() as act:
        return overdue(act, await incidents.live(act.session))


async def test_what_nobody_took_in_time_is_ours_and_what_a_team_has_is_its_carrier_s(duty, clock):
    await duty.lose(2)
    clock.on(minutes=11)
    assert [(each.carrier, each.owed) for each in await late(duty)] == [(None, Owed.ACKNOWLEDGE)]
    await respond(duty.desk, 1, Assign(HA, TEAM))
    assert await late(duty) == []
    clock.on(minutes=16)
    assert [(each.carrier, each.owed) for each in await late(duty)] == [("VNPT", Owed.ACCEPT)]


async def test_what_is_back_is_not_overdue(duty, clock):
    await duty.lose(2)
    clock.on(hours=5)
    await duty.regain(2)
    assert await late(duty) == []


def test_its_pages_fit_a_message_however_many_there_are(duty, clock):
    found = [
        Late(
            incident(id=number), "X" * 300, "Y" * 300, "VNPT", Owed.RESTORE, clock.at - clock.at, paused=True
        )
        for number in range(1, MUCH + 1)
    ]
    first, last = card(found, 0, duty.desk.voice), card(found, 99, duty.desk.voice)
    assert len(plain(first)) < 4096
    assert f"Phiếu quá hạn: {MUCH}" in plain(first)
    assert f"SC-0{MUCH}" in plain(last)
    assert sum(len(row) for row in first.buttons) == SIZE + 2
