"""Lists by pages: however many lines are out, every page is a message that Telegram takes; none is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import pack
from bot.cards.board import board
from bot.cards.message import LIMIT, Message, units
from bot.cards.open_tickets import listing
from bot.cards.overview import figures
from bot.cards.pages import page
from bot.cards.troubles import bad, of_unit, out
from incidents.degradation import Excess, Measure
from incidents.model import Incident, LineState, Member
from incidents.sla import Deadline, Owed
from locales.voice import Voice
from operations.lines import LineEntry
from operations.open_tickets import OpenTicket
from operations.overview import Overview
from operations.survey import AreaCount, Condition
from operations.troubles import BadLine, OutLine, badness
from storage.spells import DEGRADED

VI = Voice.of("vi", "Asia/Ho_Chi_Minh")
NOW = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)
DOWN = 214
LONG = "Văn phòng Đảng uỷ – Hội đồng nhân dân – Uỷ ban nhân dân xã " * 4  # longer than any name is
REASONS = tuple(Excess(each, 0.5, 0.01) for each in Measure)


def data(number: int) -> str:
    return pack("out", 123456, number)


def ticket(number: int, name: str = LONG, **values: object) -> OpenTicket:
    incident = Incident(unit=1, opened=NOW, id=number, root=number, members=(Member(number, NOW),), **values)
    deadline = Deadline(Owed.ACKNOWLEDGE, NOW - timedelta(minutes=1))
    return OpenTicket(incident, name, LONG, "Nguyễn Thị Hà", LONG, deadline, overdue=True)


LINES = [OutLine(f"Huyện {each % 9}", LONG, f"X{each:05}", NOW, True, ticket=each) for each in range(DOWN)]
BAD = [BadLine(LONG, LONG, f"X{each:05}", (Condition(DEGRADED, NOW, REASONS),) * 2) for each in range(DOWN)]
ENTRIES = [
    LineEntry(each, LONG, LONG, f"X{each:05}", "du_phong", LineState.DOWN, LONG, 50.0, LONG, ())
    for each in range(DOWN)
]
TICKETS = [ticket(each) for each in range(1, DOWN + 1)]
VIEW = Overview(
    areas=tuple(AreaCount(f"{each} {LONG}", 1, 0, 2) for each in range(DOWN)),
    kinds=((DEGRADED, 3),),
    works=1,
    tickets=tuple(TICKETS),
)
PAGES = {
    "out": lambda number: out(LINES, LONG[:80], VI, NOW, number, data),
    "bad": lambda number: bad(BAD, LONG[:80], VI, NOW, number, data),
    "lines": lambda number: of_unit(ENTRIES, LONG[:80], VI, number, data),
    "tickets": lambda number: listing(TICKETS, VI, NOW, number, desk=True),
    "figures": lambda number: figures(VIEW, LONG[:80], VI, NOW, number, data),
}


def plain(message: Message) -> str:
    return re.sub(r"<[^>]+>", "", str(message.text))


def count(message: Message) -> int:
    """Return how many pages there are, by the button in the middle."""
    return next(int(b.label.split("/")[1]) for row in message.buttons for b in row if "/" in b.label)


@pytest.mark.parametrize("name", PAGES)
def test_with_all_lines_down_every_page_fits_and_shows_all_it_has(name: str) -> None:
    for number in range(count(PAGES[name](0))):
        message = PAGES[name](number)
        assert units(plain(message)) <= LIMIT
        assert not plain(message).endswith("\n…"), number  # nothing was cut
        assert sum(len(row) for row in message.buttons) <= 100
        assert max(len(row) for row in message.buttons) <= 8


@pytest.mark.parametrize(
    ("name", "pattern", "expected"),
    [
        ("out", r"X\d{5}", {each.channel for each in LINES}),
        ("bad", r"X\d{5}", {each.channel for each in BAD}),
        ("lines", r"X\d{5}", {each.channel for each in ENTRIES}),
        ("tickets", r"SC-\d{4}", {f"SC-{each:04}" for each in range(1, DOWN + 1)}),
    ],
)
def test_every_entry_is_on_some_page(name: str, pattern: str, expected: set[str]) -> None:
    pages = range(count(PAGES[name](0)))
    assert {each for number in pages for each in re.findall(pattern, plain(PAGES[name](number)))} == expected


@given(st.lists(st.integers(), max_size=60), st.integers(1, 20), st.integers(-5, 90))
def test_the_pages_of_a_list_are_the_list(items: list[int], size: int, wild: int) -> None:
    first = page(items, 0, size)
    assert [each for number in range(first.count) for each in page(items, number, size).items] == items
    assert 0 <= page(items, wild, size).number < first.count  # a button may be older than the list


def test_a_page_turns_to_its_neighbours_and_shows_itself_anew() -> None:
    assert [[b.label for b in row] for row in PAGES["out"](0).buttons] == [["1/15", "›"]]
    assert [(b.label, b.data) for b in PAGES["out"](7).buttons[0]] == [
        ("‹", "out:123456:6"),
        ("8/15", "out:123456:7"),
        ("›", "out:123456:8"),
    ]
    assert [[b.label for b in row] for row in PAGES["out"](99).buttons] == [["‹", "15/15"]]


def test_what_fits_one_page_has_no_buttons() -> None:
    assert out(LINES[:3], None, VI, NOW, 0, data).buttons == ()


def test_the_board_fits_with_all_lines_down() -> None:
    message = board(VIEW, VI, NOW)
    assert units(plain(message)) <= LIMIT
    assert plain(message).splitlines()[0] == "📌 Bảng trực ban · tính đến 10:00:00"
    assert plain(message).splitlines()[-1] == "và 204 phiếu nữa: /suco"


def test_lines_out_stand_under_their_areas() -> None:
    lines = [
        OutLine("Võ Nhai", "Xã Thần Xa", "X05725", NOW, ticket=12),
        OutLine("Võ Nhai", "Xã La Hiên", "X05740", NOW, carried=True),
        OutLine("Đại Từ", "Xã Bản Ngoại", "X05800", NOW, works=True),
        OutLine("Đại Từ", "Xã Phú Lạc", "X05801", NOW, off=True),
    ]
    assert plain(out(lines, None, VI, NOW, 0, data)).splitlines() == [
        "Kênh mất kết nối: 4",
        "Võ Nhai (2)",
        "🔴 Xã Thần Xa · X05725 · từ 10:00 · SC-0012",
        "🔴 Xã La Hiên · X05740 · từ 10:00 · đang dùng kênh còn lại",
        "Đại Từ (2)",
        "🔧 Xã Bản Ngoại · X05800 · từ 10:00",
        "🌙 Xã Phú Lạc · X05801 · từ 10:00",
    ]


def test_how_bad_a_line_is_goes_by_its_worst_measure() -> None:
    def line(*reasons: Excess) -> BadLine:
        return BadLine("Xã", None, "X", (Condition(DEGRADED, NOW, reasons),))

    assert badness(line(Excess(Measure.LOSS, 0.05, 0.01), Excess(Measure.DELAY, 0.1, 0.05))) == 5
    assert badness(line(Excess(Measure.RATING, 40, 70))) == 2
    assert badness(line()) == 0


def test_the_desk_is_offered_to_hand_out_together_what_no_team_has() -> None:
    labels = [b.label for row in listing(TICKETS[:2], VI, NOW, desk=True).buttons for b in row]
    assert labels == ["Giao tất cả theo địa bàn", "SC-0001", "SC-0002"]
    assert len(listing(TICKETS[:1], VI, NOW, desk=True).buttons) == 1
    assert len(listing(TICKETS[:2], VI, NOW).buttons) == 1
