"""A book's files over REST: their state and checks, taking them, making them again, keeping editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.permissions import membership
from api.serializers import JobSerializer, accepted
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from books.models import Book
from formats import records
from formats.models import BookFormat, Edition, EditionFile, FormatType
from generation import commission, downloads, editions
from generation.downloads import File
from storage import sending

if TYPE_CHECKING:
    Host = ViewSet[Book]
else:
    Host = object

_NAMES = "pdf|epub|docx|html|markdown"
_FORMAT = f"(?P<format_name>{_NAMES})"
_EDITION = r"(?P<edition>[0-9a-f-]{36})"
_FORMAT_PARAMETER = OpenApiParameter("format_name", str, "path", enum=_NAMES.split("|"))
_EDITION_PARAMETER = OpenApiParameter("edition", OpenApiTypes.UUID, "path")
_BYTES = {
    200: OpenApiResponse(OpenApiTypes.BINARY),
    302: OpenApiResponse(description="It is at `Location`, without a key, for five minutes."),
}


class CheckSerializer(serializers.Serializer[Any]):
    """One rule that was verified in the finished file, with its sentence in the caller's language."""

    rule = TextField()
    outcome = serializers.ChoiceField(choices=["pass", "warn", "fail"])
    sentence = TextField()


class FormatSerializer(serializers.Serializer[Any]):
    """`size` in bytes; `sha256` of the file in hex; `pages` of a PDF. `up_to_date` is false for a file from
    before the latest change to text, design or typesetting. `error` says what its members can mend. The
    addresses are null until there is something at them; `preview_url` is a picture of the first pages.
    """

    format = serializers.ChoiceField(source="row.format", choices=FormatType.choices)
    status = serializers.ChoiceField(source="row.status", choices=BookFormat.Status.choices)
    up_to_date = serializers.SerializerMethodField()
    size = serializers.IntegerField(source="row.size", allow_null=True)
    sha256 = TextField(source="row.sha256")
    pages = serializers.IntegerField(source="row.pages", allow_null=True)
    checks = CheckSerializer(many=True)
    engine = TextField(source="row.engine")
    built_at = serializers.DateTimeField(source="row.built_at", allow_null=True)
    error = TextField(source="reason")
    download_url = serializers.SerializerMethodField()
    preview_url = serializers.SerializerMethodField()

    def get_up_to_date(self, file: File) -> bool:
        return file.state == "ready"

    def get_download_url(self, file: File) -> str | None:
        return self._address("api:book-download", file) if file.row.file_id else None

    def get_preview_url(self, file: File) -> str | None:
        return self._address("api:book-first-pages", file) if file.row.preview_id else None

    def _address(self, name: str, file: File) -> str:
        kwargs = {"pk": file.row.book_id, "format_name": file.row.format.lower()}
        return str(reverse(name, kwargs=kwargs, request=self.context.get("request")))


class RebuildSerializer(serializers.Serializer[Any]):
    """Which formats to make again where they are behind; all of them when left out."""

    formats = serializers.ListField(
        child=serializers.ChoiceField(choices=FormatType.choices), max_length=10, default=list
    )


class EditionFileSerializer(ModelSerializer[EditionFile]):
    size = serializers.IntegerField(source="file.size", read_only=True)
    sha256 = TextField(source="file.sha256", read_only=True)
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = EditionFile
        fields = ["format", "size", "sha256", "engine", "built_at", "download_url"]
        read_only_fields = fields

    def get_download_url(self, kept: EditionFile) -> str:
        kwargs = {"pk": kept.edition.book_id, "edition": kept.edition_id, "format_name": kept.format.lower()}
        return str(reverse("api:book-edition-file", kwargs=kwargs, request=self.context.get("request")))


class EditionSerializer(ModelSerializer[Edition]):
    """The files of a book as they were at one moment. Without a name an edition is called by its number."""

    name = TextField(max_length=editions.LONGEST_NAME, default="", allow_blank=True)
    files = serializers.SerializerMethodField()

    class Meta:
        model = Edition
        fields = ["id", "number", "name", "words", "created_at", "files"]
        read_only_fields = ["id", "number", "words", "created_at", "files"]

    @extend_schema_field(EditionFileSerializer(many=True))
    def get_files(self, edition: Edition) -> Any:
        kept = list(edition.files.all())
        for one in kept:
            one.edition = edition
        return EditionFileSerializer(kept, many=True, context=self.context).data


