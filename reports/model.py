"""What is drawn, in words and fractions: all that a drawing needs, so that it needs nothing else."""

from dataclasses import dataclass

from incidents.figures.parts import Share


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a strip, from *start* to *end* as fractions of the span; *height* is a fraction too."""

    start: float
    end: float
    share: Share
    height: float = 1.0
    base: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A strip with its name before it and a note behind it; what no piece covers was connected.

    Without *pieces* at all there is no strip.
    """

    label: str
    note: str
    pieces: tuple[Piece, ...] | None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows under a title, over a span that is marked at *ticks*, with what the colours mean."""

    title: str
    subtitle: str
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]
    legend: tuple[tuple[Share, str], ...]
    foot: str
