"""Metrics: the state of the bot as Prometheus reads it."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from web.health import Health


class _HealthCollector(Collector):
    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        health = self._health
        gauges: tuple[tuple[str, str, float | None], ...] = (
            ("trucmang_channels", "Channels watched", health.channels),
            ("trucmang_channels_out", "Channels without a connection now", health.out),
            ("trucmang_blind", "1 while we ourselves cannot see", float(health.blind)),
            ("trucmang_outbox_letters", "Letters not yet delivered", health.outbox_depth),
            ("trucmang_last_outcome_age_seconds", "Age of the newest outcome", health.outcome_age),
            ("trucmang_telegram_poll_age_seconds", "Age of the last good getUpdates", health.poll_age),
        )
        for name, meaning, value in gauges:
            if value is not None:
                yield GaugeMetricFamily(name, meaning, value=value)
        yield CounterMetricFamily("trucmang_probes", "Probes sent", value=health.sent)
        yield CounterMetricFamily("trucmang_replies", "Probes answered in time", value=health.replies)
        yield CounterMetricFamily(
            "trucmang_probes_unknown", "Probes that told nothing, by our own fault", value=health.unknown
        )


def exposition(health: Health) -> bytes:
    """Return the metrics in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(_HealthCollector(health))
    return generate_latest(registry)
