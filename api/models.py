"""What the API keeps of its own: the answers to writes that were sent with an idempotency key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tenants.keys import uuid7


class KeptAnswer(models.Model):
    """The answer to the first request with a key. `caller` is an API key's id, or a user's.

    `digest` tells the request from another one (see `api.requests`). `body` is sealed, since it may hold what
    is shown once and texts of the organisation's.
    """

    class State(models.TextChoices):
        DOING = "DOING"  # an outside service is being asked
        UNKNOWN = "UNKNOWN"  # nobody knows what it did
        DONE = "DONE"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    caller = models.UUIDField()
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DONE)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "caller", "key"], name="api_answer_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="api_answer_age")]

    def __str__(self) -> str:
        return f"{self.status} {self.state}"
