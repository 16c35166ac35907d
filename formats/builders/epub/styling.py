"""The style sheets of e-books: those in the folder `styles`, with a theme's faces, sizes and colours.

Readers choose paper and ink, light or dark, so text takes the reader's colour. The theme's accent is used where
it stays legible on both: at the lightness that stands out from black as much as from white.
"""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from pathlib import Path

from formats.builders.epub.faces import Face, stack
from formats.builders.epub.fitting import TITLE_LINE, settings_of
from formats.builders.epub.fixed import SCALE
from formats.builders.markup import direction
from formats.builders.themes import Theme

_STYLES = Path(__file__).parents[1] / "styles"
_CALMER = 0.75  # colours glare as they get lighter
_BETWEEN = 0.179  # the luminance with a contrast of 4.58 to black and to white (WCAG 2.2)


def flowing_style(theme: Theme, faces: Sequence[Face], language: str) -> str:
    way = direction(language)
    centred = theme.title_font == theme.body_font
    return _filled(
        "epub.css",
        {
            "faces": "".join(face.rule for face in faces),
            "body": stack(theme.body_font, faces),
            "title": stack(theme.title_font, faces),
            "label": stack(theme.label_font, faces),
            "accent": legible(theme.accent),
            "figures": "oldstyle-nums" if theme.old_style_figures else "lining-nums",
            "start": "left" if way == "ltr" else "right",
            "end": "right" if way == "ltr" else "left",
            "title-weight": str(
                max((face.weight for face in faces if face.family == theme.title_font), default=400)
                if not centred
                else 400
            ),
            "opening": "center" if centred else ("left" if way == "ltr" else "right"),
            "label-caps": "small-caps" if centred else "normal",
            "label-case": "lowercase" if centred else "uppercase",
            "label-size": "1.05em" if centred else "0.78em",
            "heading": stack(theme.body_font if centred else theme.label_font, faces),
            "heading-weight": "normal" if centred else "600",
            "heading-style": "italic" if centred else "normal",
        },
    )


def fixed_style(theme: Theme, faces: Sequence[Face]) -> str:
    sizes = "".join(
        f".{each.name} {{ font-size: {each.size * SCALE:.2f}px; line-height: {each.line}; }}\n"
        f".{each.name} p {{ margin-top: {each.between}em; }}\n"
        for each in settings_of(theme)
    )
    lengths = {
        name: getattr(theme, name) for name in ("width", "height", "inside", "outside", "top", "bottom")
    }
    return _filled(
        "epub-fixed.css",
        {
            "faces": "".join(face.rule for face in faces),
            "body": stack(theme.body_font, faces),
            "title": stack(theme.title_font, faces),
            "label": stack(theme.label_font, faces),
            "accent": theme.accent,
            "paper": theme.paper,
            "ink": theme.ink,
            "sizes": sizes,
            "title-line": str(TITLE_LINE),
            "title-size": f"{round(theme.title_size * SCALE)}px",
            **{name: f"{round(value * SCALE)}px" for name, value in lengths.items()},
        },
    )


def _filled(name: str, values: dict[str, str]) -> str:
    """A style sheet with its tokens, such as $accent$, replaced."""
    style = (_STYLES / name).read_text(encoding="utf-8")
    for token, value in values.items():
        style = style.replace(f"${token}$", value)
    return style


def legible(colour: str) -> str:
    """The colour, "#rrggbb", at a lightness that is legible on light and on dark paper."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    saturation *= _CALMER
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        if luminance(colorsys.hls_to_rgb(hue, middle, saturation)) < _BETWEEN:
            low = middle
        else:
            high = middle
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, low, saturation))


def luminance(colour: tuple[float, float, float]) -> float:
    """WCAG's relative luminance of red, green and blue between 0 and 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
