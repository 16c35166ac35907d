"""Batches for several workers: begun in order, put back while they are busy, ended cleanly when told."""

from __future__ import annotations

import heapq
import math
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import count
from time import monotonic
from typing import Final

from tenants.migrating.away import RunStopped
from tenants.migrating.replaying import Kind, Outcome, pause
from tenants.migrating.states import Member

Work = Callable[[Sequence[Member]], list[Outcome]]

_AIM: Final = 0.04  # seconds that the tables of a batch are locked; larger transactions are slower ones, too
_BOLDER: Final = 8  # times as many as in the batch before, at most
_TICK: Final = 0.2  # seconds between two looks at whether to stop


class BatchSize:
    """How many organisations go together: one at first, then as many as keep within the aim and the locks."""

    def __init__(self, fixed: int | None, at_most: Callable[[], int]) -> None:
        self._fixed, self._at_most = fixed, at_most
        self._size = 1

    def now(self, *, left: int, parallel: int) -> int:
        """For the next batch; towards the end smaller ones, so that all workers end at the same time."""
        return self._size if self._fixed else min(self._size, math.ceil(left / (2 * parallel)))

    def learn(self, organisations: int, seconds: float) -> None:
        """A batch of so many has taken so long."""
        if self._fixed is not None:
            size = self._fixed
        elif organisations < self._size:
            return  # one that was put back, or a smaller one towards the end
        else:
            size = max(1, min(self._size * _BOLDER, int(organisations * _AIM / max(seconds, 0.001))))
        self._size = max(1, min(size, self._at_most()))


class Queue:
    """Runs `work` over organisations, and hands each outcome to `settle` in the caller's thread.

    What `settle` answers with True was busy and is tried again later. Ends early where `stopping` says so:
    the batches at work are waited for.
    """

    def __init__(
        self,
        work: Work,
        *,
        settle: Callable[[Outcome], bool],
        stopping: Callable[[], bool],
        parallel: int,
        size: BatchSize,
        alone: bool = False,
    ) -> None:
        """`alone`: one organisation after the other, from which `size` learns all the same."""
        self._work, self._settle, self._stopping = work, settle, stopping
        self._parallel, self._size, self._alone = (1 if alone else parallel), size, alone
        self._later: list[tuple[float, int, Member]] = []
        self._numbers = count()
        self._tries: dict[Member, int] = {}
        self._at_work: dict[Future[tuple[list[Outcome], float]], int] = {}
        self._waiting: deque[Member] = deque()

    def run(self, members: Sequence[Member]) -> None:
        """Raises `RunStopped` as `work` did, when the other batches at work have ended."""
        self._waiting = deque(members)
        stopped: RunStopped | None = None
        with ThreadPoolExecutor(self._parallel, thread_name_prefix="migrating") as pool:
            while self._more() or self._at_work:
                if self._more() and stopped is None:
                    self._begin(pool)
                try:
                    self._collect()
                except RunStopped as error:
                    stopped = error
                    self._drop()
                if self._stopping():
                    self._drop()
        if stopped:
            raise stopped

    def _more(self) -> bool:
        return bool(self._waiting or self._later)

    def _drop(self) -> None:
        self._waiting.clear()
        self._later.clear()

    def _begin(self, pool: ThreadPoolExecutor) -> None:
        while len(self._at_work) < self._parallel and (batch := self._next()):
            self._at_work[pool.submit(self._timed, batch)] = len(batch)

    def _next(self) -> list[Member]:
        if self._later and self._later[0][0] <= monotonic():
            return [heapq.heappop(self._later)[2]]
        left = len(self._waiting)
        size = 1 if self._alone else self._size.now(left=left, parallel=self._parallel)
        return [self._waiting.popleft() for _ in range(min(size, left))]

    def _timed(self, batch: Sequence[Member]) -> tuple[list[Outcome], float]:
        began = monotonic()
        return self._work(batch), monotonic() - began

    def _collect(self) -> None:
        done, _ = wait(self._at_work, timeout=_TICK, return_when=FIRST_COMPLETED)
        if not self._at_work:
            threading.Event().wait(_TICK / 4)  # all that is left was busy
        for future in done:
            organisations = self._at_work.pop(future)
            outcomes, seconds = future.result()
            if all(outcome.kind is Kind.DONE for outcome in outcomes):
                self._size.learn(organisations, seconds)
            for outcome in outcomes:
                if self._settle(outcome):
                    self._put_back(outcome.member)

    def _put_back(self, member: Member) -> None:
        self._tries[member] = self._tries.get(member, 0) + 1
        due = monotonic() + pause(self._tries[member])
        heapq.heappush(self._later, (due, next(self._numbers), member))
