"""Makes the small pictures that stand for organisations and people.

    python -m storage.marks logo                # the picture on standard input, the result on standard output
    python -m storage.marks portrait middle     # of a picture that is not square: start, middle or end

In a process of its own, with the limits of `storage.transcoding`, and answering as that does.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from storage.transcoding import Ready, Unfit, answer, check, limit, upright_in_srgb

LOGO = (480, 160)  # pixels, at most: twice what is shown
PORTRAIT = 256  # pixels of a side
POSITIONS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_FORMATS = ("JPEG", "PNG", "WEBP")
_FEW_COLOURS = 128


def logo(data: bytes) -> Ready:
    """Fitted into `LOGO`, transparent where it was, as PNG. Raises `Unfit`."""
    return _made(data, _as_logo)


def portrait(data: bytes, position: str = "middle") -> Ready:
    """A square cut out of it, as JPEG. Raises `Unfit`."""
    return _made(data, lambda picture: _as_portrait(picture, POSITIONS[position]))


def _made(data: bytes, finish: Callable[[Image.Image], Ready]) -> Ready:
    Image.MAX_IMAGE_PIXELS = None  # `check` is stricter, and tells the size
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            check(picture.width, picture.height)
            if picture.format == "JPEG":
                picture.draft("RGB", (2 * LOGO[0], 2 * LOGO[0]))
            picture.load()
            return finish(picture)
    except UnidentifiedImageError as error:
        raise Unfit("picture-kind") from error
    except Unfit:
        raise
    except (OSError, SyntaxError, ValueError, IndexError, MemoryError, EOFError) as error:
        raise Unfit("picture-damaged") from error


def _as_logo(picture: Image.Image) -> Ready:
    if picture.has_transparency_data:
        whole = ImageOps.exif_transpose(picture.convert("RGBA"))
        whole = whole.crop(whole.getchannel("A").getbbox() or (0, 0, *whole.size))
    else:
        whole = upright_in_srgb(picture).convert("RGB")
    whole.thumbnail(LOGO, Image.Resampling.LANCZOS)
    if whole.mode == "RGB" and whole.getcolors(_FEW_COLOURS) is not None:
        whole = whole.quantize(_FEW_COLOURS, dither=Image.Dither.NONE)
    whole.info.clear()
    out = io.BytesIO()
    whole.save(out, "PNG", optimize=True)
    return Ready(out.getvalue(), "image/png", *whole.size)


def _as_portrait(picture: Image.Image, position: float) -> Ready:
    upright = upright_in_srgb(picture).convert("RGB")
    size = (PORTRAIT, PORTRAIT)
    square = ImageOps.fit(upright, size, Image.Resampling.LANCZOS, centering=(position, position))
    square.info.clear()
    out = io.BytesIO()
    square.save(out, "JPEG", quality=85, optimize=True)
    return Ready(out.getvalue(), "image/jpeg", *square.size)


def main() -> None:
    limit()
    made = {"logo": logo, "portrait": portrait}[sys.argv[1]]
    answer(lambda data: made(data, *sys.argv[2:]))


if __name__ == "__main__":
    main()
