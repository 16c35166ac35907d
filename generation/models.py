"""A book in the making: how far it is, and what it is being made from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from books.models import Book
from generation.batches.models import Batch, BatchRow

__all__ = ["Batch", "BatchRow", "BookJob"]


class BookJob(models.Model):
    """The journey of one book, or of one change to it. Its id is that of the `jobs.Job` that does the work.

    `done` of `total` counts the units of the present stage; `cost_micros` is what the providers' calls have
    cost, in micro-units of the currency. `request` is the `Brief`, `outline` the `Outline`, both as JSON;
    `options` hold the providers' names and, for a rewrite, the chapter and the instruction.
    """

    class Status(models.TextChoices):
        PENDING = "PENDING", _("Waiting to begin")
        GENERATING_OUTLINE = "GENERATING_OUTLINE", _("Planning")
        WRITING_CHAPTERS = "WRITING_CHAPTERS", _("Writing")
        FINALIZING = "FINALIZING", _("Finishing")
        COMPLETED = "COMPLETED", _("Finished")
        FAILED = "FAILED", _("Stopped")
        CANCELLED = "CANCELLED", _("Cancelled")

    class Purpose(models.TextChoices):
        BOOK = "BOOK", _("A book")
        CHAPTER = "CHAPTER", _("One chapter anew")
        FORMATS = "FORMATS", _("The files anew")

    id = models.UUIDField(primary_key=True, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="jobs")
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.BOOK)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PENDING)
    stage = models.CharField(max_length=20, default="outline")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    cost_micros = models.BigIntegerField(default=0)
    writing = models.CharField(max_length=200, blank=True, default="")
    awaiting_approval = models.BooleanField(default=False)
    finalized = models.BooleanField(default=False)
    error = models.TextField(blank=True, default="")
    error_code = models.CharField(max_length=60, blank=True, default="")
    external_job_id = models.CharField(max_length=200, blank=True, default="")
    request = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    outline = models.JSONField(null=True)
    retries = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.book_id}"

    @property
    def is_over(self) -> bool:
        return self.status in (self.Status.COMPLETED, self.Status.FAILED, self.Status.CANCELLED)
