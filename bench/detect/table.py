"""What a row came to, as a line of the table and as figures for a machine."""

from dataclasses import dataclass
from math import ceil

from bench.detect.peers import EARLIER
from bench.detect.rows import Row
from bench.detect.score import Tally, percentile

MONTHS = 214.0  # channel-months that false alarms are scaled to
LONG = 60.0  # seconds; the earlier figures of the peers are of outages so long
HEAD = (
    f"{'world':<22} {'policy':<16} {'timeout':>7} {'months':>6} {'outages':>7} {'missed':>6} {'carried':>7} "
    f"{'false':>8} {'median':>7} {'p95':>7} {'p99':>7} {'probes/h':>8} {'clear':>6}"
)


@dataclass(frozen=True, slots=True)
class Result:
    """A row and its tally."""

    row: Row
    tally: Tally

    @property
    def months(self) -> float:
        """Return how many channel-months were scored."""
        return self.tally.channel_days / 30

    @property
    def false(self) -> float:
        """Return the false alarms per `MONTHS` channel-months."""
        return self.tally.false * MONTHS / self.months if self.months else 0.0

    @property
    def probes(self) -> float:
        """Return the probes an hour and channel, warm-up included."""
        return self.tally.probes / self.tally.channel_hours

    def delay(self, share: float, least: float = 0.0) -> float | None:
        """Return a percentile of the delays in seconds, of outages of at least *least* seconds."""
        return percentile([delay for length, delay in self.tally.delays if length >= least], share)

    def failings(self) -> list[str]:
        """Return in what it misses its goal."""
        goal = self.row.goal
        if goal is None:
            return []
        held = [
            ("false alarms", self.tally.false, ceil(goal.false * self.months / MONTHS)),
            ("median", self.delay(0.5), goal.median),
            ("p99", self.delay(0.99), goal.p99),
            ("probes/h", self.probes, goal.probes),
            ("missed, longer than may be waited", sum(length > goal.p99 for length in self.tally.missed), 0),
            ("children before their uplink", self.tally.before_parent, 0),
            ("roots beside the uplink", self.tally.extra_roots, 0),
        ]
        return [
            f"{name} {is_:.1f} > {most:g}"
            for name, is_, most in held
            if None not in (is_, most) and is_ > most
        ]

    def line(self) -> str:
        """Return the line of the table."""
        row, tally = self.row, self.tally
        timeout = f"{row.timeout:.1f} s" if row.timeout else "learned" if row.ours else "1.0 s"
        delays = " ".join(f"{_seconds(self.delay(share)):>7}" for share in (0.5, 0.95, 0.99))
        return (
            f"{row.world:<22} {row.policy:<16} {timeout:>7} {self.months:>6.0f} {tally.counted:>7} "
            f"{len(tally.missed):>6} {tally.carried:>7} {self.false:>8.1f} {delays} {self.probes:>8.0f} "
            f"{_seconds(percentile(tally.recoveries, 0.5)):>6}"
        )

    def figures(self) -> dict[str, object]:
        """Return the row for the JSON line."""
        tally = self.tally
        return {
            "world": self.row.world,
            "policy": self.row.policy,
            "timeout": self.row.timeout,
            "channel_months": round(self.months, 1),
            "outages": tally.counted,
            "missed": len(tally.missed),
            "carried": tally.carried,
            "false": tally.false,
            "false_per_214_channel_months": round(self.false, 2),
            "median": _rounded(self.delay(0.5)),
            "p95": _rounded(self.delay(0.95)),
            "p99": _rounded(self.delay(0.99)),
            "probes_per_hour": round(self.probes, 1),
            "anchor_probes_per_hour": round(tally.anchor_probes / max(tally.anchor_hours, 1e-9), 1),
            "clear_median": _rounded(percentile(tally.recoveries, 0.5)),
            "before_parent": tally.before_parent,
            "extra_roots": tally.extra_roots,
            "failings": self.failings(),
            "strays": tally.strays[:5],
        }

    def beside_earlier(self) -> str:
        """Return a peer's figures beside those of the earlier simulation of the model."""
        found = [self.false, *(self.delay(share, LONG) or 0.0 for share in (0.5, 0.95, 0.99)), self.probes]
        earlier = EARLIER[self.row.policy]
        pairs = " ".join(f"{now:>7.0f} ({then:>5g})" for now, then in zip(found, earlier, strict=True))
        return f"{self.row.policy:<16} {pairs}"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
