"""Schemas that belong to no organisation: those that wait for one, and those that nobody wants."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class ReadySchema(models.Model):
    """A schema made in advance, that the next organisation takes; see `tenants.schemas.ready`."""

    schema_name = models.CharField(max_length=63, primary_key=True)
    alias = models.CharField(max_length=32)  # the server it is on
    artifact_hash = models.CharField(max_length=64)  # of the artifact it was made from
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.schema_name


class StraySchema(models.Model):
    """A schema that was found to belong to nobody, since when; see `tenants.schemas.sweeping`."""

    schema_name = models.CharField(max_length=63)
    alias = models.CharField(max_length=32)  # the server it is on
    seen_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schema_name", "alias"], name="tenants_stray_schema_once"),
        ]

    def __str__(self) -> str:
        return self.schema_name
