"""How long, how often and how much: the numbers that the runner and the sweeper live by."""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.conf import settings

MAX_ATTEMPTS = 6  # passing failures of one step before it fails
MAX_LOSSES = 5  # workers that may die over one step before it is set aside
_BACKOFF_BASE, _BACKOFF_CEILING = 1.0, 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """Read once, when a runner starts. Times in seconds."""

    lease: float
    calls_in_flight: int
    builds_in_flight: int
    organisation_calls: int
    organisation_builds: int
    look_round: float
    grace: float

    @property
    def heartbeat(self) -> float:
        return self.lease / 3

    def slots(self, lane: str) -> int:
        return self.calls_in_flight if lane == "calls" else self.builds_in_flight

    def cap(self, lane: str) -> int:
        """How much of a lane an organisation may use at once, unless its own row says otherwise."""
        return self.organisation_calls if lane == "calls" else self.organisation_builds


def limits() -> Limits:
    return Limits(
        lease=float(settings.OCTAVO_LEASE_SECONDS),
        calls_in_flight=settings.OCTAVO_CALLS_IN_FLIGHT,
        builds_in_flight=settings.OCTAVO_BUILDS_IN_FLIGHT,
        organisation_calls=settings.OCTAVO_ORGANISATION_CALLS,
        organisation_builds=settings.OCTAVO_ORGANISATION_BUILDS,
        look_round=float(settings.OCTAVO_LOOK_ROUND_SECONDS),
        grace=float(settings.OCTAVO_GRACE_SECONDS),
    )


def backoff(attempts: int) -> float:
    """Seconds to wait after that many failures: growing, with full jitter."""
    return random.uniform(0.1, min(_BACKOFF_CEILING, _BACKOFF_BASE * 2.0**attempts))


def told_wait(retry_after: float) -> float:
    """Seconds to wait as a provider told: never less, up to a tenth more so that not all return at once."""
    return max(0.0, retry_after) * random.uniform(1.0, 1.1)


def loss_pause(losses: int) -> float:
    """Seconds before a step is given to the next worker after that many have died over it."""
    return 0.0 if losses <= 1 else min(30.0, 0.25 * 2.0**losses)
