"""Runs a book's steps in the test's own thread and transaction, through the real claiming and settling."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models.functions import Now

from jobs import settling
from jobs.calls import HeldStep, note_remote_id
from jobs.claiming import claim
from jobs.errors import Passing, Skip, StepError
from jobs.kinds import LANES, ClaimedStep, Lane, kind_named
from jobs.limits import limits
from jobs.models import Step
from tenants.context import entered

MOST_ROUNDS = 200


def drive(
    *,
    rounds: int = MOST_ROUNDS,
    meanwhile: Callable[[], object] = lambda: None,
    lanes: Sequence[Lane] = LANES,
) -> list[str]:
    """Do whatever can be claimed, until nothing can be; answers the kinds of the steps done, in order.

    With `rounds` it stops sooner: a round is everything that is claimable at once. Steps that wait for
    another try are due at once. `meanwhile` happens in each round while the calls are out.
    """
    done: list[str] = []
    with asyncio.Runner() as loop:
        for _ in range(rounds):
            Step.objects.filter(status="PENDING").update(next_run_at=Now())
            claimed = [step for lane in lanes for step in _claim(lane)]
            if not claimed:
                return done
            done += [step.kind for step in claimed]
            _do_all(loop, claimed, meanwhile)
    return done


def _claim(lane: Lane) -> list[ClaimedStep]:
    return claim(lane=lane, owner="test", room=100, limits=limits())


def _do_all(loop: asyncio.Runner, claimed: list[ClaimedStep], meanwhile: Callable[[], object]) -> None:
    """Prepare one after another, wait for all calls together, settle one after another: like a worker."""
    prepared = [(step, _prepared(step)) for step in claimed]
    answers = loop.run(_perform_all([(step, plan) for step, plan in prepared if not _stopped(plan)]))
    meanwhile()
    for step, plan in prepared:
        answer, remote_id = (plan, step.remote_id) if _stopped(plan) else answers[step.id]
        if remote_id != step.remote_id:
            note_remote_id(step, step.remote_id, remote_id)
        _settle(step, answer, remote_id)


def _prepared(step: ClaimedStep) -> Any:
    with entered(step.organisation):
        try:
            return kind_named(step.kind).prepare(step)
        except (Skip, StepError) as error:
            return error


async def _perform_all(work: list[tuple[ClaimedStep, Any]]) -> dict[Any, Any]:
    answers = await asyncio.gather(*(_perform(step, plan) for step, plan in work))
    return {step.id: answer for (step, _plan), answer in zip(work, answers, strict=True)}


async def _perform(step: ClaimedStep, plan: Any) -> tuple[Any, str]:
    """What came of it, and the id of the call that is remembered by then."""
    call = _call(step)
    try:
        with entered(step.organisation):  # as a worker does
            return await kind_named(step.kind).perform(plan, call), call.remote_id
    except StepError as error:
        return error, call.remote_id
    except Exception as error:  # as a worker does with what nobody foresaw
        return Passing(f"{type(error).__name__}: {error}"), call.remote_id


def _call(step: ClaimedStep) -> HeldStep:
    async def may_send(_step: ClaimedStep) -> bool:
        return True

    async def note(_step: ClaimedStep, _before: str, remote_id: str) -> str:
        return remote_id

    return HeldStep(step, lease_ends_at=math.inf, check=may_send, note=note)


def _settle(step: ClaimedStep, answer: Any, remote_id: str) -> None:
    if isinstance(answer, Skip):
        settling.skip(step)
    elif isinstance(answer, StepError):
        settling.fail(step, answer, remote_id=remote_id)
    else:
        try:
            settling.settle(step, answer)
        except StepError as error:
            error.used = error.used or kind_named(step.kind).usage(answer)
            settling.fail(step, error, remote_id=remote_id)


def _stopped(plan: Any) -> bool:
    return isinstance(plan, Skip | StepError)
