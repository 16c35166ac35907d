"""What the organisation keeps as files: one row a file, its bytes in the storage backend."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tenants.keys import uuid7


class StoredFile(models.Model):
    """A file under the organisation's prefix. `key` is its path there; `size` in bytes; `sha256` in hex.

    `source` is the file as a member sent it, where this one was made from it. `place` is the name of the
    place it lies in (`storage.places`); after a move `moved_from` still has a copy, for links that are out.
    """

    class Kind(models.TextChoices):
        PICTURE = "PICTURE"
        BOOK = "BOOK"
        UPLOAD = "UPLOAD"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    key = models.CharField(max_length=300, unique=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    place = models.CharField(max_length=32, default="default", db_default="default")
    moved_from = models.CharField(max_length=32, blank=True, default="", db_default="")
    moved_at = models.DateTimeField(null=True, blank=True)
    source = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
