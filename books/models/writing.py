"""Books and what they are made of: chapters, the story bible, heroes, pictures. Nouns and states only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from storage.models import StoredFile
from tenants.keys import uuid7


class BookKind(models.TextChoices):
    GUIDE = "guide", _("Guide or workbook")
    STORY = "story", _("Picture book")
    NOVEL = "novel", _("Novel")


class BookLanguage(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


class Pronoun(models.TextChoices):
    SHE = "she", _("she")
    HE = "he", _("he")
    THEY = "they", _("they")


class Hero(models.Model):
    """The person a story is about; looks are words of `generation.contract`'s vocabulary."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60)
    age = models.PositiveSmallIntegerField(default=6)
    pronoun = models.CharField(max_length=8, choices=Pronoun.choices, default=Pronoun.THEY)
    looks = models.JSONField(default=dict)
    companion = models.CharField(max_length=20, blank=True)
    companion_name = models.CharField(max_length=60, blank=True)
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


class Book(models.Model):
    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        GENERATING = "GENERATING", _("In the making")
        READY = "READY", _("Ready")
        FAILED = "FAILED", _("Stopped")
        CANCELLED = "CANCELLED", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DRAFT)
    kind = models.CharField(max_length=8, choices=BookKind.choices)
    language = models.CharField(max_length=8, choices=BookLanguage.choices)
    title = models.CharField(max_length=200, blank=True)
    subtitle = models.CharField(max_length=300, blank=True)
    topic = models.TextField()
    goal = models.TextField(blank=True)
    audience = models.CharField(max_length=200, blank=True)
    tone = models.CharField(max_length=200, blank=True)
    notes = models.JSONField(default=list, blank=True)
    dedication = models.CharField(max_length=400, blank=True)
    author_name = models.CharField(max_length=120, blank=True)
    style = models.CharField(max_length=40, default="cutpaper")
    seed = models.BigIntegerField(default=0)
    premise = models.TextField(blank=True)
    hero = models.ForeignKey(Hero, null=True, blank=True, on_delete=models.SET_NULL, related_name="books")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    words = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="book_newest")]

    def __str__(self) -> str:
        return self.display_title

    @property
    def display_title(self) -> str:
        """The title, or while there is none yet the topic, cut to fit a cover."""
        return self.title or self.topic[:80]


class Chapter(models.Model):
    """A chapter. `text` is Markdown without its own heading and changes only through
    `collaboration.revisions`; `revision` is the number of the revision that it shows, 0 before the first.
    `part` is the title of the part of the book that begins with this chapter, blank where none does.
    """

    class Status(models.TextChoices):
        PLANNED = "PLANNED", _("Planned")
        INCOMPLETE = "INCOMPLETE", _("Being written")
        WRITTEN = "WRITTEN", _("Written")
        SKIPPED = "SKIPPED", _("Left out")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="chapters")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.PLANNED)
    title = models.CharField(max_length=200)
    part = models.CharField(max_length=200, blank=True, default="", db_default="")
    beats = models.JSONField(default=list)
    scene = models.JSONField(null=True)
    plan = models.JSONField(default=dict)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "number"],
                name="chapter_number_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Character(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="characters")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """Something that must stay true from the first page to the last."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="facts")
    statement = models.TextField()

    def __str__(self) -> str:
        return self.statement


class Illustration(models.Model):
    """A picture of the book: its cover, one that opens a chapter, or with a `name` one that the text shows as
    `![alt](images/name.jpg)`. `scene` is the plan it was drawn from."""

    class Kind(models.TextChoices):
        COVER = "COVER", _("Cover")
        SCENE = "SCENE", _("Picture")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="illustrations")
    chapter = models.OneToOneField(Chapter, null=True, on_delete=models.CASCADE, related_name="illustration")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    scene = models.JSONField(default=dict)
    alt = models.CharField(max_length=500, blank=True)
    caption = models.CharField(max_length=500, blank=True, default="", db_default="")
    name = models.CharField(max_length=80, blank=True, default="", db_default="")
    provider = models.CharField(max_length=40, blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book"], condition=models.Q(kind="COVER"), name="one_cover_a_book"
            )
        ]

    def __str__(self) -> str:
        return self.alt or self.kind
