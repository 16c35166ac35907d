"""What a publisher says of a book, over REST: metadata, people, front and back matter, parts, ONIX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import membership
from api.problems import NotCompleteYet
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from books.models import Book, BookMetadata, BookSection, Contributor
from books.subjects import SCHEMES
from formats import onix, trade
from formats.sources import metadata_of
from generation import publishing
from generation.publishing import OF_BOOK, Person
from tenants.models import Membership

if TYPE_CHECKING:
    Host = ViewSet[Book]
else:
    Host = object

_NUMBER = r"(?P<number>[0-9]{1,4})"
_SECTION = r"(?P<section>[0-9a-f-]{36})"
_SECTION_PARAMETER = OpenApiParameter("section", OpenApiTypes.UUID, "path")


class SubjectSerializer(serializers.Serializer[Any]):
    """A Thema code such as YFB, or a BISAC one such as JUV001000."""

    scheme = serializers.ChoiceField(choices=[(name, name) for name in SCHEMES])
    code = TextField(max_length=30)


class MetadataSerializer(serializers.Serializer[Any]):
    """What is said of a book beside its text. ISBNs are taken with or without hyphens, of 13 digits or 10,
    and given as 13 digits. `contents_depth` is 0 for no contents page, 1 for chapters, up to 3 for sections.
    The first subject of each scheme is the main one.
    """

    title = TextField(max_length=200)
    subtitle = TextField(max_length=300, allow_blank=True)
    dedication = TextField(max_length=400, allow_blank=True)
    isbn_print = TextField(max_length=60, allow_blank=True)
    isbn_ebook = TextField(max_length=60, allow_blank=True)
    publisher = TextField(max_length=200, allow_blank=True)
    published_on = serializers.DateField(allow_null=True)
    edition = TextField(max_length=120, allow_blank=True)
    rights = TextField(max_length=500, allow_blank=True)
    series = TextField(max_length=200, allow_blank=True)
    series_number = TextField(max_length=20, allow_blank=True)
    description = TextField(max_length=4_000, allow_blank=True)
    back_text = TextField(max_length=2_000, allow_blank=True)
    subjects = SubjectSerializer(many=True)
    keywords = serializers.ListField(child=TextField(max_length=100), max_length=50)
    contents_depth = serializers.IntegerField(min_value=0, max_value=3)


class ContributorSerializer(serializers.Serializer[Any]):
    """A person with a part in the book; the role is one of MARC's relators."""

    name = TextField(max_length=200)
    role = serializers.ChoiceField(choices=Contributor.Role.choices, default=Contributor.Role.AUTHOR)


class ContributorsSerializer(serializers.Serializer[Any]):
    """Everybody, in the order in which they are named."""

    people = ContributorSerializer(many=True)


class SectionSerializer(ModelSerializer[BookSection]):
    """A piece of front or back matter. `text` is Markdown without its own title; `position` counts from 1
    among those of the same placement. A new one goes to the end; without a title it gets the usual one in the
    book's language, without a placement the usual place for its role.
    """

    title = TextField(max_length=200, allow_blank=True, required=False)
    text = TextField(max_length=200_000, trim_whitespace=False)
    placement = serializers.ChoiceField(choices=BookSection.Placement.choices, required=False)
    position = serializers.IntegerField(min_value=1, max_value=1_000, required=False)
    role = serializers.ChoiceField(choices=BookSection.Role.choices)

    class Meta:
        model = BookSection
        fields = ["id", "placement", "position", "role", "title", "text", "updated_at"]


class PartSerializer(serializers.Serializer[Any]):
    """The title of the part that begins with a chapter; blank where none does."""

    part = TextField(max_length=200, allow_blank=True)