class DownloadActions(Host):
    """Actions of the view set of books."""

    @extend_schema(responses=FormatSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def formats(self, request: Request, pk: UUID) -> Response:
        """The book's files: which are ready and up to date, how large, and what was verified in them."""
        found = downloads.files_of(self.get_object())
        return Response(FormatSerializer(found, many=True, context={"request": request}).data)

    @extend_schema(
        request=RebuildSerializer,
        responses={202: JobSerializer, 204: OpenApiResponse(description="Everything is up to date.")},
    )
    @action(detail=True, methods=["post"], url_path="formats/rebuild", url_name="rebuild")
    def rebuild(self, request: Request, pk: UUID) -> Response:
        """Make the files again that are behind. Where none is, nothing is started and the answer is empty."""
        asked = RebuildSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        job = commission.refresh_formats(
            membership=membership(request), book=self.get_object(), formats=asked.validated_data["formats"]
        )
        if job is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return accepted(request, job)

    @extend_schema(responses=_BYTES, parameters=[_FORMAT_PARAMETER])
    @action(detail=True, url_path=f"formats/{_FORMAT}/download", url_name="download")
    def download(self, request: Request, pk: UUID, format_name: str) -> HttpResponseBase:
        """A file of the book. The download is logged."""
        row = get_object_or_404(self.get_object().formats.select_related("file"), format=format_name.upper())
        file = records.take(book_format=row, user_id=membership(request).user_id)
        return sending.handed_out(request._request, file)

    @extend_schema(responses=_BYTES, parameters=[_FORMAT_PARAMETER])
    @action(detail=True, url_path=f"formats/{_FORMAT}/first-pages", url_name="first-pages")
    def first_pages(self, request: Request, pk: UUID, format_name: str) -> HttpResponseBase:
        """A picture of the format's first pages (JPEG), where there is one."""
        row = get_object_or_404(
            self.get_object().formats.select_related("preview"), format=format_name.upper()
        )
        if row.preview is None:
            raise records.NotReady
        headers = {"Cache-Control": "private, max-age=3600"}
        return sending.streamed(request._request, row.preview, attached=False, headers=headers)

    @extend_schema(methods=["GET"], responses=EditionSerializer(many=True))
    @extend_schema(methods=["POST"], request=EditionSerializer, responses={201: EditionSerializer})
    @action(detail=True, methods=["get", "post"])
    def editions(self, request: Request, pk: UUID) -> Response:
        """The editions that were kept, newest first; POST keeps the files that are there now."""
        book = self.get_object()
        context = {"request": request}
        if request.method == "GET":
            page = self.paginate_queryset(book.editions.prefetch_related("files__file"))
            return self.get_paginated_response(EditionSerializer(page, many=True, context=context).data)
        asked = EditionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = editions.keep_edition(
            membership=membership(request), book=book, name=asked.validated_data["name"]
        )
        return Response(EditionSerializer(made, context=context).data, status=status.HTTP_201_CREATED)

    @extend_schema(methods=["GET"], responses=EditionSerializer, parameters=[_EDITION_PARAMETER])
    @extend_schema(methods=["DELETE"], responses={204: None}, parameters=[_EDITION_PARAMETER])
    @action(detail=True, methods=["get", "delete"], url_path=f"editions/{_EDITION}", url_name="edition")
    def edition(self, request: Request, pk: UUID, edition: str) -> Response:
        """One edition. DELETE forgets it; files that nothing else shows go with it."""
        found = self._edition(edition)
        if request.method == "DELETE":
            editions.delete_edition(membership=membership(request), edition=found)
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(EditionSerializer(found, context={"request": request}).data)

    @extend_schema(responses=_BYTES, parameters=[_EDITION_PARAMETER, _FORMAT_PARAMETER])
    @action(detail=True, url_path=f"editions/{_EDITION}/{_FORMAT}/download", url_name="edition-file")
    def edition_file(self, request: Request, pk: UUID, edition: str, format_name: str) -> HttpResponseBase:
        """A file of an edition. The download is logged."""
        found = self._edition(edition)
        kept = get_object_or_404(found.files.select_related("file"), format=format_name.upper())
        row = get_object_or_404(BookFormat, book_id=found.book_id, format=kept.format)
        records.log(book_format=row, user_id=membership(request).user_id)
        return sending.handed_out(request._request, kept.file)

    def _edition(self, edition: str) -> Edition:
        rows = self.get_object().editions.select_related("book").prefetch_related("files__file")
        found: Edition = get_object_or_404(rows, pk=edition)
        return found
