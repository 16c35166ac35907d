"""Counters of the runner for Prometheus."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

from tenants.labels import organisation_label

_ENDED = Counter(
    "octavo_steps_ended_total", "Steps that a runner let go of", ["kind", "outcome", "organisation"]
)
_IN_FLIGHT = Gauge("octavo_steps_in_flight", "Steps that this process holds", ["lane"])


def claimed(lane: str) -> None:
    _IN_FLIGHT.labels(lane).inc()


def let_go(lane: str) -> None:
    _IN_FLIGHT.labels(lane).dec()


def ended(kind: str, outcome: str) -> None:
    _ENDED.labels(kind, outcome, organisation_label()).inc()
