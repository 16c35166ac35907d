"""A picture of a PDF's first pages, side by side, small enough to stand in a list.

Blank pages are passed over, and where the text has a page numbered 1 it is the last of those shown.
"""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageOps

PAGES = 4
_LOOKED_AT = 24  # pages, for those that are not blank and for the text's first
HEIGHT = 420  # pixels of a page, for twice the density of what is shown
GAP = 12
MOST_BYTES = 60_000
_DESK, _EDGE = "#e9e2d6", "#cfc6b6"
_QUALITIES = (82, 70, 58, 46, 34)


def picture_of(data: bytes) -> bytes:
    """A JPEG of at most `MOST_BYTES` with the first pages of a PDF. Raises `pypdfium2.PdfiumError`."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = _pages(document)
    finally:
        document.close()
    return _compressed(_strip(pages))


def _pages(document: pypdfium2.PdfDocument) -> list[Image.Image]:
    text = _first_of_text(document)
    before: list[Image.Image] = []
    for number in range(min(text, len(document), _LOOKED_AT)):
        page = _page(document[number])
        if not _is_blank(page):
            before.append(page)
        if len(before) == PAGES:
            break
    if text < len(document):
        return [*before[: PAGES - 1], _page(document[text])]
    return before or [_page(document[0])]


def _first_of_text(document: pypdfium2.PdfDocument) -> int:
    """The place of the page that is numbered 1; the number of pages where there is none."""
    labels = (document.get_page_label(number) for number in range(min(len(document), _LOOKED_AT)))
    return next((place for place, label in enumerate(labels) if place and label == "1"), len(document))


def _is_blank(page: Image.Image) -> bool:
    return len(ImageOps.crop(page, border=2).convert("L").getcolors() or ()) == 1


def _page(page: pypdfium2.PdfPage) -> Image.Image:
    scale = HEIGHT / page.get_height()
    return ImageOps.expand(page.render(scale=scale).to_pil().convert("RGB"), border=1, fill=_EDGE)


def _strip(pages: list[Image.Image]) -> Image.Image:
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1)
    strip = Image.new("RGB", (width, max(page.height for page in pages)), _DESK)
    left = 0
    for page in pages:
        strip.paste(page, (left, 0))
        left += page.width + GAP
    return strip


def _compressed(strip: Image.Image) -> bytes:
    for quality in _QUALITIES:
        out = io.BytesIO()
        strip.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    return _compressed(strip.resize((strip.width // 2, strip.height // 2), Image.Resampling.LANCZOS))
