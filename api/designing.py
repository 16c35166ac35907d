"""The look of a book's pages over REST, and the themes and sizes that there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import membership
from api.text import TextField
from api.views import ViewSet
from books.models import Book
from formats import designs
from formats.builders.themes import MILLIMETRE, THEMES, TRIMS
from generation import designing
from generation.designing import InvalidDesign

if TYPE_CHECKING:
    Host = ViewSet[Book]
else:
    Host = object


_FIELDS = {"width": "width_mm", "height": "height_mm"}


class DesignSerializer(serializers.Serializer[Any]):
    """`theme` and `trim` are names, blank for what suits the kind of book. With the trim "custom" the sides
    are `width_mm` and `height_mm`. `page_width_mm` and `page_height_mm` are those of the page as it is set.
    """

    theme = TextField(max_length=40, allow_blank=True)
    trim = TextField(max_length=10, allow_blank=True)
    width_mm = serializers.DecimalField(None, None, source="width", allow_null=True)
    height_mm = serializers.DecimalField(None, None, source="height", allow_null=True)
    page_width_mm = serializers.FloatField(read_only=True)
    page_height_mm = serializers.FloatField(read_only=True)


class ThemeSerializer(serializers.Serializer[Any]):
    """A theme. `pictures_only` themes are for picture books. The size is the one that it was designed on."""

    name = TextField()
    body_font = TextField()
    body_size = serializers.FloatField()
    width_mm = serializers.FloatField()
    height_mm = serializers.FloatField()
    pictures_only = serializers.BooleanField()


class TrimSerializer(serializers.Serializer[Any]):
    name = TextField()
    width_mm = serializers.FloatField()
    height_mm = serializers.FloatField()


class DesignActions(Host):
    """Actions of the view set of books."""

    @extend_schema(methods=["GET"], responses=DesignSerializer)
    @extend_schema(methods=["PATCH"], request=DesignSerializer(partial=True), responses=DesignSerializer)
    @action(detail=True, methods=["get", "patch"])
    def design(self, request: Request, pk: UUID) -> Response:
        """What the book wears; PATCH changes what it names and leaves the rest. The files follow."""
        book = self.get_object()
        if request.method == "PATCH":
            asked = DesignSerializer(data=request.data, partial=True)
            asked.is_valid(raise_exception=True)
            choice = replace(designing.chosen(book), **asked.validated_data)
            try:
                designing.choose_design(membership=membership(request), book=book, choice=choice)
            except InvalidDesign as invalid:
                raise ValidationError(
                    {_FIELDS.get(name, name): sentences for name, sentences in invalid.errors.items()}
                ) from invalid
        return Response(_design(book))

    @extend_schema(responses=ThemeSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def themes(self, request: Request) -> Response:
        """The themes that there are."""
        rows = [
            {
                "name": theme.name,
                "body_font": theme.body_font,
                "body_size": theme.body_size,
                "width_mm": _millimetres(theme.width),
                "height_mm": _millimetres(theme.height),
                "pictures_only": theme.design == "picture",
            }
            for theme in THEMES.values()
        ]
        return Response(ThemeSerializer(rows, many=True).data)

    @extend_schema(responses=TrimSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def trims(self, request: Request) -> Response:
        """The sizes of a page that have a name."""
        rows = [
            {"name": trim.name, "width_mm": _millimetres(trim.width), "height_mm": _millimetres(trim.height)}
            for trim in TRIMS.values()
        ]
        return Response(TrimSerializer(rows, many=True).data)


def _design(book: Book) -> dict[str, Any]:
    choice, theme = designing.chosen(book), designs.design_of(book)
    return dict(
        DesignSerializer(
            {
                "theme": choice.theme,
                "trim": choice.trim,
                "width": choice.width,
                "height": choice.height,
                "page_width_mm": _millimetres(theme.width),
                "page_height_mm": _millimetres(theme.height),
            }
        ).data
    )


def _millimetres(points: float) -> float:
    return round(points / MILLIMETRE, 1)
