"""From SVG to an encoded picture, and the fonts that lettering uses."""

from __future__ import annotations

import io
from functools import cache

import fontpkg
import numpy as np
import resvg_py
from PIL import Image

from generation.contract import Picture
from generation.providers.cutpaper.paper import printed

QUALITY = 88
FAMILIES = ("Fraunces", "Figtree", "Literata", "EB Garamond")


def render(svg: str, *, width: int, vignette: float, lettered: bool = False) -> Picture:
    """The SVG as a JPEG picture `width` pixels wide. `lettered` loads the fonts; no system font is ever used."""
    png = resvg_py.svg_to_bytes(
        svg_string=svg, width=width, skip_system_fonts=True, font_files=font_files() if lettered else None
    )
    with Image.open(io.BytesIO(bytes(png))) as image:
        pixels = np.asarray(image.convert("RGB"))
    out = io.BytesIO()
    Image.fromarray(printed(pixels, vignette=vignette)).save(out, "JPEG", quality=QUALITY)
    return Picture(
        data=out.getvalue(), media_type="image/jpeg", width=int(pixels.shape[1]), height=int(pixels.shape[0])
    )


@cache
def font_files() -> list[str]:
    """The upright and italic files of the families, from their packages."""
    files = [str(font.path) for name in FAMILIES for font in fontpkg.family(name).files]
    return sorted(files)
