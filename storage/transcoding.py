"""Makes a picture ready for print and screen: upright, in sRGB, without what cameras write into it, as JPEG.

    python -m storage.transcoding      # the picture on standard input, the result on standard output

What comes from outside is decoded in a process of its own with limits of processor and memory; this module is
all that it loads. The answer is one line of JSON, then the bytes.

A JPEG that is fit as it is keeps its pixels and loses its metadata alone. Of one of our own covers, quality
90 with full colour kept 49 dB (PSNR) in 536 kB; 85 was 47 dB in 474 kB, 95 was 52 dB in 665 kB. Drawings of
few colours, which JPEG blurs and makes larger, stay PNG.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

MOST_PIXELS = 40_000_000
MOST_SIDE = 20_000
LONGEST = 5_000  # pixels of what is kept: 300 to the inch on the largest page, and bleed
LEAST = 16  # pixels of a side
FEW_COLOURS, FLAT_PIXELS = 256, 4_000_000
_QUALITY = 90
_ORIENTATION = 0x0112  # of EXIF, and what brings each of its values upright
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_PROCESSOR_SECONDS, _MEMORY = 20, 1536 * 1024 * 1024

Fault = Literal["picture-kind", "picture-pixels", "picture-small", "picture-damaged"]


class Unfit(ValueError):
    """The picture cannot be used: `code` says why; its size is known where its header was read."""

    def __init__(self, code: Fault, width: int = 0, height: int = 0) -> None:
        super().__init__(code)
        self.code, self.width, self.height = code, width, height


@dataclass(frozen=True, slots=True)
class Ready:
    data: bytes
    media_type: str  # image/jpeg or image/png
    width: int
    height: int


def transcode(data: bytes) -> Ready:
    """Raises `Unfit`. Nothing is decoded before the header has been looked at."""
    Image.MAX_IMAGE_PIXELS = None  # `check` is stricter, and tells the size
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # which WeasyPrint sets for its whole process
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            check(picture.width, picture.height)
            return _made_ready(data, picture)
    except UnidentifiedImageError as error:
        raise Unfit("picture-kind") from error
    except (OSError, SyntaxError, ValueError, IndexError, MemoryError, EOFError) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit("picture-damaged") from error


def check(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Unfit("picture-pixels", width, height)
    if min(width, height) < LEAST:
        raise Unfit("picture-small", width, height)


def _made_ready(data: bytes, picture: ImageFile.ImageFile) -> Ready:
    is_jpeg, profile = picture.format in ("JPEG", "MPO"), picture.info.get("icc_profile")
    fits = is_jpeg and _is_plain(picture, profile)
    lossless = picture.format in ("PNG", "GIF")
    if is_jpeg and max(picture.size) > 2 * LONGEST:
        picture.draft("RGB", (LONGEST, LONGEST))
    picture.load()  # all of it, so that a damaged one is found out
    if fits:
        return Ready(stripped(data), "image/jpeg", picture.width, picture.height)
    upright = upright_in_srgb(picture)
    if max(upright.size) > LONGEST:
        upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return _smaller(upright) if lossless else _as_jpeg(upright)


def upright_in_srgb(picture: Image.Image) -> Image.Image:
    """As it was meant to be seen, on white where it was transparent."""
    turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    flat = _in_srgb(picture, picture.info.get("icc_profile"))
    return flat if turn is None else flat.transpose(turn)


def _is_plain(picture: ImageFile.ImageFile, profile: bytes | None) -> bool:
    """Whether a JPEG's pixels can stay as they are."""
    return (
        picture.mode in ("RGB", "L")
        and max(picture.size) <= LONGEST
        and picture.getexif().get(_ORIENTATION, 1) not in _TURNS
        and (profile is None or _is_srgb(profile))
        and not picture.info.get("progressive")
    )


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Eight bits of red, green and blue (or grey), on white where it was transparent."""
    flat = _flattened(picture)
    if profile is not None and flat.mode in ("RGB", "L", "CMYK") and not _is_srgb(profile):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            flat = converted if converted is not None else flat
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that means nothing is as good as none
    return flat if flat.mode in ("RGB", "L") else flat.convert("RGB")


def _flattened(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":  # sixteen bits of grey, or more
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture.copy()
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _is_srgb(profile: bytes) -> bool:
    try:
        described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        return True  # nothing can be converted from it
    return "sRGB" in described


def _smaller(picture: Image.Image) -> Ready:
    jpeg = _as_jpeg(picture)
    few = picture.width * picture.height <= FLAT_PIXELS and picture.getcolors(FEW_COLOURS) is not None
    if not few:
        return jpeg
    out = io.BytesIO()
    bare = (
        picture.quantize(FEW_COLOURS, dither=Image.Dither.NONE) if picture.mode == "RGB" else picture.copy()
    )
    bare.info.clear()
    bare.save(out, "PNG", optimize=True)
    data = out.getvalue()
    return Ready(data, "image/png", *picture.size) if len(data) < len(jpeg.data) else jpeg


def _as_jpeg(picture: Image.Image) -> Ready:
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True, progressive=False)
    return Ready(out.getvalue(), "image/jpeg", *picture.size)


def stripped(jpeg: bytes) -> bytes:
    """A JPEG without comments and what applications add (but for JFIF and Adobe, which tell its colours), and
    without what follows its end. Raises `Unfit` where its segments cannot be followed (T.81, annex B)."""
    kept, position = [b"\xff\xd8"], 2
    while position + 4 <= len(jpeg) and jpeg[position] == 0xFF:
        marker = jpeg[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        end = position + 2 + int.from_bytes(jpeg[position + 2 : position + 4], "big")
        if marker == 0xDA:
            return b"".join([*kept, _scans(jpeg, position)])
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(jpeg[position:end])
        position = end
    raise Unfit("picture-damaged")


def _scans(jpeg: bytes, position: int) -> bytes:
    """From the first scan to the end of the picture: within scans 0xFF is followed by 0 or a restart."""
    start = position
    while (position := jpeg.find(b"\xff", position)) >= 0 and position + 1 < len(jpeg):
        marker = jpeg[position + 1]
        if marker == 0xD9:
            return jpeg[start : position + 2]
        if marker in (0x00, 0xFF) or 0xD0 <= marker <= 0xD7:
            position += 1 if marker == 0xFF else 2
        else:
            position += 2 + int.from_bytes(jpeg[position + 2 : position + 4], "big")
    raise Unfit("picture-damaged")


def main() -> None:
    limit()
    answer(transcode)


def limit() -> None:
    """Of this process: processor, memory, and no file."""
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(make: Callable[[bytes], Ready]) -> None:
    """Read a picture and write what becomes of it, or what is wrong with it."""
    try:
        ready = make(sys.stdin.buffer.read())
    except Unfit as fault:
        told: dict[str, object] = {"fault": fault.code, "width": fault.width, "height": fault.height}
        sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
        return
    told = {"media_type": ready.media_type, "width": ready.width, "height": ready.height}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + ready.data)


if __name__ == "__main__":
    main()
