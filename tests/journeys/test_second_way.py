"""Telegram away: the duty desk is called by e-mail, once, and the ticket is there when Telegram is back."""

import asyncio
from datetime import timedelta

from pydantic import SecretStr

from incidents.model import LineState
from storage import incidents
from tests.journeys.conftest import Scene, scene
from tests.journeys.people import HA, XA
from tests.journeys.test_away import until_state
from tests.mailbox import mailbox


async def until_called(stage: Scene) -> None:
    """Wait for the first rung of the ladder, whose letters cannot leave."""
    async with asyncio.timeout(20):
        while True:
            async with stage.app.desk.look() as act:
                incident = await incidents.find(act.session, 1)
            if incident is not None and incident.escalated:
                return
            await asyncio.sleep(0.1)


async def test_while_telegram_is_away_a_call_goes_out_by_mail() -> None:
    async with mailbox() as box, scene(second_way={"ONCALL": SecretStr(box.url)}) as stage:
        ha = stage.person(HA)
        await ha.starts()
        await stage.box.telegram.faults.away()
        await stage.cut(XA)
        await until_state(stage, XA, LineState.DOWN)
        stage.clock.jump(stage.clock() + timedelta(minutes=10))
        await until_called(stage)
        stage.clock.jump(stage.clock() + timedelta(minutes=3))

        letter = await box.next()
        assert letter["Subject"] == "Trực Mạng"
        said = letter.get_content().strip()
        assert said.startswith("SC-0001, Xã Thần Xa (Huyện Võ Nhai), từ ")
        assert said.endswith(": chưa ai tiếp nhận. Đề nghị kiểm tra.")

        await stage.box.telegram.faults.heal()
        card = await stage.oncall.next_message(containing="🔴 SC-0001", timeout=30)
        assert (await ha.taps(card, "Tiếp nhận")).text == "Đồng chí đã nhận phiếu SC-0001."
        assert box.letters.empty()
