"""What a batch comes to before and while it is made: books of the plan, money, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from billing.limits import Allowance, allowance
from billing.models import Metric
from generation import estimates
from generation.batches.models import Batch, BatchRow
from generation.batches.progress import Counts, counts_of
from generation.batches.template import Template, brief_for
from generation.contract import HeroBrief
from generation.providers import choice

USUAL_CHAPTERS: Final = 12  # of a picture book, where the brief leaves it open
# Rows by what members look for.
SHOWN: Final = {
    "wrong": (BatchRow.Status.WRONG,),
    "double": (),
    "waiting": (BatchRow.Status.WAITING,),
    "making": (BatchRow.Status.BEGINNING, BatchRow.Status.MAKING),
    "done": (BatchRow.Status.DONE,),
    "failed": (BatchRow.Status.FAILED,),
    "cancelled": (BatchRow.Status.CANCELLED,),
    "left_out": (BatchRow.Status.LEFT_OUT,),
}


@dataclass(frozen=True)
class Overview:
    """`doubles` are rows that say the same as an earlier one and would be made all the same. `cost_micros` is
    what the books that are still to be made will about cost with the present provider, in micro-units of the
    currency; 0 where that asks nothing."""

    counts: Counts
    usage: Allowance
    doubles: int
    cost_micros: int

    @property
    def missing(self) -> int:
        """How many of the waiting books the plan has no room for now."""
        left = self.usage.left
        return 0 if left is None else max(0, self.counts.waiting - left)


def overview(batch: Batch, organisation_id: UUID) -> Overview:
    """As many queries for 500 rows as for one."""
    counts = counts_of(batch.pk)
    return Overview(
        counts=counts,
        usage=allowance(organisation_id, Metric.BOOKS_CREATED),
        doubles=doubles(batch).count(),
        cost_micros=counts.waiting * book_micros(Template.from_json(batch.template)),
    )


def books_left(organisation_id: UUID) -> int | None:
    """How many books the plan has left; None where it has no limit."""
    return allowance(organisation_id, Metric.BOOKS_CREATED).left


def doubles(batch: Batch) -> QuerySet[BatchRow]:
    return batch.rows.filter(same_as__isnull=False, status=BatchRow.Status.WAITING)


def rows_of(batch: Batch, show: str = "") -> QuerySet[BatchRow]:
    """The rows in their order, of one state where `show` is a key of `SHOWN`; with their books."""
    rows = batch.rows.select_related("book").order_by("number")
    if show == "double":
        return rows.filter(same_as__isnull=False)
    return rows.filter(status__in=SHOWN[show]) if show in SHOWN else rows


def book_micros(template: Template) -> int:
    """What one book will about cost, seen generously."""
    brief = brief_for(template, HeroBrief(name="Robin"))
    text, pictures = choice.text_provider_name(), choice.picture_provider_name()
    chapters = template.chapters or USUAL_CHAPTERS
    return (
        estimates.outline_micros(text, brief)
        + chapters * estimates.chapter_micros(text, brief)
        + (chapters + 1) * estimates.picture_micros(pictures)
    )
