"""When a vigil is to be, as people type it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.until import span_in

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 11, 24, 15, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "name", "start", "end"),
    [
        ("Thần Xa đến 22:00", "than xa", (24, 15), (24, 22)),
        ("tất cả đến 06:00", "tat ca", (24, 15), (25, 6)),
        ("tat ca den 6h", "tat ca", (24, 15), (25, 6)),
        ("Võ Nhai từ 18:00 đến 21h30", "vo nhai", (24, 18), (24, 21.5)),
        ("Võ Nhai 18h-21h", "vo nhai", (24, 18), (24, 21)),
        ("Võ Nhai từ 18:00 tới 21:00 25/11", "vo nhai", (25, 18), (25, 21)),
        ("Võ Nhai từ 22:00 đến 02:00", "vo nhai", (24, 22), (25, 2)),
        ("Võ Nhai từ 22:00 đến 02:00 26/11", "vo nhai", (25, 22), (26, 2)),
        ("Võ Nhai từ 18:00 25/11 đến 06:00 ngày 27/11", "vo nhai", (25, 18), (27, 6)),
        ("Tân Long đến 22:00", "tan long", (24, 15), (24, 22)),
        ("đến 22:00", "", (24, 15), (24, 22)),
    ],
)
def test_a_time_is_taken_as_typed(typed, name, start, end):
    def moment(day, hour):
        return datetime(2025, 11, day, int(hour), int(hour % 1 * 60), tzinfo=ZONE)

    found, span = span_in(typed, NOW.astimezone(UTC), ZONE)
    assert (found, span.start, span.end) == (name, moment(*start), moment(*end))


@pytest.mark.parametrize("typed", ["Thần Xa", "", "Thần Xa đến 25:00", "Thần Xa đến 22:00 31/02", "đến"])
def test_what_is_no_time_is_none(typed):
    assert span_in(typed, NOW.astimezone(UTC), ZONE) is None


def test_in_december_january_is_of_the_next_year():
    late = datetime(2025, 12, 30, 15, 0, tzinfo=ZONE).astimezone(UTC)
    _, span = span_in("tất cả đến 06:00 02/01", late, ZONE)
    assert span.end == datetime(2026, 1, 2, 6, tzinfo=ZONE)
