"""From typeset pages to pages as a printer takes them: boxes, ink, pictures, blank pages, standard."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from formats.printing.content import Colour, Placed, family_of, placed_pictures, recolour
from formats.printing.printers import Edge, Space, Standard
from formats.printing.separation import CONDITION, REGISTRY, Separation, grey_of, is_black

MOST_SCALE = 6.0
_QUALITY = 90
_VERSIONS: dict[Standard, str] = {"": "1.7", "pdf/x-1a": "1.3", "pdf/x-4": "1.6"}
_PDFX = "http://www.npes.org/pdfx/ns/id/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """How a file is finished. `bleeds` is None where no page bleeds: then the sheet is the trimmed page."""

    space: Space
    standard: Standard
    separation: Separation | None
    profile_is_ours: bool
    dpi: int
    bleeds: Edge | None
    title: str
    author: str
    identifier: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Enlarged:
    """A picture that has fewer pixels than the press wants and was given more: `dpi` is what it had."""

    page: int
    dpi: int


def finished(data: bytes, how: Finish, *, pages: int | None = None) -> tuple[bytes, list[Enlarged]]:
    """The file as the printer takes it, with blank pages up to `pages`."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _strip(pdf)
        _add_blank_pages(pdf, pages or 0)
        for number, page in enumerate(pdf.pages, 1):
            _set_boxes(page, number, how.bleeds)
        enlarged = _set_pictures(pdf, how)
        _set_colours(pdf, how)
        _describe(pdf, how)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        plain = how.standard == "pdf/x-1a"
        pdf.save(
            out,
            force_version=_VERSIONS[how.standard],
            object_stream_mode=pikepdf.ObjectStreamMode.disable
            if plain
            else pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            deterministic_id=True,
        )
        return out.getvalue(), enlarged


def _strip(pdf: pikepdf.Pdf) -> None:
    """What is for screens alone: printers refuse bookmarks, links and notes, and tags are no use on paper."""
    for key in (
        "/Outlines",
        "/StructTreeRoot",
        "/MarkInfo",
        "/AcroForm",
        "/OpenAction",
        "/AA",
        "/Names",
        "/Dests",
    ):
        if key in pdf.Root:
            del pdf.Root[key]
    if Name.PageMode in pdf.Root:
        del pdf.Root.PageMode
    for page in pdf.pages:
        for key in ("/Annots", "/StructParents", "/Tabs", "/Group", "/Trans"):
            if key in page.obj:
                del page.obj[key]


def _add_blank_pages(pdf: pikepdf.Pdf, pages: int) -> None:
    while 0 < len(pdf.pages) < pages:
        last = pdf.pages[-1].obj
        blank = Dictionary(Type=Name.Page, MediaBox=last.MediaBox, Resources=Dictionary())
        for box in ("/TrimBox", "/BleedBox"):
            if box in last:
                blank[box] = last[box]
        blank.Contents = pdf.make_stream(b"")
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))


def _set_boxes(page: pikepdf.Page, number: int, bleeds: Edge | None) -> None:
    """The sheet is what bleeds, and the trim lies in it. Right-hand pages are the odd ones."""
    sheet = [float(side) for side in page.mediabox]
    trim = [float(side) for side in page.trimbox]
    if bleeds is None:
        sheet = list(trim)
    elif bleeds == "trimmed":
        inside = 0 if number % 2 else 2
        sheet[inside] = trim[inside]
    across, down = sheet[:2]
    if across or down:  # some readers of files take a sheet to begin at its corner
        page.contents_add(f"q 1 0 0 1 {-across:.4f} {-down:.4f} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        sheet, trim = _moved(sheet, across, down), _moved(trim, across, down)
    for name, box in (("/MediaBox", sheet), ("/CropBox", sheet), ("/BleedBox", sheet), ("/TrimBox", trim)):
        page.obj[name] = Array([round(side, 4) for side in box])
    if Name.ArtBox in page.obj:
        del page.obj.ArtBox


def _moved(box: list[float], across: float, down: float) -> list[float]:
    return [box[0] - across, box[1] - down, box[2] - across, box[3] - down]


# Pictures


def _set_pictures(pdf: pikepdf.Pdf, how: Finish) -> list[Enlarged]:
    """Give every picture the colours of the press and, where it has too few pixels, more of them."""
    widest: dict[tuple[int, int], list[Placed]] = {}
    for placed in placed_pictures(pdf):
        widest.setdefault(placed.image.objgen, []).append(placed)
    enlarged: list[Enlarged] = []
    for places in widest.values():
        weakest = min(places, key=lambda each: each.dpi)
        scale = min(how.dpi / weakest.dpi, MOST_SCALE) if 0 < weakest.dpi < how.dpi - 1 else 1.0
        if scale > 1:
            enlarged.extend(Enlarged(each.page, round(each.dpi)) for each in places if each.dpi < how.dpi - 1)
        _set_picture(weakest.image, how, scale)
    return sorted(enlarged, key=lambda each: (each.page, each.dpi))


def _set_picture(image: Any, how: Finish, scale: float) -> None:
    family = family_of(image.get(Name.ColorSpace))
    see_through = Name.SMask in image
    right = {"grey": ("grey",), "srgb": ("rgb", "grey"), "cmyk": ("cmyk", "grey")}[how.space]
    if family in right and scale == 1 and not see_through:
        if family == "grey" and isinstance(image.ColorSpace, Array) and image.ColorSpace[0] == Name.ICCBased:
            image.ColorSpace = Name.DeviceGray
        return
    picture = pikepdf.PdfImage(image).as_pil_image()
    if see_through:
        picture = _on_white(picture, pikepdf.PdfImage(image.SMask).as_pil_image())
    if scale > 1:
        size = (round(picture.width * scale), round(picture.height * scale))
        picture = picture.convert("RGB" if picture.mode not in ("L", "CMYK") else picture.mode)
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    _write(image, _in_space(picture, how))


def _on_white(picture: Image.Image, mask: Image.Image) -> Image.Image:
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture.convert("RGB"), mask=mask.convert("L").resize(picture.size))
    return flat


