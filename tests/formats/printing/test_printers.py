"""What printers ask for: spines, gutters, page counts, sizes, and orders that they refuse."""

from __future__ import annotations

import pytest

from formats.builders.themes import INCH, MILLIMETRE
from formats.printing.order import BadOrder, Order
from formats.printing.printers import INGRAM, KDP, LULU, PRINTERS, pages_to_print, paper_of, spine_width


def order(printer: str, paper: str, **more: object) -> Order:
    return Order.of({"printer": printer, "binding": "paperback", "paper": paper, "trim": "6x9", **more})


@pytest.mark.parametrize(
    ("printer", "binding", "paper", "pages", "inches"),
    [
        ("kdp", "paperback", "white", 200, 0.4504),
        ("kdp", "paperback", "cream", 200, 0.5),
        ("kdp", "paperback", "premium-colour", 100, 0.2347),
        ("lulu", "paperback", "white", 444, 1.06),
        ("lulu", "hardcover", "white", 84, 0.25),
        ("lulu", "hardcover", "white", 85, 0.5),
        ("lulu", "hardcover", "white", 800, 2.125),
        ("ingramspark", "paperback", "cream-50", 222, 0.5),
    ],
)
def test_spine_follows_the_printers_rule(
    printer: str, binding: str, paper: str, pages: int, inches: float
) -> None:
    bound = PRINTERS[printer].binding(binding)
    assert spine_width(bound, paper_of(bound, paper), pages) == pytest.approx(inches)


def test_gutter_grows_with_the_pages() -> None:
    assert [KDP.gutter(pages) for pages in (24, 150, 151, 300, 301, 700, 828)] == [
        0.375, 0.375, 0.5, 0.5, 0.625, 0.75, 0.875,
    ]  # fmt: skip
    assert [LULU.gutter(pages) for pages in (32, 61, 151, 601)] == [0.5, 0.625, 1.0, 1.25]


def test_pages_are_made_even_and_end_on_a_blank_one_where_asked() -> None:
    paperback = KDP.bindings[0]
    assert [pages_to_print(KDP, paperback, written) for written in (23, 24)] == [24, 24]
    assert [pages_to_print(INGRAM, paperback, written) for written in (23, 24)] == [24, 26]
    custom = PRINTERS["custom"]
    assert pages_to_print(custom, custom.bindings[0], 97) == 100


def test_cover_is_two_panels_a_spine_and_the_bleed() -> None:
    wrap = order("kdp", "cream").wrap(200)
    assert wrap.sheet == (pytest.approx(12.75 * INCH), pytest.approx(9.25 * INCH))
    case = Order.of({"printer": "lulu", "binding": "hardcover", "paper": "white", "trim": "6x9"}).wrap(80)
    assert case.sheet == (pytest.approx(14 * INCH), pytest.approx(10.75 * INCH))


def test_no_type_on_a_thin_spine() -> None:
    assert order("kdp", "white").wrap(78).spine_type == 0
    assert order("kdp", "white").wrap(120).spine_type == pytest.approx((120 * 0.002252 - 0.125) * INCH)


def test_spine_of_the_printers_own_template_goes_first() -> None:
    assert order("ingramspark", "white-50", spine_mm=12.5).wrap(300).spine == pytest.approx(12.5 * MILLIMETRE)


def test_order_is_read_as_it_was_kept() -> None:
    asked = order("custom", "coated", trim="custom", width_mm=200.0, height_mm=260.0, space="cmyk")
    assert Order.of(asked.specification()) == asked
    assert asked.standard == "pdf/x-4"


def test_black_ink_is_printed_in_grey() -> None:
    assert order("kdp", "cream").interior_space == "grey"
    assert order("kdp", "premium-colour").interior_space == "srgb"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"printer": "nobody"}, "printer"),
        ({"binding": "scroll"}, "binding"),
        ({"paper": "papyrus"}, "paper"),
        ({"trim": "custom", "width_mm": 30, "height_mm": 40}, "trim"),
        ({"trim": "custom", "width_mm": 300, "height_mm": 300}, "trim"),
        ({"trim": "folio"}, "trim"),
        ({"space": "grey"}, "space"),
        ({"standard": "pdf/x-1a", "space": "srgb"}, "standard"),
        ({"standard": "pdf/x-4"}, "standard"),
        ({"spine_mm": "wide"}, "spine_mm"),
        ({"spine_mm": 900}, "spine_mm"),
    ],
)
def test_printer_refuses(asked: dict[str, object], field: str) -> None:
    with pytest.raises(BadOrder) as refused:
        Order.of({"printer": "kdp", "binding": "paperback", "paper": "white", "trim": "6x9", **asked})
    assert refused.value.field == field
