"""The files that a book was made into, and who took them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from books.models import Book
from formats import problems
from storage.models import StoredFile
from tenants.keys import uuid7


class FormatType(models.TextChoices):
    PDF = "PDF", "PDF"
    EPUB = "EPUB", "EPUB"
    DOCX = "DOCX", _("Word (DOCX)")
    HTML = "HTML", _("Web page (HTML)")
    MARKDOWN = "MARKDOWN", "Markdown"


class BookDesign(models.Model):
    """How a book's pages look. Made when first chosen: a book without a row wears what suits its kind.

    `theme` and `trim` are names of `formats.builders.themes`, blank for the kind's own; a custom trim has its
    `width` and `height` in millimetres. `stylesheet` is CSS of the member's own: with one, the PDF is made by
    `builders.css_pdf`.
    """

    book = models.OneToOneField(Book, on_delete=models.CASCADE, primary_key=True, related_name="design")
    theme = models.CharField(max_length=40, blank=True)
    trim = models.CharField(max_length=10, blank=True)
    width = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    height = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    stylesheet = models.TextField(max_length=100_000, blank=True, default="", db_default="")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.theme} {self.trim}"


class BookFormat(models.Model):
    """One format of a book. `content_hash` names the manuscript, theme and engine that it was built from:
    the same hash needs no second build, another one means that the file is behind the text.

    `checks` are what was verified in the finished file: a list of {"rule", "outcome", "detail"}, an outcome
    being "pass", "warn" or "fail". `pages` is how many a PDF has, `preview` a picture of its first pages.
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
    checks = models.JSONField(default=list, db_default=[])
    pages = models.PositiveIntegerField(null=True)
    preview = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "format"], name="format_once_a_book")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.format}"

    @property
    def reason(self) -> str:
        """Why it could not be made, in the language that is active; "" where nothing can be said of it."""
        return problems.told(self.error)


class Edition(models.Model):
    """The files of a book as they were at one moment, kept under a name however the text goes on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    words = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return self.name


class EditionFile(models.Model):
    """One file of an edition."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=10, choices=FormatType.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    engine = models.CharField(max_length=60, blank=True)
    built_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "format"], name="edition_format_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.format}"


class PrintPackage(models.Model):
    """A book made ready for one printer: the interior, the cover in one piece, and what preflight found.

    `specification` is what was asked for: printer, binding, paper, trim, colour space, standard. `report` is
    what preflight found, in the shape of `BookFormat.checks`. `spine` is in millimetres.
    """

    class Status(models.TextChoices):
        PENDING = "PENDING", _("Waiting")
        READY = "READY", _("Ready")
        FAILED = "FAILED", _("Not made")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="print_packages")
    printer = models.CharField(max_length=20)
    specification = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PENDING)
    interior = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    cover = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    pages = models.PositiveIntegerField(null=True)
    spine = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    report = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    built_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.printer} {self.book_id}"


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
