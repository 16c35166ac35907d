"""Batches over REST: many personalised copies from one list of heroes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import ChangedQuery, Query
from api.batch_shapes import (
    BatchCancelSerializer,
    BatchPreviewSerializer,
    BatchRowSerializer,
    BatchSerializer,
    ChangedBatchSerializer,
    ChangedRowSerializer,
    NewBatchSerializer,
    TouchedRowsSerializer,
)
from api.jobs import to_stream
from api.permissions import IsMember, acting, membership, person
from api.views import ViewSet
from collaboration import permissions as books
from formats.models import FormatType
from generation.batches import making, overview, permissions, preparing, progress, results
from generation.batches.checking import column_name
from generation.batches.models import Batch, BatchRow
from generation.batches.sheet import MOST_BYTES, BadSheet, Sheet, read_sheet
from generation.batches.template import Template
from tenants.organisations import features

Answer = TypeVar("Answer", bound=HttpResponseBase)
ID = "[0-9a-f-]{36}"
_BATCH = OpenApiParameter("batch", OpenApiTypes.UUID, "path")
_NUMBER = OpenApiParameter("number", int, "path")
_SHEET = {(200, "text/csv"): OpenApiTypes.BINARY}
_ARCHIVE = {(200, "application/zip"): OpenApiTypes.BINARY}
_STATUSES = BatchRow.Status


class MakesBooks(IsMember):
    """Everybody but guests."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return super().has_permission(request, view) and books.can_commission(membership(request))


class BatchQuery(ChangedQuery):
    status = serializers.ChoiceField(required=False, choices=Batch.Status.choices)

    lookups = {**ChangedQuery.lookups, "status": "status"}


class DryRunQuery(Query):
    """With `dry_run` nothing is kept: the answer says what would come of it."""

    dry_run = serializers.BooleanField(required=False, default=False)


class RowQuery(Query):
    status = serializers.ChoiceField(required=False, choices=BatchRow.Status.choices)

    lookups = {"status": "status"}


class TypeQuery(Query):
    type = serializers.ChoiceField(required=False, choices=[one.lower() for one in FormatType.values])


class LanguageQuery(Query):
    language = serializers.ChoiceField(required=False, choices=["en", "fr"])


