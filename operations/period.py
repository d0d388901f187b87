"""Period: a week's or a month's figures of one part of the network, with the names that go with them."""

from collections.abc import Mapping
from dataclasses import dataclass

from incidents.figures.ledger import Figures, Ledger, figures
from incidents.figures.ranking import Sufferer, repeated, worst
from incidents.span import Span
from operations.cuts import below, of_carrier
from operations.desk import Act
from operations.ledger import ledger

WORST = 5
OFTEN = 3  # incidents that make a channel one that fails again and again


@dataclass(frozen=True, slots=True)
class Named:
    """A channel that suffered, by its unit's name."""

    name: str
    area: str
    sufferer: Sufferer


@dataclass(frozen=True, slots=True)
class Period:
    """A part's figures over a span: the whole, each carrier's, the worst channels and those that repeat."""

    span: Span
    scope: str | None
    whole: Figures
    carriers: Mapping[str, Figures]
    worst: tuple[Named, ...]
    repeated: tuple[Named, ...]
    units: Mapping[int, str]  # the names of the units that cases are of


async def period(act: Act, span: Span, scope: int | None) -> Period:
    """Return the figures of *scope* (None: the province) over *span*."""
    kept = await ledger(act, span)
    cut = below(act.directory, scope)
    by_carrier = {
        carrier.name: figures(kept, of_carrier(act.directory, id_, scope))
        for id_, carrier in act.directory.carriers.items()
    }
    return Period(
        span=kept.span,
        scope=None if scope in (None, act.directory.top) else act.directory.units[scope or 0].name,
        whole=figures(kept, cut),
        carriers={name: each for name, each in by_carrier.items() if each.channels},
        worst=tuple(_named(act, each) for each in worst(kept, cut, WORST)),
        repeated=tuple(_named(act, each) for each in repeated(kept, cut, OFTEN)),
        units={each.unit: act.directory.units[each.unit].name for each in kept.cases},
    )


async def often(act: Act, span: Span, scope: int | None) -> tuple[Named, ...]:
    """Return the channels of *scope* that failed again and again in *span*, the most frequent first."""
    kept: Ledger = await ledger(act, span)
    return tuple(_named(act, each) for each in repeated(kept, below(act.directory, scope), OFTEN))


def _named(act: Act, sufferer: Sufferer) -> Named:
    unit = act.directory.unit_of(sufferer.channel)
    return Named(unit.name, act.directory.table_area(unit.id or 0), sufferer)
