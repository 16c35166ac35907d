"""What may be said of a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How organisations are migrated; the usual serves most platforms."""

    batch: int | None = None  # organisations in one transaction; None: as many as take 40 milliseconds
    parallel: int = 2  # connections at work at once
    canaries: int = 1  # organisations that go first, one after the other; an error there ends the run
    canary_slugs: tuple[str, ...] = ()  # or these
    only: tuple[str, ...] = ()  # slugs: nobody else is migrated
    lock_timeout: float = 2.0  # seconds that an organisation's own transactions may keep it waiting
    attempts: int = 6  # times that an organisation is tried while it is busy
    tolerate: int = 10  # organisations that may fail before the run ends
