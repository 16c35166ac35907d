"""A book's files and pictures, for those who may see the book."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from formats import records
from storage import lending
from storage.sending import handed_out
from web import thumbnails
from web.access import MemberRequest, member_required, visible_book
from web.sending import A_YEAR, as_picture


@require_safe
@member_required
def download(request: MemberRequest, book_id: UUID, format_: str) -> HttpResponseBase:
    """A file of the book; the download is logged."""
    book = visible_book(request, book_id)
    row = get_object_or_404(book.formats.select_related("file"), format=format_.upper())
    try:
        stored = records.take(
            book_format=row,
            user_id=request.user.pk,
        )
    except records.NotReady:
        messages.warning(request, _("This file is not ready yet."))
        return redirect("web:formats", book_id=book.pk)
    return handed_out(request, stored)


@require_safe
def by_token(request: HttpRequest, token: str) -> HttpResponseBase:
    """A file for whoever holds a link to it that is good still."""
    try:
        return handed_out(request, lending.file_by_token(token))
    except lending.LinkExpired as expired:
        raise Http404 from expired


@require_safe
@member_required
def picture(request: MemberRequest, book_id: UUID, picture_id: UUID) -> HttpResponseBase:
    """A picture of the book, as wide as `?w=` asks for."""
    book = visible_book(request, book_id)
    file = get_object_or_404(book.illustrations.select_related("file"), pk=picture_id).file
    if file is None:
        raise Http404
    width = thumbnails.nearest_width(request.GET.get("w", ""))
    if width is None:
        return as_picture(request, file)
    tag = f'"{file.sha256[:24]}-{width}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    response = HttpResponse(thumbnails.thumbnail(file, width=width), content_type="image/jpeg")
    response["ETag"] = tag
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response
