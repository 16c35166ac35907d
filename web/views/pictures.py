"""Putting one's own picture in the place of one of the book's, and taking back what one sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.limits import LimitReached
from books.models import Illustration
from generation import picturing
from storage import pictures as stored_pictures
from storage.pictures import BadPicture
from storage.sending import handed_out
from web.access import MemberRequest, editable_book, member_required, visible_book
from web.forms.picture import PictureForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def replace(request: MemberRequest, book_id: UUID, picture_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    illustration = get_object_or_404(
        book.illustrations.select_related("book", "chapter", "file"), pk=picture_id
    )
    sent = request.method == "POST"
    form = (
        PictureForm(request.POST, request.FILES) if sent else PictureForm(initial={"alt": illustration.alt})
    )
    refusal = ""
    if sent and form.is_valid():
        try:
            _save(illustration, form, request)
        except BadPicture as fault:
            form.add_error("file", str(fault))
        except LimitReached as reached:
            refusal = str(reached)
        else:
            messages.success(request, _("Saved. The files follow in a moment."))
            return redirect("web:pictures", book_id=book.pk)
    context = {"here": "books", "book": book, "picture": illustration, "form": form, "refusal": refusal}
    return render(request, "web/book/replace_picture.html", context, status=422 if sent else 200)


@require_safe
@member_required
def original(request: MemberRequest, book_id: UUID, picture_id: UUID) -> HttpResponseBase:
    """The picture as it was sent, to be saved: it is never shown by a browser here."""
    book = visible_book(request, book_id)
    illustration = get_object_or_404(book.illustrations.select_related("file__source"), pk=picture_id)
    if illustration.file is None:
        raise Http404
    file = stored_pictures.original(illustration.file)
    return handed_out(request, file, content_type="application/octet-stream")


def _save(illustration: Illustration, form: PictureForm, request: MemberRequest) -> None:
    alt, file = form.cleaned_data["alt"], form.cleaned_data["file"]
    if file:
        picturing.replace_picture(illustration=illustration, data=file.read(), alt=alt, actor=request.user)
    else:
        picturing.describe_picture(illustration=illustration, alt=alt, actor=request.user)
