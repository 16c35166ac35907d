"""Print-ready packages over REST: order one, see what preflight found, take interior and cover."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.permissions import membership
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from books.models import Book
from collaboration import permissions
from formats import problems
from formats.models import PrintPackage
from formats.printing import sentences
from formats.printing.order import LEAST_SPINE_MM, MOST_SPINE_MM, BadOrder, Order
from formats.printing.printers import PRINTERS
from generation import printing
from storage import sending

_PAPERS = sorted(
    {paper.name for one in PRINTERS.values() for binding in one.bindings for paper in binding.papers}
)
_TRIMS = (*next(iter(PRINTERS.values())).trims, "custom")


class PrintOrderSerializer(serializers.Serializer[Any]):
    """What to make. Which binding, paper, colours and standard go together depends on the printer.

    `trim` is a name, or "custom" with `width_mm` and `height_mm`. `spine_mm` is the width that the
    printer's own cover template tells; left out, it is worked out from pages and paper.
    """

    printer = serializers.ChoiceField(choices=sorted(PRINTERS))
    binding = serializers.ChoiceField(choices=["paperback", "hardcover"], default="paperback")
    paper = serializers.ChoiceField(choices=_PAPERS)
    trim = serializers.ChoiceField(choices=_TRIMS)
    width_mm = serializers.FloatField(required=False, min_value=50, max_value=400)
    height_mm = serializers.FloatField(required=False, min_value=50, max_value=400)
    space = serializers.ChoiceField(choices=["srgb", "cmyk"], required=False)
    standard = serializers.ChoiceField(choices=["", "pdf/x-1a", "pdf/x-4"], required=False, allow_blank=True)
    spine_mm = serializers.FloatField(
        required=False, allow_null=True, min_value=LEAST_SPINE_MM, max_value=MOST_SPINE_MM
    )


class PreflightSerializer(serializers.Serializer[Any]):
    """One rule that preflight looked at. `outcome` is "pass", "warn" or "fail"."""

    file = serializers.ChoiceField(choices=["interior", "cover"])
    rule = TextField()
    outcome = serializers.ChoiceField(choices=["pass", "warn", "fail"])
    sentence = TextField()
    detail = serializers.DictField()


class PrintPackageSerializer(ModelSerializer[PrintPackage]):
    """`spine` in millimetres; the addresses are null until the files are there."""

    url = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()
    report = serializers.SerializerMethodField()
    interior_url = serializers.SerializerMethodField()
    cover_url = serializers.SerializerMethodField()

    class Meta:
        model = PrintPackage
        fields = [
            "id", "url", "printer", "specification", "status", "pages", "spine", "report", "error",
            "interior_url", "cover_url", "created_at", "built_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, package: PrintPackage) -> str:
        return self._address("detail", package)

    def get_error(self, package: PrintPackage) -> str:
        return problems.told(package.error)

    @extend_schema_field(PreflightSerializer(many=True))
    def get_report(self, package: PrintPackage) -> list[dict[str, Any]]:
        return [
            {
                "file": file,
                "rule": told.rule,
                "outcome": told.outcome,
                "sentence": told.sentence,
                "detail": told.detail,
            }
            for file in ("interior", "cover")
            for told in sentences.told(package.report, file)
        ]

    def get_interior_url(self, package: PrintPackage) -> str | None:
        return self._address("interior", package) if package.interior_id else None

    def get_cover_url(self, package: PrintPackage) -> str | None:
        return self._address("cover", package) if package.cover_id else None

    def _address(self, name: str, package: PrintPackage) -> str:
        kwargs = {"book_pk": package.book_id, "package": package.pk}
        return str(reverse(f"api:print-package-{name}", kwargs=kwargs, request=self.context.get("request")))


_IDS = [
    OpenApiParameter("book_pk", OpenApiTypes.UUID, "path"),
    OpenApiParameter("package", OpenApiTypes.UUID, "path"),
]
_PDF = {
    (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY),
    302: OpenApiResponse(description="It is at `Location`, without a key, for five minutes."),
}


@extend_schema_view(
    list=extend_schema(parameters=_IDS[:1]),
    retrieve=extend_schema(parameters=_IDS),
)
class PrintPackageViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[PrintPackage]):
    resource = "books"
    serializer_class = PrintPackageSerializer
    bytes = ("interior", "cover")
    stored = ("interior", "cover")
    queryset = PrintPackage.objects.none()
    lookup_url_kwarg = "package"
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[PrintPackage]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return self._book().print_packages.select_related("book", "interior", "cover")

    @extend_schema(request=PrintOrderSerializer, responses={202: PrintPackageSerializer}, parameters=_IDS[:1])
    def create(self, request: Request, book_pk: UUID) -> Response:
        """Have interior and cover made. The same order again makes the same package anew where the book
        has changed."""
        book = self._book()
        asked = PrintOrderSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            order = Order.of(asked.validated_data)
        except BadOrder as fault:
            raise ValidationError({fault.field: [str(sentences.ORDERS[fault.code])]}) from fault
        package = printing.order_package(membership=membership(request), book=book, order=order)
        answer = self.get_serializer(package)
        return Response(
            answer.data, status=status.HTTP_202_ACCEPTED, headers={"Location": answer.data["url"]}
        )

    @extend_schema(responses={204: None}, parameters=_IDS)
    def destroy(self, request: Request, book_pk: UUID, package: UUID) -> Response:
        """Delete a package and give back the space of its files."""
        printing.delete_package(membership=membership(request), package=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=_PDF, parameters=_IDS)
    @action(detail=True)
    def interior(self, request: Request, book_pk: UUID, package: UUID) -> HttpResponseBase:
        """The pages as a PDF. The download is logged."""
        return self._file("interior")

    @extend_schema(responses=_PDF, parameters=_IDS)
    @action(detail=True)
    def cover(self, request: Request, book_pk: UUID, package: UUID) -> HttpResponseBase:
        """The cover in one piece as a PDF. The download is logged."""
        return self._file("cover")

    def _file(self, part: str) -> HttpResponseBase:
        file = printing.take(membership=membership(self.request), package=self.get_object(), part=part)
        return sending.handed_out(self.request._request, file)

    def _book(self) -> Book:
        return get_object_or_404(
            permissions.visible_books(membership(self.request)), pk=self.kwargs["book_pk"]
        )
