"""Interior and cover as they come out: sizes, boxes, inks, blank pages, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from formats.builders.themes import CLASSIC_NOVEL, INCH, PICTURE_BOOK
from formats.printing.content import colours_in
from formats.printing.interior import printed_theme
from formats.printing.making import Made, make
from formats.printing.order import Order
from tests.formats.printing.books import kdp, manuscript


@pytest.fixture(scope="module")
def story() -> Made:
    """A picture book of 22 scenes for KDP, in sRGB."""
    return make(manuscript(chapters=22, pictured=4), PICTURE_BOOK, kdp())


@pytest.fixture(scope="module")
def press_story() -> Made:
    """The same kind of book for IngramSpark: CMYK, PDF/X-1a, bleed on the trimmed edges."""
    order = Order.of(
        {"printer": "ingramspark", "binding": "paperback", "paper": "white-70", "trim": "5.5x8.5"}
    )
    return make(manuscript(chapters=18, pixels=600, pictured=4), PICTURE_BOOK, order)


def outcomes(report: Sequence[dict[str, Any]], *kinds: str) -> set[tuple[str, str]]:
    return {(row["rule"], row["detail"]["file"]) for row in report if row["outcome"] in kinds}


def test_all_rules_hold_for_what_we_make(story: Made, press_story: Made) -> None:
    assert outcomes(story.report, "fail") == set()
    assert outcomes(press_story.report, "fail") == set()
    assert {rule for rule, _file in outcomes(story.report, "warn")} <= {"enlarged"}


def test_pages_have_bleed_on_the_trimmed_edges(story: Made) -> None:
    with pikepdf.open(io.BytesIO(story.interior)) as pdf:
        right, left = pdf.pages[0], pdf.pages[1]
        assert [float(side) for side in right.mediabox] == [0, 0, 621, 630]
        assert [float(side) for side in right.trimbox] == [0, 9, 612, 621]
        assert [float(side) for side in left.trimbox] == [9, 9, 621, 621]
        assert story.pages == len(pdf.pages) >= 24


def test_nothing_for_screens_is_left(story: Made) -> None:
    with pikepdf.open(io.BytesIO(story.interior)) as pdf:
        assert Name.Outlines not in pdf.Root
        assert Name.StructTreeRoot not in pdf.Root
        assert not any(Name.Annots in page.obj for page in pdf.pages)


def test_press_gets_ink_and_says_so(press_story: Made) -> None:
    for data in (press_story.interior, press_story.cover):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = colours_in(pdf)
            assert found.families <= {"cmyk", "grey"}
            assert not found.transparent
            assert pdf.pdf_version == "1.3"
            assert str(pdf.docinfo["/GTS_PDFXConformance"]) == "PDF/X-1a:2001"
            intent = pdf.Root.OutputIntents[0]
            assert str(intent.OutputConditionIdentifier) == "CGATS TR 001"


def test_few_pixels_are_told_of(press_story: Made) -> None:
    rows = [row["detail"] for row in press_story.report if row["rule"] == "enlarged"]
    assert [(row["file"], row["dpi"]) for row in rows] == [("interior", 104), ("cover", 274)]


def test_novel_is_pure_black_without_cover_or_bleed() -> None:
    book = manuscript(kind="novel", chapters=9, words=1500)
    made = make(book, CLASSIC_NOVEL, kdp("cream", "6x9"))
    with pikepdf.open(io.BytesIO(made.interior)) as pdf:
        assert colours_in(pdf).families == {"grey"}
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 432, 648]
        assert len(pdf.pages) % 2 == 0
        assert not pdf.pages[0].get_images()
    assert outcomes(made.report, "fail") == set()


def test_gutter_is_as_wide_as_the_pages_need() -> None:
    order = Order.of({"printer": "lulu", "binding": "paperback", "paper": "cream", "trim": "5x8"})
    assert printed_theme(CLASSIC_NOVEL, order, pages=40, bleeds=False).inside < 0.9 * INCH
    assert printed_theme(CLASSIC_NOVEL, order, pages=500, bleeds=False).inside >= 1.125 * INCH


def test_same_book_and_order_give_the_same_bytes() -> None:
    book = manuscript(kind="novel", chapters=2)
    first, second = (make(book, CLASSIC_NOVEL, kdp("white", "6x9")) for _time in range(2))
    assert (first.interior, first.cover) == (second.interior, second.cover)


def test_cover_without_isbn_leaves_the_printers_corner_free() -> None:
    made = make(manuscript(kind="novel", chapters=2, isbn_print=""), CLASSIC_NOVEL, kdp("white", "6x9"))
    passed = outcomes(made.report, "pass")
    assert {("barcode-room", "cover"), ("isbn-missing", "cover")} <= passed


def test_long_texts_stay_on_the_cover() -> None:
    book = manuscript(
        kind="novel", chapters=12, words=3000, title="A Very Long Title " * 8,
        back_text="Words of praise. " * 110,
        series="The series of everything that has a name", series_number="12", cover=None,
    )  # fmt: skip
    made = make(book, CLASSIC_NOVEL, kdp("cream", "5x8"))
    assert {rule for rule, file in outcomes(made.report, "fail") if file == "cover"} == set()


def test_hardcover_spine_follows_the_table() -> None:
    order = Order.of({"printer": "lulu", "binding": "hardcover", "paper": "premium-colour", "trim": "7x10"})
    made = make(manuscript(chapters=22, pixels=600, pictured=2), PICTURE_BOOK, order)
    assert made.spine_mm == 6.35
    assert {rule for rule, file in outcomes(made.report, "fail") if file == "cover"} == set()
