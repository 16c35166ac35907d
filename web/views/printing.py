"""Print-ready books: ordering interior and cover for a printer, what preflight found, taking the files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from books.models import Book
from formats import records
from formats.designs import design_of
from formats.models import PrintPackage
from generation import printing
from generation.errors import NotPossibleNow
from storage.sending import handed_out
from web import packages
from web.access import MemberRequest, editable_book, member_required, visible_book
from web.forms.printing import PRINTER_NAMES, PrintForm, printer_named
from web.fragments import page_or_part
from web.views.book import frame


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def overview(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """The packages that there are, and the form for another; while one is made, its part asks anew."""
    context = frame(request, book_id, "printing")
    book: Book = context["book"]
    if request.method == "POST":
        editable_book(request, book_id)
    form = _form(request, book)
    if request.method == "POST" and form.is_valid():
        try:
            printing.order_package(membership=request.membership, book=book, order=form.order)
        except NotPossibleNow as refusal:
            messages.warning(request, str(refusal))
        return redirect("web:printing", book_id=book.pk)
    context["packages"] = packages.packages_of(book)
    context["waiting"] = any(package.waiting for package in context["packages"])
    context["form"] = form
    context["chosen"] = form.printer.name
    context["printers"] = list(PRINTER_NAMES.items())
    if form.errors:
        return render(request, "web/book/print.html", context, status=422)
    return page_or_part(
        request, context, page="web/book/print.html", part="web/book/_packages.html", target="packages"
    )


@require_safe
@member_required
def print_file(request: MemberRequest, book_id: UUID, package_id: UUID, part: str) -> HttpResponseBase:
    """The interior or the cover; the download is logged."""
    book = visible_book(request, book_id)
    if part not in ("interior", "cover"):
        raise Http404
    package = _package(book, package_id)
    try:
        file = printing.take(membership=request.membership, package=package, part=part)
    except records.NotReady:
        messages.warning(request, _("This file is not ready yet."))
        return redirect("web:printing", book_id=book.pk)
    return handed_out(request, file)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete_package(request: MemberRequest, book_id: UUID, package_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    package = _package(book, package_id)
    if request.method == "POST":
        try:
            printing.delete_package(membership=request.membership, package=package)
        except NotPossibleNow as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The files for this printer are deleted."))
        return redirect("web:printing", book_id=book.pk)
    context = {"here": "books", "book": book, "package": packages.shown(package)}
    return render(request, "web/book/delete_package.html", context)


def _form(request: MemberRequest, book: Book) -> PrintForm:
    data: Any = request.POST if request.method == "POST" else None
    name = (request.POST if data is not None else request.GET).get("printer", "")
    return PrintForm(printer_named(name), theme=design_of(book), in_colour=book.kind == "story", data=data)


def _package(book: Book, package_id: UUID) -> PrintPackage:
    rows = book.print_packages.select_related("book", "interior", "cover")
    return get_object_or_404(rows, pk=package_id)