def _in_space(picture: Image.Image, how: Finish) -> Image.Image:
    if how.space == "grey":
        return picture.convert("L")
    if how.space == "cmyk":
        if picture.mode in ("L", "CMYK"):
            return picture
        assert how.separation is not None
        return how.separation.picture(picture)
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def _write(image: Any, picture: Image.Image) -> None:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=False)
    for key in ("/SMask", "/Decode", "/DecodeParms", "/Intent", "/Mask"):
        if key in image:
            del image[key]
    image.write(out.getvalue(), filter=Name.DCTDecode)
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    image.ColorSpace = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[picture.mode]
    if picture.mode == "CMYK":  # JPEG files hold ink upside down
        image.Decode = Array([1, 0, 1, 0, 1, 0, 1, 0])


# Type, lines and fields


def _set_colours(pdf: pikepdf.Pdf, how: Finish) -> None:
    known: dict[tuple[Colour, bool], Colour | None] = {}

    def change(colour: Colour, fine: bool) -> Colour | None:
        if (colour, fine) not in known:
            known[colour, fine] = _inked(colour, fine, how)
        return known[colour, fine]

    recolour(pdf, change)
    if how.space != "srgb":  # no colour refers to them any more
        for page in pdf.pages:
            if Name.ColorSpace in page.obj.get(Name.Resources, {}):
                del page.obj.Resources.ColorSpace


def _inked(colour: Colour, fine: bool, how: Finish) -> Colour | None:
    """The colour for the press. Fine things that are black to the eye, type above all, become black ink
    alone; a dark field keeps its colour."""
    red, green, blue = _as_rgb(colour)
    if how.space == "grey":
        return (grey_of(red, green, blue, fine=fine),)
    black = fine and is_black(red, green, blue)
    if how.space == "srgb":
        return (0.0,) if black else None
    if len(colour) == 4:
        return None
    if len(colour) == 1:
        return 0.0, 0.0, 0.0, round(1 - colour[0], 3)
    assert how.separation is not None
    return (0.0, 0.0, 0.0, 1.0) if black else how.separation.colour(red, green, blue)


def _as_rgb(colour: Colour) -> tuple[float, float, float]:
    if len(colour) == 1:
        return colour[0], colour[0], colour[0]
    if len(colour) == 3:
        return colour[0], colour[1], colour[2]
    cyan, magenta, yellow, black = colour
    return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)


# The file's description of itself


def _describe(pdf: pikepdf.Pdf, how: Finish) -> None:
    if Name.Metadata in pdf.Root:
        del pdf.Root.Metadata
    stamp = how.modified.strftime("D:%Y%m%d%H%M%SZ")
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=how.title,
            Author=how.author,
            Creator="Octavo",
            Producer="Octavo (Typst, pikepdf)",
            CreationDate=stamp,
            ModDate=stamp,
            Trapped=Name("/False"),
        )
    )
    if how.standard:
        _intend(pdf, how)
    if how.standard == "pdf/x-1a":
        pdf.trailer.Info["/GTS_PDFXVersion"] = "PDF/X-1:2001"
        pdf.trailer.Info["/GTS_PDFXConformance"] = "PDF/X-1a:2001"
    elif how.standard == "pdf/x-4":
        pdf.Root.Metadata = pdf.make_stream(_xmp(how), Type=Name.Metadata, Subtype=Name.XML)


def _intend(pdf: pikepdf.Pdf, how: Finish) -> None:
    """The printing condition that the file is made for."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFX"),
        OutputConditionIdentifier=CONDITION if how.profile_is_ours else "Custom",
        RegistryName=REGISTRY,
        Info="Web offset on coated paper (SWOP)" if how.profile_is_ours else "The printer's own profile",
    )
    if how.separation is not None and (how.standard == "pdf/x-4" or not how.profile_is_ours):
        intent.DestOutputProfile = pdf.make_stream(how.separation.profile, N=4, Alternate=Name.DeviceCMYK)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _xmp(how: Finish) -> bytes:
    from xml.sax.saxutils import escape

    stamp = how.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    creators = (
        f"<dc:creator><rdf:Seq><rdf:li>{escape(how.author)}</rdf:li></rdf:Seq></dc:creator>"
        if how.author
        else ""
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="{_PDFX}">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(how.title)}</rdf:li></rdf:Alt></dc:title>{creators}
<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<xmp:MetadataDate>{stamp}</xmp:MetadataDate>
<xmp:CreatorTool>Octavo</xmp:CreatorTool><pdf:Producer>Octavo (Typst, pikepdf)</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>{escape(how.identifier)}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def pages_of(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
