"""Organisations on their way from one PostgreSQL server to another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7
from tenants.models.organisations import Organisation


class MoveState(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    COPYING = "COPYING", _("Copying")
    CATCHING_UP = "CATCHING_UP", _("Catching up")
    SWITCHING = "SWITCHING", _("Switching")
    MOVED = "MOVED", _("Moved")
    FAILED = "FAILED", _("Not moved")


UNFINISHED = (MoveState.WAITING, MoveState.COPYING, MoveState.CATCHING_UP, MoveState.SWITCHING)


class Move(models.Model):
    """One attempt to move an organisation; `state` changes by `tenants.moving.states` alone.

    While it is SWITCHING, the organisation is at `source` while its schema is there, else at `target`.
    """

    State = MoveState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="moves")
    source = models.CharField(max_length=32)  # the server it leaves
    target = models.CharField(max_length=32)
    state = models.CharField(max_length=16, choices=MoveState.choices, default=MoveState.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    copied = models.BigIntegerField(default=0, db_default=0)  # bytes
    to_copy = models.BigIntegerField(default=0, db_default=0)  # bytes, as estimated from the tables' size
    pause = models.PositiveIntegerField(null=True)  # milliseconds that writers were held back at most
    reason = models.CharField(max_length=400, blank=True, default="", db_default="")  # why it was not moved
    old_schema = models.CharField(max_length=63, blank=True, default="", db_default="")  # left at the source
    drop_after = models.DateTimeField(null=True)  # when that may be dropped; none once it has been

    class Meta:
        verbose_name = _("move")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state__in=[str(state) for state in UNFINISHED]),
                name="tenants_one_move_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.source} → {self.target}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNFINISHED

    @property
    def percent(self) -> int:
        """How much of it has been copied, from 0 to 100."""
        if self.state in (MoveState.WAITING, MoveState.COPYING):
            return min(99, self.copied * 100 // self.to_copy) if self.to_copy else 0
        return 100
