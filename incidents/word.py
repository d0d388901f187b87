"""What a unit says of its ticket after the report: that it works, that it does not, or never mind."""

from dataclasses import dataclass

from incidents.finding import Finding


@dataclass(frozen=True, slots=True)
class Confirm:
    """An officer of *unit* says that it works; *finding* is what the probes said at that moment."""

    by: int
    unit: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Dispute:
    """An officer of *unit* says that it still does not work."""

    by: int
    unit: int


@dataclass(frozen=True, slots=True)
class Retract:
    """An officer takes back what was reported; *last* if nobody else's report is left."""

    by: int
    last: bool


@dataclass(frozen=True, slots=True)
class Reopen:
    """An officer of *unit* says that it does not work though the ticket was closed."""

    by: int
    unit: int


Word = Confirm | Dispute | Retract | Reopen
