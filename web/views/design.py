"""The look of a book: themes, sizes, and its real pages in the browser as they would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from books.models import Book
from collaboration import permissions
from formats import designs, previews, problems, sources
from formats.assets import BadPicture
from formats.builders import THEMES, BuildFailed, Theme
from formats.manuscript import BadBook, BookSource
from generation import designing
from generation.steps.formats import disclosure_of
from web.access import MemberRequest, editable_book, member_required, visible_book
from web.forms.design import DesignForm
from web.fragments import asks_for
from web.sending import A_YEAR
from web.views.book import frame

_UNFIT = (BadBook, BadPicture, BuildFailed)  # to be typeset as it is
CHOICES = ("theme", "trim", "width", "height", "unit")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page beside another. `number` counts from 1; None stands for the empty place beside the first."""

    number: int | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """Two pages that lie open together, and what is around them. `choice` is the design as a query string."""

    setting: previews.Setting
    leaves: tuple[Leaf, ...]
    choice: str
    theme: Theme
    asked: int

    @property
    def first(self) -> int:
        return next(leaf.number for leaf in self.leaves if leaf.number)

    @property
    def last(self) -> int:
        return max(leaf.number for leaf in self.leaves if leaf.number)

    @property
    def previous(self) -> int | None:
        return self.first - 2 if self.first > 2 else (1 if self.first > 1 else None)

    @property
    def next(self) -> int | None:
        return self.last + 1 if self.last < self.setting.pages else None

    @property
    def ahead(self) -> str:
        """The pages of the next spread, for a browser that fetches them ahead."""
        following = (self.last + 1, self.last + 2)
        return " ".join(str(number) for number in following if number <= self.setting.pages)

    @property
    def at(self) -> int:
        """Which of the openings the spread is in, counted from 0: the same place in another design."""
        return max(sum(opening.page <= self.last for opening in self.setting.openings) - 1, 0)

    @property
    def here(self) -> int:
        """The page of the chapter that the spread is in."""
        begun = [opening.page for opening in self.setting.openings if opening.page <= self.last]
        return begun[-1] if begun else 1


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def design(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """Choose and save. Asked by GET with a choice, it shows the pages in it without saving anything."""
    if request.method == "POST":
        return _save(request, editable_book(request, book_id))
    if asks_for(request, "preview"):
        return _preview(request, visible_book(request, book_id))
    context = frame(request, book_id, "design")
    form = DesignForm(context["book"], _asked(request.GET))
    return _page(request, context, form)


@require_safe
@member_required
def page(request: MemberRequest, book_id: UUID, number: int) -> HttpResponseBase:
    """One page of the book as a picture, in the design that the address names."""
    book = visible_book(request, book_id)
    width = _width(request.GET.get("w", ""))
    asked = request.GET.get("v", "")
    if kept := previews.remembered(book.pk, asked, number=number, width=width):
        return _picture(request, kept, version=asked, number=number, width=width)
    form = DesignForm(book, _asked(request.GET))
    if form.is_bound and not form.is_valid():
        raise Http404
    theme = designing.theme_of(book, form.chosen)
    try:
        source = _source(book)
        version = previews.version_of(source, theme=theme)
        made = previews.page(source, theme=theme, number=number, width=width, whole=partial(_whole, book))
    except previews.NoSuchPage as error:
        raise Http404 from error
    except _UNFIT:
        return HttpResponse(status=422)
    return _picture(request, made, version=version, number=number, width=width, lasting=asked == version)


@require_safe
@member_required
def theme_picture(request: MemberRequest, book_id: UUID, name: str) -> HttpResponseBase:
    """The page on which the book's first chapter opens, in a theme."""
    book = visible_book(request, book_id)
    if name not in {theme.name for theme in designs.themes_for(book)}:
        raise Http404
    theme = THEMES[name]
    try:
        whole = _whole(book)
        if not whole.chapters:
            raise Http404
        source = previews.sample_of(whole)
        openings = previews.setting(source, theme=theme).openings
        number = openings[-1].page if openings else 1
        made = previews.page(source, theme=theme, number=number, width=previews.WIDTHS[0])
    except _UNFIT:
        return HttpResponse(status=422)
    version = previews.version_of(source, theme=theme)
    return _picture(request, made, version=version, number=number, width=previews.WIDTHS[0], lasting=False)


def _save(request: MemberRequest, book: Book) -> HttpResponse:
    form = DesignForm(book, request.POST)
    if not form.is_valid():
        return _page(request, frame(request, book.pk, "design"), form, status=422)
    if designing.choose_design(membership=request.membership, book=book, choice=form.chosen):
        messages.success(request, _("The new look is saved. The files are made again."))
    else:
        messages.info(request, _("The book looks like this already."))
    return redirect("web:design", book_id=book.pk)


def _page(
    request: MemberRequest, context: dict[str, Any], form: DesignForm, status: int = 200
) -> HttpResponse:
    """The whole page. Pages that are not set yet are asked for once it is there."""
    book = context["book"]
    context |= {"form": form, "choice": _choice(request.GET), "compact": True}
    context["asked_page"] = _number(request.GET.get("page", ""))
    context["has_pages"] = book.chapters.filter(revision__gt=0).exists()
    if context["has_pages"] and (not form.is_bound or form.is_valid()):
        context |= _shown(request, book, form, at_once="show" in request.GET)
    response = render(request, "web/book/design.html", context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _preview(request: MemberRequest, book: Book) -> HttpResponse:
    """The spread alone; nothing at all where the browser has it already."""
    form = DesignForm(book, _asked(request.GET))
    context: dict[str, Any] = {"book": book, "form": form, "choice": _choice(request.GET)}
    context["can_edit"] = permissions.can_edit(request.membership, book)
    if not form.is_bound or form.is_valid():
        context |= _shown(request, book, form)
    spread = context.get("spread")
    if spread and request.GET.get("v") == spread.setting.version:
        return HttpResponse(status=204)
    response = render(request, "web/book/_preview.html", context)
    add_never_cache_headers(response)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _shown(request: MemberRequest, book: Book, form: DesignForm, *, at_once: bool = True) -> dict[str, Any]:
    """The spread that is asked for, or why there is none; nothing yet where setting it would take a while."""
    theme = designing.theme_of(book, form.chosen)
    try:
        source = _source(book)
        if not at_once and not previews.is_set(source, theme=theme):
            return {}
        setting = previews.setting(source, theme=theme, whole=partial(_whole, book))
    except BadPicture as error:
        return {"fault": str(error)}
    except (BadBook, BuildFailed) as error:
        return {"fault": problems.message(error.problem.code, error.problem.parameters())}
    asked = (
        _number(request.GET.get("page", ""))
        or _page_at(setting, request.GET.get("at", ""))
        or previews.beginning(source, setting)
    )
    return {"spread": _spread(setting, theme, min(asked, setting.pages), _choice(request.GET))}


def _page_at(setting: previews.Setting, place: str) -> int:
    """The page of an opening that an address names by its number; 0 where there is none."""
    number = _number(place)
    known = place.isdecimal() and number < len(setting.openings)
    return setting.openings[number].page if known else 0


def _spread(setting: previews.Setting, theme: Theme, number: int, choice: str) -> Spread:
    left = number - number % 2
    query = f"?{choice}{'&' if choice else ''}v={setting.version}"
    leaves = tuple(
        Leaf(place, query) if 1 <= place <= setting.pages else Leaf(None) for place in (left, left + 1)
    )
    return Spread(setting, leaves, choice, theme, number)


def _picture(
    request: MemberRequest, data: bytes, *, version: str, number: int, width: int, lasting: bool = True
) -> HttpResponseBase:
    """Kept by the browser alone: for good under an address that names its version, else asked for again."""
    tag = f'"{version}-{number}-{width}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(data, content_type="image/webp")
    response["ETag"] = tag
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable" if lasting else "private, no-cache"
    return response


def _source(book: Book) -> BookSource:
    """The book for comparing: whether its pages are known already."""
    return sources.book_source(book, disclosure=disclosure_of(book), pictures_read=False)


def _whole(book: Book) -> BookSource:
    return sources.book_source(book, disclosure=disclosure_of(book))


def _asked(query: Mapping[str, str]) -> dict[str, str] | None:
    """The choice that an address names, if it names one."""
    asked = {name: query[name] for name in CHOICES if name in query}
    return asked or None


def _choice(query: Mapping[str, str]) -> str:
    return urlencode(_asked(query) or {})


def _width(asked: str) -> int:
    number = _number(asked)
    return next((width for width in previews.WIDTHS if width >= number), previews.WIDTHS[-1])


def _number(asked: str) -> int:
    """What an address says in digits; 0 for anything else."""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
