"""The pages of every theme: on every trim within their margins, and each design by the rules it follows."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from formats.builders import Built, build
from formats.builders.themes import THEMES, TRIMS, Theme
from formats.manuscript import BookSource, ChapterSource
from tests.factories.manuscripts import manuscript_of, picture_book
from tests.factories.sample_book import Language, SampleName, sample

SAMPLES: dict[str, SampleName] = {
    "classic-novel": "novel",
    "modern-novel": "novel",
    "non-fiction": "guide",
    "workbook": "workbook",
    "large-print": "guide",
    "early-reader": "reader",
}
LONG = (
    "An Inquiry into the Extraordinary Darkness That Fell upon the Sound in the Winter of the Great Ice, " * 2
)
OVERHANG = 7  # points by which a comma or hyphen may hang over the edge of a column


def pdf_of(source: BookSource, theme: Theme) -> Built:
    return build(manuscript_of(source), format="pdf", theme=theme)


@cache
def built(theme: str, language: Language = "en") -> bytes:
    return pdf_of(sample(SAMPLES[theme], language), THEMES[theme]).data


@cache
def reader(theme: str, language: Language = "en") -> PdfReader:
    return PdfReader(io.BytesIO(built(theme, language)))


def texts(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def labelled(reader: PdfReader, label: str) -> str:
    return texts(reader)[reader.page_labels.index(label)]


def bookmarks(reader: PdfReader) -> dict[str, int]:
    return {
        str(item.title).lstrip("0123456789 "): reader.get_destination_page_number(item) or 0
        for item in reader.outline
        if not isinstance(item, list)
    }


# Every theme on every trim


@pytest.mark.parametrize("trim", TRIMS)
@pytest.mark.parametrize("name", SAMPLES)
def test_text_stays_within_the_margins_and_claims_hold(name: str, trim: str) -> None:
    language: Language = "fr" if list(TRIMS).index(trim) % 2 else "en"
    source = sample(SAMPLES[name], language)
    first, *others = source.chapters
    source = replace(source, chapters=(replace(first, title=LONG.strip()), *others))
    theme = THEMES[name].on(TRIMS[trim])
    result = pdf_of(source, theme)
    assert result.warnings == ()  # it claims PDF/UA
    assert b"<pdfuaid:part>1<" in result.data
    assert list(_outside(result.data, theme)) == []


def _outside(data: bytes, theme: Theme) -> Iterator[tuple[int, str, float]]:
    """Characters beyond the inner or outer margin, by page."""
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        assert page.get_size() == pytest.approx((theme.width, theme.height), abs=0.1)
        left, right = (theme.inside, theme.outside) if number % 2 else (theme.outside, theme.inside)
        words = page.get_textpage()
        for place in range(words.count_rects()):
            box = words.get_rect(place)
            if box[0] < left - OVERHANG or box[2] > theme.width - right + OVERHANG:
                yield number, words.get_text_bounded(*box), box[2]


# Lines


@dataclass(frozen=True)
class Line:
    left: float
    right: float
    bottom: float


def body_lines(page: pypdfium2.PdfPage, theme: Theme, size: float) -> list[Line]:
    """The lines of running text on a page, from the top; not its head, foot and notes."""
    words = page.get_textpage()
    lines: dict[int, Line] = {}
    for place in range(words.count_chars()):
        if words.get_text_range(place, 1).isspace():
            continue
        box = words.get_charbox(place, loose=True)
        if abs((box[3] - box[1]) - size) > 1 or not theme.bottom - 4 < box[1] < theme.height - theme.top:
            continue
        key = round(box[1])
        found = lines.get(key) or lines.get(key - 1) or lines.get(key + 1)
        key = round(found.bottom) if found else key
        was = lines.get(key, Line(box[0], box[2], box[1]))
        lines[key] = Line(min(was.left, box[0]), max(was.right, box[2]), was.bottom)
    return [lines[key] for key in sorted(lines, reverse=True)]


def test_no_paragraph_leaves_a_line_alone() -> None:
    theme = THEMES["classic-novel"]
    plain = tuple(
        ChapterSource(title=f"Chapter {number}", markdown="\n\n".join(["x"] * number + [paragraph] * 14))
        for number in range(1, 7)
        for paragraph in (
            "All the words of this paragraph are short, and so it may end anywhere. " * (number + 1),
        )
    )
    source = replace(sample("novel"), chapters=plain, front_matter=(), back_matter=())
    document = pypdfium2.PdfDocument(pdf_of(source, theme).data)
    glyphs = next(filter(None, (_height_of_text(page) for page in list(document)[10:])))
    pages = [body_lines(page, theme, glyphs) for page in document]
    turns = 0
    for number, (before, after) in enumerate(itertools.pairwise(pages), 1):
        if len(before) < 10 or len(after) < 3 or number < 9:
            continue
        left = min(line.left for line in before)
        right = min(line.left for line in after)
        begins, goes_on = before[-1].left > left + 8, after[0].left <= right + 8
        ends = goes_on and after[1].left > right + 8
        assert not (begins and goes_on), f"a first line alone at the foot of page {number}"
        assert not ends, f"a last line alone at the head of page {number + 1}"
        turns += 1
    assert turns >= 8


def _height_of_text(page: pypdfium2.PdfPage) -> float:
    words = page.get_textpage()
    boxes = [words.get_charbox(place, loose=True) for place in range(words.count_chars())]
    heights = [round(box[3] - box[1], 1) for box in boxes]
    return max(set(heights), key=heights.count) if heights else 0


# Running heads and folios


@pytest.mark.parametrize(
    ("name", "verso", "recto"),
    [
        ("classic-novel", r"^\d+ the light at sker · the sound ", r"^the last ferry \d+ "),
        (
            "modern-novel",
            r" (?:\d+ The Sound|The Sound \d+)$",
            r" (?:The Last Ferry \d+|\d+ The Last Ferry)$",
        ),
        ("non-fiction", r"^\d+ Common Ground ", r"^Reading the ground \d+ "),
        ("workbook", r" \d+ A Week of Your Own$", None),
        ("large-print", r" \d+$", r" \d+$"),
        ("early-reader", r" \d+$", None),
    ],
)
def test_running_heads_follow_the_design(name: str, verso: str, recto: str | None) -> None:
    small = pdf_of(
        sample(SAMPLES[name]), THEMES[name].on(TRIMS["5x8"])
    ).data  # whose chapters take some pages
    book = PdfReader(io.BytesIO(small))
    openings = set(bookmarks(book).values())
    pages = list(enumerate(texts(book)))
    first = book.page_labels.index("1")
    running = [(number, text) for number, text in pages[first:] if number not in openings and text]
    assert any(re.search(verso, text, re.IGNORECASE) for number, text in running if number % 2)
    if recto:
        assert any(re.search(recto, text, re.IGNORECASE) for number, text in running if number % 2 == 0)


@pytest.mark.parametrize("name", SAMPLES)
def test_opening_pages_have_a_folio_and_no_running_head(name: str) -> None:
    book = reader(name)
    title = str(book.metadata.title) if book.metadata else ""
    chapters = [
        page
        for words, page in bookmarks(book).items()
        if words in {each.title for each in sample(SAMPLES[name]).chapters}
    ]
    assert chapters
    for page in chapters:
        text = texts(book)[page]
        assert title.casefold() not in (text[:50] + text[-30:]).casefold()
        assert re.search(rf"(^| ){book.page_labels[page]}$", text)


def test_pages_that_an_opening_skips_are_blank() -> None:
    pages = texts(reader("classic-novel"))
    assert all(pages[page] for page in bookmarks(reader("classic-novel")).values())
    assert pages[1] == pages[3] == ""  # behind the cover and behind the half title


# Matter


@pytest.mark.parametrize("name", ["classic-novel", "modern-novel"])
def test_novel_begins_with_half_title_title_colophon_dedication_and_epigraph(name: str) -> None:
    pages = texts(reader(name))
    assert pages[2] == "The Light at Sker"
    for words in ("The Light at Sker", "A novel", "Rosa Lind", "Lights of the Sound, book 2", "Fern Street"):
        assert words.casefold() in pages[4].casefold()
    for words in ("Second edition", "ISBN 978-0-306-40615-7 (print)", "(e-book)", "Ida Berg"):
        assert words in pages[5]
    assert pages[6] == "For everyone who is still counting."
    assert pages[8] == "A harbour is a promise made in stone. — Pilot’s Handbook, 1874"


def test_french_colophon_speaks_french() -> None:
    colophon = texts(reader("classic-novel", "fr"))[5]
    for words in ("Les Feux du détroit, tome 2", "(imprimé)", "(numérique)", "Traduit par Amadou Keïta"):
        assert words in colophon


def test_epigraph_has_a_page_and_no_place_in_the_contents() -> None:
    book = reader("non-fiction")
    assert "Epigraph" not in bookmarks(book)
    assert not any("Epigraph" in page for page in texts(book))


@pytest.mark.parametrize("name", ["classic-novel", "modern-novel"])
def test_part_has_a_right_hand_page_and_a_place_in_contents_and_bookmarks(name: str) -> None:
    book = reader(name)
    pages = texts(book)
    contents = next(page for page in pages if page.startswith("Contents"))
    for number, title in (("I", "The Sound"), ("II", "The Ice")):
        page = bookmarks(book)[title]
        assert page % 2 == 0
        assert pages[page].rstrip(" ❦").casefold() == f"part {number} {title}".casefold()
        assert f"part {number} · {title}".casefold() in contents.casefold()


def test_part_of_a_picture_book_has_a_right_hand_page() -> None:
    source = picture_book(scenes=3)
    first, second, third = source.chapters
    source = replace(source, chapters=(first, replace(second, part="Night"), third))
    book = PdfReader(io.BytesIO(pdf_of(source, THEMES["picture-book"]).data))
    page = bookmarks(book)["Night"]
    assert page % 2 == 0
    assert "PART I Night" in texts(book)[page]
    assert "The squeaky gate" in texts(book)[page + 1]


@pytest.mark.parametrize(
    ("depth", "found", "missing"),
    [
        (0, (), ("Reading the ground 1",)),
        (1, ("Reading the ground",), ("Light, water, people",)),
        (2, ("Reading the ground", "Light, water, people"), ("What to ask before",)),
        (3, ("Light, water, people", "What to ask before you sign"), ("In writing",)),
    ],
)
def test_contents_go_as_deep_as_asked(depth: int, found: tuple[str, ...], missing: tuple[str, ...]) -> None:
    source = sample("guide")
    source = replace(source, meta=replace(source.meta, contents_depth=depth))
    book = PdfReader(io.BytesIO(pdf_of(source, THEMES["non-fiction"]).data))
    before = " ".join(texts(book)[: book.page_labels.index("1")])
    assert ("Contents" in before) == (depth > 0)
    assert all(words in before for words in found)
    assert not any(words in before for words in missing)


# The designs' own ways


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("“You have missed it,” said the woman", "Élan, they call it")),
        ("fr", ("«\u202fVous l’avez manqué\u202f», dit la femme", "Élan\u00a0: c’est ainsi")),
    ],
)
def test_dropped_initial_leaves_its_word_whole(language: Language, words: tuple[str, str]) -> None:
    """pypdfium2 and pypdf read it as printed; the drawing of the initial is no letter."""
    document = pypdfium2.PdfDocument(built("classic-novel", language))
    read = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))
    for each in words:
        assert re.sub(r"\s", "", each) in read
        assert any(" ".join(each.split()) in page for page in texts(reader("classic-novel", language)))


def test_exercise_is_framed_and_rules_below_each_other_are_to_write_on() -> None:
    written = " ".join(texts(reader("workbook")))
    assert "Exercise 1: Where the hours go" in written
    document = pypdfium2.PdfDocument(built("workbook"))
    page = next(page for page in document if "In your own words" in page.get_textpage().get_text_range())
    lines = sorted(
        round(each.get_bounds()[1])
        for each in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,))
        if each.get_bounds()[2] - each.get_bounds()[0] > 300
    )
    gaps = [after - before for before, after in itertools.pairwise(lines)]
    assert gaps.count(THEMES["workbook"].writing_line) >= 2


def test_early_reader_is_set_in_letters_as_children_write_them() -> None:
    """The glyphs differ from those that the same face shows in a workbook; the text stays the same."""
    plain = replace(THEMES["early-reader"], schoolbook=False)
    source = replace(sample("reader"), chapters=(ChapterSource(title="A", markdown="Ilo gazed at a lilac."),))
    seen = []
    for theme in (THEMES["early-reader"], plain):
        data = pdf_of(source, theme).data
        document = pypdfium2.PdfDocument(data)
        page = next(
            page for page in document if "Ilo gazed at a lilac." in page.get_textpage().get_text_range()
        )
        seen.append(page.render(scale=1).to_pil().tobytes())
    assert seen[0] != seen[1]


@pytest.mark.parametrize(
    ("language", "words", "face"),
    [
        ("ar", "كان يا ما كان", "Amiri"),
        ("he", "היה היה פעם", "FrankRuhlLibre"),
        ("ja", "昔々ある所に", "NotoSerifJP"),
        ("zh", "从前有一座山", "NotoSerifSC"),
        ("ko", "옛날 옛적에", "NotoSerifKR"),
        ("en", "Good morning 😀", "NotoEmoji"),
    ],
)
def test_other_scripts_are_printed_in_faces_of_their_own(language: str, words: str, face: str) -> None:
    source = sample("novel")
    chapters = (ChapterSource(title=words, markdown=words),)
    source = replace(
        source,
        meta=replace(source.meta, language=language),
        chapters=chapters,
        front_matter=(),
        back_matter=(),
    )
    result = pdf_of(source, THEMES["classic-novel"])
    assert result.warnings == ()
    book = PdfReader(io.BytesIO(result.data))
    fonts: set[str] = set()
    for page in book.pages:
        resources: Any = page["/Resources"]
        fonts |= {str(font.get_object()["/BaseFont"]) for font in resources.get("/Font", {}).values()}
    assert any(face in font for font in fonts)


def test_book_read_from_right_to_left_says_so_and_is_bound_on_the_right() -> None:
    source = sample("novel")
    chapters = (ChapterSource(title="باب", markdown="كان يا ما كان في قديم الزمان. " * 300),)
    source = replace(
        source, meta=replace(source.meta, language="ar"), chapters=chapters, front_matter=(), back_matter=()
    )
    theme = THEMES["classic-novel"]
    data = pdf_of(source, theme).data
    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert root["/ViewerPreferences"]["/Direction"] == "/R2L"
    document = pypdfium2.PdfDocument(data)
    words = document[len(document) - 2].get_textpage()
    right = max(words.get_rect(place)[2] for place in range(words.count_rects()))
    number = len(document) - 1
    # Odd pages lie on the left, so that their inner margin is on the right.
    margin = theme.inside if number % 2 else theme.outside
    assert right == pytest.approx(theme.width - margin, abs=3)


@pytest.mark.parametrize("trim", ["7x10", "8.5x8.5", "5x8"])
def test_contents_of_a_picture_book_stand_on_one_page(trim: str) -> None:
    book = picture_book(scenes=16)
    data = pdf_of(book, THEMES["picture-book"].on(TRIMS[trim])).data
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    contents = next(number for number, text in enumerate(texts) if text.startswith("Contents"))
    assert book.chapters[-1].title in texts[contents]
    assert texts[contents + 1].startswith(book.chapters[0].title)
