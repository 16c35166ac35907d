"""What calls of providers have cost: of a book, of an organisation's month, and beside what it has paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from billing.models import LedgerEntry, LedgerState

_CHARGED = Q(state=LedgerState.SETTLED)


@dataclass(frozen=True, slots=True)
class Line:
    """What the calls of one kind ("generation.chapter") to one model came to. Amounts in micro-units of USD.

    `input` (of it `cached`) and `output` are tokens, `drawn` pictures.

    `waste_micros` of it was for answers that were of no use; `unpriced` calls have no known price.
    """

    kind: str
    provider: str
    model: str
    calls: int
    input: int
    cached: int
    output: int
    drawn: int
    micros: int
    waste_micros: int
    unpriced: int


@dataclass(frozen=True, slots=True)
class Costs:
    """All calls together. `reserved_micros` is set aside for calls under way, `unknown_micros` for lost."""

    lines: tuple[Line, ...]
    reserved_micros: int = 0
    unknown_micros: int = 0

    @property
    def micros(self) -> int:
        return sum(line.micros for line in self.lines)

    @property
    def waste_micros(self) -> int:
        return sum(line.waste_micros for line in self.lines)

    @property
    def tokens(self) -> int:
        return sum(line.input + line.output for line in self.lines)

    @property
    def pictures(self) -> int:
        return sum(line.drawn for line in self.lines)

    @property
    def unpriced(self) -> int:
        return sum(line.unpriced for line in self.lines)


def costs_of_jobs(job_ids: Iterable[UUID]) -> Costs:
    """Of all calls that were made for these jobs; two queries."""
    return _costs(LedgerEntry.objects.filter(job_id__in=list(job_ids)))


def costs_of_organisation(organisation_id: UUID, *, since: datetime, until: datetime) -> Costs:
    """Of all calls that were asked for in a stretch of time; two queries."""
    entries = LedgerEntry.objects.filter(organisation_id=organisation_id)
    return _costs(entries.filter(created_at__gte=since, created_at__lt=until))


def _costs(entries: QuerySet[LedgerEntry]) -> Costs:
    held = entries.aggregate(
        reserved=Coalesce(Sum("estimate_micros", filter=Q(state=LedgerState.RESERVED)), 0),
        unknown=Coalesce(Sum("estimate_micros", filter=Q(state=LedgerState.UNKNOWN)), 0),
    )
    rows: Any = entries.filter(_CHARGED).values("kind", "provider", "model").annotate(**_ADDED_UP)
    lines = tuple(Line(**row) for row in rows.order_by("-micros", "kind", "model"))
    return Costs(lines, reserved_micros=held["reserved"], unknown_micros=held["unknown"])


_ADDED_UP: Final[dict[str, Any]] = {
    "calls": Count("pk"),
    "micros": Coalesce(Sum("amount_micros"), 0),
    "waste_micros": Coalesce(Sum("amount_micros", filter=Q(waste=True)), 0),
    "unpriced": Count("pk", filter=Q(unpriced=True)),
    "input": Coalesce(Sum("input_tokens"), 0),
    "cached": Coalesce(Sum("cached_tokens"), 0),
    "output": Coalesce(Sum("output_tokens"), 0),
    "drawn": Coalesce(Sum("pictures"), 0),
}
