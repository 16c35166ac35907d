"""A chapter's history over REST: one earlier text, and what has changed between two."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Query
from api.serializers import RevisionSerializer
from api.text import TextField
from api.views import ViewSet
from books.models import Book
from collaboration.models import Revision

if TYPE_CHECKING:
    Host = ViewSet[Book]
else:
    Host = object

NUMBER = r"(?P<number>[0-9]{1,4})"
_REVISION = r"(?P<revision>[0-9]{1,6})"
_PARAMETERS = [OpenApiParameter("number", int, "path"), OpenApiParameter("revision", int, "path")]


class RevisionTextSerializer(RevisionSerializer):
    """A revision with its whole text, in Markdown."""

    text = TextField(source="content", read_only=True)

    class Meta(RevisionSerializer.Meta):
        fields = [*RevisionSerializer.Meta.fields, "text"]
        read_only_fields = fields


class ComparisonQuery(Query):
    to = serializers.IntegerField(
        required=False, min_value=1, max_value=999_999, help_text="The other; left out, the present text."
    )


class ComparisonSerializer(serializers.Serializer[Any]):
    """What has changed from one revision to another. `diff` is a unified diff of their lines, empty where
    there is no difference."""

    from_revision = serializers.IntegerField()
    to_revision = serializers.IntegerField()
    words_added = serializers.IntegerField(help_text="Less than zero for words taken away.")
    diff = TextField()


class RevisionActions(Host):
    """Actions of the view set of books."""

    @extend_schema(responses=RevisionTextSerializer, parameters=_PARAMETERS)
    @action(detail=True, url_path=f"chapters/{NUMBER}/revisions/{_REVISION}")
    def revision(self, request: Request, pk: UUID, number: str, revision: str) -> Response:
        """One text that the chapter has had."""
        return Response(RevisionTextSerializer(self._revision(number, int(revision))).data)

    @extend_schema(responses=ComparisonSerializer, parameters=_PARAMETERS)
    @action(detail=True, url_path=f"chapters/{NUMBER}/revisions/{_REVISION}/comparison")
    def comparison(self, request: Request, pk: UUID, number: str, revision: str) -> Response:
        """What has changed from a text to another."""
        before = self._revision(number, int(revision))
        latest = before.chapter.revision
        after = self._revision(number, self.query.get("to", latest))
        return Response(ComparisonSerializer(_compared(before, after)).data)

    def _revision(self, number: str, revision: int) -> Revision:
        rows = Revision.objects.filter(book=self.get_object(), chapter__number=int(number))
        found: Revision = get_object_or_404(rows.select_related("chapter"), number=revision)
        return found


def _compared(before: Revision, after: Revision) -> dict[str, Any]:
    lines = unified_diff(
        before.content.splitlines(), after.content.splitlines(), before.version, after.version, lineterm=""
    )
    return {
        "from_revision": before.number,
        "to_revision": after.number,
        "words_added": after.words - before.words,
        "diff": "\n".join(lines),
    }
