"""Reading a book: chapter by chapter, or as a picture book whose pages turn."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from books.models import Book, BookKind, Chapter
from web import prose, shelves
from web.access import MemberRequest, member_required, visible_book


@require_safe
@member_required
def read(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """A picture book as a whole; of other books the first chapter that is written."""
    book = visible_book(request, book_id)
    if book.kind == BookKind.STORY:
        return _picture_book(request, book)
    first = book.chapters.filter(revision__gt=0).values_list("number", flat=True).first()
    if first is None:
        return redirect("web:book", book_id=book.pk)
    return redirect("web:read_chapter", book_id=book.pk, number=first)


@require_safe
@member_required
def read_chapter(request: MemberRequest, book_id: UUID, number: int) -> HttpResponse:
    book = visible_book(request, book_id)
    chapters = list(book.chapters.defer("text", "plan", "scene", "beats", "summary"))
    place = next((place for place, one in enumerate(chapters) if one.number == number), None)
    if place is None:
        raise Http404
    chapter = book.chapters.select_related("illustration__file").get(pk=chapters[place].pk)
    written = [one for one in chapters if one.revision]
    context = {
        "book": book,
        "chapter": chapter,
        "chapters": chapters,
        "text": prose.as_html(chapter.text, language=book.language),
        "previous": _neighbour(written, number, -1),
        "next": _neighbour(written, number, 1),
        "picture": getattr(chapter, "illustration", None),
    }
    return render(request, "web/reading/chapter.html", context)


def _picture_book(request: MemberRequest, book: Book) -> HttpResponse:
    chapters = (
        book.chapters.filter(revision__gt=0).select_related("illustration__file").defer("plan", "scene")
    )
    pages = [
        {
            "chapter": chapter,
            "picture": getattr(chapter, "illustration", None),
            "text": prose.as_html(chapter.text, language=book.language),
        }
        for chapter in chapters
    ]
    covered = shelves.with_covers(Book.objects.filter(pk=book.pk)).get()
    cover = next(iter(covered.covers), None)  # type: ignore[attr-defined]
    return render(request, "web/reading/picture_book.html", {"book": book, "pages": pages, "cover": cover})


def _neighbour(chapters: list[Chapter], number: int, step: int) -> Chapter | None:
    """The nearest written chapter before or after a number."""
    ahead = [one for one in chapters if (one.number - number) * step > 0]
    if not ahead:
        return None
    return ahead[0] if step > 0 else ahead[-1]
