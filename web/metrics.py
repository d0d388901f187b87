"""Metrics: the state of the bot as Prometheus reads it; docs/metrics.md tells what each is for."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from web.health import Health

Read = Callable[[Health], float | None]

GAUGES: Final[tuple[tuple[str, str, Read], ...]] = (
    ("channels", "Channels watched", lambda h: h.channels),
    ("channels_out", "Channels without a connection now", lambda h: h.out),
    ("blind", "1 while we ourselves cannot see", lambda h: h.blind),
    ("incidents_unclaimed", "Live incidents that nobody has taken", lambda h: h.figures.unclaimed),
    ("outbox_letters", "Letters not yet delivered", lambda h: h.outbox_depth),
    ("outbox_oldest_age_seconds", "Age of the oldest of them", lambda h: h.figures.oldest_letter_age),
    ("outbox_in_doubt", "Those that may have arrived already", lambda h: h.figures.letters_in_doubt),
    ("outbox_dead", "Letters that nobody will ever take", lambda h: h.figures.letters_dead),
    ("last_outcome_age_seconds", "Age of the newest outcome", lambda h: h.outcome_age),
    ("last_tick_age_seconds", "Age of the last look at the timers", lambda h: h.figures.tick_age),
    ("last_summary_age_seconds", "Age of the last daily summary", lambda h: h.figures.summary_age),
    ("last_backup_age_seconds", "Age of the newest backup", lambda h: h.figures.backup_age),
    ("telegram_poll_age_seconds", "Age of the last good getUpdates", lambda h: h.poll_age),
    ("telegram_rival", "1 while another process polls in our stead", lambda h: h.rival),
    ("database_bytes", "Size of the database", lambda h: h.figures.database_bytes),
    ("database_journal_bytes", "Size of its journal", lambda h: h.figures.journal_bytes),
    ("database_faulty", "1 while it takes nothing", lambda h: h.database is not None),
)

# The engine's counters by their name in checks/counters.py.
PROBING: Final[Mapping[str, tuple[str, str]]] = {
    "sent": ("probes", "Probes sent"),
    "unreachable": ("probes_unreachable", "Probes that a router refused to carry"),
    "send_failed": ("probes_send_failed", "Probes that this machine could not send"),
    "stalled": ("probes_stalled", "Silences not held against the channel: the loop stood still"),
    "held": ("probes_held", "Probes left out because their reader was behind"),
    "replies": ("replies", "Probes answered in time"),
    "late": ("replies_late", "Replies past the timeout"),
    "duplicates": ("replies_duplicate", "Replies to what was answered already"),
    "foreign": ("replies_foreign", "Packets that answer nothing of ours, or come from the wrong host"),
    "dropped": ("replies_dropped", "Packets that our receive buffer had no room for"),
}


class _HealthCollector(Collector):
    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        health, figures = self._health, self._health.figures
        for name, meaning, read in GAUGES:
            value = read(health)
            if value is not None:
                yield GaugeMetricFamily(f"trucmang_{name}", meaning, value=float(value))
        yield _labelled(
            "channels_by_state", "Channels by what they are held to be", "state", figures.channels
        )
        yield _labelled("incidents", "Live incidents", "status", figures.incidents)
        totals = {"sent": health.sent, "replies": health.replies} | dict(figures.probing)
        for counter, (name, meaning) in PROBING.items():
            if counter in totals:
                yield CounterMetricFamily(f"trucmang_{name}", meaning, value=totals[counter])
        unknown = "Probes that told nothing, by our own fault"
        yield CounterMetricFamily("trucmang_probes_unknown", unknown, value=health.unknown)
        counted, mute = "Meters read", "Meters that told nothing in their turn"
        yield CounterMetricFamily("trucmang_meters_read", counted, value=figures.meters_read)
        yield CounterMetricFamily("trucmang_meters_failed", mute, value=figures.meters_failed)
        lost = "Outcomes that were never written"
        yield CounterMetricFamily("trucmang_samples_lost", lost, value=figures.samples_lost)
        yield InfoMetricFamily("trucmang_build", "The release", value={"version": figures.version})


def _labelled(name: str, meaning: str, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(f"trucmang_{name}", meaning, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def exposition(health: Health) -> bytes:
    """Return the metrics in Prometheus's text format."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_HealthCollector(health))
    return generate_latest(registry)
