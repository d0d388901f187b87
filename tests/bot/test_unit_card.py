"""What a unit's card says of its bandwidth."""

import re
from datetime import UTC, datetime

import pytest

from bot.cards.unit import unit
from incidents.bandwidth import Usage
from incidents.model import LineState
from locales.voice import Voice
from operations.survey import ChannelView, Condition, UnitView
from storage.samples import Quality
from storage.spells import OVERLOADED

NOW = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)
WEEK = Usage(samples=2016, expected=2016, enough=True, down=42_140_000, up=12_000_000)


def lines(usage: Usage | None, mbps: float | None = 50.0, overloaded: datetime | None = None) -> list[str]:
    """Return what the card says of a channel beneath its state."""
    channel = ChannelView(
        code="X05725",
        kind="chinh",
        unit="Xã Thần Xa",
        state=LineState.UP,
        since=NOW,
        carrier=None,
        uplink=None,
        quality=Quality(0, 0, None, None),
        mbps=mbps,
        usage=usage,
        conditions=(Condition(OVERLOADED, overloaded),) if overloaded else (),
        works=None,
    )
    view = UnitView("Xã Thần Xa", None, None, (channel,), ())
    text = str(unit(view, Voice.of("vi", "Asia/Ho_Chi_Minh"), NOW).text)
    return re.sub(r"<[^>]+>", "", text).splitlines()[2:]


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
    assert lines(usage, mbps) == said


def test_an_overload_is_shown_with_since_when() -> None:
    assert lines(WEEK, overloaded=NOW)[-1] == "🟠 Quá tải từ 10:00"
