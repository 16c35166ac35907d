"""What happened on the platform: a log that is only ever added to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insights.actions import Action
from tenants.accounts.devices import device_of
from tenants.keys import uuid7


class AppendOnly(TypeError):
    """Someone tried to change or delete a line of the activity log."""


class AppendOnlyQuerySet(models.QuerySet["ActivityLog"]):
    def update(self, **values: Any) -> int:
        raise AppendOnly("the activity log is only added to")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("the activity log is only added to")


class ActivityLog(models.Model):
    """One thing that someone did. Plain ids and names instead of references: it outlives what it tells of.

    The database refuses to change or delete a line (see migration 0002), whoever asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)  # null: the platform itself
    actor_name = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=48)  # one of Action; no choices, which would be a migration each
    resource_type = models.CharField(max_length=48)
    resource_id = models.CharField(max_length=64)
    resource_name = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True, default="", db_default="")
    api_key = models.CharField(max_length=100, blank=True, default="", db_default="")  # name and beginning
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [
            models.Index(fields=["organisation_id", "-created_at"], name="insights_of_organisation"),
            models.Index(fields=["resource_type", "resource_id", "-created_at"], name="insights_of_resource"),
            models.Index(fields=["actor_id", "-created_at"], name="insights_of_actor"),
            # For what seldom happens: else all of an organisation's lines are looked through.
            models.Index(fields=["organisation_id", "action"], name="insights_of_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.resource_type} {self.resource_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("the activity log is only added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("the activity log is only added to")

    def get_action_display(self) -> str:
        """The action in the reader's language."""
        return str(Action(self.action).label) if self.action in Action else self.action

    @property
    def device(self) -> str:
        """What it was done with, in words: “Firefox, Linux”, or an API key."""
        if self.api_key:
            return gettext("API key: %(key)s") % {"key": self.api_key}
        return device_of(self.user_agent)
