"""What becomes of a letter on its way: sent again, sent once more and marked, or let go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.courier import Courier
from bot.pace import Pace
from bot.patience import Patience
from locales.voice import Voice
from operations.desk import Desk
from sandbox.telegram import Fault, Group, TelegramServer
from storage import letters
from storage.tables import Letter
from tests.schema import check

GROUP = -1001000000001
QUICK = Patience(connect=1, answer=1, first_retry=0.05, last_retry=0.1, last_words=0.5)
AGAIN = "(gửi lại)"


@dataclass
class Office:
    """A courier at work over an outbox that the test fills."""

    desk: Desk
    server: TelegramServer
    group: Group
    courier: Courier

    async def posts(self, text: str, kind: str = "text", **values: Any) -> None:
        content = {"text": text, "buttons": []} if kind == "text" else {"name": text, **values.pop("data")}
        letter = Letter(chat=self.group.id, kind=kind, content=content, created=self.at, not_before=self.at)
        for name, value in values.items():
            setattr(letter, name, value)
        async with self.desk.storage.begin() as session:
            await letters.post(session, letter)
        self.courier.wake()

    async def rings(self, **values: Any) -> None:
        """Post a notice: what is urgent."""
        await self.posts("blind", "notice", data={"since": self.at.isoformat()}, **values)

    async def settled(self) -> list[Letter]:
        """Return every letter once all are settled."""
        async with asyncio.timeout(10):
            while True:
                async with self.desk.storage.read() as session:
                    found = list(await session.exec(select(Letter)))
                if all(each.settled is not None for each in found):
                    return found
                await asyncio.sleep(0.01)

    @property
    def at(self) -> datetime:
        return self.desk.clock()

    @property
    def said(self) -> list[str]:
        return [each.text for each in self.group.bot_messages]


@pytest.fixture
async def office(store, clock) -> AsyncIterator[Office]:
    request = HTTPXRequest(connect_timeout=1, read_timeout=1, httpx_kwargs={"trust_env": False})
    async with (
        TelegramServer(checker=check) as server,
        Bot(server.token, base_url=server.base_url, request=request) as bot,
    ):
        group = server.world.group(GROUP, "Trực ban", [server.world.person(1, "Hà")])
        desk = Desk(store, clock, Voice.of("vi", "Asia/Ho_Chi_Minh"))
        courier = Courier(desk, bot, Pace(spacing=0.0), QUICK)
        task = asyncio.create_task(courier.run())
        yield Office(desk, server, group, courier)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_an_answer_whose_fate_is_unknown_is_let_go(office: Office) -> None:
    office.server.faults.add(Fault.DROP_BEFORE, method="sendMessage")
    await office.posts("mất")
    (letter,) = await office.settled()
    assert (letter.outcome, letter.in_doubt, office.said) == ("sent", True, [])


async def test_an_answer_that_was_on_its_way_when_we_died_is_let_go(office: Office) -> None:
    await office.posts("ngờ", in_doubt=True)
    (letter,) = await office.settled()
    assert (letter.outcome, letter.in_doubt, office.said) == ("sent", True, [])


async def test_what_rings_and_may_not_have_arrived_comes_again_and_says_so(office: Office) -> None:
    office.server.faults.add(Fault.DROP_BEFORE, method="sendMessage")
    await office.rings()
    (letter,) = await office.settled()
    assert [each.endswith(AGAIN) for each in office.said] == [True]
    assert (letter.outcome, letter.in_doubt) == ("sent", False)


async def test_what_rang_already_is_found_and_does_not_ring_again(office: Office) -> None:
    await office.posts("trước")
    await office.settled()
    office.server.faults.add(Fault.DROP_AFTER, method="sendMessage")
    await office.rings()
    letter = (await office.settled())[-1]
    assert len(office.said) == 2
    assert AGAIN not in office.said[-1]
    assert letter.message_id == office.group.bot_messages[-1].id


async def test_what_rang_is_found_behind_what_people_wrote_meanwhile(office: Office) -> None:
    await office.posts("trước")
    await office.settled()
    person = office.group.members[0]
    for words in ("một", "hai", "ba"):
        await person.says(words, chat=office.group)
    office.server.faults.add(Fault.DROP_AFTER, method="sendMessage")
    await office.rings()
    await office.settled()
    assert len(office.said) == 2


async def test_what_is_put_off_till_the_morning_waits_for_it_though_the_clock_was_set(
    office: Office, clock
) -> None:
    morning = office.at + timedelta(hours=7)
    await office.rings(due=morning, not_before=morning)
    clock.at -= timedelta(seconds=QUICK.last_retry / 2)
    await office.posts("answer")
    await office.group.next_message(containing="answer")
    assert len(office.said) == 1
    clock.at = morning
    office.courier.wake()
    await office.settled()
    assert len(office.said) == 2


async def test_a_letter_that_provably_did_not_leave_is_sent_once_and_unmarked(office: Office) -> None:
    await office.server.faults.away()
    await office.rings()
    async with asyncio.timeout(10):
        while not (await _waiting(office))[0].attempts:
            await asyncio.sleep(0.01)
    assert (await _waiting(office))[0].in_doubt is False
    await office.server.faults.heal()
    await office.settled()
    assert [each.endswith(AGAIN) for each in office.said] == [False]


async def test_a_letter_tried_for_days_is_tried_again(office: Office, clock) -> None:
    office.server.faults.add(Fault.SERVER_ERROR, method="sendMessage")
    await office.rings(attempts=5000)
    async with asyncio.timeout(10):
        while (await _waiting(office))[0].attempts == 5000:
            await asyncio.sleep(0.01)
    clock.on(seconds=1)
    office.courier.wake()
    await office.settled()
    assert len(office.said) == 1


async def test_a_chat_hears_things_in_their_order_after_an_absence(office: Office) -> None:
    await office.server.faults.away()
    for words in ("một", "hai", "ba"):
        await office.posts(words)
    async with asyncio.timeout(10):
        while (await _waiting(office))[0].attempts < 2:
            await asyncio.sleep(0.01)
    await office.server.faults.heal()
    await office.settled()
    assert office.said == ["một", "hai", "ba"]


async def test_a_letter_that_cannot_be_written_out_holds_up_no_other(office: Office) -> None:
    await office.posts("no such notice", "notice", data={})
    await office.posts("tốt")
    await office.group.next_message(containing="tốt")
    assert office.said == ["tốt"]


async def test_a_courier_that_is_woken_and_told_to_end_at_once_ends(office: Office) -> None:
    async with Bot(office.server.token, base_url=office.server.base_url) as bot:
        for turns in range(40):  # it is not to be seen from here when it waits
            courier = Courier(office.desk, bot, Pace(), QUICK)
            task = asyncio.create_task(courier.run())
            for _ in range(turns):
                await asyncio.sleep(0.001)
            courier.wake()
            await asyncio.sleep(0)
            task.cancel()
            ended, _ = await asyncio.wait([task], timeout=5)
            assert ended


async def _waiting(office: Office) -> list[Letter]:
    async with office.desk.storage.read() as session:
        return [letter for letter, _ in await letters.pending(session)]
