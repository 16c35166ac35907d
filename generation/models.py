"""A book in the making: how far it is, and what it is being made from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from books.models import Book
from generation.batches.models import Batch, BatchRow
from tenants.keys import uuid7

__all__ = ["Batch", "BatchRow", "BookJob", "CrewRun", "OwnProvider"]


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


class OwnProvider(models.Model):
    """An AI service that the organisation pays for itself, with its address and its sealed key.

    New books use the one of each purpose that is not retired; books that were begun with another go on with
    that. Where a service is, never changes: another address is another row.
    """

    class Purpose(models.TextChoices):
        TEXT = "text", _("Text")
        PICTURES = "pictures", _("Pictures")

    class Service(models.TextChoices):
        OPENAI = "openai", _("A server that speaks OpenAI’s protocol")
        CREWAI = "crewai", _("A crew on CrewAI AMP")

    class Protocol(models.TextChoices):
        RESPONSES = "responses", _("Responses")
        CHAT = "chat", _("Chat completions")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    service = models.CharField(max_length=8, choices=Service.choices)
    address = models.CharField(max_length=500)
    protocol = models.CharField(max_length=10, choices=Protocol.choices, default=Protocol.RESPONSES)
    model = models.CharField(max_length=100, blank=True, default="")
    sealed_key = models.TextField()
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"],
                condition=models.Q(retired_at=None),
                name="generation_own_provider_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.service} at {self.address}"


class CrewRun(models.Model):
    """What a crew has told and made for one journey. The run's id is the journey's `external_job_id`.

    `heard` is what webhooks have told (`generation.crews`); `book` is what the crew has written, once it is
    done: later chapters are taken from it. `feedback` is what a member changed in the outline before it was
    approved, `answered` that the crew was told. `task` is the name of the task that gave the outline.
    """

    job = models.OneToOneField(BookJob, on_delete=models.CASCADE, primary_key=True, related_name="crew_run")
    heard = models.JSONField(default=dict)
    task = models.CharField(max_length=120, blank=True, default="")
    feedback = models.TextField(blank=True, default="")
    answered = models.BooleanField(default=False)
    finished_seen = models.BooleanField(default=False)
    book = models.JSONField(null=True)
    waiting_since = models.DateTimeField()
    retries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.job_id}"