@extend_schema_view(retrieve=extend_schema(parameters=[_BATCH]))
class BatchViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Batch]):
    """Everybody but guests sees all batches; who made one, owners and admins change it."""

    resource = "batches"
    serializer_class = BatchSerializer
    permission_classes = [MakesBooks]
    queries = {
        "list": BatchQuery,
        "create": DryRunQuery,
        "rows": RowQuery,
        "files": TypeQuery,
        "example": LanguageQuery,
    }
    orders = {"list": ("-created_at", "-updated_at", "name"), "rows": ("number",)}
    bytes = ("events", "results", "files", "example")
    queryset = Batch.objects.none()
    lookup_url_kwarg = "batch"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Batch]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        counts = {f"rows_{name}": Count("rows", filter=Q(rows__status=name)) for name in _STATUSES.values}
        return permissions.visible_batches(membership(self.request)).annotate(**counts)

    @extend_schema(
        request={"application/json": NewBatchSerializer, "multipart/form-data": NewBatchSerializer},
        responses={200: BatchPreviewSerializer, 201: BatchSerializer, 202: BatchSerializer},
    )
    def create(self, request: Request) -> Response:
        """Make a book of each hero. The answer comes at once; the batch tells how far it is.

        201 is a draft, 202 a batch that has begun, 200 the answer to a dry run.
        """
        asked = NewBatchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        sheet, begin, partly = _sheet(given), given.pop("begin"), given.pop("leave_out_wrong")
        if sheet is None:
            raise ValidationError({"heroes": [_("Give heroes, or a file of them.")]})
        by, name, template = acting(request), given.pop("name"), Template(**given)
        features.check(by.organisation_id, features.BATCHES)
        if self.query.get("dry_run"):
            return Response(_preview(by.organisation_id, name, template, sheet))
        if begin and not partly:
            _all_right(
                preparing.preview(name=name, template=template, sheet=sheet), from_file="file" in request.data
            )
        batch = preparing.create_batch(by=by, name=name, template=template, sheet=sheet)
        if begin:
            making.begin_batch(by=by, batch=batch)
        answer = self._shown(batch)
        code = status.HTTP_202_ACCEPTED if begin else status.HTTP_201_CREATED
        return Response(answer, status=code, headers={"Location": answer["url"]})

    @extend_schema(
        request={"application/json": ChangedBatchSerializer, "multipart/form-data": ChangedBatchSerializer},
        responses=BatchSerializer,
        parameters=[_BATCH],
    )
    def partial_update(self, request: Request, batch: UUID) -> Response:
        """Change a draft. Its rows are understood anew."""
        one = self._changeable()
        asked = ChangedBatchSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        sheet, name = _sheet(given), given.pop("name", one.name)
        preparing.change_batch(
            by=membership(request),
            batch=one,
            name=name,
            template=replace(Template.from_json(one.template), **given),
            sheet=sheet,
        )
        return Response(self._shown(one))

    @extend_schema(responses={204: None}, parameters=[_BATCH])
    def destroy(self, request: Request, batch: UUID) -> Response:
        """Forget a batch that is not in the making, with its rows. Its books stay."""
        preparing.delete_batch(by=acting(request), batch=self._changeable())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={202: BatchSerializer}, parameters=[_BATCH])
    @action(detail=True, methods=["post"])
    def begin(self, request: Request, batch: UUID) -> Response:
        """Have the books of a draft made. Rows that are wrong wait to be put right."""
        one = self._changeable()
        making.begin_batch(by=acting(request), batch=one)
        return Response(self._shown(one), status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={202: BatchSerializer}, parameters=[_BATCH])
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, batch: UUID) -> Response:
        """Go on with a batch that is paused, or with rows that were put right after its end."""
        one = self._changeable()
        making.go_on(by=acting(request), batch=one)
        return Response(self._shown(one), status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=None, responses={202: TouchedRowsSerializer}, parameters=[_BATCH])
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, batch: UUID) -> Response:
        """Try all books that stopped again. Only what is missing of them is made."""
        number = making.retry_failed(by=acting(request), batch=self._changeable())
        return Response({"rows": number}, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=BatchCancelSerializer, responses=BatchSerializer, parameters=[_BATCH])
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, batch: UUID) -> Response:
        """Begin no more books. Those that are finished stay."""
        one = self._changeable()
        asked = BatchCancelSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        making.cancel_batch(by=acting(request), batch=one, stop_making=asked.validated_data["stop_making"])
        return Response(self._shown(one))

    @extend_schema(request=None, responses=TouchedRowsSerializer, parameters=[_BATCH])
    @action(detail=True, methods=["post"], url_path="leave-out-doubles", url_name="leave-out-doubles")
    def leave_out_doubles(self, request: Request, batch: UUID) -> Response:
        """Make one book, not two, of rows that say the same."""
        number = preparing.leave_out_doubles(by=membership(request), batch=self._changeable())
        return Response({"rows": number})

    @extend_schema(responses=BatchRowSerializer(many=True), parameters=[_BATCH])
    @action(detail=True)
    def rows(self, request: Request, batch: UUID) -> Response:
        """The rows in their order, with what was understood, what is wrong, and their books."""
        one = get_object_or_404(self.get_queryset(), pk=batch)  # whose state is not the one asked for
        rows = RowQuery.narrowed(one.rows.all(), self.query)
        page = self.paginate_queryset(rows)
        answer = BatchRowSerializer(page, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(answer.data)

    @extend_schema(methods=["GET"], responses=BatchRowSerializer, parameters=[_BATCH, _NUMBER])
    @extend_schema(
        methods=["PATCH"],
        request=ChangedRowSerializer,
        responses=BatchRowSerializer,
        parameters=[_BATCH, _NUMBER],
    )
    @action(detail=True, methods=["get", "patch"], url_path="rows/(?P<number>[0-9]{1,6})", url_name="row")
    def row(self, request: Request, batch: UUID, number: str) -> Response:
        """One row. PATCH puts a row right of which nothing has been made, or leaves it out."""
        one = self._changeable() if request.method == "PATCH" else self.get_object()
        row = get_object_or_404(one.rows, number=int(number))
        if request.method == "PATCH":
            row = self._changed(one, row)
        return Response(BatchRowSerializer(row, context=self.get_serializer_context()).data)

    @extend_schema(responses=_SHEET, parameters=[_BATCH])
    @action(detail=True)
    def results(self, request: Request, batch: UUID) -> HttpResponse:
        """The rows as a CSV file: as given, with state, errors, and the id and address of each book."""
        one = self.get_object()

        def address(book_id: UUID) -> str:
            return str(reverse("api:book-detail", kwargs={"pk": book_id}, request=request))

        return _attached(
            HttpResponse(list(results.as_table(one, address=address)), content_type=_CSV), "batch.csv"
        )

    @extend_schema(responses=_ARCHIVE, parameters=[_BATCH])
    @action(detail=True)
    def files(self, request: Request, batch: UUID) -> Any:
        """All finished files of one format as a zip file, PDF unless told otherwise. Logged as downloads."""
        one, format_ = self.get_object(), self.query.get("type", "pdf")
        found = results.files_of(one, format_.upper(), books.visible_books(membership(request)))
        pieces = results.archive(found, batch=one, by=person(request))
        return _attached(
            StreamingHttpResponse(pieces, content_type="application/zip"), f"batch-{format_}.zip"
        )

    @extend_schema(responses=_SHEET)
    @action(detail=False)
    def example(self, request: Request) -> HttpResponse:
        """A CSV file to fill in, with every column and two heroes, in English or in French."""
        text = results.example_file(self.query.get("language", "en"))
        return _attached(HttpResponse(text, content_type=_CSV), "heroes.csv")

    @extend_schema(
        responses={307: OpenApiResponse(OpenApiTypes.STR, description="To the stream (text/event-stream).")},
        parameters=[_BATCH],
    )
    @action(detail=True)
    def events(self, request: Request, batch: UUID) -> HttpResponse:
        """A stream of server-sent events; `Last-Event-ID` resumes it. Answers with a redirect to it."""
        return to_stream(request, progress.topic(self.get_object().pk))

    def _changeable(self) -> Batch:
        batch = self.get_object()
        if not permissions.can_change(membership(self.request), batch):
            raise PermissionDenied
        return batch

    def _changed(self, batch: Batch, row: BatchRow) -> BatchRow:
        asked = ChangedRowSerializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        cells = dict(asked.validated_data)
        left_out = cells.pop("left_out", None)
        by, number = membership(self.request), row.number
        if left_out:
            preparing.leave_out(by=by, batch=batch, number=number)
            row.refresh_from_db()
            return row
        if left_out is False and not cells:
            return preparing.take_in(by=by, batch=batch, number=number)
        return preparing.correct_row(by=by, batch=batch, number=number, cells=cells)

    def _shown(self, batch: Batch) -> Any:
        return BatchSerializer(
            self.get_queryset().get(pk=batch.pk), context=self.get_serializer_context()
        ).data


_CSV = "text/csv; charset=utf-8"


def _sheet(given: dict[str, Any]) -> Sheet | None:
    """The rows that came, taken out of the body. Raises `ValidationError`."""
    heroes, file = given.pop("heroes", None), given.pop("file", None)
    try:
        if file is not None:
            return read_sheet(file.read(MOST_BYTES + 1))
        return None if heroes is None else preparing.sheet_of_heroes(heroes)
    except BadSheet as error:
        raise ValidationError({"heroes" if file is None else "file": [str(error)]}) from error


def _all_right(rows: list[BatchRow], *, from_file: bool) -> None:
    """Raises `ValidationError` with what is wrong in which row."""
    wrong = [row for row in rows if row.errors]
    if not wrong:
        return
    if from_file:
        told = [_of_row(row.number, key, texts) for row in wrong for key, texts in row.errors.items()]
        raise ValidationError({"file": told})
    raise ValidationError({"heroes": [row.errors for row in rows]})


def _of_row(number: int, key: str, texts: list[str]) -> str:
    told = _("Row %(number)d, %(column)s: %(sentence)s")
    return told % {"number": number, "column": column_name(key), "sentence": " ".join(texts)}


def _preview(organisation_id: UUID, name: str, template: Template, sheet: Sheet) -> Mapping[str, Any]:
    rows = preparing.preview(name=name, template=template, sheet=sheet)
    right = [row for row in rows if not row.errors]
    found = {
        "rows": len(rows),
        "books": len(right),
        "wrong": [row for row in rows if row.errors],
        "doubles": [row.number for row in right if row.same_as],
        "remarks": sheet.remarks,
        "left": overview.books_left(organisation_id),
        "cost_micros": len(right) * overview.book_micros(template),
    }
    return BatchPreviewSerializer(found).data


def _attached(response: Answer, name: str) -> Answer:
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
