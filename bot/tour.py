"""The tour: the main journey played unattended in the box, every step seen or the tour fails."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.app import civil_now
from bot.box import Box, open_box
from sandbox.telegram import Message, Person

PATIENCE = 40.0  # seconds for each step to be seen
BEFORE_SUMMARY = timedelta(minutes=2)

HA, MINH = 1001, 1002  # on-call
THANG = 1301  # the field team of Võ Nhai
LAN = 1201  # manager
NAM = 1401  # officer of Thần Xa
COMMUNE, UPLINK = "X05725", "H170U"


async def play(console: Console) -> None:
    """Play the journey; an AssertionError names the step that was not seen."""
    async with open_box(probe_seconds=1.0) as box:
        console.print(f"[dim]{box.network.describe()}[/]")
        async with _narrated(box, console), box.app_at(_clock_before_summary()).open():
            await _greet(box)
            await _outage(box, console)
            await _uplink(box, console)
            await _summary(box, console)
    console.print("[bold green]Every step was seen.[/]")


def _clock_before_summary() -> Callable[[], datetime]:
    """Return a clock that runs as the real one, set to shortly before 07:30 of the local day."""
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    now = civil_now()
    start = datetime.combine(now.astimezone(zone).date(), time(7, 30), zone) - BEFORE_SUMMARY
    shift = timedelta(minutes=round((start - now) / timedelta(minutes=1)))  # keeps the seconds
    return lambda: civil_now() + shift


async def _greet(box: Box) -> None:
    for id_ in (HA, MINH, THANG, LAN, NAM):
        person = box.people[id_]
        await person.starts()
        await person.chat.next_message(containing="Trực Mạng", timeout=PATIENCE)


async def _outage(box: Box, console: Console) -> None:
    ha, minh, thang, nam = (box.people[id_] for id_ in (HA, MINH, THANG, NAM))
    team = box.teams["VNPT-170"]
    _say(console, f"The line {COMMUNE} is cut")
    await box.network.cut(COMMUNE)
    card = await box.oncall.next_message(containing="mất kết nối", timeout=PATIENCE)
    _say(console, "The officer reports it with one command")
    await nam.says("/baosuco mạng mất từ sáng, không vào được một cửa")
    await nam.chat.next_message(containing="SC-0001", timeout=PATIENCE)
    _say(console, "Two people take it at once")
    answers = await asyncio.gather(ha.taps(card, "Tiếp nhận"), minh.taps(card, "Tiếp nhận"))
    assert sorted("đã nhận phiếu" in answer.text for answer in answers) == [False, True], answers
    _say(console, "It is handed to the carrier's team")
    await ha.taps(card, "Giao đội")
    choice = await box.oncall.next_message(containing="đội nào", timeout=PATIENCE)
    await ha.taps(choice, "VNPT Võ Nhai")
    job = await team.next_message(containing="SC-0001", timeout=PATIENCE)
    await thang.taps(job, "Nhận, đến sau 30'")
    await box.oncall.wait(lambda _: "đang xử lý" in card.text, PATIENCE)
    _say(console, f"The line {COMMUNE} is mended")
    await box.network.heal(COMMUNE)
    await box.oncall.wait(lambda _: "có kết nối trở lại" in card.text, PATIENCE)
    await nam.chat.next_message(containing="có kết nối trở lại", timeout=PATIENCE)
    _say(console, "The team says that it is done, and the probes bear it out")
    await thang.taps(job, "Xong: đứt cáp")
    await box.oncall.next_message(containing="đã đóng", timeout=PATIENCE)


async def _uplink(box: Box, console: Console) -> None:
    _say(console, f"The uplink {UPLINK} is cut, with all the communes behind it")
    behind = [row.code for row in box.inventory.channels or () if row.uplink == UPLINK]
    before = _last(box)
    await box.network.cut(UPLINK, *behind)
    card = await box.oncall.next_message(after=before, containing="mất kết nối", timeout=PATIENCE)
    await box.oncall.wait(lambda _: f"{len(behind)} kênh" in card.text, PATIENCE)
    new = [m for m in box.oncall.bot_messages if m.id > before.id]
    assert new == [card], f"one new message was expected: {[str(each) for each in new]}"
    await box.network.heal(UPLINK, *behind)
    await box.oncall.wait(lambda _: "có kết nối trở lại" in card.text, PATIENCE)


async def _summary(box: Box, console: Console) -> None:
    _say(console, "07:30: the summary")
    lan: Person = box.people[LAN]
    await lan.chat.next_message(containing="07:30", timeout=BEFORE_SUMMARY.total_seconds() + PATIENCE)
    await lan.says("/baocao")
    await lan.chat.next_message(containing="Báo cáo", timeout=PATIENCE)


def _last(box: Box) -> Message:
    return box.oncall.bot_messages[-1]


def _say(console: Console, what: str) -> None:
    console.print(f"\n[bold yellow]▶ {what}[/]")


@asynccontextmanager
async def _narrated(box: Box, console: Console) -> AsyncIterator[None]:
    """Print every message, and every edit, as it happens."""
    told: dict[tuple[int, int], int] = {}

    def tell() -> None:
        for chat in box.telegram.world.chats.values():
            for message in chat.messages:
                if told.get((chat.id, message.id)) != message.edits:
                    again = (chat.id, message.id) in told
                    told[chat.id, message.id] = message.edits
                    console.print(_bubble(chat.name, message, again))

    async def narrate() -> None:
        while True:
            change = box.telegram.world.changes.next()
            tell()
            await change

    task = asyncio.create_task(narrate())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        tell()


def _bubble(chat: str, message: Message, again: bool) -> Text:
    head = Text(f"\n[{chat}] ", style="cyan")
    head.append(message.sender.name, style="bold")
    head.append(" (edited)\n" if again else "\n", style="dim")
    head.append("\n".join(f"   {line}" for line in message.text.split("\n")))
    for row in message.buttons:
        head.append("\n   " + "  ".join(f"[{button.text}]" for button in row), style="green")
    return head
