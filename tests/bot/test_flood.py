"""The flood gate, and what was done lately."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.flood import MOST_SENDERS, Flood, Passage
from bot.lately import MOST, Lately

FREE, TOLD, SHUT = Passage.FREE, Passage.TOLD, Passage.SHUT
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_what_is_more_than_a_minute_holds_is_told_once_and_then_shut_out() -> None:
    flood = Flood(3)
    assert [flood.passes(7, second) for second in range(6)] == [FREE, FREE, FREE, TOLD, SHUT, SHUT]


def test_it_is_open_again_once_it_has_calmed_and_may_be_told_anew() -> None:
    flood = Flood(2)
    assert [flood.passes(7, second) for second in range(4)] == [FREE, FREE, TOLD, SHUT]
    assert [flood.passes(7, 100 + second) for second in range(4)] == [FREE, FREE, TOLD, SHUT]


def test_who_goes_on_is_shut_out_for_as_long() -> None:
    flood = Flood(2)
    passed = [flood.passes(7, second * 10) for second in range(60)]
    assert passed[3:] == [SHUT] * 57


def test_one_account_shuts_out_no_other() -> None:
    flood = Flood(1)
    assert [flood.passes(sender, 0) for sender in (7, 7, 7, 8)] == [FREE, TOLD, SHUT, FREE]


def test_the_accounts_remembered_are_bounded() -> None:
    flood = Flood(1)
    for sender in range(MOST_SENDERS * 2):
        flood.passes(sender, 0)
    assert len(flood._senders) == MOST_SENDERS
    assert flood.passes(0, 0) is FREE


@given(st.integers(1, 5), st.lists(st.floats(0, 30), max_size=60))
def test_in_any_minute_no_more_get_through_than_the_bound(most: int, gaps: list[float]) -> None:
    flood, now, through = Flood(most), 0.0, []
    for gap in gaps:
        now += gap
        if flood.passes(7, now) is FREE:
            through.append(now)
    assert all(sum(start <= at < start + 60 for at in through) <= most for start in through)


def test_what_was_done_lately_is_not_done_again() -> None:
    lately = Lately(timedelta(minutes=10))
    after = [lately.first(7, AT + timedelta(minutes=minute)) for minute in (0, 5, 9, 11, 12)]
    assert after == [True, False, False, True, False]
    assert lately.first(8, AT)


def test_a_clock_that_was_set_back_silences_nobody_for_long() -> None:
    lately = Lately(timedelta(minutes=10))
    assert lately.first(7, AT)
    assert lately.first(7, AT - timedelta(hours=1))


def test_what_is_remembered_of_late_is_bounded() -> None:
    lately = Lately(timedelta(minutes=10))
    for whom in range(MOST * 2):
        lately.first(whom, AT)
    assert len(lately._done) == MOST
