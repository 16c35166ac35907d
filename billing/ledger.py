"""The cost ledger: what each call reserved, and what became of that.

An entry begins as RESERVED and becomes SETTLED (the call was made and charged), VOIDED (it was not) or
UNKNOWN (its worker was lost, nobody can tell): that money stays on the budgets until somebody reconciles it.
Each doing answers with the `Movement` of money for the job's own counters; the organisation's budget it moves
itself. All of them belong inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models.functions import Now

from billing.models import Budget, LedgerEntry, LedgerState
from billing.prices import Used, cost_micros
from tenants.postgresql.raw import sql


class NoSuchEntry(LookupError):
    """There is no open ledger entry for this claim."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money set aside for one claim of one step. `estimate_micros` in micro-units of the currency."""

    step_id: UUID
    fence: int
    job_id: UUID
    kind: str
    provider: str
    estimate_micros: int


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


def settle(*, step_id: UUID, fence: int, used: Used | None, waste: bool = False) -> Movement:
    """Close the entry with what the call cost: nothing used costs nothing, an unknown price is flagged.

    `waste` says that the answer was of no use (it came too late, or could not be read). An entry that was
    UNKNOWN becomes known. A closed entry is left alone.
    """
    amount = 0 if used is None else cost_micros(used)
    fields = {"amount_micros": amount, "unpriced": amount is None, "waste": waste}
    if used is not None:
        fields |= {
            "provider": used.provider,
            "model": used.model,
            "input_tokens": used.input_tokens,
            "cached_tokens": used.cached_tokens,
            "output_tokens": used.output_tokens,
            "pictures": used.pictures,
            "remote_id": used.remote_id,
        }
    return _close(step_id, fence, LedgerState.SETTLED, fields)


def void(*, step_id: UUID, fence: int) -> Movement:
    """Close the entry of a call that was not made, or that the provider did not accept."""
    return _close(step_id, fence, LedgerState.VOIDED, {"amount_micros": 0})


def mark_unknown(*, step_id: UUID, fence: int) -> Movement:
    """The call may have been made and charged, and nobody can tell: its money stays set aside."""
    return _close(step_id, fence, LedgerState.UNKNOWN, {})


def reconcile(*, step_id: UUID, fence: int, amount_micros: int) -> Movement:
    """Replace an UNKNOWN entry by what the provider's bill says. Raises NoSuchEntry."""
    entry = _open_entry(step_id, fence)
    if entry is None or entry.state != LedgerState.UNKNOWN:
        raise NoSuchEntry(f"no unknown entry for step {step_id}, claim {fence}")
    state = LedgerState.SETTLED if amount_micros else LedgerState.VOIDED
    return _move(entry, state, {"amount_micros": amount_micros, "waste": bool(amount_micros)})


def total(movements: Iterable[Movement]) -> Movement:
    return sum(movements, Movement())


def _close(step_id: UUID, fence: int, state: LedgerState, fields: dict[str, object]) -> Movement:
    entry = _open_entry(step_id, fence)
    if entry is None or entry.state == state:
        return Movement()
    return _move(entry, state, fields)


def _open_entry(step_id: UUID, fence: int) -> LedgerEntry | None:
    return (
        LedgerEntry.objects.select_for_update()
        .filter(step_id=step_id, fence=fence, state__in=(LedgerState.RESERVED, LedgerState.UNKNOWN))
        .only("id", "organisation_id", "state", "estimate_micros")
        .first()
    )


def _move(entry: LedgerEntry, state: LedgerState, fields: dict[str, object]) -> Movement:
    before = entry.state
    LedgerEntry.objects.filter(pk=entry.pk).update(state=state, closed_at=Now(), **fields)
    movement = _leaving(before, entry.estimate_micros) + _arriving(
        state, entry.estimate_micros, fields.get("amount_micros")
    )
    _move_budget(entry.organisation_id, movement)
    return movement


def _leaving(state: str, estimate: int) -> Movement:
    return Movement(reserved=-estimate) if state == LedgerState.RESERVED else Movement(unknown=-estimate)


def _arriving(state: str, estimate: int, amount: object) -> Movement:
    if state == LedgerState.UNKNOWN:
        return Movement(unknown=estimate)
    if state == LedgerState.VOIDED:
        return Movement()
    return Movement(spent=amount if isinstance(amount, int) else estimate)  # unpriced: as was expected


def _move_budget(organisation_id: UUID, movement: Movement) -> None:
    if not movement:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            sql(
                "UPDATE {billing_budget} SET reserved_micros = reserved_micros + %s,"
                " spent_micros = spent_micros + %s, unknown_micros = unknown_micros + %s"
                " WHERE organisation_id = %s"
            ),
            [movement.reserved, movement.spent, movement.unknown, organisation_id],
        )
