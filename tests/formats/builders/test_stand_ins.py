"""Photographs are in the PDF as they came, although Typst never saw them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader

from formats.assets import Asset
from formats.builders import build
from formats.builders.stand_ins import NotPutBack, for_photograph, put_back
from formats.manuscript import BookMeta, BookSource, ChapterSource
from tests.factories.manuscripts import manuscript_of


def jpeg(mode: str = "RGB", size: tuple[int, int] = (96, 64), **how: object) -> bytes:
    """The upper half is dark, the lower light, so that one sees which way it is shown."""
    picture = Image.new(mode, size, tuple([40] * len(mode)) if len(mode) > 1 else 40)
    picture.paste(tuple([220] * len(mode)) if len(mode) > 1 else 220, (0, size[1] // 2, *size))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, **how)
    return out.getvalue()


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by a quarter
    return jpeg(exif=exif)


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


STOOD_FOR: dict[str, Callable[[], bytes]] = {
    "plain": jpeg,
    "grey": lambda: jpeg("L"),
    "progressive": lambda: jpeg(progressive=True),
    "turned": turned,
    "with a profile": lambda: jpeg(icc_profile=profile()),
    "of sides without a common measure": lambda: jpeg(size=(97, 61)),
}
NOT_STOOD_FOR: dict[str, Callable[[], bytes]] = {
    "four channels": lambda: jpeg("CMYK"),
    "cut off": lambda: jpeg()[:-90],
}


def book_with(*pictures: bytes) -> BookSource:
    assets = tuple(Asset.from_bytes(f"picture-{number}", data) for number, data in enumerate(pictures))
    text = "\n\n".join(f"![A field]({asset.id})" for asset in assets)
    meta = BookMeta(
        title="Fields",
        language="en",
        kind="novel",
        identifier=UUID(int=7),
        modified=datetime(2026, 3, 4, tzinfo=UTC),
    )
    return BookSource(meta=meta, chapters=(ChapterSource(title="One", markdown=text),), assets=assets)


def images_in(pdf: bytes) -> list[tuple[bytes, int, int]]:
    """Bytes, width and height of each JPEG, read by the file's own table of objects."""
    reader: Any = PdfReader(io.BytesIO(pdf), strict=True)
    objects: list[Any] = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    return [
        (each._data, each["/Width"], each["/Height"])
        for each in objects
        if hasattr(each, "get") and each.get("/Filter") == "/DCTDecode"
    ]


@pytest.mark.parametrize("name", STOOD_FOR)
def test_photograph_is_in_the_file_as_it_came(name: str) -> None:
    data = STOOD_FOR[name]()
    photograph = for_photograph(data, name="a")
    assert photograph
    assert len(photograph.shown) < len(data) or name == "of sides without a common measure"
    width, height = Image.open(io.BytesIO(data)).size
    pdf = build(manuscript_of(book_with(data)), format="pdf").data
    assert images_in(pdf) == [(data, width, height)]


@pytest.mark.parametrize("name", STOOD_FOR)
def test_typst_reads_from_the_stand_in_what_it_would_from_the_photograph(name: str) -> None:
    photograph = for_photograph(STOOD_FOR[name](), name="a")
    assert photograph
    true, shown = (Image.open(io.BytesIO(each)) for each in (photograph.data, photograph.shown))
    shown.load()
    assert shown.mode == true.mode
    assert shown.width * true.height == shown.height * true.width
    for known in ("exif", "icc_profile"):
        assert shown.info.get(known) == true.info.get(known)


@pytest.mark.parametrize("name", NOT_STOOD_FOR)
def test_typst_sees_itself_what_may_need_its_care(name: str) -> None:
    assert for_photograph(NOT_STOOD_FOR[name](), name="a") is None


def test_equal_photographs_share_one_place() -> None:
    data, other = jpeg(), jpeg(size=(60, 90))
    pdf = build(manuscript_of(book_with(data, data, other)), format="pdf").data
    assert sorted(images_in(pdf)) == sorted([(data, 96, 64), (other, 60, 90)])


def test_other_photograph_is_another_file() -> None:
    ids = [
        PdfReader(io.BytesIO(build(manuscript_of(book_with(data)), format="pdf").data)).trailer["/ID"]
        for data in (jpeg(), jpeg(comment=b"The same field"))
    ]
    assert ids[0] != ids[1]


def test_what_stands_nowhere_is_told() -> None:
    photograph = for_photograph(jpeg(), name="a")
    assert photograph
    assert put_back(b"%PDF", {"a.jpg": photograph}, shown=set()) == b"%PDF"
    with pytest.raises(NotPutBack):
        put_back(b"%PDF", {"a.jpg": photograph}, shown={"a.jpg"})
    with pytest.raises(NotPutBack):
        put_back(b"%PDF <<" + photograph.shown, {"a.jpg": photograph}, shown=set())
