"""What one person sends is dealt with in its order, and keeps nobody else waiting."""

import asyncio

from bot.turns import WAITING, Turns


class Diary:
    """Works that say when they begin and end, and go on when they are let."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.go = asyncio.Event()

    async def slow(self) -> None:
        self.said.append("slow begins")
        await self.go.wait()
        self.said.append("slow ends")

    async def quick(self) -> None:
        self.said.append("quick")


async def test_the_next_of_the_same_person_waits_and_its_bringer_does_not() -> None:
    turns, diary = Turns(), Diary()
    first = asyncio.create_task(turns.take(1, diary.slow))
    await asyncio.sleep(0)
    await turns.take(1, diary.quick)  # left behind the first one, which does it
    assert diary.said == ["slow begins"]
    diary.go.set()
    await first
    assert diary.said == ["slow begins", "slow ends", "quick"]


async def test_another_person_does_not_wait() -> None:
    turns, diary = Turns(), Diary()
    first = asyncio.create_task(turns.take(1, diary.slow))
    await asyncio.sleep(0)
    await turns.take(2, diary.quick)
    assert diary.said == ["slow begins", "quick"]
    diary.go.set()
    await first


async def test_beyond_what_may_wait_nothing_is_lost() -> None:
    turns, diary = Turns(), Diary()
    first = asyncio.create_task(turns.take(1, diary.slow))
    await asyncio.sleep(0)
    for _ in range(WAITING + 1):
        await turns.take(1, diary.quick)
    assert diary.said == ["slow begins", "quick"]
    diary.go.set()
    await first
    assert diary.said.count("quick") == WAITING + 1


async def test_a_failure_does_not_take_along_what_waits_behind_it() -> None:
    turns, diary = Turns(), Diary()

    async def fails() -> None:
        await diary.slow()
        raise ValueError

    first = asyncio.create_task(turns.take(1, fails))
    await asyncio.sleep(0)
    await turns.take(1, diary.quick)
    diary.go.set()
    await first
    assert diary.said == ["slow begins", "slow ends", "quick"]
