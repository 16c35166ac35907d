"""The style sheets of e-books: those in the folder `styles`, with a theme's faces, sizes and colours.

Readers choose paper and ink, light or dark, so text takes the reader's colour. The theme's accent is used where
it stays legible on both: at the lightness that stands out from black as much as from white.
"""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from pathlib import Path

from formats.builders.epub.faces import Face, label_face, stack, title_face
from formats.builders.epub.fitting import TITLE_LINE, settings_of
from formats.builders.epub.fixed import SCALE
from formats.builders.markup import direction
from formats.builders.themes import Theme

_STYLES = Path(__file__).parents[1] / "styles"
# How chapters open, beside their alignment: rules for their header.
_OPENINGS = {
    "numeral": (
        "header .label { font-family: $title$; font-weight: 300; font-size: 3.4em; line-height: 1; letter-spacing: 0; margin-bottom: 0.15em; }\n"
        "section > header { border-bottom: 0.06em solid $accent$; padding-bottom: 1.1em; }\n"
    ),
    "ruled": "section > header { border-bottom: 0.05em solid $accent$; padding-bottom: 0.9em; }\n",
    "banner": "section > header { border-$start$: 0.45em solid $accent$; padding: 0.5em 0 0.6em; padding-$start$: 1em; }\n",
    "medallion": (
        "header .label { width: 2.1em; height: 2.1em; line-height: 2.1; margin: 0 auto 0.8em; text-align: center; border: 0.12em solid $accent$; "
        "border-radius: 50%; font-size: 1.4em; letter-spacing: 0; }\nheader h1 { color: $accent$; }\n"
    ),
}
_ORNAMENTS = {
    "asterisks": 'content: "* * *";',
    "bold-asterisks": 'content: "* * *"; font-weight: bold; font-size: 1.2em;',
    "rule": 'content: ""; display: inline-block; width: 3em; border-top: 0.08em solid $accent$; vertical-align: middle;',
    "diamonds": 'content: "\\25C6\\20\\25C6\\20\\25C6"; font-size: 0.7em;',
    "dots": 'content: "\\2022\\20\\2022\\20\\2022"; font-size: 1.2em;',
    "stars": 'content: "\\2605\\20\\2605\\20\\2605";',
}
_TABLES = {
    "grid": "th, td, th:first-child, td:first-child { border: 0.05em solid rgba(128, 128, 128, 0.6); padding: 0.4em 0.6em; }\ntbody tr:last-child td { border-bottom: 0.05em solid rgba(128, 128, 128, 0.6); }\n",
    "bands": "tbody tr:nth-child(odd) td { background: rgba(128, 128, 128, 0.14); }\nth:first-child, td:first-child { padding: 0.4em 0.6em; }\n",
}
_CALMER = 0.75  # colours glare as they get lighter
_BETWEEN = 0.179  # the luminance with a contrast of 4.58 to black and to white (WCAG 2.2)


def flowing_style(theme: Theme, faces: Sequence[Face], language: str) -> str:
    start, end = ("left", "right") if direction(language) == "ltr" else ("right", "left")
    centred = theme.opening in ("centred", "medallion")
    same_face = theme.title_font == theme.body_font
    classic = theme.opening == "centred"
    title, label = title_face(theme), label_face(theme)
    return _filled(
        "epub.css",
        {
            # First what holds tokens itself.
            "openings": _OPENINGS.get(theme.opening, ""),
            "ornament": _ORNAMENTS[theme.ornament],
            "tables": _TABLES.get(theme.tables, ""),
            "accent": legible(theme.accent),
            "faces": "".join(face.rule for face in faces),
            "body": stack(theme.body_font, faces),
            "title": stack(theme.title_font, faces),
            "label": stack(theme.label_font, faces),
            "figures": "oldstyle-nums" if theme.old_style_figures else "lining-nums",
            "features": '"ss01", "ss02"' if theme.schoolbook else "normal",
            "hyphens": "auto" if theme.hyphenated else "manual",
            "start": start,
            "end": end,
            "indent": "1.3em" if theme.paragraphs == "indented" else "0",
            "between": "0" if theme.paragraphs == "indented" else "0.75em",
            "title-weight": str(title.weight if title else 400),
            "opening": "center" if centred else start,
            "label-weight": str(label.weight if label and not classic else 400),
            "label-caps": "small-caps" if classic else "normal",
            "label-case": "lowercase" if classic else "uppercase",
            "label-size": "1.05em" if classic else "0.78em",
            "heading": stack(theme.body_font if same_face else theme.label_font, faces),
            "heading-weight": "normal" if classic else str(label.weight if label else 600),
            "heading-style": "italic" if classic else "normal",
        },
    )


def fixed_style(theme: Theme, faces: Sequence[Face]) -> str:
    sizes = "".join(
        f".{each.name} {{ font-size: {each.size * SCALE:.2f}px; line-height: {each.line}; }}\n"
        f".{each.name} p {{ margin-top: {each.between}em; }}\n"
        for each in settings_of(theme)
    )
    title = title_face(theme)
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
            "title-weight": str(title.weight if title else 400),
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
