"""A step while a runner holds it: the lease's own clock, and what a provider may ask for during its call."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import connection

from jobs.errors import LeaseLost
from jobs.kinds import ClaimedStep, StepKind
from jobs.models import Step
from tenants.postgresql.raw import sql

_MARGIN = 0.5  # seconds that sending itself may take


class HeldStep:
    """One claimed step in this process. It is the `StepCall` that `perform` is given.

    The lease's clock is monotonic and starts before the claim was asked for, so that it always ends before
    the one in the database does.
    """

    def __init__(
        self,
        step: ClaimedStep,
        *,
        lease_ends_at: float,
        check: Callable[[ClaimedStep], Awaitable[bool]],
        note: Callable[[ClaimedStep, str, str], Awaitable[str]],
    ) -> None:
        self.step = step
        self.lease_ends_at = lease_ends_at
        self.sent = False
        self._remote_id = step.remote_id
        self._check = check
        self._note = note

    @property
    def remote_id(self) -> str:
        return self._remote_id

    async def remember(self, remote_id: str) -> None:
        self._remote_id = await self._note(self.step, self._remote_id, remote_id)

    async def before_sending(self) -> None:
        if not await self._check(self.step):
            raise LeaseLost(str(self.step.id))
        self.send()

    def send(self) -> None:
        """Note that from now on a call may be under way. Raises LeaseLost where the clock forbids it."""
        if time.monotonic() > self.lease_ends_at - _MARGIN:
            raise LeaseLost(str(self.step.id))
        self.sent = True

    def extend(self, lease_ends_at: float) -> None:
        self.lease_ends_at = lease_ends_at

    def lose(self) -> None:
        """The lease is somebody else's by now: nothing more may be sent."""
        self.lease_ends_at = 0.0


def prepare_to_send(kind: StepKind, step: ClaimedStep) -> Any:
    """What the kind's `prepare` gives. Raises LeaseLost where it must not be sent after all."""
    plan = kind.prepare(step)
    if not may_send(step):
        raise LeaseLost(str(step.id))
    return plan


def may_send(step: ClaimedStep) -> bool:
    """Whether this claim still holds the step and nobody has cancelled its job."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "SELECT NOT j.cancel_requested FROM {jobs_step} s JOIN {jobs_job} j ON j.id = s.job_id"
                " WHERE s.id = %s AND s.fence = %s AND s.status = 'LEASED'"
            ),
            [step.id, step.fence],
        )
        row = cursor.fetchone()
    return row is not None and bool(row[0])


def note_remote_id(step: ClaimedStep, before: str, remote_id: str) -> str:
    """Write the id down unless another holder's call was first; answers the id that counts."""
    if Step.objects.filter(pk=step.id, remote_id=before).update(remote_id=remote_id):
        return remote_id
    return Step.objects.values_list("remote_id", flat=True).get(pk=step.id)
