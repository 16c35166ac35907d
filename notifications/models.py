"""What people are told, and how they wish to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7

if TYPE_CHECKING:
    from notifications.wording import Words


class Kind(models.TextChoices):
    """What there is to tell; its words are in `notifications.wording`."""

    BOOK_FINISHED = "book.finished", _("A book is finished")
    BOOK_FAILED = "book.failed", _("A book could not be finished")
    MEMBER_JOINED = "member.joined", _("Somebody you invited joined")
    ROLE_CHANGED = "member.role_changed", _("Your role in an organisation changed")
    MEMBERSHIP_ENDED = "member.removed", _("You were removed from an organisation")
    OWNERSHIP_RECEIVED = "organisation.received", _("An organisation was handed over to you")
    ORGANISATION_DELETING = "organisation.deleting", _("An organisation of yours is going to be deleted")
    ORGANISATION_KEPT = "organisation.kept", _("An organisation of yours is kept after all")


class Notification(models.Model):
    """One message to one person. Its text is made from kind and data when shown, in the reader's language."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    kind = models.CharField(max_length=40)  # one of Kind
    data = models.JSONField(default=dict)
    in_app = models.BooleanField(default=True)
    by_email = models.BooleanField(default=False)
    emailed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("notification")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["user", "organisation", "-created_at"], name="notifications_newest"),
            models.Index(
                fields=["user", "organisation"],
                name="notifications_unread",
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["created_at"],
                name="notifications_to_email",
                condition=models.Q(by_email=True, emailed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"

    @property
    def words(self) -> Words:
        """Title, body and path, in the language active now."""
        from notifications.wording import words

        return words(kind=self.kind, data=self.data)


class Preference(models.Model):
    """A person's wish about one kind of notification; without a row, both ways are on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    kind = models.CharField(max_length=40)  # one of Kind
    in_app = models.BooleanField(_("in the app"), default=True)
    by_email = models.BooleanField(_("by e-mail"), default=True)

    class Meta:
        verbose_name = _("notification preference")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notifications_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
