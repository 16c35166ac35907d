"""A list of books, one book, and a chapter's text: views as one writes them first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import generics, pagination, serializers, views
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from books.models import Book, Chapter
from generation import editing
from tenants.context import Current, entered

# Whose events and activity are looked for and written: there is nobody else.
SOLE = Current(organisation_id=UUID(int=1), schema="sole")


class BookSerializer(serializers.ModelSerializer[Book]):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = [
            "id", "url", "status", "kind", "language", "title", "subtitle", "topic", "goal", "audience",
            "tone", "premise", "author", "author_name", "words", "created_at", "updated_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, book: Book) -> str:
        return str(reverse("book", kwargs={"pk": book.pk}, request=self.context["request"]))


class ChapterSerializer(serializers.ModelSerializer[Chapter]):
    class Meta:
        model = Chapter
        fields = [
            "id", "number", "status", "title", "part", "beats", "words", "revision", "text", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class EditSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=400_000, trim_whitespace=False)
    revision = serializers.IntegerField(min_value=0)


class Pages(pagination.CursorPagination):
    page_size = 25
    page_size_query_param = "limit"
    max_page_size = 100
    ordering = ("-created_at", "-id")


class Books(generics.ListAPIView[Book]):
    serializer_class = BookSerializer
    pagination_class = Pages
    queryset = Book.objects.all()


class OneBook(generics.RetrieveAPIView[Book]):
    serializer_class = BookSerializer
    queryset = Book.objects.all()


class ChapterText(views.APIView):
    def put(self, request: Request, pk: UUID, number: int) -> Response:
        book = get_object_or_404(Book, pk=pk)
        chapter = get_object_or_404(book.chapters.select_related("book"), number=number)
        asked = EditSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        with entered(SOLE):
            editing.save_text(
                chapter=chapter,
                text=given["text"],
                title=None,
                author_id=book.author_id,
                expected=given["revision"],
            )
        chapter.refresh_from_db()
        return Response(ChapterSerializer(chapter).data)
