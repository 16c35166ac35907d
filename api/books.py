"""Books over REST: commission, list, read, their chapters, pictures and files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from PIL import Image, UnidentifiedImageError
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api import conditions
from api.asking import ChangedQuery, Query
from api.book_facts import BookFactActions, SubjectQuery
from api.designing import DesignActions
from api.downloads import DownloadActions
from api.permissions import membership, person
from api.publishing import PublishingActions
from api.revisions import ComparisonQuery, RevisionActions
from api.serializers import (
    BookSerializer,
    ChapterEditSerializer,
    ChapterSerializer,
    ChapterTextSerializer,
    CommissionedSerializer,
    CommissionSerializer,
    IllustrationSerializer,
    ImportSerializer,
    InstructionSerializer,
    JobSerializer,
    PictureSerializer,
    RevisionSerializer,
    accepted,
)
from api.text import TextField
from api.views import ViewSet
from books.models import Book, BookKind, BookLanguage, Chapter, Illustration
from collaboration import permissions
from collaboration.models import Revision
from formats import records
from formats.importing import MOST_BYTES, BadImport
from generation import commission, editing, picturing
from generation.contract import HeroBrief
from generation.importing import import_book
from storage import files
from storage.pictures import MOST_BYTES as MOST_PICTURE_BYTES
from storage.pictures import BadPicture

_NUMBER = r"(?P<number>[0-9]{1,4})"


class BookQuery(ChangedQuery):
    """Which books to list. `q` is in their title or topic."""

    status = serializers.ChoiceField(required=False, choices=Book.Status.choices)
    kind = serializers.ChoiceField(required=False, choices=BookKind.choices)
    language = serializers.ChoiceField(required=False, choices=BookLanguage.choices)
    author = serializers.UUIDField(required=False, help_text="The `user` of a member.")
    q = TextField(required=False, max_length=100)

    lookups = {
        **ChangedQuery.lookups,
        "status": "status",
        "kind": "kind",
        "language": "language",
        "author": "author_id",
    }

    @classmethod
    def narrowed(cls, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        found = super().narrowed(rows, given)
        text = given.get("q")
        return found.filter(Q(title__icontains=text) | Q(topic__icontains=text)) if text else found


class CoverQuery(Query):
    type = serializers.ChoiceField(required=False, choices=["original", "png"])


class BookViewSet(
    RevisionActions,
    BookFactActions,
    DownloadActions,
    DesignActions,
    PublishingActions,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    ViewSet[Book],
):
    resource = "books"
    serializer_class = BookSerializer
    resources = {"activity": "activity", "costs": "usage"}
    queries = {
        "list": BookQuery,
        "cover": CoverQuery,
        "comparison": ComparisonQuery,
        "subjects": SubjectQuery,
    }
    orders = {
        "list": ("-created_at", "-updated_at", "title"),
        "revisions": ("-number",),
        "editions": ("-number",),
        "activity": ("-created_at",),
    }
    bytes = ("picture", "cover", "onix", "download", "first_pages", "edition_file")
    stored = ("bring", "picture", "cover", "download", "first_pages", "edition_file")
    heavy = ("topic", "goal", "premise", "notes")
    queryset = Book.objects.none()
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[Book]:
        return permissions.visible_books(membership(self.request))

    @extend_schema(request=CommissionSerializer, responses={202: CommissionedSerializer})
    def create(self, request: Request) -> Response:
        """Commission a book. The answer comes at once; the job tells how far it is."""
        asked = CommissionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        fields = dict(asked.validated_data)
        hero = fields.pop("hero")
        book, job = commission.commission_book(
            membership=membership(request),
            hero=HeroBrief(**hero) if hero else None,
            notes=tuple(fields.pop("notes")),
            **fields,
        )
        answer = CommissionedSerializer({"book": book, "job": job}, context={"request": request})
        return Response(
            answer.data, status=status.HTTP_202_ACCEPTED, headers={"Location": answer.data["job"]["url"]}
        )

    @extend_schema(request={"multipart/form-data": ImportSerializer}, responses={202: CommissionedSerializer})
    @action(detail=False, methods=["post"], url_path="import", url_name="import")
    def bring(self, request: Request) -> Response:
        """Import a book. It is there when the answer comes; the job makes its files."""
        asked = ImportSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        file = asked.validated_data.get("file")
        if file is None:
            raise BadImport("empty")
        if file.size > MOST_BYTES:
            raise BadImport("too-large", most=MOST_BYTES // 2**20)
        book, job = import_book(
            membership=membership(request),
            data=file.read(),
            name=file.name or "",
            kind=asked.validated_data["kind"],
        )
        answer = CommissionedSerializer({"book": book, "job": job}, context={"request": request})
        return Response(
            answer.data, status=status.HTTP_202_ACCEPTED, headers={"Location": answer.data["job"]["url"]}
        )

    @extend_schema(responses=ChapterSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def chapters(self, request: Request, pk: UUID) -> Response:
        """The chapters in order, without their texts."""
        chapters = self.get_object().chapters.defer("text", "plan", "scene")
        return Response(ChapterSerializer(chapters, many=True).data)

    @extend_schema(
        methods=["GET"], responses=ChapterTextSerializer, parameters=[OpenApiParameter("number", int, "path")]
    )
    @extend_schema(
        methods=["PUT"],
        request=ChapterEditSerializer,
        responses=ChapterTextSerializer,
        parameters=[OpenApiParameter("number", int, "path")],
    )
    @action(detail=True, methods=["get", "put"], url_path=f"chapters/{_NUMBER}")
    def chapter(self, request: Request, pk: UUID, number: str) -> Response:
        """One chapter with its text; PUT saves another text as its next revision."""
        chapter = self._chapter(number)
        if request.method == "PUT":
            self._editable(chapter.book)
            asked = ChapterEditSerializer(data=request.data)
            asked.is_valid(raise_exception=True)
            editing.save_text(
                chapter=chapter,
                text=asked.validated_data["text"],
                title=asked.validated_data.get("title"),
                author_id=membership(request).user_id,
                expected=self._expected(asked.validated_data, chapter),
            )
            chapter.refresh_from_db()
        return Response(ChapterTextSerializer(chapter).data)

    @extend_schema(
        request=InstructionSerializer,
        responses={202: JobSerializer},
        parameters=[OpenApiParameter("number", int, "path")],
    )
    @action(detail=True, methods=["post"], url_path=f"chapters/{_NUMBER}/regenerate")
    def regenerate(self, request: Request, pk: UUID, number: str) -> Response:
        """Have one chapter written again with an instruction. The text so far stays as a revision."""
        chapter = self._chapter(number)
        self._editable(chapter.book)
        asked = InstructionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        job = commission.regenerate_chapter(
            membership=membership(request), chapter=chapter, instruction=asked.validated_data["instruction"]
        )
        return accepted(request, job)

    @extend_schema(
        responses=RevisionSerializer(many=True), parameters=[OpenApiParameter("number", int, "path")]
    )
    @action(detail=True, url_path=f"chapters/{_NUMBER}/revisions")
    def revisions(self, request: Request, pk: UUID, number: str) -> Response:
        """Every text that the chapter has had, newest first."""
        page = self.paginate_queryset(self._chapter(number).revisions.defer("content"))
        return self.get_paginated_response(RevisionSerializer(page, many=True).data)

    @extend_schema(
        request=None,
        responses=ChapterTextSerializer,
        parameters=[OpenApiParameter("number", int, "path"), OpenApiParameter("revision", int, "path")],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path=f"chapters/{_NUMBER}/revisions/(?P<revision>[0-9]{{1,6}})/restore",
    )
    def restore(self, request: Request, pk: UUID, number: str, revision: str) -> Response:
        """Show an earlier text again, as a new revision."""
        chapter = self._chapter(number)
        self._editable(chapter.book)
        earlier = get_object_or_404(Revision, chapter=chapter, number=int(revision))
        editing.restore_text(revision=earlier, actor=person(request))
        chapter.refresh_from_db()
        return Response(ChapterTextSerializer(chapter).data)

    @extend_schema(responses=IllustrationSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def pictures(self, request: Request, pk: UUID) -> Response:
        """The cover and the pictures of the chapters."""
        rows = self.get_object().illustrations.select_related("chapter").order_by("kind", "chapter__number")
        return Response(IllustrationSerializer(rows, many=True, context={"request": request}).data)

    @extend_schema(methods=["GET"], responses={200: OpenApiResponse(OpenApiTypes.BINARY)})
    @extend_schema(
        methods=["PUT"],
        request={"multipart/form-data": PictureSerializer},
        responses=IllustrationSerializer,
    )
    @action(
        detail=True,
        methods=["get", "put"],
        url_path="pictures/(?P<picture>[0-9a-f-]{36})",
        url_name="picture",
    )
    def picture(self, request: Request, pk: UUID, picture: str) -> HttpResponseBase:
        """One picture's bytes; PUT shows another in its place, or describes it in other words."""
        rows = self.get_object().illustrations.select_related("book", "chapter", "file")
        shown = get_object_or_404(rows, pk=picture)
        if request.method != "PUT":
            return _picture(shown)
        self._editable(shown.book)
        asked = PictureSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        alt, file = asked.validated_data["alt"], asked.validated_data.get("file")
        if file is None:
            shown = picturing.describe_picture(illustration=shown, alt=alt, actor=person(request))
        elif file.size > MOST_PICTURE_BYTES:
            raise BadPicture("picture-bytes")
        else:
            shown = picturing.replace_picture(
                illustration=shown, data=file.read(), alt=alt, actor=person(request)
            )
        return Response(IllustrationSerializer(shown, context={"request": request}).data)

    @extend_schema(
        responses={200: OpenApiResponse(OpenApiTypes.BINARY)},
    )
    @action(detail=True)
    def cover(self, request: Request, pk: UUID) -> HttpResponseBase:
        """The cover's bytes; `?type=png` gives it as PNG."""
        cover = get_object_or_404(
            self.get_object().illustrations.select_related("file"), kind=Illustration.Kind.COVER
        )
        return _picture(cover, as_png=self.query.get("type") == "png")

    def _expected(self, given: dict[str, Any], chapter: Chapter) -> int:
        """The revision that the text was read at: as told, or the present one, which If-Match has named."""
        if "revision" in given:
            return int(given["revision"])
        if not conditions.asks_for_state(self.request):
            raise ValidationError({"revision": [_("Send this, or If-Match.")]}, code="required")
        return chapter.revision

    def _chapter(self, number: str) -> Chapter:
        return get_object_or_404(self.get_object().chapters.select_related("book"), number=int(number))

    def _editable(self, book: Book) -> None:
        if not permissions.can_edit(membership(self.request), book):
            raise PermissionDenied


def _picture(illustration: Illustration, *, as_png: bool = False) -> HttpResponseBase:
    stored = illustration.file
    if stored is None:
        raise records.NotReady
    headers: dict[str, Any] = {"ETag": f'"{stored.sha256}"', "Cache-Control": "private, max-age=3600"}
    if not as_png:
        return FileResponse(files.open_file(stored), content_type=stored.content_type, headers=headers)
    png = io.BytesIO()
    try:
        with Image.open(io.BytesIO(files.read(stored))) as picture:
            picture.save(png, "PNG", optimize=False)
    except UnidentifiedImageError as error:  # a drawing, which has no pixels
        raise records.NotReady from error
    return HttpResponse(png.getvalue(), content_type="image/png")
