"""A series that was checked at the command line: its outcomes, what they come to, and what explains them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from checks.certificate import Certificate
from checks.target import Target
from checks.trace import Path
from incidents.degradation import Bounds
from incidents.outcome import Outcome, Reason
from incidents.quality import Figures, Rating, jitter

RATED: Final = frozenset(
    {"icmp", "tcp"}
)  # the others' delay is the server's, too, and says little of the line
BOUNDS: Final = Bounds()
REACHED: Final = frozenset(
    set(Reason) - {Reason.TIMEOUT, Reason.UNREACHABLE, Reason.SEND_FAILED, Reason.STALLED}
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A series with its outcomes; *path* where the line is bad, *certificate* where there is TLS."""

    code: str
    unit: str
    target: Target
    outcomes: Sequence[Outcome]
    path: Path | None = None
    certificate: Certificate | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing answered."""
        return not self.latencies

    @property
    def latencies(self) -> list[float]:
        """Return the round trips, in seconds."""
        return [outcome.latency for outcome in self.outcomes if outcome.latency is not None]

    @property
    def figures(self) -> Figures:
        """Return loss, delay and jitter; what failed by our own fault is not counted as sent."""
        sent, found = sum(outcome.known for outcome in self.outcomes), self.latencies
        return Figures(sent, sent - len(found), fmean(found) if found else None, jitter(found))

    @property
    def rating(self) -> Rating | None:
        """Return what a talk over the line would be like, where the probe tells that."""
        return self.figures.rating if self.target.scheme in RATED else None

    @property
    def reasons(self) -> list[Reason]:
        """Return why probes were not answered."""
        return sorted({outcome.reason for outcome in self.outcomes if not outcome.answered})

    @property
    def bad(self) -> bool:
        """Whether the line does not do what it should, as far as a few probes can tell."""
        figures, rating = self.figures, self.rating
        if self.silent or figures.loss > BOUNDS.loss:
            return True
        return rating is not None and (
            (figures.delay or 0) > BOUNDS.delay
            or (figures.jitter or 0) > BOUNDS.jitter
            or rating.r < BOUNDS.rating
        )

    @property
    def traceable(self) -> bool:
        """Whether the way to it may explain what is bad: not where the far end itself said no."""
        return self.bad and not (self.reasons and REACHED.issuperset(self.reasons))
