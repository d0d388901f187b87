"""Kill −9 at every step of a delivery: before a request is delivered, before it is answered, just after."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

import pytest
from sqlmodel import select

from sandbox.telegram import Message, Tap
from storage import letters
from storage.engine import Storage
from storage.tables import Timeline
from tests.journeys.audit import AGAIN
from tests.journeys.process import Nursery
from tests.journeys.town import Town, open_town

TAKE = "Tiếp nhận"


class Moment(StrEnum):
    """When the process dies."""

    ARRIVED = "the request has arrived and is not delivered"
    DELIVERED = "it is delivered and not answered"
    ANSWERED = "it is answered"


@dataclass
class Scene:
    """A town with a bot that can be killed on the way of a request."""

    town: Town
    bot: Nursery
    storage: Storage
    lines: list[str] = field(default_factory=list)  # that are still up

    async def dies(
        self, moment: Moment, method: str, chat: int | None, act: Callable[[], Awaitable[object]]
    ) -> None:
        """Have the bot killed at *moment* of the next *method*, which *act* causes; start it again."""
        gate = self.town.telegram.faults.gate(
            method=method, chat=chat, delivered=moment is not Moment.ARRIVED
        )
        await act()
        async with asyncio.timeout(20):
            await gate.reached.wait()
        if moment is Moment.ANSWERED:
            gate.open()
        await self.bot.kill()
        gate.open()
        await self.bot.start()

    async def all_said(self) -> None:
        """Wait until nothing is left in the outbox."""
        async with asyncio.timeout(20):
            while True:
                async with self.storage.read() as session:
                    if await letters.depth(session) == 0:
                        return
                await asyncio.sleep(0.05)

    async def down(self) -> Message:
        """Cut one more line and return its card."""
        line = self.lines.pop()
        await self.town.network.cut(line)
        return await self.town.oncall[0].next_message(containing=f"Xã {line}", timeout=20)

    async def all_heard(self) -> None:
        """Wait until every update is confirmed."""
        async with asyncio.timeout(20):
            while self.town.telegram.world.updates.pending:
                await asyncio.sleep(0.005)

    async def steps(self, action: str) -> int:
        """Return how many steps of this kind were written."""
        async with self.storage.read() as session:
            return len((await session.exec(select(Timeline).where(Timeline.action == action))).all())


@pytest.fixture
async def scene(tmp_path) -> AsyncIterator[Scene]:
    async with (
        open_town(tmp_path, areas=1, lines=5) as town,
        Storage(town.url) as storage,
        Nursery(tmp_path, town.env) as bot,
    ):
        await bot.start()
        yield Scene(town, bot, storage, list(town.lines[0]))
        await bot.kill()


async def test_a_card_that_was_on_its_way_is_there_once(scene: Scene) -> None:
    oncall = scene.town.oncall[0]
    await scene.down()  # the group's first message: by it the next ones can be found again
    for moment in Moment:
        line = scene.lines.pop()
        await scene.dies(moment, "sendMessage", oncall.id, lambda line=line: scene.town.network.cut(line))
        await oncall.wait(lambda chat, line=line: any(line in each.text for each in chat.bot_messages), 20)
        await scene.all_said()
        (card,) = [each for each in oncall.bot_messages if line in each.text]
        assert card.text.endswith(AGAIN) == (moment is Moment.ARRIVED), moment


async def test_a_notice_to_a_person_comes_again_and_says_so_but_never_gets_lost(scene: Scene) -> None:
    officer = scene.town.officer
    await officer.starts()
    await officer.chat.next_message(timeout=10)
    for number, moment in enumerate(Moment, 1):
        seen = len(officer.chat.bot_messages)
        await scene.dies(moment, "sendMessage", officer.id, lambda: officer.says("/baosuco"))
        await officer.chat.wait(lambda chat, seen=seen: len(chat.bot_messages) > seen, 20)
        await scene.all_said()
        first, *copies = officer.chat.bot_messages[seen:]
        assert first.text.endswith(AGAIN) == (moment is Moment.ARRIVED), moment
        assert all(each.text.endswith(AGAIN) for each in copies), moment
        assert len(copies) == 1 if moment is Moment.DELIVERED else len(copies) <= 1, moment
        assert await scene.steps("complain") == number


async def test_a_card_that_was_being_redrawn_shows_the_present(scene: Scene) -> None:
    oncall, duty = scene.town.oncall[0], scene.town.duty
    for moment in Moment:
        card = await scene.down()
        await scene.dies(moment, "editMessageText", oncall.id, lambda card=card: duty.taps(card, TAKE))
        await oncall.wait(lambda _, card=card: "đã tiếp nhận" in card.text, 20)
        await scene.all_said()
        assert not card.text.endswith(AGAIN)
    assert len(oncall.bot_messages) == len(Moment)


async def test_a_finger_that_was_not_answered_has_acted_all_the_same_and_once(scene: Scene) -> None:
    oncall, duty = scene.town.oncall[0], scene.town.duty
    for number, moment in enumerate(Moment, 1):
        card = await scene.down()
        data = card.button(TAKE).data
        assert data is not None
        taps: list[Tap] = []

        async def tap(card: Message = card, taps: list[Tap] = taps) -> None:
            taps.append(duty.taps(card, TAKE))

        await scene.dies(moment, "answerCallbackQuery", None, tap)
        await oncall.wait(lambda _, card=card: "đã tiếp nhận" in card.text, 20)
        assert taps[0].answer.done() == (moment is not Moment.ARRIVED), moment
        assert (await duty.taps_data(card, data, timeout=10)).text.startswith("Việc này đã được thực hiện")
        assert await scene.steps("acknowledge") == number


async def test_a_report_whose_telling_was_lost_is_told_again(scene: Scene) -> None:
    officer = scene.town.officer

    async def says() -> None:
        await officer.starts()  # ends the poll that waits now: the next one brings the report
        await officer.chat.next_message(timeout=10)
        await officer.says("/baosuco")

    await scene.dies(Moment.DELIVERED, "getUpdates", None, says)
    await officer.chat.next_message(containing="đã ghi nhận báo cáo", timeout=20)
    await scene.all_said()
    assert await scene.steps("complain") == 1


async def test_a_report_told_twice_is_kept_once_and_answered_once(scene: Scene) -> None:
    officer = scene.town.officer

    async def says() -> None:
        await officer.says("/baosuco")

    async def says_and_is_answered() -> None:
        await officer.says("/baosuco")
        await officer.chat.next_message(containing="đã ghi nhận báo cáo", timeout=20)

    for number, act in enumerate((says, says_and_is_answered), 1):
        await scene.dies(Moment.ARRIVED, "getUpdates", None, act)  # the poll that would have confirmed it
        await officer.chat.wait(lambda chat, number=number: len(chat.bot_messages) == number, 20)
        await scene.all_heard()
        await scene.all_said()
        assert await scene.steps("complain") == number
        assert len(officer.chat.bot_messages) == number


async def test_a_report_confirmed_and_not_yet_kept_is_lost_and_can_be_made_again(scene: Scene) -> None:
    officer = scene.town.officer
    await officer.says("/baosuco")
    await scene.all_heard()  # the library confirms what it has read, not what was done
    await scene.bot.kill()
    await scene.bot.start()
    await officer.says("/baosuco")
    await officer.chat.next_message(containing="đã ghi nhận báo cáo", timeout=20)
    await scene.all_said()
    assert await scene.steps("complain") == len(officer.chat.bot_messages) == 1
