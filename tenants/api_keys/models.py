"""Keys of organisations, and the log of what was asked with them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7
from tenants.models import Membership, Organisation


class State(models.TextChoices):
    """How a key stands."""

    ACTIVE = "ACTIVE", _("In use")
    ENDING = "ENDING", _("Replaced")  # still works beside the one that replaces it
    EXPIRED = "EXPIRED", _("Expired")
    REVOKED = "REVOKED", _("Revoked")


class ApiKey(models.Model):
    """Lets a program act for a member, as far as `scopes` go. Its secret is kept as a digest alone.

    It ends with the membership. `addresses` are networks as "203.0.113.0/24"; none: from anywhere.
    `per_minute` is how many requests it may make beside what the plan says; None: the plan's. A key that was
    rotated has `retires_at`, up to when it works beside the one that has it as `rotated_from`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="api_keys")
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="api_keys"
    )  # None: it is over
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=16, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256, in hexadecimal
    scopes = models.JSONField(default=list)
    addresses = models.JSONField(default=list, blank=True)
    per_minute = models.PositiveIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    retires_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    rotated_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="replacements", editable=False
    )
    last_used_at = models.DateTimeField(null=True, editable=False)  # some seconds late
    last_used_address = models.GenericIPAddressField(null=True, editable=False)
    warned_at = models.DateTimeField(null=True, editable=False)  # that it expires soon

    class Meta:
        verbose_name = _("API key")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def ends_at(self) -> datetime | None:
        """When it stops working by itself; None is never."""
        return min(filter(None, (self.expires_at, self.retires_at)), default=None)

    @property
    def state(self) -> State:
        if self.revoked_at or self.membership_id is None:
            return State.REVOKED
        if self.ends_at and self.ends_at <= timezone.now():
            return State.EXPIRED
        return State.ENDING if self.retires_at else State.ACTIVE

    @property
    def is_live(self) -> bool:
        return self.state in (State.ACTIVE, State.ENDING)


class LoggedRequest(models.Model):
    """One request that was made with a key: where to and how it went, nothing of what was in it.

    Written some seconds late, by the dozen, hence without constraints; swept after 30 days.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    key = models.ForeignKey(
        ApiKey, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)  # without what stands after "?"
    status = models.PositiveSmallIntegerField()
    milliseconds = models.PositiveIntegerField()
    request_id = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("request")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["organisation", "-at", "-id"], name="api_keys_requests_of")]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"
