"""The database in trouble, or being looked after, while the whole bot is at work."""

from collections.abc import AsyncIterator

import pytest

from bot.backups import backup_now, restore_from
from sandbox.telegram import Group, Message
from storage.backup import BackupError, examine
from tests.journeys.conftest import Clock, Scene, _all_heard, staged
from tests.journeys.people import HA, XA
from tests.storage.disk import locked


def cards(group: Group) -> list[Message]:
    return [each for each in group.bot_messages if "SC-" in each.text]


def said(stage: Scene, words: str) -> list[Message]:
    return [each for each in stage.oncall.bot_messages if words in each.text]


@pytest.fixture
async def alert() -> AsyncIterator[Scene]:
    """A bot that tells of a failing database after a second."""
    clock = Clock()
    async with staged() as box:
        app = box.app_at(clock)
        app.alarm_after = 1.0
        async with app.open():
            await _all_heard(app)
            yield Scene(box, app, clock)


async def test_an_outage_while_the_database_is_locked_is_one_card_when_it_is_free(alert: Scene) -> None:
    with locked(alert.box.settings.database_file):
        await alert.cut(XA)
        told = await alert.card("Cơ sở dữ liệu không ghi được")
        assert "đang bị một chương trình khác khóa" in told.text
        sent = alert.app.patrol.engine.counters.sent
        health = await alert.app.examine()
        assert health.database == "locked"
        assert "database" in health.troubles
        assert cards(alert.oncall) == []
    await alert.oncall.wait(lambda _: said(alert, "đã ghi lại bình thường sau dưới 1 phút"), 15)
    await alert.oncall.wait(lambda _: cards(alert.oncall), 15)
    (card,) = cards(alert.oncall)
    assert alert.app.patrol.engine.counters.sent > sent
    assert "database" not in (await alert.app.examine()).troubles
    await alert.person(HA).taps(card, "Tiếp nhận")
    await alert.oncall.wait(lambda _: "đã tiếp nhận" in card.text)
    assert cards(alert.oncall) == [card]
    assert [len(said(alert, each)) for each in ("không ghi được", "đã ghi lại")] == [1, 1]


async def test_a_backup_is_made_while_the_bot_runs_and_restored_when_it_has_stopped() -> None:
    clock = Clock()
    async with staged() as box:
        async with box.app_at(clock).open() as app:
            await _all_heard(app)
            await box.network.cut(XA)
            card = await box.oncall.next_message(containing="mất kết nối", timeout=15)
            await box.people[HA].taps(card, "Tiếp nhận")
            await box.oncall.wait(lambda _: "đã tiếp nhận" in card.text)
            made = await backup_now(box.settings, None, clock())
            with pytest.raises(BackupError, match="another bot, process"):
                await restore_from(box.settings, made, clock())
            await box.people[HA].taps(card, "Giao đội")
            await box.oncall.next_message(containing="đội nào")
        assert (examine(made).rows["channels"], examine(made).rows["incidents"]) == (214, 1)
        assert "214 channels, 14 people, 1 incidents" in await restore_from(box.settings, made, clock())
        async with box.app_at(clock).open():
            await box.network.heal(XA)
            await box.oncall.wait(lambda _: card.text.startswith("🟢"), 20)
        assert cards(box.oncall)[0] is card
        assert len([each for each in cards(box.oncall) if "kết nối" in each.text]) == 1
