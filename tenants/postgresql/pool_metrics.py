"""What Prometheus is told of this process's database connections."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import REGISTRY
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from tenants.postgresql.pooling import pool_states

_NOW = {
    "most": "Connections that the pool may have",
    "size": "Connections that the pool has, or is opening",
    "idle": "Connections that nobody uses",
    "waiting": "Threads that wait for a connection",
}
_EVER = {
    "asked": "Times that a connection was asked for",
    "queued": "Times that a connection had to be waited for",
    "waited_seconds": "Seconds that were spent waiting for connections",
    "failed": "Times that no connection was had in time",
    "opened": "Connections opened",
    "recycled": "Connections closed after many organisations",
    "known": "Times that a connection was handed out which knew the organisation",
}


class Pools(Collector):
    """Reads the pools when it is asked, and costs nothing else."""

    def collect(self) -> Iterator[Metric]:
        states = list(pool_states())
        for name, meaning in _NOW.items():
            gauge = GaugeMetricFamily(f"octavo_database_pool_{name}", meaning, labels=["database"])
            for state in states:
                gauge.add_metric([state.alias], getattr(state, name))
            yield gauge
        for name, meaning in _EVER.items():
            counter = CounterMetricFamily(f"octavo_database_pool_{name}", meaning, labels=["database"])
            for state in states:
                counter.add_metric([state.alias], getattr(state, name))
            yield counter


REGISTRY.register(Pools())
