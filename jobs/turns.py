"""The results of one job wait for one another here, and what has gathered meanwhile is settled together.

In the database they would wait for the job's row, each with a thread and a connection.
"""

from __future__ import annotations

import asyncio
from typing import Any

from jobs import settling
from jobs.database import DatabaseThreads
from jobs.kinds import ClaimedStep
from jobs.settling import Outcome

_Waiting = tuple[ClaimedStep, Any, asyncio.Future[Outcome]]


class Turn:
    """One job's queue of results in one process; it belongs to the runner's event loop."""

    def __init__(self, threads: DatabaseThreads) -> None:
        self._threads = threads
        self._lock = asyncio.Lock()
        self._waiting: list[_Waiting] = []

    async def settle(self, step: ClaimedStep, result: Any) -> Outcome:
        """Settle the result with whatever waits beside it. Raises what its kind's `settle` raises."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((step, result, outcome))
        async with self._lock:
            if not outcome.done():
                together, self._waiting = self._waiting, []
                # Whoever is cancelled here (a worker that stops) must not take the others' results along.
                await asyncio.shield(self._settle_together(together))
        return outcome.result()

    async def _settle_together(self, together: list[_Waiting]) -> None:
        try:
            outcomes = await self._threads.run(
                settling.settle_together, [(step, result) for step, result, _outcome in together]
            )
        except Exception as error:
            if len(together) == 1:
                together[0][2].set_exception(error)
                return
            for one in together:  # whose fault it was shows when each is settled by itself
                await self._settle_together([one])
            return
        for (_step, _result, outcome), settled in zip(together, outcomes, strict=True):
            outcome.set_result(settled)
