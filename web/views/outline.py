"""Looking an outline over before the writing begins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from generation import commission
from generation.briefs import InvalidBrief
from generation.errors import NotPossibleNow
from web import journeys
from web.access import MemberRequest, editable_book, member_required
from web.forms.outline import ChapterFormSet, OutlineForm, chosen_chapters, initial_chapters


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def approve(request: MemberRequest, book_id: UUID) -> HttpResponse:
    book = editable_book(request, book_id)
    job = journeys.latest_journey(book)
    if job is None or not job.awaiting_approval or not job.outline:
        return redirect("web:progress", book_id=book.pk)
    data: Any = request.POST if request.method == "POST" else None
    form = OutlineForm(data, initial=job.outline)
    chapters = ChapterFormSet(data, initial=initial_chapters(job.outline["chapters"]), prefix="chapters")
    if data is not None and form.is_valid() and chapters.is_valid():
        try:
            commission.approve_outline(
                job=job, chapters=chosen_chapters(chapters), actor=request.user, **form.cleaned_data
            )
        except InvalidBrief as invalid:
            _take_faults(form, invalid.errors)
        except NotPossibleNow as refusal:
            messages.warning(request, str(refusal))
            return redirect("web:progress", book_id=book.pk)
        else:
            return redirect("web:progress", book_id=book.pk)
    context = {"here": "books", "book": book, "form": form, "chapters": chapters}
    wrong = data is not None
    return render(request, "web/making/outline.html", context, status=422 if wrong else 200)


def _take_faults(form: OutlineForm, faults: dict[str, list[str]]) -> None:
    for name, sentences in faults.items():
        form.add_error(name if name in form.fields else None, sentences)
