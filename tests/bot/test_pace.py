"""How fast Telegram is written to."""

from bot.pace import Pace

GROUP, PERSON = -100, 7


def test_a_chat_waits_a_second_between_two_messages() -> None:
    pace = Pace()
    assert pace.ready_at(PERSON, 10.0) == 10.0
    pace.sent(PERSON, 10.0)
    assert pace.ready_at(PERSON, 10.2) == 11.0
    assert pace.ready_at(8, 10.2) == 10.2


def test_a_group_takes_twenty_in_any_minute() -> None:
    pace = Pace()
    for second in range(20):
        assert pace.ready_at(GROUP, float(second)) == second
        pace.sent(GROUP, float(second))
    assert pace.ready_at(GROUP, 20.0) == 60.0
    assert pace.ready_at(GROUP, 60.5) == 60.5


def test_all_chats_together_take_twenty_five_a_second() -> None:
    pace = Pace()
    for chat in range(25):
        pace.sent(chat, 5.0)
    assert pace.ready_at(99, 5.1) == 6.0


def test_a_chat_that_telegram_holds_back_holds_back_no_other() -> None:
    pace = Pace()
    pace.hold(GROUP, 40.0)
    assert pace.ready_at(GROUP, 10.0) == 40.0
    assert pace.ready_at(PERSON, 10.0) == 10.0


def test_redraws_leave_room_in_a_group_for_what_rings():
    pace = Pace()
    for second in range(14):
        assert pace.ready_at(-1, second, redraws=True) == second
        pace.sent(-1, second)
    assert pace.ready_at(-1, 14.0, redraws=True) == 60.0
    assert pace.ready_at(-1, 14.0) == 14.0
