"""A storm over a town: lines fall and rise, people tap, Telegram loses words, and the bot is killed."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Self

from sandbox.telegram import Group, Message
from tests.journeys.process import Process
from tests.journeys.town import Town

LOST = 0.05  # of the requests before they arrive, and as many of the answers
ALIVE = (0.3, 3.0)  # seconds between a start and the next kill
TAKE, HAND = "Tiếp nhận", "Giao đội"
DESK_SECONDS = 0.3
TAP_SECONDS = 3.0
CHATTER = 0.1  # of the rounds in which somebody says something in a group


@dataclass
class Storm:
    """What was done: which lines were cut and which of them are back."""

    town: Town
    rng: Random
    cut: list[str] = field(default_factory=list)
    healed: list[str] = field(default_factory=list)
    first: dict[tuple[int, int], str] = field(default_factory=dict)  # what each message said when it came
    _tapped: set[tuple[int, int]] = field(default_factory=set)
    _watcher: asyncio.Task[None] = field(init=False)

    @property
    def down(self) -> set[str]:
        """The lines that are silent now."""
        return set(self.cut) - set(self.healed)

    async def rage(self, bot: Process, *, outages: int, kills: int, seed: int) -> None:
        """Cut *outages* lines over *kills* lives of *bot*, which runs when this returns."""
        self.town.telegram.faults.loss(before=LOST, after=LOST, seed=seed)
        waiting = [code for area in zip(*self.town.lines, strict=True) for code in area][:outages]
        desk = asyncio.create_task(self._desk())
        try:
            for left in range(kills, 0, -1):
                share = -(-len(waiting) // left)
                await self._weather(waiting[:share])
                del waiting[:share]
                await asyncio.sleep(self.rng.uniform(*ALIVE))
                await bot.kill()
                await bot.start()
        finally:
            desk.cancel()
            await asyncio.gather(desk, return_exceptions=True)
            await self.town.telegram.faults.heal()

    async def __aenter__(self) -> Self:
        self._watcher = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._watcher.cancel()
        await asyncio.gather(self._watcher, return_exceptions=True)

    async def _watch(self) -> None:
        """Remember what each message says before it is edited."""
        world = self.town.telegram.world
        while True:
            change = world.changes.next()
            for chat in (*self.town.oncall, *self.town.teams):
                for message in chat.bot_messages:
                    self.first.setdefault((chat.id, message.id), message.text)
            await change

    async def _weather(self, codes: list[str]) -> None:
        await self.town.network.cut(*codes)
        told = sorted(code for code in self.down if self._told(code))  # what nobody noticed is no outage
        back = self.rng.sample(told, len(told) // 4)
        if back:
            await self.town.network.heal(*back)
        self.healed += back
        self.cut += codes

    def _told(self, code: str) -> bool:
        oncall, _ = self.town.chats_of(code)
        return any(code in message.text for message in oncall.bot_messages)

    async def _desk(self) -> None:
        """Take what is new and hand some of it out, again and again until a tap was answered."""
        while True:
            await asyncio.sleep(DESK_SECONDS)
            async with asyncio.TaskGroup() as taps:
                for group in self.town.oncall:
                    taps.create_task(self._serve(group))

    async def _serve(self, group: Group) -> None:
        if self.rng.random() < CHATTER:
            await self.town.duty.says("Đang xem.", chat=group)
        for message in list(group.bot_messages):
            if (group.id, message.id) in self._tapped or not message.buttons:
                continue
            word = HAND if message.id % 3 == 0 else TAKE
            labels = [button.text for row in message.buttons for button in row]
            if word in labels:
                await self._tap(group, message, word)
            elif any(label.startswith("Đội ") for label in labels):
                await self._tap(group, message, labels[0])

    async def _tap(self, group: Group, message: Message, word: str) -> None:
        with suppress(AssertionError):  # the bot was dead, or the answer was lost: the next round taps again
            await self.town.duty.taps(message, word, timeout=TAP_SECONDS)
            self._tapped.add((group.id, message.id))
