"""A printed cover's program for Typst, and the colours that suit its picture."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from PIL import Image
from stdnum.isbn import format as format_isbn

from formats.assets import Asset
from formats.builders import BuildFailed
from formats.builders.themes import Theme
from formats.builders.typst_source import array, dictionary, string
from formats.fonts import typst_fonts
from formats.manuscript import Manuscript
from formats.printing.isbn import is_isbn, modules
from formats.printing.order import Wrap
from formats.problems import Problem

_TEMPLATE = Path(__file__).parent / "typst" / "wrap.typ"
_READ_UPWARDS = frozenset({"fr", "es", "it", "pt", "ro", "ca"})  # languages whose spines are read upwards
_DARK, _LIGHT = (0x1F, 0x1A, 0x17), (0xFD, 0xF9, 0xF1)

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The field that back and spine are, and the ink on it."""

    field: Rgb
    ink: Rgb
    accent: Rgb
    on_accent: Rgb


def build(manuscript: Manuscript, theme: Theme, wrap: Wrap, *, leaves_room: bool) -> bytes:
    """The cover as a PDF of one page. `leaves_room` keeps the corner free where the printer sets a barcode.

    Raises `BuildFailed` where Typst cannot set it, such as with a damaged picture.
    """
    with tempfile.TemporaryDirectory(prefix="octavo-cover-") as folder:
        root = Path(folder)
        shutil.copyfile(_TEMPLATE, root / "wrap.typ")
        if manuscript.cover:
            (root / manuscript.cover.file_name).write_bytes(manuscript.cover.read())
        (root / "cover.typ").write_text(_data(manuscript, theme, wrap, leaves_room), encoding="utf-8")
        try:
            data = typst.compile(
                str(root / "wrap.typ"),
                root=str(root),
                font_paths=typst_fonts(),
                ignore_system_fonts=True,
                timestamp=int(manuscript.modified.timestamp()),
                package_path=str(root / "no-packages"),
                package_cache_path=str(root / "no-packages"),
            )
        except typst.TypstError as error:
            problem = Problem("pdf-not-set", figures={"words": error.message})
            raise BuildFailed(problem, detail=error.diagnostic) from error
    assert isinstance(data, bytes)
    return data


def _data(manuscript: Manuscript, theme: Theme, wrap: Wrap, leaves_room: bool) -> str:
    return (
        f"#let book = {_book(manuscript)}\n"
        f"#let design = {_design(theme, colours(manuscript.cover, theme))}\n"
        f"#let wrap = {_wrap(wrap, leaves_room)}\n"
    )


def _book(book: Manuscript) -> str:
    language, _, rest = book.language.partition("-")
    isbn = book.isbn_print if is_isbn(book.isbn_print) else ""
    return dictionary(
        {
            "title": string(book.title),
            "subtitle": string(book.subtitle),
            "authors": array(map(string, book.authors)),
            "publisher": string(book.publisher),
            "series": string(" · ".join(filter(None, (book.series, book.series_number)))),
            "back": array(map(string, _back_text(book))),
            "isbn": string(isbn),
            "isbn-printed": string(format_isbn(isbn) if isbn else ""),
            "bars": string(modules(isbn) if isbn else ""),
            "lang": string(language.lower() if language.isalpha() and len(language) in (2, 3) else "en"),
            "region": string(rest.upper()) if len(rest) == 2 and rest.isalpha() else "none",
            "spine-upwards": "true" if language.lower() in _READ_UPWARDS else "false",
            "picture": _picture(book.cover),
        }
    )


def _back_text(book: Manuscript) -> Sequence[str]:
    return book.back_text or ((book.description,) if book.description else ())


def _picture(cover: Asset | None) -> str:
    if cover is None:
        return "none"
    return dictionary(
        {"path": string(cover.file_name), "width": str(cover.width), "height": str(cover.height)}
    )


def _design(theme: Theme, chosen: Colours) -> str:
    return dictionary(
        {
            "body-font": string(theme.body_font),
            "title-font": string(theme.title_font),
            "label-font": string(theme.label_font),
            "field": _rgb(chosen.field),
            "ink": _rgb(chosen.ink),
            "accent": _rgb(chosen.accent),
            "on-accent": _rgb(chosen.on_accent),
        }
    )


def _wrap(wrap: Wrap, leaves_room: bool) -> str:
    return dictionary(
        {
            "panel-width": f"{wrap.panel_width}pt",
            "panel-height": f"{wrap.panel_height}pt",
            "spine": f"{wrap.spine}pt",
            "turn-in": f"{wrap.turn_in}pt",
            "safe": f"{wrap.safe}pt",
            "hinge": f"{wrap.hinge}pt",
            "spine-type": f"{wrap.spine_type}pt",
            "barcode-width": f"{wrap.barcode_width}pt",
            "barcode-height": f"{wrap.barcode_height}pt",
            "barcode-from-edge": f"{wrap.barcode_from_edge}pt",
            "leaves-room": "true" if leaves_room else "false",
        }
    )


def colours(cover: Asset | None, theme: Theme) -> Colours:
    """Colours for back and spine: what the cover's picture has along its spine, or the theme's own."""
    accent = _parsed(theme.accent)
    same_face = theme.label_font == theme.body_font
    field = _beside(cover) if cover else None
    if field is None:
        field = _mixed(accent, (0, 0, 0), 0.18) if same_face else _parsed("#f7f1e6")
    if _contrast(field, _LIGHT) < 4.5 and _contrast(field, _DARK) < 6:
        field = _mixed(field, (0, 0, 0), 0.35)
    ink = _LIGHT if _contrast(field, _LIGHT) >= _contrast(field, _DARK) else _DARK
    on_accent = _LIGHT if _contrast(accent, _LIGHT) >= _contrast(accent, _DARK) else _DARK
    return Colours(field=field, ink=ink, accent=accent, on_accent=on_accent)


def _beside(cover: Asset) -> Rgb | None:
    """The colour of most of the picture's left edge: back and spine go on from there."""
    try:
        with Image.open(io.BytesIO(cover.read())) as picture:
            picture.draft("RGB", (200, 300))
            small: Any = picture.convert("RGB").resize((40, 60))
    except (OSError, ValueError):
        return None
    strip = small.crop((0, 0, 4, 60)).quantize(4)
    counts = sorted(strip.getcolors() or [], reverse=True)
    palette = strip.getpalette() or []
    if not counts:
        return None
    at = int(counts[0][1]) * 3
    red, green, blue = palette[at : at + 3]
    return red, green, blue


def _rgb(colour: Rgb) -> str:
    return f"rgb({colour[0]}, {colour[1]}, {colour[2]})"


def _parsed(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    """The ratio of WCAG 2."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
