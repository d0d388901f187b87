"""«Vì sao?»: which outcomes and rules led to a ticket, in chat and at the command line."""

import asyncio
import re

from bot.explain import explained, paragraphs
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, XA


async def test_a_tap_tells_what_an_outage_rests_on(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    await stage.cut(XA)
    card = await stage.card()
    await ha.taps(card, "Thêm…")
    await stage.oncall.wait(lambda _: len(card.buttons) > 2)
    await ha.taps(card, "Vì sao?")
    said = (await stage.oncall.next_message(after=card, containing="Vì sao?", timeout=10)).text
    assert "SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất kết nối" in said
    assert "Kênh tự mất phản hồi." in said
    assert re.search(
        r"\d+ gói liên tiếp không phản hồi trong [\d,]+ giây; với kênh này phải quá 1 giây", said
    )
    assert "Trong lúc đó điểm mốc vẫn phản hồi" in said
    assert not re.search(r"\d+\.\d+\.\d+\.\d+", said)


async def test_the_command_line_shows_every_outcome_and_step(stage: Scene) -> None:
    await stage.cut(XA)
    await stage.card()
    settings = stage.box.settings
    async with asyncio.timeout(10):
        while not (told := await explained(settings, "SC-0001")).lines[0].outcomes:
            await asyncio.sleep(0.1)  # what was heard is written by the second
    shown = [str(each) for each in paragraphs(told, settings.voice.zone)]
    assert shown[0] == "SC-0001: open, 1 of 1 channels silent."
    assert any(re.search(r"\d+ × reply, [\d.]+–[\d.]+ ms", line) for line in shown)
    assert any(re.search(r"\d+ × timeout", line) for line in shown)
