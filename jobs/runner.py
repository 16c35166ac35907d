"""The runner: one event loop a process, which claims steps, waits for their calls and settles them.

Waiting costs nothing: a call in flight is a coroutine, and no database connection is held for it. The runner
is woken by the bell, by its own steps, and every few seconds by itself.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4
from weakref import WeakValueDictionary

from jobs import metrics, settling
from jobs.calls import HeldStep, may_send, note_remote_id, prepare_to_send
from jobs.claiming import SUSPECT_LOSSES, claim
from jobs.database import DatabaseThreads
from jobs.doorbell import answer_here, ring_others
from jobs.errors import Busy, LeaseLost, Passing, Permanent, Skip, StepError
from jobs.kinds import ClaimedStep, Lane, StepKind, UnknownKind, kind_named
from jobs.leases import extend_leases
from jobs.limits import Limits, limits
from jobs.settling import Outcome
from jobs.sweeper import sweep
from jobs.turns import Turn
from tenants.context import entered

logger = logging.getLogger(__name__)

_DATABASE_THREADS = 4
_SECOND_LOOK = 0.1  # seconds after a bell that found nothing: another runner may have been claiming
_UNKNOWN_KIND_PAUSE = 30.0  # seconds, until a worker with newer code comes by


class Runner:
    """Serves lanes, from a thread of its own: `start`, `wake` and `stop` may be called from any other."""

    def __init__(self, lanes: Iterable[Lane], *, settings: Limits | None = None) -> None:
        self.limits = settings or limits()
        self.lanes = tuple(lanes)
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        self._held: dict[UUID, HeldStep] = {}
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._in_lane: dict[str, int] = dict.fromkeys(self.lanes, 0)
        self._turns: WeakValueDictionary[UUID, Turn] = WeakValueDictionary()
        self._rung = False
        self._stopping = False
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs-runner", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._started.wait()
        answer_here(self.wake)

    def wake(self, lane: str) -> bool:
        """Have the runner look for work; answers whether it has room in the lane."""
        if lane not in self._in_lane or self._stopping:
            return False
        with suppress(RuntimeError):  # the loop has just closed
            self._loop.call_soon_threadsafe(self._hear)
        return self._room(lane) > 0

    def stop_claiming(self) -> None:
        """Claim nothing more, give calls in flight a few seconds, then hand the rest to others."""
        answer_here(None)
        self._stopping = True
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._hear)

    def stop(self) -> None:
        """Stop claiming and wait until nothing is held any more."""
        self.stop_claiming()
        self._thread.join(self.limits.grace + 10)

    # --- the loop ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=_event_loop) as loop_runner:
            self._loop = loop_runner.get_loop()
            loop_runner.run(self._serve())

    async def _serve(self) -> None:
        self._bell = asyncio.Event()
        self._work_threads = DatabaseThreads(_DATABASE_THREADS)
        self._beat_thread = DatabaseThreads(1)  # a heartbeat never waits behind other work
        chores = [
            asyncio.create_task(self._keep(self._beat, self.limits.heartbeat)),
            asyncio.create_task(self._keep(self._sweep, self.limits.heartbeat)),
        ]
        self._started.set()
        while not self._stopping:
            rung, self._rung = self._rung, False
            self._bell.clear()
            found = await self._fill()
            if rung and not found:
                self._loop.call_later(_SECOND_LOOK, self._bell.set)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), self.limits.look_round)
        await self._wind_down()
        for chore in chores:
            chore.cancel()
        self._work_threads.close()
        self._beat_thread.close()

    def _hear(self) -> None:
        self._rung = True
        self._bell.set()

    def _wake_later(self, seconds: float) -> None:
        self._loop.call_later(seconds, self._hear)

    async def _fill(self) -> int:
        """Claim what there is room for; answers how many steps that was."""
        claimed = 0
        for lane in self.lanes:
            while (room := self._room(lane)) > 0 and not self._stopping:
                steps = await self._claim(lane, room)
                if not steps:
                    break
                claimed += len(steps)
                if len(steps) == room:
                    ring_others(lane)  # there may be more than this process can take
        return claimed

    def _room(self, lane: str) -> int:
        return self.limits.slots(lane) - self._in_lane[lane]

    async def _claim(self, lane: Lane, room: int) -> list[ClaimedStep]:
        asked_at = time.monotonic()
        suspects = not any(held.step.losses >= SUSPECT_LOSSES for held in self._held.values())
        try:
            steps = await self._work_threads.run(
                claim, lane=lane, owner=self.owner, room=room, limits=self.limits, suspects=suspects
            )
        except Exception:
            logger.exception("claiming failed")
            return []
        for step in steps:
            self._begin(step, lane, asked_at)
        return steps

    def _begin(self, step: ClaimedStep, lane: Lane, asked_at: float) -> None:
        held = HeldStep(
            step, lease_ends_at=asked_at + self.limits.lease, check=self._may_send, note=self._note
        )
        self._held[step.id] = held
        self._in_lane[lane] += 1
        metrics.claimed(lane)
        task = asyncio.create_task(self._attend(held))
        self._tasks[step.id] = task
        task.add_done_callback(lambda _task: self._end(step, lane))

    def _end(self, step: ClaimedStep, lane: Lane) -> None:
        self._held.pop(step.id, None)
        self._tasks.pop(step.id, None)
        was_full = self._room(lane) == 0
        self._in_lane[lane] -= 1
        metrics.let_go(lane)
        if was_full:
            self._hear()

    # --- one step ------------------------------------------------------------------------------------------

    async def _attend(self, held: HeldStep) -> None:
        """From the claim to the settled result, or to whatever else becomes of the step."""
        step = held.step
        with entered(step.organisation):
            try:
                outcome = await self._attempt(held)
            except asyncio.CancelledError:
                outcome = await self._hand_over(held)
            except Exception:
                logger.exception("step neither settled nor returned", extra={"step": str(step.id)})
                return  # its lease will run out
            metrics.ended(step.kind, outcome)
        if outcome is Outcome.RETURNED:
            self._hear()

    async def _attempt(self, held: HeldStep) -> Outcome:
        step = held.step
        try:
            kind = kind_named(step.kind)
            plan = await self._work_threads.run(prepare_to_send, kind, step)
            held.send()
            result = await kind.perform(plan, held)
        except Skip:
            return await self._work_threads.run(settling.skip, step)
        except LeaseLost:
            return await self._work_threads.run(settling.not_sent, step)
        except UnknownKind as error:
            return await self._fail(held, Busy(str(error), _UNKNOWN_KIND_PAUSE))
        except StepError as error:
            return await self._fail(held, error)
        except Exception as error:
            logger.exception("step failed unexpectedly", extra={"step": str(step.id), "kind": step.kind})
            return await self._fail(held, _unexpected(error))
        return await self._settle(held, kind, result)

    async def _settle(self, held: HeldStep, kind: StepKind, result: Any) -> Outcome:
        try:
            return await self._turn(held.step).settle(held.step, result)
        except StepError as error:
            failure = error
        except Exception as error:
            # Trying again would pay again for what cannot be written.
            logger.exception("result could not be settled", extra={"step": str(held.step.id)})
            failure = Permanent(f"{type(error).__name__}: {error}", "result_not_saved")
        failure.used = failure.used or kind.usage(result)
        return await self._fail(held, failure)

    def _turn(self, step: ClaimedStep) -> Turn:
        return self._turns.setdefault(step.job_id, Turn(self._work_threads))

    async def _fail(self, held: HeldStep, error: StepError) -> Outcome:
        outcome, wait = await self._work_threads.run(
            settling.fail, held.step, error, sent=held.sent, remote_id=held.remote_id
        )
        logger.info(
            "step not done",
            extra={"step": str(held.step.id), "error": type(error).__name__, "reason": error.reason[:300]},
        )
        if outcome is Outcome.RETURNED and wait:
            self._wake_later(wait)
        return outcome

    async def _hand_over(self, held: HeldStep) -> Outcome:
        return await self._work_threads.run(
            settling.release, held.step, sent=held.sent, remote_id=held.remote_id
        )

    async def _may_send(self, step: ClaimedStep) -> bool:
        return await self._work_threads.run(may_send, step)

    async def _note(self, step: ClaimedStep, before: str, remote_id: str) -> str:
        return await self._work_threads.run(note_remote_id, step, before, remote_id)

    # --- chores --------------------------------------------------------------------------------------------

    async def _keep(self, chore: Callable[[], Awaitable[None]], every: float) -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await chore()
            except Exception:
                logger.exception("a runner's chore failed")

    async def _beat(self) -> None:
        beating = list(self._held.values())
        if not beating:
            return
        asked_at = time.monotonic()
        kept = await self._beat_thread.run(
            extend_leases, [held.step for held in beating], lease=self.limits.lease
        )
        for held in beating:
            if held.step.id in kept:
                held.extend(asked_at + self.limits.lease)
            else:
                held.lose()

    async def _sweep(self) -> None:
        """Beside the scheduler's sweeper, so that steps come back even where no scheduler or broker is."""
        if await self._beat_thread.run(sweep, self.limits):
            self._hear()

    async def _wind_down(self) -> None:
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=self.limits.grace)
        for task in list(self._tasks.values()):
            task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=5)


def _unexpected(error: Exception) -> StepError:
    """Worth another try. Whether the call was charged, nobody can tell."""
    failure = Passing(f"{type(error).__name__}: {error}")
    failure.uncertain = True
    return failure


def _event_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
