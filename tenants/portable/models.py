"""What the platform keeps of imports under way and of erasures."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenants.keys import uuid7


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
