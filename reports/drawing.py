"""Drawing: a picture as PNG, by the pixel; imported in the child process alone, for matplotlib is large."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from incidents.figures.parts import Share
from reports.model import Picture, Piece, Row
from reports.palette import FAINT, GRID, INK, PAINTS, PAPER

DPI: Final = 100
HEAD: Final = 7  # letters high
FOOT: Final = 3
LEAST: Final = 1.5  # pixels: a minute is seen
QUICK: Final = {"compress_level": 3}  # a tenth larger, and three times as fast
FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"  # DejaVu: all of Vietnamese, and comes with matplotlib


@dataclass(frozen=True, slots=True)
class Layout:
    """Pixels: the width, where strips begin and end, and how high rows, strips and letters are."""

    width: int
    start: int
    end: int
    heading: int
    row: int
    letters: int
    longest: int  # letters of a name
    margin: int = 36


TELEPHONE = Layout(width=1080, start=404, end=832, heading=58, row=42, letters=24, longest=24)
SHEET = Layout(width=1280, start=340, end=1190, heading=28, row=18, letters=12, longest=40)


def draw(picture: Picture, layout: Layout) -> bytes:
    """Return *picture* as a PNG as high as it needs to be."""
    page = _Page(layout, _height(picture, layout))
    page.head(picture)
    page.strips(picture)
    page.feet(picture)
    return page.png()


def _height(picture: Picture, layout: Layout) -> int:
    rows = sum(_row_height(each, layout) for each in picture.rows)
    return 2 * layout.margin + rows + layout.letters * (HEAD + 2 * len(picture.legend) + FOOT)


def _row_height(row: Row, layout: Layout) -> int:
    return layout.heading if row.heading else layout.row


class _Page:
    """A sheet of paper with a pen that goes down it."""

    def __init__(self, layout: Layout, height: int) -> None:
        self._layout = layout
        self._figure = Figure(figsize=(layout.width / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(self._figure)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, layout.width), ylim=(height, 0))
        self._axes.set_axis_off()
        self._y = float(layout.margin)
        self._regular = FontProperties(fname=str(FONTS / "DejaVuSans.ttf"))
        self._bold = FontProperties(fname=str(FONTS / "DejaVuSans-Bold.ttf"))

    def head(self, picture: Picture) -> None:
        """Write the title, and of what time it is."""
        size = self._layout.letters
        self._write(self._layout.margin, self._y + size, picture.title, size * 1.5, bold=True)
        self._write(self._layout.margin, self._y + size * 3.2, picture.subtitle, size, colour=FAINT)
        self._y += size * HEAD

    def strips(self, picture: Picture) -> None:
        """Draw every row under the hours, and lines down from those."""
        layout, top = self._layout, self._y
        for at, hour in picture.ticks:
            self._write(self._x(at), top - layout.letters, hour, layout.letters * 0.85, align="center")
        pieces: list[tuple[Piece, float, float]] = []
        for row in picture.rows:
            height = _row_height(row, layout)
            self._name(row, self._y + height / 2)
            thick = height * (0.66 if row.heading else 0.5)
            if row.pieces is not None:
                low = self._y + (height + thick) / 2
                pieces += [(each, low, thick) for each in (Piece(0, 1, Share.UP), *row.pieces)]
            self._y += height
        self._paint(pieces)
        for at, _ in picture.ticks:
            self._axes.plot([self._x(at)] * 2, [top, self._y], color=GRID, linewidth=1.2, zorder=3)

    def feet(self, picture: Picture) -> None:
        """Say what the colours mean."""
        layout, size = self._layout, self._layout.letters
        self._y += size
        for share, meaning in picture.legend:
            low = self._y + size * 1.1
            left, right, top = layout.margin, layout.margin + size * 2, low - size
            self._fill([[(left, low), (right, low), (right, top), (left, top)]], share)
            self._write(layout.margin + size * 2.6, self._y + size * 0.6, meaning, size)
            self._y += size * 2
        self._write(layout.margin, self._y + size, picture.foot, size * 0.85, colour=FAINT)

    def png(self) -> bytes:
        """Return what was drawn."""
        kept = BytesIO()
        self._figure.savefig(kept, format="png", metadata={"Software": None}, pil_kwargs=QUICK)
        return kept.getvalue()

    def _x(self, at: float) -> float:
        return self._layout.start + at * (self._layout.end - self._layout.start)

    def _name(self, row: Row, y: float) -> None:
        layout, size = self._layout, self._layout.letters
        left = layout.margin if row.heading else layout.margin + size
        longest = layout.longest + 2 * row.heading
        fits = row.pieces is None or len(row.label) <= longest
        name = row.label if fits else row.label[: longest - 1] + "…"
        self._write(left, y, name, size, bold=row.heading)
        self._write(layout.end + size * 0.6, y, row.note, size * 0.9, bold=row.heading)

    def _paint(self, pieces: list[tuple[Piece, float, float]]) -> None:
        """Fill all pieces of one share at once: one by one they would take seconds."""
        found: dict[Share, list[list[tuple[float, float]]]] = {share: [] for share in Share}
        for piece, low, thick in pieces:
            left, right = self._x(piece.start), self._x(piece.end)
            right = max(right, left + LEAST)
            bottom, top = low - piece.base * thick, low - (piece.base + piece.height) * thick
            found[piece.share].append([(left, bottom), (right, bottom), (right, top), (left, top)])
        for share, boxes in found.items():
            self._fill(boxes, share)

    def _fill(self, boxes: list[list[tuple[float, float]]], share: Share) -> None:
        paint = PAINTS[share]
        edge = PAPER if paint.hatch else "none"  # the colour of the hatching
        self._axes.add_collection(
            PolyCollection(boxes, facecolor=paint.fill, hatch=paint.hatch, edgecolor=edge, linewidth=0)
        )

    def _write(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        align: str = "left",
    ) -> None:
        font = (self._bold if bold else self._regular).copy()
        font.set_size(size * 72 / DPI)
        self._axes.text(
            x, y, words, fontproperties=font, color=colour, ha=align, va="center", parse_math=False
        )
