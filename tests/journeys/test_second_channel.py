"""A commune with a spare line: one ticket, which rings again when both are lost, and sees both back."""

from sqlmodel import select

from storage.tables import Channel
from tests.journeys.conftest import Scene
from tests.journeys.people import XA

SPARE = "T18"  # the Department of Health's line, given to Thần Xa


async def give_spare(stage: Scene) -> None:
    async with stage.app.desk.storage.begin() as session:
        rows = (await session.exec(select(Channel))).all()
        by_code = {row.code: row for row in rows}
        by_code[SPARE].unit_id, by_code[SPARE].kind = by_code[XA].unit_id, "du_phong"
    await stage.app.patrol.refresh()


async def test_a_unit_on_its_spare_line_is_connected_until_that_is_lost_too(stage: Scene) -> None:
    await give_spare(stage)
    await stage.cut(XA)
    card = await stage.card("SC-0001")
    assert card.text.splitlines()[0] == "🟠 SC-0001 · Xã Thần Xa (Huyện Võ Nhai) mất một đường truyền"
    assert "Đơn vị vẫn thông suốt qua kênh T18" in card.text

    await stage.cut(SPARE)
    notice = await stage.card("mất kết nối hoàn toàn")
    assert notice.text.splitlines() == [
        "Xã Thần Xa (Huyện Võ Nhai) mất kết nối hoàn toàn (SC-0001).",
        "Đường truyền còn lại của đơn vị cũng không phản hồi.",
    ]
    await stage.oncall.wait(lambda _: card.text.startswith("🔴 SC-0001"), 15)

    await stage.heal(XA)
    await stage.oncall.wait(lambda _: card.text.startswith("🟠 SC-0001"), 15)
    await stage.heal(SPARE)
    await stage.oncall.wait(lambda _: card.text.startswith("🟢 SC-0001"), 15)
    assert stage.oncall.bot_messages == [card, notice]
