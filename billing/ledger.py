"""The cost ledger: what each call reserved, and what became of that.

An entry begins as RESERVED and becomes SETTLED (the call was made and charged), VOIDED (it was not) or
UNKNOWN (its worker was lost, nobody can tell): that money stays on the budgets until somebody reconciles it.
Each doing answers with the `Movement` of money for the job's own counters; the organisation's budget it moves
itself. All of them belong inside the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from billing.models import Budget, LedgerEntry, LedgerState
from billing.prices import Cost, Used, cost
from tenants.postgresql.raw import sql


class NoSuchEntry(LookupError):
    """There is no open ledger entry for this claim."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money set aside for one claim of one step. `estimate_micros` in micro-units of the currency.

    `remote_id` is that of the provider's call that the claim asks for again, instead of making one.
    """

    step_id: UUID
    fence: int
    job_id: UUID
    kind: str
    provider: str
    estimate_micros: int
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """How much more (or less, negative) is reserved, spent and unknown, in micro-units of the currency."""

    reserved: int = 0
    spent: int = 0
    unknown: int = 0

    def __add__(self, other: Movement) -> Movement:
        return Movement(
            self.reserved + other.reserved, self.spent + other.spent, self.unknown + other.unknown
        )

    def __bool__(self) -> bool:
        return bool(self.reserved or self.spent or self.unknown)


def reserve(*, organisation_id: UUID, reservations: Sequence[Reservation]) -> None:
    """Write an entry for each claim. The budgets must have been asked first: `reserve_budget`."""
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            organisation_id=organisation_id,
            step_id=item.step_id,
            fence=item.fence,
            job_id=item.job_id,
            kind=item.kind,
            provider=item.provider,
            estimate_micros=item.estimate_micros,
            remote_id=item.remote_id,
        )
        for item in reservations
    )


def reserve_budget(*, organisation_id: UUID, micros: int) -> bool:
    """Set the money aside on the organisation's budget of this month; False where it does not reach.

    An organisation without a budget row has no limit. The month rolls over by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                """
                WITH budget AS (
                    SELECT organisation_id, limit_micros, reserved_micros + unknown_micros AS set_aside,
                           CASE WHEN month < date_trunc('month', now())::date
                                THEN 0 ELSE spent_micros END AS spent
                    FROM {billing_budget} WHERE organisation_id = %(organisation)s FOR UPDATE
                ), moved AS (
                    UPDATE {billing_budget} AS b
                    SET reserved_micros = b.reserved_micros + %(micros)s, spent_micros = budget.spent,
                        month = date_trunc('month', now())::date
                    FROM budget
                    WHERE b.organisation_id = budget.organisation_id
                      AND (b.limit_micros IS NULL
                           OR budget.set_aside + budget.spent + %(micros)s <= b.limit_micros)
                    RETURNING 1
                )
                SELECT NOT EXISTS (SELECT FROM budget) OR EXISTS (SELECT FROM moved)
                """
            ),
            {"organisation": organisation_id, "micros": micros},
        )
        return bool(cursor.fetchone()[0])


def reserved_elsewhere(*, organisation_id: UUID) -> int:
    """What other calls have set aside on the organisation's budget and may give back, in micro-units."""
    budget = Budget.objects.filter(organisation_id=organisation_id).only("reserved_micros").first()
    return 0 if budget is None else budget.reserved_micros


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was made for a claim: what it used, and whether its answer was of no use (`waste`)."""

    step_id: UUID
    fence: int
    used: Used | None
    waste: bool = False


def settle(*, step_id: UUID, fence: int, used: Used | None, waste: bool = False) -> Movement:
    """Close the entry with what the call cost: nothing used costs nothing, an unknown price is flagged.

    `waste` says that the answer was of no use (it came too late, or could not be read). An entry that was
    UNKNOWN becomes known. A closed entry is left alone; where a later claim has taken the same call over,
    that claim's entry is closed instead, so that the call is counted once.
    """
    return settle_all([Call(step_id, fence, used, waste)])


def settle_all(calls: Sequence[Call]) -> Movement:
    """Close the entries of several calls in one round trip; answers the movement of all together."""
    return _close([_settled(call) for call in calls])


def void(*, step_id: UUID, fence: int) -> Movement:
    """Close the entry of a call that was not made, or that the provider did not accept."""
    return _close([_Closing(step_id, fence, LedgerState.VOIDED, 0)])


def mark_unknown(*, step_id: UUID, fence: int, remote_id: str = "") -> Movement:
    """The call may have been made and charged, and nobody can tell: its money stays set aside.

    Under `remote_id`, where there is one, the provider can still be asked: see `take_over`.
    """
    unknown = _Closing(
        step_id, fence, LedgerState.UNKNOWN, None, before=(LedgerState.RESERVED,), remote_id=remote_id
    )
    return _close([unknown])


@dataclass(frozen=True, slots=True)
class Remembered:
    """A call that the provider keeps under an id, and the claim that last had to do with it."""

    step_id: UUID
    fence: int
    remote_id: str


def take_over(calls: Sequence[Remembered]) -> Movement:
    """New claims will answer for the cost of these calls: what was set aside for them as UNKNOWN is free."""
    return _close([_passed_on(call, LedgerState.VOIDED, before=LedgerState.UNKNOWN) for call in calls])


def hand_back(calls: Sequence[Remembered]) -> Movement:
    """What was taken over is not claimed after all: the calls are UNKNOWN as they were."""
    return _close([_passed_on(call, LedgerState.UNKNOWN, before=LedgerState.VOIDED) for call in calls])


def reconcile(*, step_id: UUID, fence: int, amount_micros: int, remote_id: str = "") -> Movement:
    """Replace an UNKNOWN entry by what the provider's bill says, under that id. Raises NoSuchEntry."""
    unknown = LedgerEntry.objects.filter(step_id=step_id, fence=fence, state=LedgerState.UNKNOWN)
    if not unknown.select_for_update().exists():
        raise NoSuchEntry(f"no unknown entry for step {step_id}, claim {fence}")
    state = LedgerState.SETTLED if amount_micros else LedgerState.VOIDED
    closing = _Closing(
        step_id,
        fence,
        state,
        amount_micros,
        waste=bool(amount_micros),
        remote_id=remote_id,
        before=(LedgerState.UNKNOWN,),
    )
    return _close([closing])


