"""The DOCX as python-docx and an XML parser read it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache

import docx
import pytest
from docx.document import Document
from lxml import etree

from formats.builders import build
from tests.factories.manuscripts import guide, hostile, manuscript_of, novel, picture_book

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOOKS = {
    "guide": guide,
    "novel": novel,
    "story": lambda: picture_book(language="fr"),
    "hostile": lambda: hostile(language="ar"),
}


@cache
def data(name: str) -> bytes:
    return build(manuscript_of(BOOKS[name]()), format="docx").data


def opened(name: str) -> Document:
    return docx.Document(io.BytesIO(data(name)))


def part(name: str, path: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data(name))).read(path))


def texts(document: Document, style: str) -> list[str]:
    return [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style and paragraph.style.name == style
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_parts_are_well_formed_and_every_style_and_relation_is_there(name: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(data(name)))
    for path in archive.namelist():
        if path.endswith((".xml", ".rels")):
            etree.fromstring(archive.read(path))
    document = part(name, "word/document.xml")
    styles = {style.get(f"{W}styleId") for style in part(name, "word/styles.xml").iter(f"{W}style")}
    used = {e.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for e in document.iter(f"{W}{tag}")}
    assert used <= styles
    relations = {e.get("Id"): e.get("Target") for e in part(name, "word/_rels/document.xml.rels")}
    office = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    named = {value for e in document.iter() for key, value in e.attrib.items() if str(key).startswith(office)}
    assert named <= set(relations)
    media = {f"word/{target}" for target in relations.values() if str(target).startswith("media/")}
    assert media <= set(archive.namelist())


@pytest.mark.parametrize("name", BOOKS)
def test_bookmarks_and_drawings_have_names_and_numbers_of_their_own(name: str) -> None:
    document = part(name, "word/document.xml")
    for tag, key in ((f"{W}bookmarkStart", f"{W}id"), (f"{W}bookmarkStart", f"{W}name")):
        found = [element.get(key) for element in document.iter(tag)]
        assert len(found) == len(set(found))
    anchors = {e.get(f"{W}anchor") for e in document.iter(f"{W}hyperlink")} - {None}
    assert anchors <= {e.get(f"{W}name") for e in document.iter(f"{W}bookmarkStart")}


def test_headings_carry_the_outline() -> None:
    document = opened("guide")
    assert texts(document, "Heading 1") == [
        "Preface", "Begin with people", "Choosing the ground", "Soil, water & light", "About the author",
    ]  # fmt: skip
    assert texts(document, "Heading 2") == ["Choosing the ground"] * 3
    assert texts(document, "Chapter Label") == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert texts(document, "Title") == ["Starting a Garden"]


def test_core_properties_name_the_book() -> None:
    properties = opened("guide").core_properties
    assert (properties.title, properties.author, properties.language) == (
        "Starting a Garden",
        "Rosa Lind",
        "en",
    )
    assert properties.modified.isoformat() == "2026-03-04T05:06:07+00:00"


def test_lists_are_real_lists_with_their_own_count() -> None:
    document = opened("guide")
    assert texts(document, "List Number")[:2] == ["How long may we stay?", "Who pays?"]
    assert texts(document, "List Continue")[:1] == ["A second paragraph of the item."]
    assert texts(document, "List Bullet")[:4] == [
        "Sun from the south", "A tap, or a roof", "120 cm is comfortable", "90 cm is the least",
    ]  # fmt: skip
    starts = [e.get(f"{W}val") for e in part("guide", "word/numbering.xml").iter(f"{W}startOverride")]
    assert starts.count("3") == 3  # one numbered list a chapter, each beginning at 3


def test_checklist_has_boxes_that_can_be_ticked() -> None:
    word = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    boxes = [e.get(f"{word}val") for e in part("guide", "word/document.xml").iter(f"{word}checked")]
    assert boxes == ["0", "1"] * 3


def test_footnotes_are_footnotes() -> None:
    notes = part("guide", "word/footnotes.xml")
    ids = [note.get(f"{W}id") for note in notes.iter(f"{W}footnote")]
    assert ids == ["-1", "0", "1", "2", "3"]
    assert "A key kept by one person is a key on holiday." in "".join(notes.itertext())
    document = part("guide", "word/document.xml")
    assert [e.get(f"{W}id") for e in document.iter(f"{W}footnoteReference")] == ["1", "2", "3"]
    fields = [e.text for e in document.iter(f"{W}instrText")]
    assert " NOTEREF chapter_1_note_1 \\f \\h " in fields
    assert any(str(field).startswith(" TOC ") for field in fields)


def test_table_has_a_header_row_and_alignment() -> None:
    table = opened("guide").tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Month", "Work", "Hands"], ["March", "Meet", "6"], ["April", "Build", "12"],
    ]  # fmt: skip
    assert len(list(table._tbl.iter(f"{W}tblHeader"))) == 1
    assert [e.get(f"{W}val") for e in table.rows[1]._tr.iter(f"{W}jc")] == ["left", "center", "right"]


def test_pictures_have_alternative_text_and_keep_their_shape() -> None:
    document = opened("story")
    shapes = list(document.inline_shapes)
    alternatives = [shape._inline.docPr.get("descr") for shape in shapes]
    assert alternatives == ["A garden gate", *(f"Amina and Pip, picture {n}" for n in (1, 2, 3))]
    assert [round(shape.width / shape.height, 2) for shape in shapes] == [0.67, 1.5, 1.5, 1.5]


def test_text_has_running_heads_and_starts_at_page_one() -> None:
    front, body = opened("novel").sections
    assert (round(front.page_width.inches, 2), round(front.page_height.inches, 2)) == (6, 9)
    numbers = [section._sectPr.find(f"{W}pgNumType") for section in (front, body)]
    assert [(e.get(f"{W}fmt"), e.get(f"{W}start")) for e in numbers] == [
        ("lowerRoman", "1"),
        ("decimal", "1"),
    ]
    assert body.even_page_header.paragraphs[0].text == "The River and the Stone"
    assert "STYLEREF" in "".join(body.header._element.itertext())
    assert "PAGE" in "".join(body.footer._element.itertext())


def test_language_is_the_books() -> None:
    languages = {e.get(f"{W}val") for e in part("story", "word/styles.xml").iter(f"{W}lang")}
    assert languages == {"fr"}
    assert "Table des matières" in texts(opened("story"), "TOC Heading")
    assert next(part("hostile", "word/styles.xml").iter(f"{W}bidi"), None) is not None


def test_links_to_the_web_are_external() -> None:
    targets = {
        e.get("Target")
        for e in part("guide", "word/_rels/document.xml.rels")
        if e.get("TargetMode") == "External"
    }
    assert targets == {"https://example.org/seeds?a=1&b=2", "https://example.org/long"}
    hostile_targets = [
        e.get("Target") or "" for e in part("hostile", "word/_rels/document.xml.rels") if e.get("TargetMode")
    ]
    assert all(target.startswith(("https://", "http://")) for target in hostile_targets)


def test_same_book_gives_the_same_bytes() -> None:
    assert build(manuscript_of(guide()), format="docx").data == data("guide")


def test_rows_with_blanks_have_room_to_write() -> None:
    source = guide(chapters=1)
    markdown = "| Question | Answer |\n|---|---|\n| Why? | |\n| How? | So |\n"
    chapter = replace(source.chapters[0], markdown=markdown)
    book = build(manuscript_of(replace(source, chapters=(chapter,))), format="docx").data
    rows = docx.Document(io.BytesIO(book)).tables[0].rows
    assert [row.height.pt if row.height else None for row in rows] == [None, 18, None]
