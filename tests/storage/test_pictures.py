"""Pictures of every kind become what books can use, and those that would do harm become a sentence."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from billing.limits import LimitReached, allowance
from billing.models import Metric, Plan
from storage import files, pictures
from storage.models import StoredFile
from storage.pictures import BadPicture
from storage.transcoding import LONGEST, Ready, Unfit, stripped, transcode
from tenants.context import Current

GPS = 0x8825


@cache
def photograph(width: int = 240, height: int = 160, mode: str = "RGB") -> Image.Image:
    """Soft shapes of many colours."""
    across = Image.linear_gradient("L").resize((width, height))
    round_ = Image.radial_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, round_, across.transpose(Image.Transpose.ROTATE_180))).convert(mode)


def encoded(picture: Image.Image, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def shown(ready: Ready) -> Image.Image:
    picture = Image.open(io.BytesIO(ready.data))
    picture.load()
    assert (picture.size, picture.get_format_mimetype()) == ((ready.width, ready.height), ready.media_type)
    return picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean of the channels' differences, 0 to 255."""
    pairs = zip(one.convert("RGB").tobytes(), other.convert("RGB").tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (one.width * one.height * 3)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_of_every_kind_becomes_a_jpeg_that_looks_alike(format: str) -> None:
    ready = transcode(encoded(photograph(), format))
    assert ready.media_type == "image/jpeg"
    assert difference(shown(ready), photograph()) < 4


def test_first_picture_of_an_animation_is_taken() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    ready = transcode(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert shown(ready).convert("RGB").getpixel((30, 20)) == (255, 0, 0)


def test_plain_jpeg_keeps_its_pixels_and_loses_the_rest() -> None:
    exif = Image.Exif()
    exif[0x010E] = "A secret description"
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 30.0)
    data = encoded(photograph(), "JPEG", quality=70, exif=exif, comment=b"<script>") + b"PK\x03\x04 hidden"
    ready = transcode(data)
    for secret in (b"secret", b"<script>", b"hidden", b"Exif"):
        assert secret in data
        assert secret not in ready.data
    assert shown(ready).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert len(ready.data) < len(data)


def test_turned_picture_is_set_upright() -> None:
    """Of the eight orientations of EXIF, the sixth is the one of a telephone held upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    ready = transcode(encoded(photograph(), "JPEG", exif=exif, quality=95))
    assert (ready.width, ready.height) == (160, 240)
    upright = photograph().transpose(Image.Transpose.ROTATE_270)
    assert difference(shown(ready), upright) < 4
    assert not shown(ready).getexif()


def test_metadata_of_a_png_goes() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>secret</x:xmpmeta>", zip=False)
    ready = transcode(encoded(photograph(), "PNG", pnginfo=texts))
    assert b"secret" not in ready.data


def test_cmyk_sixteen_bits_palettes_and_bilevel_are_brought_to_eight_bits_of_srgb() -> None:
    for picture, format in (
        (photograph(mode="CMYK"), "JPEG"),
        (photograph().quantize(64), "PNG"),
        (photograph(mode="1"), "PNG"),
        (photograph(mode="LA"), "PNG"),
    ):
        assert shown(transcode(encoded(picture, format))).mode in ("RGB", "L", "P")
    grey = Image.linear_gradient("L").resize((64, 64))
    deep = Image.frombytes(
        "I;16", (64, 64), b"".join(struct.pack("<H", value * 257) for value in grey.tobytes())
    )
    ready = shown(transcode(encoded(deep, "PNG")))
    assert difference(ready, grey) < 3


def test_colours_of_a_profile_are_converted() -> None:
    """In a space whose red is green, and the other way round."""
    swapped = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    odd = re.sub(b"[rg]XYZ", lambda found: swapped[found[0]], plain)
    profile = odd.replace(b"s\x00R\x00G", b"o\x00d\x00d")
    flat = Image.new("RGB", (40, 40), (180, 60, 30))
    ready = transcode(encoded(flat, "JPEG", icc_profile=profile, quality=95))
    assert difference(shown(ready), flat) > 10
    broken = transcode(encoded(flat, "JPEG", icc_profile=b"no profile", quality=95))
    assert difference(shown(broken), flat) < 3


def test_what_is_transparent_stands_on_white() -> None:
    picture = photograph().convert("RGBA")
    picture.putalpha(Image.new("L", picture.size, 0))
    for format in ("PNG", "WEBP"):
        extremes = shown(transcode(encoded(picture, format))).convert("L").getextrema()
        assert extremes == (255, 255)


def test_drawing_of_few_colours_stays_png() -> None:
    drawing = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(drawing).line([(0, 0), (600, 400)], fill="black", width=3)
    ready = transcode(encoded(drawing, "PNG"))
    assert ready.media_type == "image/png"
    assert difference(shown(ready), drawing) == 0
    assert transcode(encoded(photograph(), "PNG")).media_type == "image/jpeg"


def test_picture_is_no_larger_than_a_page_can_show() -> None:
    ready = transcode(encoded(Image.new("RGB", (6000, 3000), "teal"), "JPEG"))
    assert (ready.width, ready.height) == (LONGEST, LONGEST // 2)


def test_progressive_jpeg_becomes_a_baseline_one() -> None:
    ready = transcode(encoded(photograph(), "JPEG", progressive=True))
    assert "progressive" not in shown(ready).info


def test_result_is_the_same_each_time() -> None:
    for format in ("PNG", "WEBP"):
        data = encoded(photograph(), format)
        assert transcode(data) == transcode(data) == transcode(encoded(photograph(), format))


def png_of(width: int, height: int, chunks: bytes = b"", pixels: bytes = b"x") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunks + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )  # fmt: skip


def text_bomb() -> bytes:
    data = b"x\x00\x01\x00\x00\x00" + zlib.compress(b"\x00" * 80_000_000, 9)
    return struct.pack(">I", len(data)) + b"iTXt" + data + struct.pack(">I", zlib.crc32(b"iTXt" + data))


BAD = {
    "nothing": (b"", "picture-kind"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "picture-kind"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "picture-kind"),
    "BMP": (encoded(photograph(), "BMP"), "picture-kind"),
    "TIFF": (encoded(photograph(), "TIFF"), "picture-kind"),
    "170 megapixels": (png_of(17_000, 10_000), "picture-pixels"),
    "a hair's breadth": (png_of(30_000, 20), "picture-pixels"),
    "a dot": (encoded(Image.new("RGB", (3, 3)), "PNG"), "picture-small"),
    "a cut JPEG": (encoded(photograph(), "JPEG")[:900], "picture-damaged"),
    "a cut PNG": (encoded(photograph(), "PNG")[:900], "picture-damaged"),
    "a cut WebP": (encoded(photograph(), "WEBP")[:300], "picture-damaged"),
    "a PNG without pixels": (png_of(100, 100), "picture-damaged"),
    "a PNG whose text unpacks to 80 MB": (png_of(100, 100, text_bomb()), "picture-damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_used_is_refused_with_its_reason(name: str) -> None:
    data, code = BAD[name]
    with pytest.raises(Unfit) as caught:
        transcode(data)
    assert caught.value.code == code


@pytest.mark.parametrize("cut", [2, 3, 20, 200, 700])
def test_jpeg_whose_segments_lead_nowhere_is_damaged(cut: int) -> None:
    with pytest.raises(Unfit):
        stripped(encoded(photograph(), "JPEG")[:cut])


def test_work_is_done_in_a_process_without_the_web_framework() -> None:
    code = "import sys, storage.transcoding; print('django' in sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout == "False\n"
    data = encoded(photograph(), "PNG")
    assert pictures.made_ready(data) == transcode(data)


def test_refusal_is_told_in_the_members_language() -> None:
    with pytest.raises(BadPicture) as caught:
        pictures.made_ready(BAD["170 megapixels"][0])
    with translation.override("en"):
        assert str(caught.value).startswith(
            "The picture measures 17000 by 10000 pixels; at most 40 megapixels"
        )
        for code in ("picture-bytes", "picture-kind", "picture-small", "picture-damaged"):
            assert str(BadPicture(code))
    with pytest.raises(BadPicture, match="at most 40 MB"):
        pictures.made_ready(b"\x00" * (pictures.MOST_BYTES + 1))


@pytest.fixture
def disk(settings: Any, tmp_path: Path) -> None:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "files": backend}


def used(inside: Current) -> int:
    return allowance(inside.organisation_id, Metric.STORAGE_USED).used


@pytest.mark.django_db
def test_picture_is_kept_with_what_it_was_made_from(
    inside: Current, disk: None, django_capture_on_commit_callbacks: Any
) -> None:
    data = encoded(photograph(), "PNG")
    ready = transcode(data)
    file = pictures.keep(data=data, ready=ready, name="gate")
    assert (file.name, file.content_type, file.width, file.height) == ("gate.jpg", "image/jpeg", 240, 160)
    assert files.read(file) == ready.data
    original = pictures.original(file)
    assert (files.read(original), original.content_type) == (data, "image/png")
    assert used(inside) == len(data) + len(ready.data)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.discard(file)
    assert (StoredFile.objects.count(), used(inside)) == (0, 0)


@pytest.mark.django_db
def test_neither_is_kept_where_there_is_room_for_one_alone(inside: Current, disk: None) -> None:
    data = encoded(photograph(), "PNG")
    ready = transcode(data)
    Plan.objects.update(storage_limit=len(data) + len(ready.data) - 1)
    with pytest.raises(LimitReached):
        pictures.keep(data=data, ready=ready, name="gate")
    assert (StoredFile.objects.count(), used(inside)) == (0, 0)


@pytest.mark.django_db
def test_picture_of_before_is_its_own_original(inside: Current, disk: None) -> None:
    file = files.save(data=b"x", name="x.jpg", content_type="image/jpeg", kind=StoredFile.Kind.PICTURE)
    assert pictures.original(file) == file
    pictures.discard(file)
    assert not StoredFile.objects.exists()
