"""Claiming steps: fair between organisations, within their caps and budgets, each claim with its own fence.

Locks are taken in the order that everything here keeps to: the lane of an organisation, then jobs by id, then
steps. Whoever moves a step holds its job's row, or the row of its lane.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from billing import ledger
from jobs import breaker, endings, money
from jobs.kinds import ClaimedStep, Failure, Lane
from jobs.limits import Limits
from jobs.locks import lock_jobs, runs
from jobs.models import Job, Step
from jobs.money import Shortage
from jobs.states import BreakerState
from tenants.context import Current
from tenants.models import Organisation
from tenants.postgresql.raw import sql

SUSPECT_LOSSES = 2  # from here on a step is run with no other suspect beside it, so that blame falls right
_WAIT_FOR_MONEY = 5.0  # seconds, while other calls may still give money back


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: UUID
    job_id: UUID
    kind: str
    number: int
    payload: dict[str, Any]
    provider: str
    remote_id: str
    fence: int
    attempts: int
    losses: int
    estimate_micros: int
    breaker_state: str | None
    breaker_failures: int | None

    @property
    def is_paid(self) -> bool:
        return bool(self.provider or self.estimate_micros)

    def claimed(self, organisation: Current) -> ClaimedStep:
        return ClaimedStep(
            id=self.id,
            job_id=self.job_id,
            kind=self.kind,
            number=self.number,
            fence=self.fence + 1,
            organisation=organisation,
            payload=self.payload,
            remote_id=self.remote_id,
            attempts=self.attempts,
            losses=self.losses,
            provider=self.provider,
            provider_failing=bool(self.breaker_failures) or self.held_back,
        )

    @property
    def held_back(self) -> bool:
        return self.breaker_state not in (None, BreakerState.CLOSED)


def claim(*, lane: Lane, owner: str, room: int, limits: Limits, suspects: bool = True) -> list[ClaimedStep]:
    """Claim steps of the organisation that was served least recently; empty where none may be claimed.

    At most `room` steps, the organisation's cap, and its fair share of the room where several organisations
    wait. With `suspects` at most one of them is a step over which workers have died.
    """
    with transaction.atomic():
        served = _next_lane(lane, limits.cap(lane), suspects)
        if served is None:
            return []
        organisation = Organisation.objects.get(pk=served.organisation_id).as_current()
        share = max(1, -(-room // served.waiting))
        candidates = _candidates(lane, served, share, suspects)
        chosen = _lease(_within_budgets(_allowed(candidates), organisation), owner, limits.lease)
        _reserve([candidate for candidate in chosen if candidate.is_paid], organisation)
        _served(served)
    return [candidate.claimed(organisation) for candidate in chosen]


@dataclass(frozen=True, slots=True)
class _ServedLane:
    id: int
    organisation_id: UUID
    cap: int
    waiting: int


def _next_lane(lane: Lane, cap: int, suspects: bool) -> _ServedLane | None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                """
                WITH due AS (
                    SELECT DISTINCT s.organisation_id FROM {jobs_step} s
                    LEFT JOIN {jobs_providerbreaker} b ON b.provider = s.provider
                    WHERE s.status = 'PENDING' AND s.lane = %(lane)s
                      AND s.next_run_at <= statement_timestamp()
                      AND (b.state IS NULL OR b.state = 'CLOSED' OR b.open_until <= statement_timestamp())
                      AND (%(suspects)s OR s.losses < %(suspect)s)
                )
                SELECT l.id, l.organisation_id, coalesce(l.cap, %(cap)s), (SELECT count(*) FROM due)
                FROM {jobs_organisationlane} l
                WHERE l.lane = %(lane)s AND l.organisation_id IN (SELECT organisation_id FROM due)
                  AND coalesce(l.cap, %(cap)s) > (
                      SELECT count(*) FROM {jobs_step} s
                      WHERE s.organisation_id = l.organisation_id AND s.lane = %(lane)s
                        AND s.status = 'LEASED')
                ORDER BY l.last_served_at NULLS FIRST
                LIMIT 1 FOR UPDATE OF l SKIP LOCKED
                """
            ),
            {"lane": lane, "cap": cap, "suspects": suspects, "suspect": SUSPECT_LOSSES},
        )
        row = cursor.fetchone()
    return None if row is None else _ServedLane(*row)


def _candidates(lane: Lane, served: _ServedLane, share: int, suspects: bool) -> list[_Candidate]:
    """What is due, in the order in which it was added.

    The cap is counted again here, now that the lane's row is locked.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                """
                SELECT s.id, s.job_id, s.kind, s.number, s.payload, s.provider, s.remote_id, s.fence,
                       s.attempts, s.losses, s.estimate_micros, b.state, b.failures
                FROM {jobs_step} s JOIN {jobs_job} j ON j.id = s.job_id
                LEFT JOIN {jobs_providerbreaker} b ON b.provider = s.provider
                WHERE s.status = 'PENDING' AND s.lane = %(lane)s AND s.organisation_id = %(organisation)s
                  AND s.next_run_at <= statement_timestamp()
                  AND (b.state IS NULL OR b.state = 'CLOSED' OR b.open_until <= statement_timestamp())
                  AND (%(suspects)s OR s.losses < %(suspect)s)
                ORDER BY j.priority DESC, s.next_run_at, s.id
                LIMIT greatest(0, least(%(share)s, %(cap)s - (
                    SELECT count(*) FROM {jobs_step} l
                    WHERE l.organisation_id = %(organisation)s AND l.lane = %(lane)s
                      AND l.status = 'LEASED')))
                """
            ),
            {
                "lane": lane,
                "organisation": served.organisation_id,
                "cap": served.cap,
                "share": share,
                "suspects": suspects,
                "suspect": SUSPECT_LOSSES,
            },
        )
        return [_Candidate(*_parsed(row)) for row in cursor.fetchall()]


def _parsed(row: Sequence[Any]) -> Iterable[Any]:
    """The row with its payload read: Django's cursors hand JSON over as text."""
    return (*row[:4], json.loads(row[4]) if isinstance(row[4], str) else row[4], *row[5:])


