"""The EPUB, read back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

from formats.builders import build
from formats.builders.epub.faces import every_face, faces_for
from formats.builders.epub.styling import legible, luminance
from formats.builders.themes import THEMES
from formats.manuscript import BookSource
from tests.factories.ebooks import BOOKS as EVERY_BOOK
from tests.factories.ebooks import LONG_SCENE, parted, scenes
from tests.factories.manuscripts import guide, hostile, manuscript_of, picture_book
from tests.factories.sample_book import sample

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
    "parted": parted,
    "novel": lambda: sample("novel"),
    "long scenes": lambda: scenes("Short.", LONG_SCENE * 4, "Also short.", "And so is this."),
    "Arabic picture book": lambda: picture_book(language="ar"),
    "Korean": EVERY_BOOK["Korean"],
}
TYPE = "{http://www.idpf.org/2007/ops}type"


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


# What the package says


def refined(name: str, id: str) -> dict[str | None, str | None]:
    found = tree(name, "package.opf").findall(f".//opf:meta[@refines='#{id}']", NAMES)
    return {meta.get("property"): meta.text for meta in found}


def values(name: str, property: str) -> list[str | None]:
    found = tree(name, "package.opf").findall(f".//opf:meta[@property='{property}']", NAMES)
    return [meta.text for meta in found]


def test_package_holds_all_that_is_known_of_a_book() -> None:
    package = tree("parted", "package.opf")
    identifiers = [element.text for element in package.findall(".//dc:identifier", NAMES)]
    assert identifiers[1:] == ["urn:isbn:9781861972712"]
    assert refined("parted", "isbn") == {"identifier-type": "15"}
    assert values("parted", "belongs-to-collection") == ["Sundries"]
    assert refined("parted", "series") == {"collection-type": "series", "group-position": "2.1"}
    assert refined("parted", "subject-1") == {"authority": "Thema", "term": "YFB"}
    assert refined("parted", "subject-2") == {"authority": "BISAC", "term": "JUV001000"}
    subjects = [element.text for element in package.findall(".//dc:subject", NAMES)]
    assert subjects == ["YFB", "JUV001000", "odds", "ends"]
    assert values("parted", "schema:bookEdition") == ["Second edition"]
    roles = [refined("parted", f"person-{number}")["role"] for number in range(1, 10)]
    assert roles == ["edt", "ill", "trl", "pht", "aui", "aft", "cov", "ctb", "aut"]


def test_pages_are_the_books_own() -> None:
    assert values("novel", "pageBreakSource") == ["none"]
    features = values("novel", "schema:accessibilityFeature")
    assert {"pageNavigation", "pageBreakMarkers", "displayTransformability"} <= set(features)
    assert "displayTransformability" not in values("french picture book", "schema:accessibilityFeature")
    assert values("novel", "dcterms:conformsTo") == []


# Navigation


@pytest.mark.parametrize("name", ["novel", "parted", "french picture book", "hostile"])
def test_list_of_pages_leads_to_every_mark_in_order(name: str) -> None:
    listed = tree(name, "nav.xhtml").findall(".//x:nav[@role='doc-pagelist']//x:a", NAMES)
    marked = [
        (f"{item.get('idref')}.xhtml#{mark.get('id')}", mark.get("aria-label"))
        for item in tree(name, "package.opf").findall(".//opf:itemref", NAMES)
        for mark in tree(name, f"{item.get('idref')}.xhtml").findall(".//*[@role='doc-pagebreak']", NAMES)
    ]
    assert [(a.get("href"), f"Page {a.text}") for a in listed] == marked
    assert [a.text for a in listed] == [str(number) for number in range(1, len(listed) + 1)]


def test_long_texts_have_pages_of_the_same_length() -> None:
    words = " ".join(f"word{number:04}" for number in range(2000))  # 18,000 characters
    book = replace(guide(chapters=1), chapters=(replace(guide().chapters[0], markdown=words),))
    chapter = zipfile.ZipFile(io.BytesIO(build(manuscript_of(book), format="epub").data)).read(
        "EPUB/chapter-1.xhtml"
    )
    pages = re.split(r"<span epub:type=.pagebreak.[^>]*></span>", chapter.decode())[2:-1]
    assert len(pages) == 10
    assert all(1500 <= len(page) < 1500 + len("word0000 ") for page in pages)
    assert all(page.endswith(" ") for page in pages)


def test_chapters_lie_within_their_parts() -> None:
    toc = tree("parted", "nav.xhtml").find(".//x:nav[@role='doc-toc']/x:ol", NAMES)
    assert toc is not None
    hrefs = [item.find("x:a", NAMES).get("href") for item in toc]  # type: ignore[union-attr]
    assert hrefs[4:7] == ["chapter-1.xhtml", "part-1.xhtml", "part-2.xhtml"]
    inside = toc[5].findall("x:ol/x:li/x:a", NAMES)
    assert [a.get("href") for a in inside] == ["chapter-2.xhtml", "chapter-3.xhtml"]
    part = tree("parted", "part-1.xhtml").find(".//x:section", NAMES)
    assert part is not None
    assert (part.get("role"), part.get(TYPE)) == ("doc-part", "part")
    spine = [item.get("idref") for item in tree("parted", "package.opf").findall(".//opf:itemref", NAMES)]
    assert spine.index("part-2") == spine.index("chapter-4") - 1


@pytest.mark.parametrize(("depth", "levels"), [(1, 1), (2, 2), (3, 3)])
def test_contents_go_as_deep_as_the_book_wants(depth: int, levels: int) -> None:
    book = deeper(guide(chapters=1), depth)
    data = build(manuscript_of(book), format="epub").data
    nav = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("EPUB/nav.xhtml"))
    toc = nav.find(".//x:nav[@role='doc-toc']", NAMES)
    assert toc is not None
    path = "x:ol/x:li/" * levels
    assert toc.findall(path + "x:a", NAMES)
    assert not toc.findall(path + "x:ol", NAMES)


def test_book_without_contents_page_keeps_its_navigation() -> None:
    spine = [item.get("idref") for item in tree("Korean", "package.opf").findall(".//opf:itemref", NAMES)]
    assert "nav" not in spine
    assert tree("Korean", "package.opf").find(".//opf:item[@properties='nav']", NAMES) is not None


def test_sections_tell_what_they_are() -> None:
    roles = {}
    for name in archive("parted").namelist():
        if re.search(r"/(front|back)-\d+\.xhtml", name):
            section = etree.fromstring(archive("parted").read(name)).find(".//x:section", NAMES)
            assert section is not None
            roles[section.get("role")] = section.get(TYPE)
    assert roles == {None: None} | {
        f"doc-{role}": role
        for role in (
            "epigraph", "foreword", "preface", "introduction", "prologue", "epilogue", "afterword",
            "acknowledgments", "appendix", "glossary", "bibliography",
        )
    }  # fmt: skip


# Type


def test_every_themes_faces_are_prepared() -> None:
    for theme in THEMES.values():
        families = {face.family for face in faces_for(theme, "en")}
        assert families == {theme.body_font, theme.title_font, theme.label_font}
    for face in every_face():
        assert face.read()[:4] == b"\0\1\0\0"
        assert 0.3 < face.width("e") < 0.8


def test_faces_are_declared_and_there() -> None:
    book = archive("novel")
    listed = {
        item.get("href")
        for item in tree("novel", "package.opf").findall(".//opf:item[@media-type='font/ttf']", NAMES)
    }
    declared = set(re.findall(r'url\("([^"]+)"\)', book.read("EPUB/style.css").decode()))
    assert listed == declared != set()
    assert all(book.read(f"EPUB/{name}") for name in declared)
    assert b"$" not in book.read("EPUB/style.css")
    assert b"$" not in archive("french picture book").read("EPUB/style.css")


def test_books_in_other_scripts_bring_no_latin_faces() -> None:
    assert not [name for name in archive("Korean").namelist() if name.endswith(".ttf")]


@pytest.mark.parametrize("colour", sorted({theme.accent for theme in THEMES.values()}))
def test_accent_is_legible_on_light_and_dark_paper(colour: str) -> None:
    made = legible(colour)
    parts = [int(made[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    bright = luminance((parts[0], parts[1], parts[2]))
    assert 1.05 / (bright + 0.05) >= 4.5
    assert (bright + 0.05) / 0.05 >= 4.5


def test_first_words_are_set_apart_but_whole() -> None:
    opening = tree("novel", "chapter-1.xhtml").find(".//x:p[@class='opening drops']", NAMES)
    assert opening is not None
    lead = opening.find("x:span[@class='lead-in']", NAMES)
    assert lead is not None
    assert (lead.text, (lead.tail or "")[:6]) == ("“You have missed it", ",” sai")


# Picture books


def test_picture_book_is_laid_out_page_by_page() -> None:
    assert values("french picture book", "rendition:layout") == ["pre-paginated"]
    scene = tree("french picture book", "chapter-1.xhtml")
    viewport = scene.find(".//x:meta[@name='viewport']", NAMES)
    assert viewport is not None
    assert viewport.get("content") == "width=1008, height=1440"
    order = [etree.QName(element).localname for element in scene.iter("{*}img", "{*}h1", "{*}p")]
    assert order == ["img", "h1", "p"]


def sides(name: str) -> dict[str | None, str | None]:
    spine = tree(name, "package.opf").findall(".//opf:itemref", NAMES)
    return {item.get("idref"): item.get("properties") for item in spine}


def test_words_too_long_for_their_page_face_their_picture() -> None:
    found = sides("long scenes")
    assert found["cover"] == "rendition:page-spread-center"
    assert (found["chapter-1"], found["chapter-2"]) == ("page-spread-left",) * 2
    assert (found["page-2-of-chapter-2"], found["page-3-of-chapter-2"]) == (
        "page-spread-right",
        "page-spread-left",
    )
    assert "page-2-of-chapter-3" not in found
    assert tree("long scenes", "chapter-2.xhtml").find(".//x:p", NAMES) is None
    assert tree("long scenes", "page-2-of-chapter-2.xhtml").find(".//x:img", NAMES) is None


def test_spreads_of_a_book_from_the_right_begin_on_the_right() -> None:
    assert sides("Arabic picture book")["chapter-1"] == "page-spread-right"
    assert sides("Arabic picture book")["chapter-2"] == "page-spread-left"


def test_notes_of_a_scene_on_several_pages_are_found_from_all() -> None:
    book = scenes(f"One.[^a]\n\n{LONG_SCENE * 4}\n\nTwo.[^a][^b]\n\n[^a]: First.\n[^b]: Second.")
    pages = zipfile.ZipFile(io.BytesIO(build(manuscript_of(book), format="epub").data))
    names = [name for name in pages.namelist() if re.search(r"chapter-1\.x", name)]
    roots = {name.split("/")[1]: etree.fromstring(pages.read(name)) for name in names}
    ids = {
        f"{name}#{element.get('id')}"
        for name, root in roots.items()
        for element in root.iter()
        if element.get("id")
    }
    for name, root in roots.items():
        for link in root.iter("{http://www.w3.org/1999/xhtml}a"):
            href = link.get("href") or ""
            assert (name + href if href.startswith("#") else href) in ids
    assert len(roots) > 1


@pytest.mark.parametrize("name", [name for name, theme in THEMES.items() if theme.design == "prose"])
def test_style_is_complete_in_every_theme(name: str) -> None:
    """Readers pass over a token that nobody fills, or a declaration without a value."""
    book = zipfile.ZipFile(io.BytesIO(build(manuscript_of(guide()), format="epub", theme=THEMES[name]).data))
    style = book.read("EPUB/style.css").decode()
    assert "$" not in style
    assert not re.search(r":\s*;", style)
    assert style.count("{") == style.count("}")
