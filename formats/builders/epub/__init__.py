"""EPUB 3.3: text that flows, or the laid-out pages of a picture book, with navigation, semantics and fonts.

After the W3C's EPUB 3.3, EPUB Accessibility 1.1 and DPUB-ARIA 1.1. What the metadata says of accessibility is
true of every book that is built here; a claim of conformance, which someone has to have judged, is not made.
"""

from __future__ import annotations

from collections.abc import Iterator

from formats.builders import Built
from formats.builders.archive import zipped
from formats.builders.epub.faces import faces_for
from formats.builders.epub.fixed import Fixed
from formats.builders.epub.flowing import Flowing
from formats.builders.epub.package import Package
from formats.builders.epub.styling import fixed_style, flowing_style
from formats.builders.themes import Theme
from formats.manuscript import Manuscript

_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


def build(manuscript: Manuscript, theme: Theme) -> Built:
    return Built(zipped(files(manuscript, theme), stored=frozenset({"mimetype"})))


def files(manuscript: Manuscript, theme: Theme) -> Iterator[tuple[str, bytes]]:
    """The archive's entries. A theme of the design "picture" lays pages out, every other lets its text flow."""
    faces = faces_for(theme, manuscript.language)
    fixed = theme.design == "picture"
    book = Fixed(manuscript, theme) if fixed else Flowing(manuscript, theme)
    pages = book.pages()
    style = fixed_style(theme, faces) if fixed else flowing_style(theme, faces, manuscript.language)
    yield "mimetype", b"application/epub+zip"
    yield "META-INF/container.xml", _CONTAINER.encode()
    yield "EPUB/package.opf", Package(manuscript, pages, faces, fixed).document().encode()
    yield "EPUB/style.css", style.encode()
    for page in pages:
        yield f"EPUB/{page.name}.xhtml", book.document(page).encode()
    for face in faces:
        yield f"EPUB/fonts/{face.file_name}", face.read()
    for asset in manuscript.assets.values():
        yield f"EPUB/images/{asset.file_name}", asset.read()
