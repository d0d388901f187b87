"""The times that messages speak of."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.moments import NO_MOMENTS, moments_in
from intents.tokens import words_in

NOW = datetime(2026, 3, 10, 15, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Tuesday


def said(text: str) -> tuple[str | None, ...]:
    moments = moments_in(words_in(text), NOW)
    return tuple(each and f"{each:%d/%m %H:%M}" for each in (moments.since, moments.begins, moments.ends))


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("mất mạng từ 8h", "10/03 08:00"),
        ("mất từ 7h30 sáng", "10/03 07:30"),
        ("mất lúc 2h chiều", "10/03 14:00"),
        ("mất 15 phút rồi", "10/03 15:15"),
        ("mất 2 tiếng nay", "10/03 13:30"),
        ("sét đánh cháy modem tối qua", "09/03 18:00"),
        ("mất từ sáng", "10/03 07:00"),
        ("hôm qua mất mạng", "09/03 00:00"),
        ("mất từ 9h hôm qua", "09/03 09:00"),
        ("mất từ 14:05", "10/03 14:05"),
    ],
)
def test_since_when(text, since):
    assert said(text) == (since, None, None)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("mai cắt điện từ 13h đến 17h", ("11/03 13:00", "11/03 17:00")),
        ("chiều nay điện lực cắt điện từ 16h đến 17h30", ("10/03 16:00", "10/03 17:30")),
        ("sáng mai cắt điện", ("11/03 07:00", None)),
        ("mai mất điện", ("11/03 00:00", None)),
        ("ngày 15/3 cắt điện 7h-11h", ("15/03 07:00", "15/03 11:00")),
        ("ngày kia cúp điện", ("12/03 00:00", None)),
    ],
)
def test_the_span_of_what_is_to_come(text, span):
    assert said(text) == (None, *span)


@pytest.mark.parametrize("text", ["mất mạng", "từ 30h", "ngày 31/2 cắt điện", "99/99", "", "máy tính 4"])
def test_no_time_is_no_time(text):
    assert moments_in(words_in(text), NOW) == NO_MOMENTS


def test_without_the_time_of_writing_none_is_told():
    assert moments_in(words_in("mất từ 8h"), None) == NO_MOMENTS


@given(st.from_regex(r"[0-9hgp:/ ]{0,12}(sang|chieu|mai|hom qua)?", fullmatch=True))
def test_whatever_looks_like_a_time_was_before_or_is_a_span_in_order(text):
    found = moments_in(words_in(text), NOW)
    assert found.since is None or found.since <= NOW
    assert found.ends is None or (found.begins is not None and found.begins < found.ends)
