"""The PDF as a reader, a printer and a screen reader see it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import typst
from pypdf import PageObject, PdfReader, Transformation
from pypdf.generic import DictionaryObject

from formats.builders import Built, build
from formats.builders.typst_source import string
from tests.factories.manuscripts import guide, hostile, manuscript_of, novel, picture_book


@cache
def built(name: str) -> Built:
    sources = {"guide": guide, "novel": novel, "story": picture_book}
    return build(manuscript_of(sources[name]()), format="pdf")


def read(name: str) -> PdfReader:
    return PdfReader(io.BytesIO(built(name).data))


def text_of(reader: PdfReader, label: str) -> str:
    return reader.pages[reader.page_labels.index(label)].extract_text()


def page_of(reader: PdfReader, words: str) -> int:
    return next(
        number for number, page in enumerate(reader.pages) if words in " ".join(page.extract_text().split())
    )


@pytest.mark.parametrize("name", ["guide", "novel", "story"])
def test_claims_are_made_without_a_warning(name: str) -> None:
    assert built(name).warnings == ()
    root = read(name).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part>1<", metadata)
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 pypdf's own boolean
    assert "/StructTreeRoot" in root


def test_metadata_names_book_language_and_fixed_date() -> None:
    reader = read("guide")
    assert (reader.metadata.title, reader.metadata.author) == ("Starting a Garden", "Rosa Lind")
    assert reader.metadata.creation_date.isoformat() == "2026-03-04T05:06:07+00:00"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_front_matter_holds_title_colophon_and_disclosure() -> None:
    reader = read("guide")
    title = reader.pages[2].extract_text()
    assert [
        line in title for line in ("Starting a Garden", "A first season", "Rosa Lind", "Fern Street Press")
    ]
    colophon = reader.pages[3].extract_text()
    for line in (
        "© 2026 Rosa Lind",
        "Illustrated by Ida Berg",
        "March 2026",
        "with the help of software",
        "holds the hose",
    ):
        assert line in colophon


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        (
            "guide",
            [
                "Preface",
                "Begin with people",
                "Choosing the ground",
                "Soil, water & light",
                "About the author",
            ],
        ),
        ("novel", ["The Harbour", "The Letters"]),
        ("story", ["The missing star", "The squeaky gate", "A river with no bridge"]),
    ],
)
def test_contents_give_the_page_that_each_chapter_opens_on(name: str, titles: list[str]) -> None:
    reader = read(name)
    contents = reader.pages[page_of(reader, "Contents")].extract_text()
    bookmarks = {
        item.title.lstrip("0123456789 "): reader.get_destination_page_number(item)
        for item in reader.outline
        if not isinstance(item, list)
    }
    for title in titles:
        printed = re.search(rf"{re.escape(title)}[ .]*?\s(\w+)$", contents, re.MULTILINE)
        assert printed, (title, contents)
        page = reader.page_labels.index(printed[1])
        assert bookmarks[title] == page
        assert title in reader.pages[page].extract_text()


def test_sections_are_bookmarked_below_their_chapters() -> None:
    outline = read("guide").outline
    titles = [item.title for item in outline if not isinstance(item, list)]
    assert titles[:3] == ["Contents", "Preface", "1 Begin with people"]
    below = outline[titles.index("1 Begin with people") + 1]
    assert [item.title for item in below if not isinstance(item, list)] == ["Choosing the ground"]


def test_front_matter_counts_in_roman_and_the_text_from_one() -> None:
    labels = read("novel").page_labels
    first = labels.index("1")
    assert labels[:3] == ["i", "ii", "iii"]
    assert first % 2 == 0  # a right-hand page
    assert labels[first:] == [str(number) for number in range(1, len(labels) - first + 1)]


def test_picture_book_counts_its_pages_from_the_cover() -> None:
    labels = read("story").page_labels
    assert labels == [str(number) for number in range(1, len(labels) + 1)]


@pytest.mark.parametrize(("name", "inches"), [("guide", (6, 9)), ("novel", (6, 9)), ("story", (7, 10))])
def test_every_page_has_the_books_trim_and_the_cover_too(name: str, inches: tuple[int, int]) -> None:
    sizes = {(float(page.mediabox.width) / 72, float(page.mediabox.height) / 72) for page in read(name).pages}
    assert sizes == {inches}


def test_scenes_of_a_picture_book_take_a_page_each() -> None:
    reader = read("story")
    pages = [page_of(reader, words) for words in ("right there", "two apples", "go home")]
    assert pages == [pages[0], pages[0] + 1, pages[0] + 2]


def test_running_heads_stand_on_all_pages_but_openings_and_blank_ones() -> None:
    reader = read("novel")
    assert text_of(reader, "2").split("\n")[0].lower() == "2 the river and the stone"
    assert text_of(reader, "3").split("\n")[0].lower() == "the harbour 3"
    opening = text_of(reader, "1")
    assert "River" not in opening
    assert opening.rstrip().endswith("1")


def test_novel_opens_its_chapters_on_right_hand_pages_after_blank_ones() -> None:
    reader = read("novel")
    pages = [reader.get_destination_page_number(item) for item in reader.outline if "The " in item.title]
    assert [page % 2 for page in pages] == [0, 0]
    blank = [page for page in range(pages[0], pages[1]) if not reader.pages[page].extract_text().strip()]
    assert blank in ([], [pages[1] - 1])


@pytest.mark.parametrize("name", ["guide", "novel", "story"])
def test_every_font_is_embedded(name: str) -> None:
    found = 0
    for font in _resources(read(name), "/Font"):
        descendants = font.get("/DescendantFonts", [font])
        for descendant in descendants:
            descriptor = descendant.get_object()["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
            found += 1
    assert found >= 2


def _resources(reader: PdfReader, kind: str) -> Iterator[DictionaryObject]:
    pending = [page["/Resources"] for page in reader.pages]
    while pending:
        resources = pending.pop().get_object()
        for thing in (resources.get(kind) or {}).values():
            yield thing.get_object()
        for thing in (resources.get("/XObject") or {}).values():
            if "/Resources" in thing.get_object():
                pending.append(thing.get_object()["/Resources"])


def test_jpeg_pictures_pass_straight_through() -> None:
    assets = manuscript_of(picture_book()).assets
    streams = {
        picture._data
        for picture in _resources(read("story"), "/XObject")
        if picture.get("/Filter") == "/DCTDecode"
    }
    assert streams == {asset.read() for asset in assets.values()}


def test_pictures_carry_their_alternative_text() -> None:
    alternatives = {str(item["/Alt"]) for item in _structure(read("story")) if "/Alt" in item}
    assert alternatives == {"A garden gate", *(f"Amina and Pip, picture {n}" for n in (1, 2, 3))}


def test_structure_has_title_headings_lists_tables_notes_and_contents() -> None:
    kinds = {item["/S"] for item in _structure(read("guide")) if "/S" in item}
    assert {
        "/H1",
        "/H2",
        "/H3",
        "/P",
        "/L",
        "/LI",
        "/Table",
        "/TH",
        "/TD",
        "/Note",
        "/Figure",
        "/Link",
    } <= kinds
    assert {"/TOC", "/TOCI", "/Code", "/BlockQuote", "/Title"} <= kinds


def _structure(reader: PdfReader) -> Iterator[DictionaryObject]:
    pending = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while pending:
        item = pending.pop()
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, DictionaryObject):
            yield item
            pending.append(item.get("/K"))
        elif isinstance(item, list):
            pending += item


def test_everything_written_is_in_the_text() -> None:
    text = "\n".join(page.extract_text() for page in read("guide").pages)
    text = re.sub(r"\s+", " ", text)
    for words in (
        "Before any ground is broken, nobody everyone", "It’s “simple” — really…", "120 cm is comfortable",
        "A second paragraph of the item", "And one within it", "☐ The paper is signed", "☑ Four people",
        'print("<hello>")', "The old gate", "A key kept by one person", "She gardens.",
    ):  # fmt: skip
        assert words in text, words


def of_markdown(markdown: str) -> PdfReader:
    book = replace(guide(chapters=1), front_matter=(), back_matter=())
    chapter = replace(book.chapters[0], markdown=markdown)
    data = build(manuscript_of(replace(book, chapters=(chapter,))), format="pdf").data
    return PdfReader(io.BytesIO(data))


def heights(page: PageObject, words: Sequence[str]) -> list[float]:
    """How far above the foot of the page, in points, each of the words stands."""
    found: dict[str, float] = {}

    def visit(text: str, page: list[float], line: list[float], _font: object, _size: float) -> None:
        place = Transformation(tuple(line)).transform(Transformation(tuple(page)))  # type: ignore[arg-type]
        found.update({word: place.ctm[5] for word in words if word in text})

    page.extract_text(visitor_text=visit)
    return [found[word] for word in words]


def test_rows_to_fill_in_have_room_to_write() -> None:
    rows = "| Printed | %s |\n| Second | %s |\n| Third | %s |\n\nAfter"
    blank, full = (
        of_markdown("| Question | Answer |\n|---|---|\n" + rows.replace("%s", cell)) for cell in (" ", "x")
    )
    for reader, least, most in ((blank, 24, 36), (full, 12, 20)):
        page = reader.pages[page_of(reader, "Printed")]
        first, second, third = heights(page, ("Printed", "Second", "Third"))
        assert least < first - second < most
        assert least < second - third < most


def test_rows_and_short_lists_stay_whole() -> None:
    filler = "A line.\n\n"
    table = "| Question | Answer |\n|---|---|\n" + "| opened in a rather long row that is closed | |\n" * 12
    for lines in range(18, 34):
        reader = of_markdown(filler * lines + table + "\n\n1. first item\n2. last item\n")
        pages = [page.extract_text() for page in reader.pages]
        assert all(page.count("opened") == page.count("closed") for page in pages)
        assert all(("first item" in page) == ("last item" in page) for page in pages)


def test_words_between_a_heading_and_its_table_stay_with_them() -> None:
    table = "## Sizes\n\nGive your goal.\n\n| Size | Looks |\n|---|---|\n| Small | |\n| Large | |\n"
    for lines in range(18, 34):
        reader = of_markdown("A line.\n\n" * lines + table)
        assert page_of(reader, "Give your goal") == page_of(reader, "Large") == page_of(reader, "Sizes")


def test_blanks_in_a_line_become_rules() -> None:
    text = "".join(page.extract_text() for page in of_markdown("- Then I shall ________.").pages)
    assert "Then I shall" in text
    assert "_" not in text


def test_french_book_has_french_words_and_spaces() -> None:
    reader = PdfReader(io.BytesIO(build(manuscript_of(picture_book(language="fr")), format="pdf").data))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Table des matières" in text
    assert "«\u202fElle était là\u202f!\u202f»" in text
    assert "L’étoile perdue" in text
    assert reader.trailer["/Root"]["/Lang"] == "fr"


@pytest.mark.parametrize("before", [0, 1])
def test_scene_too_long_for_one_page_faces_its_picture(before: int) -> None:
    source = picture_book(scenes=before + 1)
    long = replace(source.chapters[-1], title="Long", markdown="word " * 200)
    book = replace(source, chapters=(*source.chapters[:-1], long))
    reader = PdfReader(io.BytesIO(build(manuscript_of(book), format="pdf").data))
    page = page_of(reader, "word word")
    assert page % 2 == 0  # a right-hand page
    assert reader.pages[page].extract_text().count("word") == 200
    assert len(reader.pages[page - 1].images) == 1


def test_nothing_of_an_endless_scene_is_lost() -> None:
    source = picture_book(scenes=1)
    endless = replace(source.chapters[0], markdown="word " * 1200)
    manuscript = manuscript_of(replace(source, chapters=(endless,)))
    reader = PdfReader(io.BytesIO(build(manuscript, format="pdf").data))
    assert sum(page.extract_text().count("word") for page in reader.pages) == 1200


@pytest.mark.parametrize("kind", ["guide", "story", "novel"])
def test_hostile_book_is_set(kind: Any) -> None:
    result = build(manuscript_of(hostile(kind=kind, language="ar")), format="pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(result.data)).pages)
    assert '#eval("1")' in re.sub(r"\s", "", text)
    assert "root:" not in text
    assert b"/JavaScript" not in result.data
    assert result.warnings == ()  # emoji, Hebrew, Arabic and Japanese have their fonts


def test_same_book_gives_the_same_bytes() -> None:
    assert build(manuscript_of(guide()), format="pdf").data == built("guide").data


@pytest.mark.parametrize("text", ['"', "\\", '\\"', "a\nb", "\\u{41}", '")#panic("', "#{1}", "\t"])
def test_string_literal_means_just_its_text(text: str) -> None:
    source = f"#metadata({string(text)}) <it>"
    assert json.loads(typst.query(source.encode(), "<it>", field="value", one=True)) == text
