"""What a publisher says of a book: an overview that everybody sees, and pages where editors change it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from books import isbn, subjects
from books.models import Book, BookMetadata, BookSection, Contributor
from collaboration import permissions
from formats import onix, trade
from formats.sources import metadata_of
from generation import publishing
from generation.publishing import InvalidPublication
from web.access import MemberRequest, chapter_of, editable_book, member_required, visible_book
from web.forms.publishing import (
    MetadataForm,
    PartForm,
    PeopleFormSet,
    SectionForm,
    named_people,
)
from web.views.book import frame

MOST_ON_KDP, LONGEST_ON_KDP = 7, 50  # keywords, and characters of each, that Amazon KDP takes
SUGGESTED = ("preface", "acknowledgments", "about-author", "also-by")


@require_safe
@member_required
def overview(request: MemberRequest, book_id: UUID) -> HttpResponse:
    context = frame(request, book_id, "publishing")
    book: Book = context["book"]
    metadata = metadata_of(book)
    matter = list(book.matter.defer("text"))
    missing = trade.record_of(book).missing
    context |= {
        "metadata": metadata,
        "isbn_print": isbn.shown(metadata.isbn_print),
        "isbn_ebook": isbn.shown(metadata.isbn_ebook),
        "subjects": _subjects(metadata),
        "searchable": subjects.thema("en") is not None,
        "too_much_for_kdp": _too_much_for_kdp(metadata.keywords),
        "people": list(book.contributors.all()),
        "matter": [
            (label, [one for one in matter if one.placement == placement])
            for placement, label in BookSection.Placement.choices
        ],
        "has_matter": bool(matter),
        "suggested": [
            (role, BookSection.Role(role).label)
            for role in SUGGESTED
            if role not in {one.role for one in matter}
        ],
        "missing": trade.sentences(missing),
    }
    return render(request, "web/publishing/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def metadata(request: MemberRequest, book_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    form = MetadataForm.of(book, metadata_of(book), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.edit_metadata(membership=request.membership, book=book, **form.changes)
        except InvalidPublication as invalid:
            form.take_faults(invalid.errors)
        else:
            for number in form.converted:
                message = _("The ISBN of 10 digits became the one of 13: %(number)s.")
                messages.info(request, message % {"number": number})
            return _saved(request, book)
    return _page(request, "web/publishing/metadata.html", book, form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def contributors(request: MemberRequest, book_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    data: Any = request.POST if request.method == "POST" else None
    rows = PeopleFormSet(data, initial=_people(book), prefix="people")
    faults: list[str] = []
    if data is not None and rows.is_valid():
        try:
            publishing.set_contributors(membership=request.membership, book=book, people=named_people(rows))
        except InvalidPublication as invalid:
            faults = [sentence for sentences in invalid.errors.values() for sentence in sentences]
        else:
            return _saved(request, book)
    context = {"here": "books", "book": book, "rows": rows, "faults": faults}
    return render(request, "web/publishing/people.html", context, status=200 if data is None else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def search_subjects(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """Thema's headings that have the words asked for, where the operator has a list; POST adds one."""
    book = visible_book(request, book_id)
    asked = request.GET.get("q", "")[:100]
    if request.method == "POST":
        _add_subject(request, editable_book(request, book_id), request.POST.get("code", ""))
        return redirect(request.get_full_path())
    context = {
        "here": "books",
        "book": book,
        "asked": asked,
        "found": subjects.search(asked, language=get_language() or "en"),
        "chosen": [each["code"] for each in metadata_of(book).subjects],
        "can_edit": permissions.can_edit(request.membership, book),
    }
    return render(request, "web/publishing/subjects.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def new_section(request: MemberRequest, book_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    form = SectionForm(request.POST or None, initial={"role": request.GET.get("role", "preface")})
    if request.method == "POST" and form.is_valid():
        try:
            publishing.add_section(membership=request.membership, book=book, **form.cleaned_data)
        except InvalidPublication as invalid:
            form.take_faults(invalid.errors)
        else:
            return _saved(request, book, to="#matter")
    return _page(request, "web/publishing/section.html", book, form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def section(request: MemberRequest, book_id: UUID, section_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    row = get_object_or_404(book.matter.select_related("book"), pk=section_id)
    shown = {name: getattr(row, name) for name in ("role", "title", "placement", "text")}
    form = SectionForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given["placement"] = given["placement"] or publishing.usual_placement(given["role"])
        try:
            publishing.edit_section(membership=request.membership, section=row, **given)
        except InvalidPublication as invalid:
            form.take_faults(invalid.errors)
        else:
            return _saved(request, book, to="#matter")
    return _page(request, "web/publishing/section.html", book, form, {"section": row})


@require_POST
@member_required
def move_section(request: MemberRequest, book_id: UUID, section_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    row = get_object_or_404(book.matter.select_related("book"), pk=section_id)
    by = -1 if request.POST.get("to") == "up" else 1
    publishing.move_section(membership=request.membership, section=row, position=row.position + by)
    return _back(book, to="#matter")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def remove_section(request: MemberRequest, book_id: UUID, section_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    row = get_object_or_404(book.matter.select_related("book"), pk=section_id)
    if request.method == "POST":
        publishing.remove_section(membership=request.membership, section=row)
        messages.success(request, _("“%(title)s” is no longer in the book.") % {"title": row.title})
        return _back(book, to="#matter")
    context = {"here": "books", "book": book, "section": row}
    return render(request, "web/publishing/remove_section.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def part(request: MemberRequest, book_id: UUID, number: int) -> HttpResponse:
    chapter = chapter_of(editable_book(request, book_id), number)
    form = PartForm(request.POST or None, initial={"part": chapter.part})
    if request.method == "POST" and form.is_valid():
        title = "" if "remove" in request.POST else form.cleaned_data["part"]
        try:
            publishing.name_part(membership=request.membership, chapter=chapter, title=title)
        except InvalidPublication as invalid:
            form.take_faults(invalid.errors)
        else:
            return redirect("web:book", book_id=chapter.book_id)
    return _page(request, "web/publishing/part.html", chapter.book, form, {"chapter": chapter})


@require_safe
@member_required
def onix_file(request: MemberRequest, book_id: UUID) -> HttpResponse:
    book = visible_book(request, book_id)
    try:
        message = trade.export(book, sender=request.organisation.name)
    except onix.Incomplete as incomplete:
        for sentence in trade.sentences(incomplete.missing):
            messages.warning(request, sentence)
        return _back(book, to="#trade")
    headers = {"Content-Disposition": f'attachment; filename="{trade.file_name(book)}"'}
    return HttpResponse(message, content_type=onix.MEDIA_TYPE, headers=headers)


def _add_subject(request: MemberRequest, book: Book, code: str) -> None:
    so_far: list[Any] = metadata_of(book).subjects
    try:
        publishing.edit_metadata(
            membership=request.membership, book=book, subjects=[*so_far, {"scheme": "thema", "code": code}]
        )
    except InvalidPublication as invalid:
        for sentence in invalid.errors["subjects"]:
            messages.error(request, sentence)


def _page(
    request: MemberRequest, template: str, book: Book, form: Any, more: dict[str, Any] | None = None
) -> HttpResponse:
    context = {"here": "books", "book": book, "form": form, **(more or {})}
    return render(request, template, context, status=422 if form.errors else 200)


def _saved(request: MemberRequest, book: Book, *, to: str = "") -> HttpResponse:
    messages.success(request, _("Saved. The book’s files follow by themselves."))
    return _back(book, to=to)


def _back(book: Book, *, to: str = "") -> HttpResponse:
    address = redirect("web:publishing", book_id=book.pk)
    address["Location"] += to
    return address


def _people(book: Book) -> list[dict[str, str]]:
    """Those who are named; nobody yet, and the byline is a beginning."""
    named = [{"name": one.name, "role": one.role} for one in book.contributors.all()]
    if not named and book.author_name:
        named = [{"name": book.author_name, "role": Contributor.Role.AUTHOR}]
    return named


def _subjects(metadata: BookMetadata) -> list[dict[str, str]]:
    language = get_language() or "en"
    names = {"thema": "Thema", "bisac": "BISAC"}
    return [
        {
            "scheme": names[each["scheme"]],
            "code": each["code"],
            "heading": subjects.heading(each["scheme"], each["code"], language=language),
        }
        for each in metadata.subjects
    ]


def _too_much_for_kdp(keywords: list[str]) -> bool:
    return len(keywords) > MOST_ON_KDP or any(len(word) > LONGEST_ON_KDP for word in keywords)
