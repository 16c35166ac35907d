"""Who works on a book, and every text that a chapter has had."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from books.models import Book, Chapter
from tenants.keys import uuid7


class Revision(models.Model):
    """A chapter's whole text as it was saved. `number` counts from 1 in its chapter; `version` is its name
    for people: v1.0 for the first text, v1.1, v1.2 for edits, v2.0 when it was written anew.
    """

    class Origin(models.TextChoices):
        AI = "AI", _("Written by AI")
        PERSON = "PERSON", _("Edited")
        RESTORED = "RESTORED", _("Restored")
        IMPORTED = "IMPORTED", _("Imported")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="revisions")
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    version = models.CharField(max_length=16)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    title = models.CharField(max_length=200)
    content = models.TextField()
    words = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["chapter", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.title}"


class BookCollaborator(models.Model):
    """A person's part in one book, beside what their role in the organisation gives them."""

    class Role(models.TextChoices):
        VIEWER = "VIEWER", _("Viewer")
        COMMENTER = "COMMENTER", _("Commenter")
        EDITOR = "EDITOR", _("Editor")
        ADMIN = "ADMIN", _("Administrator")

    class Status(models.TextChoices):
        PENDING = "PENDING", _("Invited")
        ACTIVE = "ACTIVE", _("Active")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="collaborators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    role = models.CharField(max_length=10, choices=Role.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PENDING)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "user"], name="collaborator_once_a_book")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
