"""Reading and recolouring what stands on a page: states, forms, type and fields, and pictures as placed."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from formats.printing.content import Colour, colours_in, placed_pictures, recolour


def page_of(content: str, **resources: Dictionary) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.obj.Contents = pdf.make_stream(content.encode())
    page.obj.Resources = Dictionary({f"/{name}": things for name, things in resources.items()})
    return pdf


def content_of(pdf: pikepdf.Pdf) -> list[str]:
    return pdf.pages[0].Contents.read_bytes().decode().split("\n")


def halves(colour: Colour, fine: bool) -> Colour:
    return (0.0,) if fine else (0.5,)


def test_type_lines_and_fields_are_told_apart() -> None:
    pdf = page_of("0.1 0.2 0.3 rg 0 0 9 9 re f 0.1 0.2 0.3 rg BT /F 9 Tf (a) Tj ET 1 0 0 RG 0 0 m 5 5 l S")
    recolour(pdf, halves)
    found = content_of(pdf)
    assert [line for line in found if line.endswith((" g", " G"))] == ["0.5 g", "0 g", "0 G"]


def test_colour_spaces_follow_saved_states() -> None:
    pdf = page_of("/c0 cs 0.1 0.2 0.3 scn q /c1 cs 0.4 scn 0 0 9 9 re f Q 0.5 0.5 0.5 scn 0 0 9 9 re f")
    rgb, grey = (pdf.make_indirect(pdf.make_stream(b"", N=count)) for count in (3, 1))
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(
        {"/c0": Array([Name.ICCBased, rgb]), "/c1": Array([Name.ICCBased, grey])}
    )
    seen: list[Colour] = []

    def note(colour: Colour, fine: bool) -> None:
        seen.append(colour)

    recolour(pdf, note)
    assert seen == [(0.1, 0.2, 0.3), (0.4,), (0.5, 0.5, 0.5)]
    assert "/c0 cs" in content_of(pdf)  # what is not changed keeps its space


def test_forms_are_recoloured_too() -> None:
    pdf = page_of("/X Do")
    form = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    pdf.pages[0].obj.Resources.XObject = Dictionary({"/X": pdf.make_indirect(form)})
    assert colours_in(pdf).families == {"rgb"}
    recolour(pdf, halves)
    assert colours_in(pdf).families == {"grey"}


def test_picture_in_a_turned_form_has_its_resolution() -> None:
    pdf = page_of("q 0.5 0 0 0.5 0 0 cm /X Do Q")
    image = pdf.make_stream(b"\0" * 200 * 100)
    image.Subtype, image.Width, image.Height = Name.Image, 200, 100
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
    form = pdf.make_stream(b"q 0 144 -72 0 0 0 cm /I Do Q")
    form.Subtype, form.BBox = Name.Form, Array([0, 0, 200, 200])
    form.Resources = Dictionary(XObject=Dictionary({"/I": pdf.make_indirect(image)}))
    pdf.pages[0].obj.Resources.XObject = Dictionary({"/X": pdf.make_indirect(form)})
    (placed,) = placed_pictures(pdf)
    assert (placed.width, placed.height) == (72, 36)
    assert placed.dpi == pytest.approx(200)
