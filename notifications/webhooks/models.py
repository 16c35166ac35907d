"""Endpoints of organisations, the events sent to them, and how each delivery went."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7
from tenants.models import Organisation

LONGEST_URL = 2000
LONGEST_ANSWER = 2000  # characters that are kept of what a receiver answers


class EndpointState(models.TextChoices):
    ENABLED = "ENABLED", _("On")
    PAUSED = "PAUSED", _("Paused")


class Reason(models.TextChoices):
    """Why an endpoint is paused."""

    MEMBER = "MEMBER", _("Paused by a member")
    FAILING = "FAILING", _("Paused, because nothing could be delivered for days")
    GONE = "GONE", _("Paused, because the receiver said that it is gone (410)")


class Endpoint(models.Model):
    """Where an organisation wants to hear of events. Its secret is kept sealed.

    No `events` means all of them, those of later versions too. While it is paused, deliveries are held.
    """

    State = EndpointState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="webhook_endpoints")
    url = models.CharField(_("address"), max_length=LONGEST_URL)
    description = models.CharField(_("description"), max_length=200, blank=True)
    events = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    state = models.CharField(max_length=8, choices=EndpointState.choices, default=EndpointState.ENABLED)
    paused_because = models.CharField(max_length=8, choices=Reason.choices, blank=True, default="")
    secret = models.TextField(editable=False)  # sealed
    former_secret = models.TextField(blank=True, default="", editable=False)  # sealed; signs too until
    former_secret_until = models.DateTimeField(null=True, editable=False)
    version = models.CharField(max_length=10, default="1", editable=False)  # of the payloads' shape
    failing_since = models.DateTimeField(null=True, editable=False)  # the first failure after a success
    last_success_at = models.DateTimeField(null=True, editable=False)
    served_at = models.DateTimeField(db_default=Now(), editable=False)  # whose turn it is
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("webhook endpoint")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.description or self.url.partition("?")[0]  # behind it there may be a secret


class Event(models.Model):
    """Something that happened, as it is told: see `catalogue`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    occurred_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("event")
        ordering = ["-id"]
        indexes = [models.Index(fields=["occurred_at"], name="webhooks_events_old")]

    def __str__(self) -> str:
        return f"{self.type} {self.webhook_id}"

    @property
    def webhook_id(self) -> str:
        """The same with every attempt and every replay, so that receivers tell a copy."""
        return f"evt_{self.pk.hex}"


class DeliveryStatus(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    DELIVERED = "DELIVERED", _("Delivered")
    FAILED = "FAILED", _("Failed")


class Problem(models.TextChoices):
    """Why an attempt was no success."""

    STATUS = "STATUS", _("The receiver did not answer with a success (2xx).")
    REFUSED = "REFUSED", _("The address leads to no public server.")
    UNREACHABLE = "UNREACHABLE", _("No connection could be made.")
    TIMEOUT = "TIMEOUT", _("The receiver took longer than 15 seconds.")
    BROKEN = "BROKEN", _("The answer was cut off, too large, or no HTTP.")


class Delivery(models.Model):
    """One event for one endpoint. WAITING without `next_attempt_at` is held: the endpoint is paused.

    Whoever works on it has it until `leased_until` and knows its `claim`.
    """

    Status = DeliveryStatus

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    status = models.CharField(max_length=9, choices=DeliveryStatus.choices, default=DeliveryStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)  # of the present round
    next_attempt_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    last_status = models.PositiveSmallIntegerField(null=True)  # of HTTP
    last_problem = models.CharField(max_length=11, choices=Problem.choices, blank=True, default="")
    last_attempt_at = models.DateTimeField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)  # of the last attempt
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["event", "endpoint"], name="webhooks_delivery_once")]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="webhooks_deliveries_of"),
            models.Index(fields=["organisation", "-created_at", "-id"], name="webhooks_deliveries_newest"),
            models.Index(
                fields=["endpoint", "next_attempt_at"],
                name="webhooks_deliveries_due",
                condition=models.Q(status="WAITING"),
            ),
            models.Index(
                fields=["organisation", "endpoint", "leased_until"],
                name="webhooks_deliveries_flying",
                condition=models.Q(leased_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} for {self.endpoint_id}"

    @property
    def is_held(self) -> bool:
        return self.status == DeliveryStatus.WAITING and self.next_attempt_at is None


class Attempt(models.Model):
    """One request, and what came back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="log")
    url = models.CharField(max_length=LONGEST_URL)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP; none where nothing came
    problem = models.CharField(max_length=11, choices=Problem.choices, blank=True, default="")
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True, default="")
    milliseconds = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("attempt")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.status or self.problem} at {self.at}"
