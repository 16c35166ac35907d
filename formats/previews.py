"""Pictures of a book's real pages, in the design it has or might have; made when asked for, then remembered.

    setting = previews.setting(source, theme=theme)     # how many pages, and where the chapters begin
    picture = previews.page(source, theme=theme, number=12, width=800)

Pages come from the warm compiler and are remembered in the organisation's cache under the hash of what they
show, so that an edit or another design gives other pictures and the same ones cost nothing.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from PIL import Image

from formats.builders import Theme, content_hash, warm
from formats.manuscript import BookSource

if TYPE_CHECKING:  # what shows no pages need not carry it
    import pikepdf

WIDTHS = (360, 720, 1080)  # pixels
_KEPT = 24 * 3600  # seconds
_MOST_PAGES = 10_000
_SAMPLE_CHARACTERS = 6_000


Whole = Callable[[], BookSource]


class NoSuchPage(LookupError):
    """The book ends before this page."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where something begins that the PDF's bookmarks name: its title, and its page counted from 1."""

    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Setting:
    """A book set in a design. `version` is another one as soon as any of its pages could be."""

    version: str
    pages: int
    openings: tuple[Opening, ...]


def version_of(source: BookSource, *, theme: Theme) -> str:
    return content_hash(source, format="pdf", theme=theme)[:32]


def remembered(book_id: uuid.UUID, version: str, *, number: int, width: int) -> bytes | None:
    """A page of this version if it was asked for lately: then nothing has to be read or set."""
    kept = cache.get(_key(book_id, version, number, width))
    return bytes(kept) if kept is not None else None


def page(source: BookSource, *, theme: Theme, number: int, width: int, whole: Whole | None = None) -> bytes:
    """One page as WebP, `width` pixels wide. Raises `NoSuchPage`, and what `sandbox.build` raises.

    A `source` without its pictures is enough where `whole` gives the one with them.
    """
    if not 0 < number <= _MOST_PAGES:
        raise NoSuchPage(number)
    book_id, version = source.meta.identifier, version_of(source, theme=theme)
    kept = remembered(book_id, version, number=number, width=width)
    if kept is None:
        source = whole() if whole else source
        pictures = warm.render_pages(source, theme=theme, first=number, count=1, width_px=width)
        if not pictures:
            raise NoSuchPage(number)
        kept = _as_webp(pictures[0])
        cache.set(_key(book_id, version, number, width), kept, _KEPT)
    return kept


def setting(source: BookSource, *, theme: Theme, whole: Whole | None = None) -> Setting:
    """Set the whole book once and see how long it is. Raises what `sandbox.build` raises."""
    version = version_of(source, theme=theme)
    kept = cache.get(f"setting:{version}")
    if kept is None:
        kept = _read(warm.pdf(whole() if whole else source, theme=theme).data)
        cache.set(f"setting:{version}", kept, _KEPT)
    pages, openings = kept
    return Setting(version, pages, tuple(Opening(title, page) for title, page in openings))


def is_set(source: BookSource, *, theme: Theme) -> bool:
    """Whether `setting` is remembered and answers at once."""
    return cache.get(f"setting:{version_of(source, theme=theme)}") is not None


def beginning(source: BookSource, setting: Setting) -> int:
    """The page on which the first chapter begins, as far as the bookmarks tell."""
    title = source.chapters[0].title.casefold()
    named = (opening.page for opening in setting.openings if opening.title.casefold().endswith(title))
    return next(named, setting.openings[0].page if setting.openings else 1)


def sample_of(source: BookSource) -> BookSource:
    """The beginning of the book's first chapter, to see a design by in the book's own words."""
    first = source.chapters[0]
    cut = (
        first.markdown.rfind("\n\n", 0, _SAMPLE_CHARACTERS) if len(first.markdown) > _SAMPLE_CHARACTERS else 0
    )
    chapter = replace(first, part="", markdown=first.markdown[:cut] if cut > 0 else first.markdown)
    meta = replace(
        source.meta,
        identifier=uuid.uuid5(source.meta.identifier, "sample"),
        cover=None,
        dedication="",
        contents_depth=0,
    )
    return BookSource(meta=meta, chapters=(chapter,), assets=source.assets)


def _read(pdf: bytes) -> tuple[int, list[tuple[str, int]]]:
    """How many pages a PDF has, and the title and page of each of its topmost bookmarks."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        places = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        with document.open_outline() as outline:
            marked = [(str(item.title), _place(item, places)) for item in outline.root]
        return len(document.pages), [(title, page) for title, page in marked if page]


def _place(item: pikepdf.OutlineItem, places: dict[tuple[int, int], int]) -> int:
    """The page that a bookmark leads to; 0 where it leads to none."""
    target: Any = item.destination
    if target is None and item.action is not None:
        target = item.action.get("/D")
    import pikepdf

    return places.get(target[0].objgen, 0) if isinstance(target, pikepdf.Array) and len(target) else 0


def _as_webp(png: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").save(out, "WEBP", quality=86, method=3)
    return out.getvalue()


def _key(book_id: uuid.UUID, version: str, number: int, width: int) -> str:
    return f"page:{book_id}:{version}:{number}:{width}"
