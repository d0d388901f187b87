from datetime import timedelta

import pytest

from incidents.figures.parts import Share
from incidents.span import Span
from reports.compose import SUFFERERS, Line, everything, exceptions
from tests.reports.days import DAY, LINES, START, VOICE, spent


def rows(picture):
    return [(row.label, row.note) for row in picture.rows]


def test_districts_come_in_vietnamese_order_with_those_that_suffered_beneath():
    assert rows(exceptions(LINES, DAY, None, VOICE)) == [
        ("Đại Từ: 2 kênh", "100,00%"),
        ("Xã Ký Phú", "12 phút"),
        ("Phú Lương: 3 kênh", "100,00%"),
        ("Thị trấn Đu", "1 giờ"),
        ("Võ Nhai: 2 kênh", "96,81%"),
        ("Thị trấn Đình Cả", "8 giờ"),
        ("Xã Thần Xa", "1 giờ 30 phút"),
    ]


def test_the_full_sheet_has_every_channel_in_vietnamese_order():
    assert [label for label, _ in rows(everything(LINES, DAY, None, VOICE))] == [
        *("Đại Từ", "Huyện ủy Đại Từ", "Xã Ký Phú"),
        *("Phú Lương", "Thị trấn Đu", "Xã Ân Thi", "Xã Ôn Lương"),
        *("Võ Nhai", "Thị trấn Đình Cả", "Xã Thần Xa"),
    ]


def test_an_office_that_is_shut_at_night_is_no_exception():
    labels = [label for label, _ in rows(exceptions(LINES, DAY, None, VOICE))]
    assert "Xã Ôn Lương" not in labels


def test_of_a_storm_no_more_are_named_than_can_be_read():
    many = [Line(f"Xã {index:03}", "Võ Nhai", spent((1, 2, Share.POWER))) for index in range(178)]
    found = rows(exceptions(many, DAY, None, VOICE))
    assert len(found) == 1 + SUFFERERS + 1
    assert found[-1] == (f"và {178 - SUFFERERS} kênh khác", "")


def test_the_legend_tells_of_what_is_seen_alone():
    legend = exceptions(LINES[:1], DAY, None, VOICE).legend
    assert [share for share, _ in legend] == [Share.UP, Share.CARRIER, Share.BLIND]


def test_a_districts_strip_is_as_high_as_the_part_of_its_lines_that_is_out():
    half = [Line(name, "A", spent(*pieces)) for name, pieces in (("x", [(6, 12, Share.POWER)]), ("y", []))]
    (strip, *_) = exceptions(half, DAY, None, VOICE).rows
    assert {(piece.share, piece.base, piece.height) for piece in strip.pieces} == {(Share.POWER, 0.0, 0.5)}
    assert (strip.pieces[0].start, strip.pieces[-1].end) == (0.25, 0.5)


def test_shares_lie_upon_each_other():
    two = [Line("x", "A", spent((6, 12, Share.POWER))), Line("y", "A", spent((6, 12, Share.CARRIER)))]
    (strip, *_) = exceptions(two, DAY, None, VOICE).rows
    assert {(piece.share, piece.base) for piece in strip.pieces} == {(Share.CARRIER, 0.0), (Share.POWER, 0.5)}


@pytest.mark.parametrize(
    ("length", "marks"),
    [
        (timedelta(days=1), ["09", "12", "15", "18", "21", "00", "03", "06"]),
        (timedelta(days=7), [f"{day}/11" for day in range(24, 31)]),
        (timedelta(days=28), ["28/11", "03/12", "08/12", "13/12", "18/12"]),
    ],
)
def test_hours_are_marked_in_a_day_and_days_in_what_is_longer(length, marks):
    assert [mark for _, mark in exceptions((), Span(START, START + length), None, VOICE).ticks] == marks
