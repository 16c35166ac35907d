"""The EPUB, read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache

from lxml import etree

from formats.builders import build
from formats.manuscript import BookSource
from tests.factories.manuscripts import guide, hostile, manuscript_of, picture_book

NAMES = {
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def deeper(book: BookSource, depth: int) -> BookSource:
    return replace(book, meta=replace(book.meta, contents_depth=depth))


BOOKS = {
    "guide": lambda: deeper(guide(), 2),
    "french picture book": lambda: picture_book(language="fr"),
    "hostile": lambda: hostile(language="ar"),
}


@cache
def data(name: str) -> bytes:
    return build(manuscript_of(BOOKS[name]()), format="epub").data


def archive(name: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data(name)))


def tree(name: str, path: str) -> etree._Element:
    return etree.fromstring(archive(name).read(f"EPUB/{path}"))


def test_container_begins_with_its_type_uncompressed() -> None:
    first = archive("guide").infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert data("guide")[30:58] == b"mimetypeapplication/epub+zip"


def test_same_book_gives_the_same_bytes() -> None:
    assert build(manuscript_of(BOOKS["guide"]()), format="epub").data == data("guide")


def test_package_names_the_book() -> None:
    package = tree("guide", "package.opf")

    def texts(path: str) -> list[str | None]:
        return [element.text for element in package.findall(path, NAMES)]

    assert texts(".//dc:title") == ["Starting a Garden", "A first season"]
    assert texts(".//dc:creator") == ["Rosa Lind"]
    assert texts(".//dc:contributor") == ["Ida Berg"]
    assert texts(".//dc:language") == ["en"]
    assert texts(".//dc:identifier") == ["urn:uuid:12345678-1234-4234-8234-123456789abc"]
    assert texts(".//opf:meta[@property='dcterms:modified']") == ["2026-03-04T05:06:07Z"]


def test_reading_order_is_the_books() -> None:
    spine = [item.get("idref") for item in tree("guide", "package.opf").findall(".//opf:itemref", NAMES)]
    assert spine == [
        "cover", "title-page", "copyright", "dedication", "nav",
        "front-1", "chapter-1", "chapter-2", "chapter-3", "back-1",
    ]  # fmt: skip


def test_navigation_reaches_chapters_and_their_sections() -> None:
    nav = tree("guide", "nav.xhtml")
    toc = nav.find(".//x:nav[@role='doc-toc']", NAMES)
    assert toc is not None
    links = [(a.get("href"), a.text) for a in toc.iter("{http://www.w3.org/1999/xhtml}a")]
    assert links[:3] == [
        ("front-1.xhtml", "Preface"),
        ("chapter-1.xhtml", "Begin with people"),
        ("chapter-1.xhtml#chapter-1-heading-1", "Choosing the ground"),
    ]
    landmarks = [a.get("{http://www.idpf.org/2007/ops}type") for a in nav.findall(".//x:nav[2]//x:a", NAMES)]
    assert landmarks == ["cover", "titlepage", "toc", "bodymatter"]


def test_accessibility_is_claimed_only_where_it_is_true() -> None:
    def features(source: BookSource) -> set[str | None]:
        book = zipfile.ZipFile(io.BytesIO(build(manuscript_of(source), format="epub").data))
        package = etree.fromstring(book.read("EPUB/package.opf"))
        path = ".//opf:meta[@property='schema:accessibilityFeature']"
        return {element.text for element in package.findall(path, NAMES)}

    source = picture_book()
    mute = BookSource(
        meta=source.meta,
        chapters=tuple(replace(chapter, picture_alt="") for chapter in source.chapters),
        assets=source.assets,
    )
    assert "alternativeText" in features(source)
    assert "alternativeText" not in features(mute)


def test_footnotes_are_linked_both_ways() -> None:
    chapter = tree("guide", "chapter-1.xhtml")
    references = chapter.findall(".//x:a[@role='doc-noteref']", NAMES)
    notes = chapter.findall(".//x:aside[@role='doc-footnote']", NAMES)
    assert [a.get("href") for a in references] == ["#chapter-1-note-1"] * 2
    assert [note.get("id") for note in notes] == ["chapter-1-note-1"]
    back = notes[0].find(".//x:a[@role='doc-backlink']", NAMES)
    assert back is not None
    assert back.get("href") == f"#{references[0].get('id')}"
    assert references[0].get("{http://www.idpf.org/2007/ops}type") == "noteref"


def test_links_within_the_book_lead_to_its_files() -> None:
    hrefs = {a.get("href") for a in tree("guide", "chapter-1.xhtml").iter("{http://www.w3.org/1999/xhtml}a")}
    assert {"chapter-2.xhtml", "https://example.org/seeds?a=1&b=2", "https://example.org/long"} <= hrefs


def test_pictures_keep_their_bytes() -> None:
    assets = manuscript_of(picture_book(language="fr")).assets
    for asset in assets.values():
        assert archive("french picture book").read(f"EPUB/images/{asset.file_name}") == asset.read()


def test_french_spaces_reach_the_text() -> None:
    text = "".join(tree("french picture book", "chapter-1.xhtml").itertext())
    assert (
        "«\u202fElle était là\u202f!\u202f» dit Amina. Où pouvait-elle être\u202f? Pip dit\u00a0: «" in text
    )


def test_nothing_active_is_in_a_hostile_book() -> None:
    for name in archive("hostile").namelist():
        if name.endswith(".xhtml"):
            root = etree.fromstring(archive("hostile").read(name))
            tags = {etree.QName(element).localname for element in root.iter(etree.Element)}
            assert not tags & {"script", "iframe", "svg", "object", "embed", "form"}
            assert not [a for e in root.iter(etree.Element) for a in e.attrib if a.startswith("on")]
            hrefs = [e.get("href") or e.get("src") or "" for e in root.iter(etree.Element)]
            assert not [href for href in hrefs if href.startswith(("javascript:", "file:", "data:", ".."))]


def test_arabic_book_reads_from_the_right() -> None:
    assert tree("hostile", "chapter-1.xhtml").get("dir") == "rtl"
    spine = tree("hostile", "package.opf").find("opf:spine", NAMES)
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"
