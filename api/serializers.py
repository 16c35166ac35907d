"""The shapes that go over the wire. Money in micro-units of the currency, times in UTC, sizes in bytes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import address_of
from api.permissions import membership
from api.shown import ShownSerializer
from api.text import ModelSerializer, TextField
from books.models import Book, BookKind, BookLanguage, Chapter, Illustration, Pronoun
from collaboration import permissions
from collaboration.models import Revision
from generation import contract
from generation.models import BookJob

LONGEST_TOPIC = 4_000


class HeroSerializer(serializers.Serializer[Any]):
    """The hero of a picture book. Looks are fixed words, so that every page draws the same child."""

    name = TextField(max_length=60)
    age = serializers.IntegerField(min_value=1, max_value=120, default=6)
    pronoun = serializers.ChoiceField(choices=Pronoun.choices, default=Pronoun.THEY)
    skin = serializers.ChoiceField(choices=contract.SKINS, default="brown")
    hair = serializers.ChoiceField(choices=contract.HAIR_STYLES, default="curly")
    hair_colour = serializers.ChoiceField(choices=contract.HAIR_COLOURS, default="black")
    glasses = serializers.BooleanField(default=False)
    freckles = serializers.BooleanField(default=False)
    outfit = serializers.ChoiceField(choices=contract.OUTFITS, default="coat")
    colour = serializers.RegexField(r"^#[0-9a-fA-F]{6}$", default="#f4b43a")
    companion = serializers.ChoiceField(choices=contract.CREATURES, default="fox")
    companion_name = TextField(max_length=60, default="", allow_blank=True)


class CommissionSerializer(serializers.Serializer[Any]):
    """What a book is to be made of."""

    title = TextField(max_length=200, default="", allow_blank=True)
    topic = TextField(max_length=LONGEST_TOPIC)
    goal = TextField(max_length=LONGEST_TOPIC, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=BookKind.choices)
    language = serializers.ChoiceField(choices=BookLanguage.choices)
    audience = TextField(max_length=200, default="", allow_blank=True)
    tone = TextField(max_length=200, default="", allow_blank=True)
    notes = serializers.ListField(
        child=TextField(max_length=2_000), max_length=200, default=list, allow_empty=True
    )
    dedication = TextField(max_length=400, default="", allow_blank=True)
    author_name = TextField(max_length=120, default="", allow_blank=True)
    hero = HeroSerializer(required=False, allow_null=True, default=None)
    approve_outline = serializers.BooleanField(default=False)


class ImportSerializer(serializers.Serializer[Any]):
    """A zip file of Markdown and pictures, or one Markdown file. `kind` is for one that does not name it."""

    file = serializers.FileField(required=False, allow_empty_file=True)
    kind = serializers.ChoiceField(choices=BookKind.choices, default="", allow_blank=True)


class ChapterSerializer(ShownSerializer[Chapter]):
    class Meta:
        model = Chapter
        fields = ["id", "number", "status", "title", "part", "beats", "words", "revision", "updated_at"]
        read_only_fields = fields


class ChapterTextSerializer(ShownSerializer[Chapter]):
    """A chapter with its text, in Markdown without the chapter's own heading."""

    class Meta:
        model = Chapter
        fields = [
            "id", "number", "status", "title", "part", "beats", "words", "revision", "text", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class ChapterEditSerializer(serializers.Serializer[Any]):
    """`revision` is the number that the text was read at: a later one makes the answer a 412. It may be left
    out where `If-Match` says the same."""

    title = TextField(max_length=200, required=False)
    text = TextField(max_length=400_000, trim_whitespace=False)
    revision = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class InstructionSerializer(serializers.Serializer[Any]):
    instruction = TextField(max_length=1_000)


class RevisionSerializer(ShownSerializer[Revision]):
    class Meta:
        model = Revision
        fields = ["id", "number", "version", "origin", "title", "words", "changes", "author", "created_at"]
        read_only_fields = fields


class IllustrationSerializer(ShownSerializer[Illustration]):
    chapter = serializers.IntegerField(source="chapter.number", allow_null=True, read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Illustration
        fields = ["id", "kind", "chapter", "alt", "provider", "url"]
        read_only_fields = fields

    def get_url(self, illustration: Illustration) -> str | None:
        if illustration.file_id is None:
            return None
        return _address(self, "api:book-picture", pk=illustration.book_id, picture=illustration.pk)


class PictureSerializer(serializers.Serializer[Any]):
    """Another picture, and what it shows; without `file` the present one is described in other words."""

    file = serializers.FileField(required=False)
    alt = TextField(max_length=500)


class BookSerializer(ShownSerializer[Book]):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = [
            "id", "url", "status", "kind", "language", "title", "subtitle", "topic", "goal", "audience",
            "tone", "premise", "author", "author_name", "words", "created_at", "updated_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, book: Book) -> str:
        return _address(self, "api:book-detail", pk=book.pk)


class JobSerializer(ModelSerializer[BookJob]):
    """A book in the making. `cost_micros` is what the providers' calls have cost so far, in micro-units: null
    for those who may not see costs, which are all but the book's author, owners and admins.

    `external_job_id` is the run's id at a crew that writes the book; empty for other providers.
    """

    book = serializers.UUIDField(source="book_id", read_only=True)
    url = serializers.SerializerMethodField()
    events_url = serializers.SerializerMethodField()
    cost_micros = serializers.SerializerMethodField()

    class Meta:
        model = BookJob
        fields = [
            "id", "book", "url", "events_url", "status", "stage", "done", "total", "words", "cost_micros",
            "writing", "awaiting_approval", "error", "external_job_id", "created_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, job: BookJob) -> str:
        return _address(self, "api:job-detail", pk=job.pk)

    def get_events_url(self, job: BookJob) -> str:
        return _address(self, "api:job-events", pk=job.pk)

    def get_cost_micros(self, job: BookJob) -> int | None:
        may = permissions.may_see_costs(membership(self.context["request"]), job.book)
        return job.cost_micros if may else None


def accepted(request: Request, job: BookJob) -> Response:
    """That a job has begun, and where it is."""
    told = JobSerializer(job, context={"request": request}).data
    return Response(told, status=status.HTTP_202_ACCEPTED, headers={"Location": told["url"]})


class CommissionedSerializer(serializers.Serializer[Any]):
    """The answer to a new book: the book as it stands, and the job that makes it."""

    book = BookSerializer()
    job = JobSerializer()


class BeatsSerializer(serializers.Serializer[Any]):
    title = TextField(max_length=200)
    beats = serializers.ListField(child=TextField(max_length=500), max_length=30, default=list)
    number = serializers.IntegerField(min_value=1, required=False)


class ApprovalSerializer(serializers.Serializer[Any]):
    """The outline as it shall be: left out, it is approved as it stands."""

    chapters = BeatsSerializer(many=True, required=False)


def _address(serializer: serializers.BaseSerializer[Any], name: str, **ids: UUID) -> str:
    return address_of(serializer.context.get("request"), name, **ids)
