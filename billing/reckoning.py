"""Calls that nobody could price when they were made: reckoned later, once their model has a price."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from billing.ledger import Movement
from billing.models import LedgerEntry
from billing.prices import cost, forget_prices
from tenants.postgresql.raw import sql


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Calls of one model. `held_micros` is what stands for their cost until then: their estimates."""

    provider: str
    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    pictures: int
    held_micros: int
    has_price: bool


def unpriced() -> list[Unpriced]:
    """By model, the most calls first. Two queries: the prices are read anew, they may just have been set."""
    forget_prices()
    sums = {name: Sum(name) for name in ("input_tokens", "output_tokens", "pictures")}
    models = _unpriced().values("provider", "model").order_by()
    models = models.annotate(calls=Count("pk"), held_micros=Sum("estimate_micros"), **sums)
    return [_with_its_price(row) for row in models.order_by("-calls", "provider", "model")]


def jobs_with_unpriced(*, provider: str, model: str, most: int) -> list[UUID]:
    found = _unpriced().filter(provider=provider, model=model).order_by("job_id")
    return list(found.values_list("job_id", flat=True).distinct()[:most])


def reckon(*, job_id: UUID, provider: str, model: str) -> tuple[int, Movement]:
    """Reckon a job's calls of a model with its present price; answers how many, and the movement of money.

    Belongs inside the caller's transaction, with the job locked. The budget moves for calls of this month.
    """
    entries = _unpriced().filter(job_id=job_id, provider=provider, model=model)
    rows = [
        {"id": str(entry.pk), "amount": price.micros, "version": price.version}
        for entry in entries
        if (price := cost(entry)) is not None
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql(_RECKON), [json.dumps(rows)])
        count, more = cursor.fetchone()
    return count, Movement(spent=more)


def _with_its_price(row: Mapping[str, Any]) -> Unpriced:
    of_model = LedgerEntry(provider=row["provider"], model=row["model"])
    return Unpriced(**row, has_price=cost(of_model) is not None)


def _unpriced() -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(unpriced=True)


_RECKON = """
WITH reckoned AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS row (id uuid, amount bigint, version int)
), entry AS (
    SELECT e.id, e.organisation_id, e.closed_at, r.amount, r.version, r.amount - e.estimate_micros AS more
    FROM {billing_ledgerentry} AS e JOIN reckoned AS r ON r.id = e.id
    WHERE e.unpriced FOR NO KEY UPDATE OF e
), changed AS (
    UPDATE {billing_ledgerentry} AS e
    SET amount_micros = c.amount, price_version = c.version, unpriced = false
    FROM entry AS c WHERE e.id = c.id
), movement AS (
    SELECT organisation_id, sum(more)::bigint AS more FROM entry
    WHERE closed_at >= date_trunc('month', now()) GROUP BY organisation_id
), budget AS (
    UPDATE {billing_budget} AS b SET spent_micros = b.spent_micros + m.more
    FROM movement AS m
    WHERE b.organisation_id = m.organisation_id AND b.month = date_trunc('month', now())::date
)
SELECT count(*), coalesce(sum(more), 0)::bigint FROM entry
"""
