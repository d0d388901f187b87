"""A card is drawn without its undo button once there is nothing left to undo."""

import pytest

from incidents.actions import Acknowledge, Close
from operations.lapse import lapse
from operations.respond import respond
from storage import letters
from tests.storage.rows import HA, ONCALL_CHAT


async def redrawn(duty):
    """Return the redraws that wait, and have them leave."""
    async with duty.storage.begin() as session:
        waiting = [letter for letter, _ in await letters.pending(session) if letter.kind == "card"]
        for letter in waiting:
            await letters.settle(session, letter, duty.clock.at, "sent")
    return [letter.chat for letter in waiting]


@pytest.mark.parametrize(
    ("seconds", "drawn"), [(30, []), (62, [ONCALL_CHAT]), (100, [ONCALL_CHAT]), (300, [])]
)
async def test_it_is_drawn_anew_when_the_minute_is_over_and_not_for_ever(duty, clock, seconds, drawn):
    await duty.lose(2)
    await respond(duty.desk, 1, Acknowledge(HA))
    await redrawn(duty)
    clock.on(seconds=seconds)
    await lapse(duty.desk)
    assert await redrawn(duty) == drawn


async def test_what_came_about_by_itself_had_no_such_button(duty, clock):
    await duty.lose(2)
    await duty.regain(2)
    await respond(duty.desk, 1, Close(None))
    await redrawn(duty)
    clock.on(seconds=62)
    await lapse(duty.desk)
    assert await redrawn(duty) == []
