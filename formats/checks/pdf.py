"""Reading a finished PDF with qpdf: what screen readers, printers and shops ask of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from formats.checks import Check, Report, found

_POINTS_TO_MILLIMETRES = 25.4 / 72
_ACTIVE = (Name.JavaScript, Name.Launch, Name.ImportData, Name.SubmitForm)
_FONT_FILES = (Name.FontFile, Name.FontFile2, Name.FontFile3)


def inspect(data: bytes) -> Report:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return Report(tuple(_checks(pdf)), len(pdf.pages))
    except pikepdf.PdfError:
        return Report((Check("pdf-opens", "fail"),))


def _checks(pdf: pikepdf.Pdf) -> Iterator[Check]:
    root: Any = pdf.Root
    met = _met(pdf)
    yield found("pdf-opens", not pdf.get_warnings())
    yield found("pdf-pages", len(pdf.pages), pages=len(pdf.pages))
    yield _size(pdf)
    yield from _described(pdf)
    yield found("pdf-tagged", root.get("/MarkInfo", {}).get("/Marked") and "/StructTreeRoot" in root)
    yield found("pdf-bookmarks", root.get("/Outlines", {}).get("/First"))
    yield found("pdf-labels", "/PageLabels" in root, otherwise="warn")
    yield found(
        "pdf-fonts", met.embedded == met.fonts, fonts=len(met.fonts), missing=len(met.fonts - met.embedded)
    )
    yield found("pdf-alt", not met.without_alt, pictures=met.figures, missing=met.without_alt)
    yield found("pdf-inert", not (met.active or "/AA" in root or "/EmbeddedFiles" in root.get("/Names", {})))


def _size(pdf: pikepdf.Pdf) -> Check:
    sizes = {tuple(round(float(side), 1) for side in page.mediabox) for page in pdf.pages}
    left, bottom, right, top = next(iter(sizes))
    width, height = (round(side * _POINTS_TO_MILLIMETRES) for side in (right - left, top - bottom))
    return found("pdf-size", len(sizes) == 1, sizes=len(sizes), width=width, height=height)


def _described(pdf: pikepdf.Pdf) -> Iterator[Check]:
    root: Any = pdf.Root
    with pdf.open_metadata() as metadata:
        claims = str(metadata.get("pdfuaid:part", ""))
        title = str(metadata.get("dc:title", ""))
    yield found("pdf-title", title.strip() and root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"))
    yield found("pdf-language", str(root.get("/Lang", "")))
    yield found("pdf-ua", claims == "1", otherwise="warn")


@dataclass
class _Met:
    """What one walk over all of the file's objects has seen."""

    fonts: set[str] = field(default_factory=set)
    embedded: set[str] = field(default_factory=set)
    figures: int = 0
    without_alt: int = 0
    active: int = 0


def _met(pdf: pikepdf.Pdf) -> _Met:
    met = _Met()
    for each in pdf.objects:
        if not isinstance(each, Dictionary):
            continue
        kind = each.get("/S")
        if kind == Name.Figure:
            met.figures += 1
            met.without_alt += not str(each.get("/Alt", "")).strip()
        elif kind in _ACTIVE:
            met.active += 1
        elif each.get("/Type") == Name.Font and each.get("/Subtype") != Name.Type0:
            _meet_font(met, each)
    return met


def _meet_font(met: _Met, font: Any) -> None:
    """A Type 3 font is drawn by the file itself; of others the descriptor holds the font's program."""
    name = str(font.get("/BaseFont", font.get("/Name", font.objgen)))
    met.fonts.add(name)
    descriptor = font.get("/FontDescriptor", {})
    if font.get("/Subtype") == Name.Type3 or any(key in descriptor for key in _FONT_FILES):
        met.embedded.add(name)
