"""The outlines of dropped initials.

An initial of several lines stands beside its paragraph as a picture, while the letter itself stays in its word
in the text, where a screen reader, a search and a copy find it. The outlines come from the theme's own face and
are kept in `initials.json`, as reading a font takes longer than setting a chapter. To make them again:

    python -m formats.builders.initials
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "initials.json"
_FACES = {"EB Garamond": ("fontpkg_eb_garamond", "EBGaramond[wght].ttf")}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽŁ“‘«„‹"


@dataclass(frozen=True, slots=True)
class Outline:
    """A glyph in thousandths of an em, upwards from its baseline: an SVG path, drawn downwards, and its bounds."""

    path: str
    left: int
    bottom: int
    right: int
    top: int


def outline_of(letter: str, face: str) -> Outline | None:
    """None where the face has no dropped initials, or none of this letter."""
    return _outlines().get(face, {}).get(letter)


@cache
def _outlines() -> Mapping[str, Mapping[str, Outline]]:
    kept = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        face: {letter: Outline(*drawn) for letter, drawn in glyphs.items()} for face, glyphs in kept.items()
    }


def _drawn_from_fonts() -> dict[str, dict[str, list[str | int]]]:
    from importlib import resources

    from fontTools.misc.transform import Identity
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    drawn: dict[str, dict[str, list[str | int]]] = {}
    for face, (package, name) in _FACES.items():
        font = TTFont(str(resources.files(package) / "files" / name))
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        scale = 1000 / font["head"].unitsPerEm
        drawn[face] = {}
        for letter in _LETTERS:
            glyph = glyphs[names[ord(letter)]]
            path = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
            glyph.draw(TransformPen(path, Identity.scale(scale, -scale)))
            bounds = BoundsPen(glyphs)
            glyph.draw(TransformPen(bounds, Identity.scale(scale)))
            drawn[face][letter] = [path.getCommands(), *(round(side) for side in bounds.bounds)]
    return drawn


if __name__ == "__main__":
    _FILE.write_text(json.dumps(_drawn_from_fonts(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
