"""The files that a book was made into, and who took them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from books.models import Book
from storage.models import StoredFile
from tenants.keys import uuid7


class FormatType(models.TextChoices):
    PDF = "PDF", "PDF"
    EPUB = "EPUB", "EPUB"
    DOCX = "DOCX", _("Word (DOCX)")
    HTML = "HTML", _("Web page (HTML)")
    MARKDOWN = "MARKDOWN", "Markdown"


class BookFormat(models.Model):
    """One format of a book. `content_hash` names the manuscript, theme and engine that it was built from:
    the same hash needs no second build, another one means that the file is behind the text.
    """

    class Status(models.TextChoices):
        PENDING = "PENDING", _("Waiting")
        READY = "READY", _("Ready")
        FAILED = "FAILED", _("Not made")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="formats")
    format = models.CharField(max_length=10, choices=FormatType.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PENDING)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    size = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    engine = models.CharField(max_length=60, blank=True)
    error = models.TextField(blank=True)
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "format"], name="format_once_a_book")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.format}"


class BookDownload(models.Model):
    """Who took which file, when and from where."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="downloads")
    format = models.ForeignKey(BookFormat, on_delete=models.CASCADE, related_name="downloads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    downloaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-downloaded_at"]

    def __str__(self) -> str:
        return f"{self.format_id} {self.downloaded_at}"
