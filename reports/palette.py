"""Colours that the colour-blind can tell, by hue, by lightness and by hatching."""

from dataclasses import dataclass

from incidents.figures.parts import Share

INK, FAINT, PAPER = "#1a1a1a", "#6b6b6b", "#ffffff"
GRID = "#ffffff"


@dataclass(frozen=True, slots=True)
class Paint:
    """A fill, and the hatching over it."""

    fill: str
    hatch: str | None = None


# M. Okabe and K. Ito, Color Universal Design (2008), each of another lightness.
PAINTS = {
    Share.UP: Paint("#d6e6f2"),
    Share.CARRIER: Paint("#d55e00"),
    Share.POWER: Paint("#f0c000"),
    Share.LAN: Paint("#cc79a7"),
    Share.PLANNED: Paint("#009e73"),
    Share.SWITCHED_OFF: Paint("#8fa3b3"),
    Share.BLIND: Paint("#404040", "////"),
}
