"""One chapter: having it written anew, and every text that it has had."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collaboration import permissions
from generation import commission, editing
from generation.briefs import InvalidBrief
from generation.errors import NotPossibleNow
from web import prose
from web.access import MemberRequest, chapter_of, editable_book, member_required, visible_book
from web.forms.chapter import RewriteForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def rewrite(request: MemberRequest, book_id: UUID, number: int) -> HttpResponse:
    chapter = chapter_of(editable_book(request, book_id), number)
    form = RewriteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commission.regenerate_chapter(
                membership=request.membership, chapter=chapter, instruction=form.cleaned_data["instruction"]
            )
        except InvalidBrief as invalid:
            form.take_faults(invalid.errors)
        except NotPossibleNow as refusal:
            form.add_error(None, str(refusal))
        else:
            message = _("“%(title)s” is being rewritten. The present text stays until then.")
            messages.info(request, message % {"title": chapter.title})
            return redirect("web:book", book_id=chapter.book_id)
    context = {
        "here": "books",
        "book": chapter.book,
        "chapter": chapter,
        "form": form,
        "text": prose.as_html(chapter.text, language=chapter.book.language),
    }
    return render(request, "web/chapters/rewrite.html", context, status=422 if form.errors else 200)


@require_safe
@member_required
def versions(request: MemberRequest, book_id: UUID, number: int) -> HttpResponse:
    book = visible_book(request, book_id)
    chapter = chapter_of(book, number)
    context = {
        "here": "books",
        "book": book,
        "chapter": chapter,
        "revisions": chapter.revisions.prefetch_related("author").defer("content"),
        "can_edit": permissions.can_edit(request.membership, book),
    }
    return render(request, "web/chapters/versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def version(request: MemberRequest, book_id: UUID, number: int, revision: int) -> HttpResponse:
    """One earlier text; sent by POST it is restored, as a new revision."""
    find = editable_book if request.method == "POST" else visible_book
    book = find(request, book_id)
    chapter = chapter_of(book, number)
    earlier = get_object_or_404(chapter.revisions.prefetch_related("author"), number=revision)
    if request.method == "POST":
        editing.restore_text(revision=earlier, actor=request.user)
        messages.success(request, _("Version %(version)s is back.") % {"version": earlier.version})
        return redirect("web:versions", book_id=book.pk, number=number)
    context = {
        "here": "books",
        "book": book,
        "chapter": chapter,
        "revision": earlier,
        "text": prose.as_html(earlier.content, language=book.language),
        "can_edit": permissions.can_edit(request.membership, book),
    }
    return render(request, "web/chapters/version.html", context)
