"""What the platform keeps of imports under way, of erasures, and of exports that owners have asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.keys import uuid7
from tenants.models import Organisation


class Import(models.Model):
    """An import that was begun: under which id and schema, so that one that was killed goes on there.

    The row goes with the import's end. `digest` is the SHA-256 of the archive's manifest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64)
    slug = models.CharField(max_length=63)
    future_id = models.UUIDField()  # of the organisation
    schema_name = models.CharField(max_length=63, unique=True)
    alias = models.CharField(max_length=32)
    begun_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("import of an organisation")
        constraints = [
            models.UniqueConstraint(fields=["digest", "slug"], name="portable_import_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.schema_name}"


class Erasure(models.Model):
    """That an organisation was erased: kept, so that nobody brings it back from a backup unaware.

    It names nobody: `erased_id` and `schema_name` lead to nothing any more but in backups, which have expired
    at `backups_expire_at`. `asked_by` is "owner", "operator" or "account" (the end of its only member's).
    `removed` counts rows by table and files; `verified_at` is when nothing of it was found any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    erased_id = models.UUIDField(db_index=True)
    schema_name = models.CharField(max_length=63)
    alias = models.CharField(max_length=32)
    asked_by = models.CharField(max_length=16)
    asked_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(db_default=Now(), editable=False)
    removed = models.JSONField(default=dict)
    verified_at = models.DateTimeField(null=True)
    backups_expire_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("erasure")
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return str(self.erased_id)


class ExportState(models.TextChoices):
    ASKED = "ASKED", _("Waiting")
    RUNNING = "RUNNING", _("Being made")
    READY = "READY", _("Ready")
    FAILED = "FAILED", _("Not made")
    EXPIRED = "EXPIRED", pgettext_lazy("export", "Expired")
    DELETED = "DELETED", _("Deleted")


UNDER_WAY = (ExportState.ASKED, ExportState.RUNNING)


class Export(models.Model):
    """An archive that an owner has asked for; `state` changes by `tenants.portable.exports.states` alone.

    `place` and `key` say where it lies among the organisation's files, for as long as anything may lie there.
    `size` in bytes; `sha256` of the file, `digest` of the manifest in it, both in hex; `missing` counts files
    whose bytes were gone. `reason` says why it was not made, by a word of `exports.reasons`.
    """

    State = ExportState

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="exports")
    state = models.CharField(max_length=16, choices=ExportState.choices, default=ExportState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    percent = models.PositiveSmallIntegerField(default=0, db_default=0)
    place = models.CharField(max_length=32, blank=True, default="", db_default="")
    key = models.CharField(max_length=300, blank=True, default="", db_default="")
    name = models.CharField(max_length=200, blank=True, default="", db_default="")
    size = models.BigIntegerField(default=0, db_default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    missing = models.PositiveIntegerField(default=0, db_default=0)
    reason = models.CharField(max_length=32, blank=True, default="", db_default="")
    ended_at = models.DateTimeField(null=True)  # when it was ready, or was given up
    expires_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("export of an organisation")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "-asked_at", "-id"], name="portable_export_newest"),
            models.Index(
                fields=["state"],
                name="portable_export_to_do",
                condition=~Q(key="") | Q(state__in=[str(state) for state in UNDER_WAY]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=[str(state) for state in UNDER_WAY]),
                name="portable_one_export_at_a_time",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="portable_export_percent"),
            models.CheckConstraint(
                condition=~Q(state="READY") | (~Q(key="") & ~Q(sha256="") & Q(expires_at__isnull=False)),
                name="portable_export_ready_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.state}"

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY
