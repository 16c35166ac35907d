"""The DOCX as python-docx and an XML parser read it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import etree
from openxml_audit import OpenXmlValidator

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


def test_front_matter_has_roman_numbers_and_the_text_starts_at_one() -> None:
    sections = opened("guide").sections
    numbers = [section._sectPr.find(f"{W}pgNumType") for section in sections]
    found = [(e.get(f"{W}fmt"), e.get(f"{W}start")) for e in numbers]
    assert found == [
        ("lowerRoman", "1"),
        *[("lowerRoman", None)] * 2,
        ("decimal", "1"),
        *[("decimal", None)] * 3,
    ]
    assert (round(sections[0].page_width.inches, 2), round(sections[0].page_height.inches, 2)) == (6, 9)


def test_heads_differ_on_even_odd_and_first_pages() -> None:
    title_pages, contents, *chapters = opened("novel").sections
    assert "PAGE" not in "".join(title_pages.footer._element.itertext())
    for section in (contents, *chapters):
        assert section.different_first_page_header_footer
        assert section.even_page_header.paragraphs[0].text == "The River and the Stone"
        assert "STYLEREF" in "".join(section.header._element.itertext())
        assert "".join(section.first_page_header._element.itertext()) == ""
        assert "PAGE" in "".join(section.first_page_footer._element.itertext())
    types = [section._sectPr.find(f"{W}type").get(f"{W}val") for section in chapters]
    assert types == ["oddPage", "oddPage"]
    restarts = [section._sectPr.find(f"{W}footnotePr/{W}numRestart").get(f"{W}val") for section in chapters]
    assert restarts == ["eachSect", "eachSect"]


def test_endless_title_leaves_room_for_the_text() -> None:
    head = opened("hostile").sections[-1].even_page_header.paragraphs[0].text
    assert len(head) == 90
    assert head.endswith("…")


def test_contents_are_there_without_a_question_from_word() -> None:
    settings, document = part("guide", "word/settings.xml"), part("guide", "word/document.xml")
    assert not list(settings.iter(f"{W}updateFields"))
    assert not [e for e in document.iter(f"{W}fldChar") if e.get(f"{W}dirty")]
    entries = texts(opened("guide"), "toc 1")
    assert [entry.split("\t")[0] for entry in entries if entry] == texts(opened("guide"), "Heading 1")
    fields = [str(e.text) for e in document.iter(f"{W}instrText")]
    assert sum(field.startswith(" PAGEREF ") for field in fields) == len(entries) - 1


def test_contents_go_as_deep_as_asked() -> None:
    source = guide(chapters=1)
    for depth, entries in ((0, 0), (1, 0), (2, 1), (3, 2)):
        deep = replace(source, meta=replace(source.meta, contents_depth=depth))
        document = docx.Document(io.BytesIO(build(manuscript_of(deep), format="docx").data))
        below = [text for level in (2, 3) for text in texts(document, f"toc {level}")]
        assert (len(below), bool(texts(document, "toc 1"))) == (entries, depth > 0)


def test_parts_have_pages_of_their_own_in_the_outline() -> None:
    source = guide(chapters=3)
    first, second, third = source.chapters
    parts = replace(source, chapters=(replace(first, part="Spring"), second, replace(third, part="Autumn")))
    document = docx.Document(io.BytesIO(build(manuscript_of(parts), format="docx").data))
    assert texts(document, "Part Label") == ["Part 1", "Part 2"]
    assert texts(document, "Part Title") == ["Spring", "Autumn"]
    level = document.styles["Part Title"].element.find(f"{W}pPr/{W}outlineLvl")
    assert level is not None
    assert level.get(f"{W}val") == "0"
    assert len(document.sections) == 3 + 2 + 3 + 1


def test_letters_read_from_the_right_have_runs_of_their_own() -> None:
    source = guide(chapters=1)
    chapter = replace(source.chapters[0], markdown="Peace is *שלום עולם* in Hebrew, 12.")
    book = replace(source, chapters=(chapter,), meta=replace(source.meta, language="he"))
    data = build(manuscript_of(book), format="docx").data
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    turned = [
        "".join(run.itertext()) for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}rtl") is not None
    ]
    assert "שלום עולם" in turned
    assert not [words for words in turned if "Peace" in words or "12" in words]
    assert all(section.find(f"{W}bidi") is not None for section in document.iter(f"{W}sectPr"))


def test_styles_take_their_faces_from_the_theme() -> None:
    theme = zipfile.ZipFile(io.BytesIO(data("novel"))).read("word/theme.xml").decode()
    assert 'typeface="EB Garamond"' in theme
    styles = part("novel", "word/styles.xml")
    fonts = {e.get(f"{W}asciiTheme") for e in styles.iter(f"{W}rFonts")}
    assert fonts == {"minorHAnsi", "majorHAnsi", None}


@pytest.mark.parametrize("name", BOOKS)
def test_document_is_valid_by_the_schemas_of_open_xml(name: str, tmp_path: Path) -> None:
    path = tmp_path / "book.docx"
    path.write_bytes(data(name))
    result = OpenXmlValidator().validate(path)
    assert [(error.part_uri, error.path, error.description) for error in result.errors] == []


def test_fault_in_the_schema_is_found(tmp_path: Path) -> None:
    """The validator above would tell."""
    path = tmp_path / "book.docx"
    with zipfile.ZipFile(io.BytesIO(data("novel"))) as whole, zipfile.ZipFile(path, "w") as broken:
        for name in whole.namelist():
            text = whole.read(name)
            if name == "word/styles.xml":
                text = text.replace(
                    b'<w:name w:val="Title"/><w:basedOn w:val="Normal"/>',
                    b'<w:basedOn w:val="Normal"/><w:name w:val="Title"/>',
                )
            broken.writestr(name, text)
    assert OpenXmlValidator().validate(path).errors


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