def _allowed(candidates: list[_Candidate]) -> list[_Candidate]:
    """At most one suspect, and at most one probing step for a provider that has been failing."""
    allowed: list[_Candidate] = []
    probing: dict[str, bool] = {}
    suspected = False
    for candidate in candidates:
        if candidate.losses >= SUSPECT_LOSSES and suspected:
            continue
        if candidate.held_back and not _may_probe(candidate.provider, probing):
            continue
        suspected = suspected or candidate.losses >= SUSPECT_LOSSES
        allowed.append(candidate)
    return allowed


def _may_probe(provider: str, probing: dict[str, bool]) -> bool:
    if provider in probing:
        return False
    probing[provider] = breaker.begin_probe(provider)
    return probing[provider]


def _within_budgets(candidates: list[_Candidate], organisation: Current) -> list[_Candidate]:
    """Those whose job still runs and can pay for them; the money is set aside. The others wait or stop."""
    of_job: defaultdict[UUID, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        of_job[candidate.job_id].append(candidate)
    jobs = lock_jobs(of_job)
    return [
        candidate
        for job_id, mine in of_job.items()
        for candidate in _payable(mine, jobs[job_id], organisation)
    ]


def _payable(candidates: list[_Candidate], job: Job, organisation: Current) -> list[_Candidate]:
    if not runs(job):
        for candidate in candidates:
            endings.cancel_step(candidate.id)
        return []
    reached, shortage = _set_aside(candidates, job)
    for candidate in candidates[reached:]:
        if shortage is None or shortage.may_ease:
            _postpone(candidate)
        elif runs(job):
            failure = Failure("budget", shortage.code, "no money left on the budget for this call")
            endings.fail_step(job, candidate.claimed(organisation), failure)
    return candidates[:reached]


def _set_aside(candidates: list[_Candidate], job: Job) -> tuple[int, Shortage | None]:
    """Set money aside; what earlier claims had set aside for calls that are taken over pays for it first."""
    money.move(job, ledger.take_over(_remembered(candidates)))
    reached, shortage = money.set_aside(job=job, amounts=[one.estimate_micros for one in candidates])
    money.move(job, ledger.hand_back(_remembered(candidates[reached:])))
    return reached, shortage


def _remembered(candidates: Iterable[_Candidate]) -> list[ledger.Remembered]:
    return [ledger.Remembered(one.id, one.fence, one.remote_id) for one in candidates if one.remote_id]


def _postpone(candidate: _Candidate) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "UPDATE {jobs_step} SET error_kind = 'budget',"
                " next_run_at = statement_timestamp() + make_interval(secs => %s)"
                " WHERE id = %s AND status = 'PENDING'"
            ),
            [_WAIT_FOR_MONEY, candidate.id],
        )


def _lease(chosen: list[_Candidate], owner: str, lease: float) -> list[_Candidate]:
    """Take the steps; one that was cancelled while its neighbours were looked at is left out."""
    if not chosen:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "UPDATE {jobs_step} SET status = 'LEASED', fence = fence + 1, owner = %s,"
                " lease_until = clock_timestamp() + make_interval(secs => %s)"
                " WHERE id = ANY(%s) AND status = 'PENDING' RETURNING id"
            ),
            [owner, lease, [candidate.id for candidate in chosen]],
        )
        leased = {row[0] for row in cursor.fetchall()}
    return [candidate for candidate in chosen if candidate.id in leased]


def _reserve(chosen: list[_Candidate], organisation: Current) -> None:
    ledger.reserve(
        organisation_id=organisation.organisation_id,
        reservations=[
            ledger.Reservation(
                step_id=candidate.id,
                fence=candidate.fence + 1,
                job_id=candidate.job_id,
                kind=candidate.kind,
                provider=candidate.provider,
                estimate_micros=candidate.estimate_micros,
                remote_id=candidate.remote_id,
            )
            for candidate in chosen
        ],
    )


def _served(lane: _ServedLane) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql("UPDATE {jobs_organisationlane} SET last_served_at = clock_timestamp() WHERE id = %s"),
            [lane.id],
        )


def as_claimed(step: Step) -> ClaimedStep:
    """A step as its kind's functions see it, outside any claim."""
    return ClaimedStep(
        id=step.pk,
        job_id=step.job_id,
        kind=step.kind,
        number=step.number,
        fence=step.fence,
        organisation=Organisation.objects.get(pk=step.organisation_id).as_current(),
        payload=step.payload,
        remote_id=step.remote_id,
        attempts=step.attempts,
        losses=step.losses,
        provider=step.provider,
    )