class PublishingActions(Host):
    """Actions of the view set of books."""

    @extend_schema(methods=["GET"], responses=MetadataSerializer)
    @extend_schema(methods=["PATCH"], request=MetadataSerializer(partial=True), responses=MetadataSerializer)
    @action(detail=True, methods=["get", "patch"])
    def metadata(self, request: Request, pk: UUID) -> Response:
        """What is said of the book; PATCH changes what it names and leaves the rest. The files follow."""
        book = self.get_object()
        if request.method == "PATCH":
            asked = MetadataSerializer(data=request.data, partial=True)
            asked.is_valid(raise_exception=True)
            publishing.edit_metadata(membership=self._member(), book=book, **asked.validated_data)
            book.refresh_from_db()
        return Response(_metadata(book))

    @extend_schema(methods=["GET"], responses=ContributorsSerializer)
    @extend_schema(methods=["PUT"], request=ContributorsSerializer, responses=ContributorsSerializer)
    @action(detail=True, methods=["get", "put"])
    def contributors(self, request: Request, pk: UUID) -> Response:
        """The people named, in order; PUT names others in their place."""
        book = self.get_object()
        if request.method == "PUT":
            asked = ContributorsSerializer(data=request.data)
            asked.is_valid(raise_exception=True)
            people = [Person(each["name"], each["role"]) for each in asked.validated_data["people"]]
            publishing.set_contributors(membership=self._member(), book=book, people=people)
        return Response(ContributorsSerializer({"people": book.contributors.all()}).data)

    @extend_schema(methods=["GET"], responses=SectionSerializer(many=True))
    @extend_schema(methods=["POST"], request=SectionSerializer, responses={201: SectionSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def sections(self, request: Request, pk: UUID) -> Response:
        """Front and back matter, in order; POST adds a piece."""
        book = self.get_object()
        if request.method == "GET":
            return Response(SectionSerializer(book.matter.all(), many=True).data)
        asked = SectionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        position = given.pop("position", None)
        section = publishing.add_section(membership=self._member(), book=book, **given)
        self._move(section, position)
        return Response(SectionSerializer(section).data, status=status.HTTP_201_CREATED)

    @extend_schema(methods=["GET"], responses=SectionSerializer, parameters=[_SECTION_PARAMETER])
    @extend_schema(
        methods=["PATCH"],
        request=SectionSerializer(partial=True),
        responses=SectionSerializer,
        parameters=[_SECTION_PARAMETER],
    )
    @extend_schema(methods=["DELETE"], responses={204: None}, parameters=[_SECTION_PARAMETER])
    @action(detail=True, methods=["get", "patch", "delete"], url_path=f"sections/{_SECTION}")
    def section(self, request: Request, pk: UUID, section: str) -> Response:
        """One piece; PATCH changes what it names, DELETE takes it out of the book."""
        row = get_object_or_404(self.get_object().matter.select_related("book"), pk=_uuid(section))
        if request.method == "DELETE":
            publishing.remove_section(membership=self._member(), section=row)
            return Response(status=status.HTTP_204_NO_CONTENT)
        if request.method == "PATCH":
            asked = SectionSerializer(data=request.data, partial=True)
            asked.is_valid(raise_exception=True)
            given = dict(asked.validated_data)
            position = given.pop("position", None)
            row = publishing.edit_section(membership=self._member(), section=row, **given)
            self._move(row, position)
        return Response(SectionSerializer(row).data)

    @extend_schema(
        request=PartSerializer, responses=PartSerializer, parameters=[OpenApiParameter("number", int, "path")]
    )
    @action(detail=True, methods=["put"], url_path=f"chapters/{_NUMBER}/part")
    def part(self, request: Request, pk: UUID, number: str) -> Response:
        """Begin a part of the book with this chapter; with a blank title none begins here."""
        chapters = self.get_object().chapters.select_related("book")
        chapter = get_object_or_404(chapters, number=int(number))
        asked = PartSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        title = asked.validated_data["part"]
        chapter = publishing.name_part(membership=self._member(), chapter=chapter, title=title)
        return Response(PartSerializer(chapter).data)

    @extend_schema(responses={(200, onix.MEDIA_TYPE): OpenApiResponse(OpenApiTypes.BINARY)})
    @action(detail=True, url_path="onix")
    def onix(self, request: Request, pk: UUID) -> HttpResponse:
        """The book's ONIX 3.0 message, a product for each form that can be sold. 409 while something
        must be filled in first, which `errors` names.
        """
        book = self.get_object()
        try:
            message = trade.export(book, sender=self._member().organisation.name)
        except onix.Incomplete as incomplete:
            told = zip(incomplete.missing, trade.sentences(incomplete.missing), strict=True)
            raise NotCompleteYet(dict(told)) from incomplete
        headers = {"Content-Disposition": f'attachment; filename="{trade.file_name(book)}"'}
        return HttpResponse(message, content_type=onix.MEDIA_TYPE, headers=headers)

    def _member(self) -> Membership:
        return membership(self.request)

    def _move(self, section: BookSection, position: int | None) -> None:
        if position is not None:
            publishing.move_section(membership=self._member(), section=section, position=position)
            section.refresh_from_db(fields=["position"])


def _metadata(book: Book) -> Any:
    said: BookMetadata = metadata_of(book)
    names: list[str] = list(MetadataSerializer().fields)
    return MetadataSerializer({name: getattr(book if name in OF_BOOK else said, name) for name in names}).data


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
