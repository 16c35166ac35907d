"""Every e-book holds the words of its source, all of them, once and in order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

import pytest
from lxml import etree

from formats.blocks import Block, CodeBlock, Figure, Heading, List, Paragraph, Quote, Table, plain_text
from formats.builders import build
from formats.manuscript import Chapter, Manuscript
from tests.factories.ebooks import BOOKS
from tests.factories.manuscripts import manuscript_of

ROLES_OF_OURS = frozenset({"doc-noteref", "doc-backlink", "doc-pagebreak"})
CLASSES_OF_OURS = frozenset({"label", "note-number", "box"})


@pytest.mark.parametrize("name", BOOKS)
def test_words_are_the_sources(name: str) -> None:
    manuscript = manuscript_of(BOOKS[name]())
    data = build(manuscript, format="epub").data
    assert squeezed(" ".join(text_of(data))) == squeezed(" ".join(words_of(manuscript)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words_of(manuscript: Manuscript) -> Iterator[str]:
    for part in manuscript.sections:
        if isinstance(part, Chapter) and part.opens:
            yield part.opens.title
        yield part.title
        if isinstance(part, Chapter) and part.picture:
            yield plain_text(part.picture.caption)
        yield from words_in(part.blocks)
        for note in part.footnotes:
            yield from words_in(note.blocks)


def words_in(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(children) | Heading(children=children) | Figure(caption=children):
                yield plain_text(children)
            case Quote(inner):
                yield from words_in(inner)
            case List(items=items):
                for item in items:
                    yield from words_in(item.blocks)
            case Table(header=header, rows=rows):
                for row in (header, *rows):
                    yield from (plain_text(cell.children) for cell in row)
            case CodeBlock(text):
                yield text


def text_of(data: bytes) -> Iterator[str]:
    """The text from the first section or chapter to the end, in the order of the spine."""
    book = zipfile.ZipFile(io.BytesIO(data))
    package = etree.fromstring(book.read("EPUB/package.opf"))
    for item in package.iter("{http://www.idpf.org/2007/opf}itemref"):
        if re.match(r"(page-\d+-of-)?(front|part|chapter|back)-\d", item.get("idref", "")):
            body = etree.fromstring(book.read(f"EPUB/{item.get('idref')}.xhtml"))[1]
            yield from pieces(body)


def pieces(element: etree._Element) -> Iterator[str]:
    if not (element.get("role") in ROLES_OF_OURS or element.get("class") in CLASSES_OF_OURS):
        yield element.text or ""
        yield alternative(element)
        for child in element:
            yield from pieces(child)
    yield element.tail or ""


def alternative(element: etree._Element) -> str:
    """What a picture within a line stands for; that of a figure is no part of the text."""
    above = element.getparent()
    inline = above is not None and etree.QName(above).localname not in ("figure", "div")
    return element.get("alt", "") if inline and etree.QName(element).localname == "img" else ""
