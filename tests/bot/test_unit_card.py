"""What a unit's card says of its channels: bandwidth, what has come over them, works, and which carries."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cards.message import Message
from bot.cards.unit import areas, unit
from incidents.bandwidth import Usage
from incidents.degradation import Excess, Measure
from incidents.model import LineState
from locales.voice import Voice
from operations.survey import AreaCount, ChannelView, Condition, OutUnit, UnitView, Works
from storage.samples import Quality
from storage.spells import DEGRADED, FLAPPING, OVERLOADED

VI = Voice.of("vi", "Asia/Ho_Chi_Minh")
NOW = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)
WEEK = Usage(samples=2016, expected=2016, enough=True, down=42_140_000, up=12_000_000)


CHANNEL = ChannelView(
    code="X05725",
    kind="chinh",
    unit="Xã Thần Xa",
    state=LineState.UP,
    since=NOW,
    carrier=None,
    uplink=None,
    quality=Quality(0, 0, None, None),
    mbps=50.0,
    usage=None,
    conditions=(),
    works=None,
)
SPARE = replace(CHANNEL, code="X05725B", kind="du_phong")


def plain(message: Message) -> list[str]:
    return re.sub(r"<[^>]+>", "", str(message.text)).splitlines()


def lines(*channels: ChannelView) -> list[str]:
    """Return what the card says beneath the unit's name."""
    return plain(unit(UnitView("Xã Thần Xa", None, None, channels, ()), VI, NOW))[1:]


def metered(usage: Usage | None, mbps: float | None = 50.0) -> list[str]:
    """Return what the card says of a channel beneath its state."""
    return lines(replace(CHANNEL, usage=usage, mbps=mbps))[1:]


@pytest.mark.parametrize(
    ("usage", "mbps", "said"),
    [
        (None, 50.0, []),
        (WEEK, 50.0, ["Băng thông 7 ngày (P95): xuống 42,1 / lên 12,0 trên 50 Mbps"]),
        (WEEK, None, ["Băng thông 7 ngày (P95): xuống 42,1 / lên 12,0 Mbps"]),
        (Usage(0, 2016, enough=False), 50.0, ["Băng thông 7 ngày: chưa đủ số liệu (0,00%)"]),
        (Usage(1008, 2016, False, 5, 5), 50.0, ["Băng thông 7 ngày: chưa đủ số liệu (50,00%)"]),
    ],
)
def test_the_week_s_percentiles_are_shown_where_there_are_enough_samples(
    usage: Usage | None, mbps: float | None, said: list[str]
) -> None:
    assert metered(usage, mbps) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition(OVERLOADED, NOW), "🟠 Quá tải từ 10:00"),
        (Condition(FLAPPING, NOW), "〰️ Chập chờn từ 10:00"),
        (
            Condition(
                DEGRADED,
                NOW - timedelta(days=1),
                (
                    Excess(Measure.LOSS, 0.0342, 0.01),
                    Excess(Measure.DELAY, 0.1284, 0.05),
                    Excess(Measure.JITTER, 0.0412, 0.03),
                    Excess(Measure.RATING, 61.49, 70.0),
                ),
            ),
            "🟠 Suy giảm chất lượng từ 10:00 23/11: mất gói 3,42% (ngưỡng 1,00%), trễ 128 ms (ngưỡng 50 ms), "
            "biến động trễ 41 ms (ngưỡng 30 ms), điểm chất lượng R 61 (ngưỡng 70)",
        ),
    ],
)
def test_what_has_come_over_a_channel_is_shown_with_since_when(condition: Condition, said: str) -> None:
    assert lines(replace(CHANNEL, conditions=(condition,)))[1:] == [said]


def test_planned_work_is_shown_with_its_end_and_its_reason_and_without_an_address() -> None:
    works = Works(NOW + timedelta(hours=2), "thay tủ quang ở 10.20.0.1")
    (said,) = lines(replace(CHANNEL, works=works))[1:]
    assert said.startswith("🔧 Đang bảo trì đến 12:00: thay tủ quang ở ")
    assert "10.20.0.1" not in said


def test_of_two_channels_the_spare_one_is_named_so() -> None:
    assert lines(CHANNEL, SPARE) == [
        "🟢 Kênh X05725: thông suốt từ 10:00",
        "🟢 Kênh X05725B (dự phòng): thông suốt từ 10:00",
    ]


@pytest.mark.parametrize(
    ("state", "other", "carried"),
    [
        (LineState.DOWN, LineState.UP, True),
        (LineState.UNREACHABLE, LineState.UP, True),
        (LineState.DOWN, LineState.DOWN, False),
        (LineState.DOWN, LineState.BLIND, False),
        (LineState.BLIND, LineState.UP, False),
    ],
)
def test_a_unit_that_another_channel_carries_is_still_connected(
    state: LineState, other: LineState, carried: bool
) -> None:
    said = lines(replace(CHANNEL, state=state), replace(SPARE, state=other))
    assert ("Đơn vị vẫn thông suốt qua kênh còn lại." in said) is carried


def test_an_area_s_units_that_are_out_are_listed_with_which_is_carried() -> None:
    out = [OutUnit("Xã Thần Xa", NOW, False), OutUnit("Thị trấn Đình Cả", NOW, True)]
    said = plain(areas([AreaCount("Võ Nhai", 2, 1, 17)], out, VI, NOW, "Huyện Võ Nhai"))
    assert said == [
        "Huyện Võ Nhai",
        "14/17 kênh thông suốt",
        "🔴 Võ Nhai: 2/17 kênh mất kết nối",
        "Xã Thần Xa · từ 10:00",
        "Thị trấn Đình Cả · từ 10:00 · đang dùng kênh còn lại",
        "⚫ 1 kênh mất giám sát",
    ]


def test_of_several_areas_only_the_counts_are_shown() -> None:
    out = [OutUnit("Xã Thần Xa", NOW, False)]
    counts = [AreaCount("Võ Nhai", 1, 0, 17), AreaCount("Đại Từ", 0, 0, 32)]
    assert plain(areas(counts, out, VI, NOW)) == [
        "48/49 kênh thông suốt",
        "🔴 Võ Nhai: 1/17 kênh mất kết nối",
    ]
