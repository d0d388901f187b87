"""A name in a message: from one word up to another, and the units it may be."""

from dataclasses import dataclass

from intents.places import Place
from locales.folding import fold

COMMUNES = frozenset({"xa", "phuong", "thi tran"})
DISTRICTS = frozenset({"huyen", "thanh pho", "thi xa", "quan"})
PROVINCE = "tinh"


@dataclass(frozen=True, slots=True)
class Mention:
    """The words from *start* up to *end* name one of *places*, or, if *near*, nearly do."""

    start: int
    end: int
    places: tuple[Place, ...]
    near: bool = False

    @property
    def is_area(self) -> bool:
        """Whether it names a district, or something larger."""
        return all(fold(place.kind) in DISTRICTS for place in self.places)


def is_body(place: Place) -> bool:
    """Say whether a unit is no area but an office: a sở, a huyện ủy, a people's committee."""
    return fold(place.kind) not in COMMUNES | DISTRICTS | {PROVINCE}
