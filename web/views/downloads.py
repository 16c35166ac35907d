"""A book's files: taking them, having them made again, and keeping them as an edition."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from formats import records
from formats.models import BookFormat, Edition, FormatType
from generation import commission, downloads, editions
from generation.errors import NotPossibleNow
from storage.sending import handed_out
from web.access import MemberRequest, editable_book, member_required, visible_book
from web.forms.editions import EditionForm
from web.fragments import page_or_part
from web.sending import as_picture
from web.views.book import frame


@require_safe
@member_required
def formats(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """The page of downloads; while files are made it asks for its changing part anew."""
    context = frame(request, book_id, "formats")
    context["downloads"] = downloads.downloads_of(context["book"])
    context["form"] = EditionForm()
    return page_or_part(
        request, context, page="web/book/formats.html", part="web/book/_files.html", target="files"
    )


@require_POST
@member_required
def rebuild(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """Make what is behind again, or of it the one format that the form names."""
    book = editable_book(request, book_id)
    asked = request.POST.get("format", "")
    if asked and asked not in FormatType.values:
        raise Http404
    try:
        job = commission.refresh_formats(
            membership=request.membership, book=book, formats=[asked] if asked else ()
        )
    except NotPossibleNow as refusal:
        messages.warning(request, str(refusal))
    else:
        if job is None:
            messages.success(request, _("Everything is up to date."))
    return redirect("web:formats", book_id=book.pk)


@require_safe
@member_required
def first_pages(request: MemberRequest, book_id: UUID, format_: str) -> HttpResponseBase:
    """The picture of a format's first pages."""
    book = visible_book(request, book_id)
    row = get_object_or_404(book.formats.select_related("preview"), format=format_.upper())
    if row.preview is None:
        raise Http404
    return as_picture(request, row.preview)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def keep_edition(request: MemberRequest, book_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    form = EditionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            edition = editions.keep_edition(
                membership=request.membership, book=book, name=form.cleaned_data["name"]
            )
        except editions.InvalidEdition as fault:
            form.add_error("name", str(fault))
        except NotPossibleNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” is kept.") % {"name": edition.name})
            return redirect("web:formats", book_id=book.pk)
    context = {"here": "books", "book": book, "form": form}
    return render(request, "web/book/keep_edition.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete_edition(request: MemberRequest, book_id: UUID, edition_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    edition = get_object_or_404(Edition.objects.select_related("book"), pk=edition_id, book=book)
    if request.method == "POST":
        name = edition.name
        editions.delete_edition(membership=request.membership, edition=edition)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": name})
        return redirect("web:formats", book_id=book.pk)
    context = {"here": "books", "book": book, "edition": edition}
    return render(request, "web/book/delete_edition.html", context)


@require_safe
@member_required
def edition_file(request: MemberRequest, book_id: UUID, edition_id: UUID, format_: str) -> HttpResponseBase:
    """A file of an edition; the download is logged like any other."""
    book = visible_book(request, book_id)
    edition = get_object_or_404(book.editions, pk=edition_id)
    kept = get_object_or_404(edition.files.select_related("file"), format=format_.upper())
    row = get_object_or_404(BookFormat, book=book, format=kept.format)
    records.log(
        book_format=row,
        user_id=request.user.pk,
    )
    return handed_out(request, kept.file)