def total(movements: Iterable[Movement]) -> Movement:
    return sum(movements, Movement())


_OPEN = (LedgerState.RESERVED, LedgerState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Closing:
    """How an entry is closed. An amount of None is a price that nobody knows, or not yet."""

    step_id: UUID
    fence: int
    state: LedgerState
    amount: int | None
    price_version: int = 0
    waste: bool = False
    used: Used | None = None
    before: tuple[LedgerState, ...] = _OPEN  # the states from which this may be done
    remote_id: str = ""

    def as_row(self) -> dict[str, Any]:
        used = self.used
        return {
            "step": str(self.step_id),
            "fence": self.fence,
            "before": self.before,
            "state": self.state,
            "amount": self.amount,
            "version": self.price_version,
            "unpriced": self.amount is None and self.state == LedgerState.SETTLED,
            "waste": self.waste,
            "provider": used.provider if used else "",
            "model": used.model if used else "",
            "input": used.input_tokens if used else 0,
            "cached": used.cached_tokens if used else 0,
            "output": used.output_tokens if used else 0,
            "pictures": used.pictures if used else 0,
            "remote_id": used.remote_id if used else self.remote_id,
        }


_CLOSE = """
WITH closing AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS row (
        step uuid, fence int, before text[], state text, amount bigint, version int, unpriced boolean,
        waste boolean, provider text, model text, input int, cached int, output int, pictures int,
        remote_id text)
), entry AS (
    SELECT e.id, e.organisation_id, e.state AS was, e.estimate_micros AS estimate, c.*
    FROM {billing_ledgerentry} AS e JOIN closing AS c ON e.step_id = c.step
        AND (e.fence = c.fence
             OR c.state = 'SETTLED' AND c.remote_id <> '' AND e.fence > c.fence AND e.remote_id = c.remote_id)
    WHERE e.state = ANY(c.before) FOR NO KEY UPDATE OF e
), movement AS (
    SELECT organisation_id,
        sum(CASE was WHEN 'RESERVED' THEN -estimate ELSE 0 END)::bigint AS reserved,
        sum(CASE state WHEN 'SETTLED' THEN coalesce(amount, estimate) ELSE 0 END)::bigint AS spent,
        sum(CASE state WHEN 'UNKNOWN' THEN estimate ELSE 0 END
            - CASE was WHEN 'UNKNOWN' THEN estimate ELSE 0 END)::bigint AS unknown
    FROM entry GROUP BY organisation_id
), closed AS (
    UPDATE {billing_ledgerentry} AS e
    SET state = c.state, amount_micros = c.amount, price_version = c.version, unpriced = c.unpriced,
        waste = c.waste,
        provider = coalesce(nullif(c.provider, ''), e.provider), model = c.model, input_tokens = c.input,
        cached_tokens = c.cached, output_tokens = c.output, pictures = c.pictures,
        remote_id = coalesce(nullif(c.remote_id, ''), e.remote_id),
        closed_at = clock_timestamp()
    FROM entry AS c WHERE e.id = c.id
), budget AS (
    UPDATE {billing_budget} AS b
    SET reserved_micros = b.reserved_micros + m.reserved, unknown_micros = b.unknown_micros + m.unknown,
        spent_micros = m.spent + CASE WHEN b.month < date_trunc('month', now())::date
                                      THEN 0 ELSE b.spent_micros END,
        month = greatest(b.month, date_trunc('month', now())::date)
    FROM movement AS m WHERE b.organisation_id = m.organisation_id
)
SELECT reserved, spent, unknown FROM movement
"""


def _passed_on(call: Remembered, state: LedgerState, *, before: LedgerState) -> _Closing:
    amount = 0 if state == LedgerState.VOIDED else None
    return _Closing(call.step_id, call.fence, state, amount, before=(before,), remote_id=call.remote_id)


def _settled(call: Call) -> _Closing:
    found = cost(call.used) if call.used else Cost(0, 0)
    return _Closing(
        call.step_id,
        call.fence,
        LedgerState.SETTLED,
        found.micros if found else None,
        price_version=found.version if found else 0,
        waste=call.waste,
        used=call.used,
    )


def _close(closings: Sequence[_Closing]) -> Movement:
    """Close entries and move the organisation's budget, in one round trip."""
    if not closings:
        return Movement()
    with connection.cursor() as cursor:
        cursor.execute(sql(_CLOSE), [json.dumps([closing.as_row() for closing in closings])])
        return total(Movement(*row) for row in cursor.fetchall())
