"""Pages in the member's own CSS."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from formats import problems
from formats.builders.pango import has_pango
from generation import designing
from web.access import MemberRequest, editable_book, member_required
from web.forms.stylesheet import StylesheetForm
from web.views.book import frame


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def stylesheet(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """Write a style sheet, or take it away; the PDF follows."""
    book = editable_book(request, book_id)
    form = StylesheetForm(request.POST or None, initial={"stylesheet": designing.stylesheet_of(book)})
    if request.method == "POST" and form.is_valid():
        try:
            changed = designing.choose_stylesheet(
                membership=request.membership, book=book, stylesheet=form.cleaned_data["stylesheet"]
            )
        except designing.InvalidDesign as invalid:
            for name, sentences in invalid.errors.items():
                form.add_error(name, sentences)
        else:
            if changed:
                messages.success(request, _("The style sheet is saved. The PDF is made again."))
            else:
                messages.info(request, _("The book looks like this already."))
            return redirect("web:stylesheet", book_id=book.pk)
    context = frame(request, book_id, "design") | {
        "form": form,
        "missing": "" if has_pango() else problems.message("no-pango", {}),
    }
    return render(request, "web/book/stylesheet.html", context, status=422 if form.errors else 200)
