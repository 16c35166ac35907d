"""The second engine: pages from CSS, with nothing fetched and nothing lost."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from formats.builders import BuildFailed, css_pdf, sandbox, theme_for
from formats.builders.pango import has_pango
from tests.factories import manuscripts

needs_pango = pytest.mark.skipif(not has_pango(), reason="Pango is not on this machine")


@pytest.fixture(scope="module")
def guide():
    return manuscripts.manuscript_of(manuscripts.guide())


@pytest.fixture(scope="module")
def built(guide):
    return css_pdf.build(guide, theme_for("guide")).data


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


@pytest.mark.skipif(has_pango(), reason="Pango is on this machine")
def test_missing_libraries_are_said_in_one_sentence(guide):
    with pytest.raises(BuildFailed, match="install libpango"):
        css_pdf.build(guide, theme_for("guide"))


@needs_pango
def test_pages_hold_text_notes_and_folios(built):
    text = text_of(built)
    for words in ("Begin with people", "Four people have promised", "A key kept by one person", "Preface"):
        assert words in text


@needs_pango
def test_pdf_is_tagged_with_bookmarks_and_embedded_fonts(built):
    with pikepdf.open(io.BytesIO(built)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert len(pdf.open_outline().root) >= 5
        descriptors = [each for each in pdf.objects if _is_font_descriptor(each)]
        assert descriptors
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()) for each in descriptors)
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == [432, 648]


def _is_font_descriptor(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == pikepdf.Name.FontDescriptor


@needs_pango
def test_same_book_gives_the_same_bytes(guide, built):
    assert css_pdf.build(guide, theme_for("guide")).data == built


@needs_pango
def test_arabic_folios_begin_with_the_first_chapter(built):
    contents = next(page for page in text_of(built).split("Contents")[1:2])
    assert re.search(r"Begin with people[ .]*\s*1\b", contents)


@needs_pango
def test_sheet_of_the_member_changes_the_pages(guide):
    theme = replace(theme_for("guide"), stylesheet="@page { size: 5in 8in } .scene-break { display: none }")
    with pikepdf.open(io.BytesIO(css_pdf.build(guide, theme).data)) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == [360, 576]


@needs_pango
@pytest.mark.parametrize(
    "sheet",
    [
        "body { background: url(file:///etc/passwd) }",
        "@import url(http://127.0.0.1:9/x.css); h1 { background: url(http://127.0.0.1:9/x.png) }",
        "@font-face { font-family: X; src: url(file:///etc/hostname) } body { font-family: X }",
        "h1::before { content: attr(nothing) } }}} <script>alert(1)</script>",
    ],
)
def test_sheet_reaches_nothing_outside_the_book(guide, sheet):
    data = css_pdf.build(guide, replace(theme_for("guide"), stylesheet=sheet)).data
    assert "root:" not in text_of(data)
    assert b"/JavaScript" not in data


@needs_pango
def test_sandboxed_build_is_verified_like_any_pdf():
    theme = replace(theme_for("guide"), stylesheet="h1 { letter-spacing: 1pt }")
    built = sandbox.build(manuscripts.guide(), format="pdf-css", theme=theme)
    assert built.pages
    assert built.preview
    assert not [check for check in built.checks if check.outcome == "fail"]
