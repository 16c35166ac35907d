"""Where a crew is, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CrewConfig:
    """One crew. `provider` is its name in the ledger; `guarded` is for addresses that customers named.

    Times in seconds: `deadline` is how long a run may take, `lost_wait` how long a run whose beginning nobody
    saw has to tell us its id by a webhook, before another one is begun.
    """

    base_url: str
    token: str = field(repr=False)
    provider: str = "crewai"
    guarded: bool = False
    deadline: float = 7_200.0
    lost_wait: float = 120.0
