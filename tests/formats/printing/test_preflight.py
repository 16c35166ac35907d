"""Preflight finds each fault that is planted into files that had none."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from formats.builders.themes import PICTURE_BOOK
from formats.printing.making import Made, make
from formats.printing.preflight import Finding, check_cover, check_interior
from tests.formats.printing.books import ISBN, kdp, manuscript, picture

ORDER = kdp()
Fault = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def made() -> Made:
    return make(manuscript(chapters=22, pixels=2630, pictured=3), PICTURE_BOOK, ORDER)


def spoilt(data: bytes, fault: Fault, **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fault(pdf)
        pdf.save(out, **how)
    return out.getvalue()


def found(findings: list[Finding], *outcomes: str) -> dict[str, dict[str, Any]]:
    return {each.rule: each.figures for each in findings if each.outcome in (outcomes or ("fail",))}


def add(pdf: pikepdf.Pdf, number: int, content: str, **resources: Any) -> None:
    page = pdf.pages[number - 1]
    for kind, things in resources.items():
        key = Name(f"/{kind}")
        if key not in page.Resources:
            page.Resources[key] = Dictionary()
        for name, thing in things.items():
            page.Resources[key][name] = thing
    page.contents_add(f"q {content} Q".encode())


def test_sound_files_pass(made: Made) -> None:
    assert found(check_interior(made.interior, ORDER), "fail", "warn") == {}
    assert found(check_cover(made.cover, ORDER, pages=made.pages, isbn=ISBN), "fail", "warn").keys() == set()


def test_wrong_trim(made: Made) -> None:
    other = kdp(trim="8.5x11")
    fault = found(check_interior(made.interior, other))["trim"]
    assert (fault["height"], fault["found_height"]) == (279.4, 215.9)
    assert fault["on_count"] == made.pages


def test_one_page_of_another_size(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        pdf.pages[4].obj.TrimBox = Array([0, 9, 500, 621])

    assert found(check_interior(spoilt(made.interior, fault), ORDER))["trim"]["on"] == [5]


def test_missing_bleed(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for box in ("/MediaBox", "/CropBox", "/BleedBox"):
                page.obj[box] = page.obj.TrimBox

    assert "bleed" in found(check_interior(spoilt(made.interior, fault), ORDER))


def test_picture_that_stops_at_the_trim(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        add(pdf, 2, "0.2 0.5 0.3 rg 9 9 500 60 re f")

    assert found(check_interior(spoilt(made.interior, fault), ORDER))["bleed"]["on"] == [2]


def test_unembedded_font(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        add(pdf, 3, "BT 0 g /FX 12 Tf 200 300 Td (Words) Tj ET", Font={"/FX": font})

    assert found(check_interior(spoilt(made.interior, fault), ORDER))["fonts"]["fonts"] == "Helvetica"


def test_low_resolution(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(picture(300, 200).read())
        image.update(
            Dictionary(
                Type=Name.XObject, Subtype=Name.Image, Width=300, Height=200, BitsPerComponent=8,
                ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode,
            )
        )  # fmt: skip
        add(pdf, 3, "288 0 0 192 150 250 cm /IX Do", XObject={"/IX": pdf.make_indirect(image)})

    fault_found = found(check_interior(spoilt(made.interior, fault), ORDER))["resolution"]
    assert (fault_found["dpi"], fault_found["on"]) == (75, [3])


@pytest.mark.parametrize(
    ("where", "rule"), [((300, 12), "safe-area"), ((598, 300), "safe-area"), ((4, 300), "gutter")]
)
def test_text_in_the_margins(made: Made, where: tuple[int, int], rule: str) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        add(pdf, 3, f"BT 0 g /FX 12 Tf {where[0]} {where[1]} Td (W) Tj ET", Font={"/FX": font})

    assert found(check_interior(spoilt(made.interior, fault), ORDER))[rule]["on"] == [3]


def test_odd_page_count(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        pdf.pages.append(pdf.pages[-1])

    assert (
        found(check_interior(spoilt(made.interior, fault), ORDER))["page-multiple"]["pages"] == made.pages + 1
    )


def test_too_few_pages(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[10:]

    assert found(check_interior(spoilt(made.interior, fault), ORDER))["page-count"]["pages"] == 10


def test_many_blank_pages(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages[10:16]:
            page.obj.Contents = pdf.make_stream(b"")

    assert found(check_interior(spoilt(made.interior, fault), ORDER), "warn")["blank-pages"]["run"] == 6


def test_wrong_spine(made: Made) -> None:
    fault = found(check_cover(made.cover, ORDER, pages=300, isbn=ISBN))
    assert (fault["spine"]["spine"], fault["spine"]["found"]) == (17.88, made.spine_mm)
    assert "cover-size" in fault


def test_type_on_a_spine_that_is_too_thin(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        middle = float(pdf.pages[0].mediabox[2]) / 2
        add(pdf, 1, f"BT 1 g /FX 2 Tf {middle - 0.5} 300 Td (l) Tj ET", Font={"/FX": font})

    spoiled = spoilt(made.cover, fault)
    assert "spine-type" in found(check_cover(spoiled, ORDER, pages=made.pages, isbn=ISBN))


def test_type_at_the_covers_edge(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        add(pdf, 1, "BT 1 g /FX 12 Tf 12 300 Td (W) Tj ET", Font={"/FX": font})

    spoiled = spoilt(made.cover, fault)
    assert "cover-safe" in found(check_cover(spoiled, ORDER, pages=made.pages, isbn=ISBN))


def test_barcode_of_another_book(made: Made) -> None:
    fault = found(check_cover(made.cover, ORDER, pages=made.pages, isbn="9782070612758"))
    assert fault["barcode"]["found"] == ISBN


def test_covered_barcode_and_bad_isbn(made: Made) -> None:
    spoiled = spoilt(made.cover, lambda pdf: add(pdf, 1, "1 g 0 0 620 200 re f"))
    assert found(check_cover(spoiled, ORDER, pages=made.pages, isbn=ISBN))["barcode"]["found"] == "–"
    assert "isbn" in found(check_cover(made.cover, ORDER, pages=made.pages, isbn="9780306406158"))


def test_type_where_the_printer_sets_its_barcode(made: Made) -> None:
    assert "barcode-room" in found(check_cover(made.cover, ORDER, pages=made.pages))


def test_wrong_colours_and_no_standard(made: Made) -> None:
    press = kdp(space="cmyk", standard="pdf/x-1a")
    faults = found(check_interior(made.interior, press))
    assert faults["colours"]["found"] == "rgb"
    assert faults["standard"]["standard"] == "PDF/X-1a:2001"


def test_too_much_ink() -> None:
    press = kdp(space="cmyk", standard="pdf/x-4")
    made = make(manuscript(chapters=22, pictured=1), PICTURE_BOOK, press)
    assert "ink" in found(check_interior(made.interior, press), "pass")
    spoiled = spoilt(made.interior, lambda pdf: add(pdf, 3, "1 1 1 0.9 k 200 200 10 10 re f"))
    assert found(check_interior(spoiled, press), "warn")["ink"] == {"ink": 390, "most": 300}


def test_transparency_links_and_scripts(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        glass = Dictionary(Type=Name.ExtGState, ca=0.5)
        add(pdf, 3, "/GX gs 0.9 g 200 200 10 10 re f", ExtGState={"/GX": glass})
        pdf.pages[2].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))]
        )
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")

    findings = check_interior(spoilt(made.interior, fault), ORDER)
    assert found(findings, "warn").keys() >= {"transparency", "screen"}
    assert found(findings)["active"]["found"] == "JavaScript"


def test_locked_file(made: Made) -> None:
    locked = spoilt(made.interior, lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert found(check_interior(locked, ORDER)).keys() == {"readable"}


def test_rich_black_type(made: Made) -> None:
    def fault(pdf: pikepdf.Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        add(pdf, 3, "BT 0.1 0.1 0.08 rg /FX 12 Tf 300 300 Td (W) Tj ET", Font={"/FX": font})

    assert "black-type" in found(check_interior(spoilt(made.interior, fault), ORDER), "warn")
