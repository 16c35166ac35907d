"""A batch and its rows: what was given, what was understood of it, and what has become of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from books.models import Book
from tenants.keys import uuid7


def _person(**fields: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        **fields,
    )


class Batch(models.Model):
    """Picture books that are alike but for their heroes.

    `template` is a `generation.batches.template.Template` as JSON. `remarks` are sentences on the file as a
    whole, `reason` says why it rests. The work is done by the `jobs.Job` of the same id. `begun_by` is the
    member in whose name the books are made.
    """

    class Status(models.TextChoices):
        DRAFT = "DRAFT", pgettext_lazy("batch", "Not begun")
        RUNNING = "RUNNING", pgettext_lazy("batch", "In the making")
        PAUSED = "PAUSED", pgettext_lazy("batch", "Paused")
        COMPLETED = "COMPLETED", pgettext_lazy("batch", "Finished")
        CANCELLED = "CANCELLED", pgettext_lazy("batch", "Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    template = models.JSONField(default=dict)
    remarks = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True, default="")
    created_by = _person()
    begun_by = _person(blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        verbose_name = _("batch")

    def __str__(self) -> str:
        return self.name


class BatchRow(models.Model):
    """One hero, and in time one book.

    `number` is that of the row in the file, counted as a spreadsheet counts, `given` its cells by column.
    `hero` is a `generation.contract.HeroBrief` as JSON, null where the row is wrong; `errors` are sentences
    by column. `same_as` is the number of an earlier row that says the same. `turns` counts how often the row
    was taken up. `error` says why its book was not made.
    """

    class Status(models.TextChoices):
        WRONG = "WRONG", pgettext_lazy("row", "Needs a look")
        LEFT_OUT = "LEFT_OUT", pgettext_lazy("row", "Left out")
        WAITING = "WAITING", pgettext_lazy("row", "Waiting")
        BEGINNING = "BEGINNING", pgettext_lazy("row", "Beginning")
        MAKING = "MAKING", pgettext_lazy("row", "In the making")
        DONE = "DONE", pgettext_lazy("row", "Finished")
        FAILED = "FAILED", pgettext_lazy("row", "Stopped")
        CANCELLED = "CANCELLED", pgettext_lazy("row", "Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    given = models.JSONField(default=dict)
    hero = models.JSONField(null=True)
    dedication = models.CharField(max_length=400, blank=True, default="")
    reference = models.CharField(max_length=80, blank=True, default="")
    same_as = models.PositiveIntegerField(null=True)
    errors = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    turns = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    book = models.OneToOneField(Book, null=True, on_delete=models.SET_NULL, related_name="batch_row")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"
