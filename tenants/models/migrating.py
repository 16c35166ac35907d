"""The ledger of migrations: which run brought which organisation to which state, and what went wrong."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from tenants.keys import uuid7
from tenants.models.organisations import Organisation


class MigrationRun(models.Model):
    """One run over the organisations that were not at the state of its code."""

    class Outcome(models.TextChoices):
        RUNNING = "RUNNING"
        DONE = "DONE"
        UNFINISHED = "UNFINISHED"  # stopped, or with organisations that it could not migrate

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target = models.CharField(max_length=64)  # the hash of the migrations it leads to
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.RUNNING)
    began_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.target[:12]} {self.outcome}"


class SchemaMigration(models.Model):
    """What a run did with one organisation's schema, in the transaction in which it did it."""

    class State(models.TextChoices):
        DONE = "DONE"
        BUSY = "BUSY"  # its tables were in use; it is tried again
        FAILED = "FAILED"

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(MigrationRun, on_delete=models.CASCADE, related_name="schemas")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="migrations")
    from_state = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    attempts = models.PositiveSmallIntegerField(default=1)
    error = models.TextField(blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "organisation"], name="schema_once_in_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"
