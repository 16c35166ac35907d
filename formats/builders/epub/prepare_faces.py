"""Prepares the faces that e-books embed: one style of each, the letters of Latin alphabets, no more.

    python -m formats.builders.epub.prepare_faces

To be run when a theme takes another family, or a font's package a new version; what it writes is kept with the
code, so that a build only reads files and the same book gives the same bytes on every machine. A variable font
is pinned at one style, since readers on paper-like screens know nothing of axes, and kept as TrueType, which
every reader takes. The widths of letters go along, for pages that have to know how much they hold.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from formats.builders.epub.faces import FOLDER, WIDTHS, Face, every_face

_PACKAGES = {
    "Atkinson Hyperlegible": "fontpkg_atkinson_hyperlegible",
    "EB Garamond": "fontpkg_eb_garamond",
    "Figtree": "fontpkg_figtree",
    "Fraunces": "fontpkg_fraunces",
    "Jost": "fontpkg_jost",
    "Literata": "fontpkg_literata",
    "Source Sans 3": "fontpkg_source_sans_3",
    "Source Serif 4": "fontpkg_source_serif_4",
}
_LETTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x192, *range(0x218, 0x21C), 0x2C6, 0x2DA, 0x2DC, 0x1E9E,
    0x2009, 0x200A, 0x200B, *range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2021, 0x2022, 0x2026,
    0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122, 0x2190, 0x2192, 0x21A9,
    0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2610, 0x2611, 0x2767, 0xFB01, 0xFB02,
)  # fmt: skip
_FEATURES = [
    "kern",
    "liga",
    "locl",
    "ccmp",
    "mark",
    "mkmk",
    "calt",
    "onum",
    "lnum",
    "pnum",
    "tnum",
    "smcp",
    "ss01",
    "ss02",
]


_NAMES = (1, 3, 4, 6)  # family, unique name, full name, PostScript name
_OURS = {
    "Source Serif 4": "Octavo Serif",
    "SourceSerif4": "OctavoSerif",
    "Source Sans 3": "Octavo Sans",
    "SourceSans3": "OctavoSans",
}


def main() -> None:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    widths: dict[str, dict[str, int]] = {}
    for face in every_face():
        font = prepared(face)
        data = io.BytesIO()
        font.save(data, reorderTables=True)
        (FOLDER / face.file_name).write_bytes(data.getvalue())
        widths[face.file_name] = dict(advances(font))
    WIDTHS.write_text(json.dumps(widths, ensure_ascii=False, indent=0, sort_keys=True) + "\n")


def prepared(face: Face) -> TTFont:
    font = TTFont(source(face), lazy=True, recalcTimestamp=False)
    options = Options()
    options.layout_features = _FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["DSIG", "MVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_LETTERS)
    subsetter.subset(font)
    if "fvar" in font:
        instancer.instantiateVariableFont(font, pins(font, face), inplace=True)
        font["OS/2"].usWeightClass = face.weight
    if "STAT" in font:
        del font["STAT"]
    rename(font)
    return font


def rename(font: TTFont) -> None:
    """Adobe reserves the name "Source" for fonts as it made them; what is cut from one bears another."""
    for record in font["name"].names:
        if record.nameID in _NAMES:
            words = str(record)
            for reserved, ours in _OURS.items():
                words = words.replace(reserved, ours)
            record.string = words


def pins(font: TTFont, face: Face) -> dict[str, float]:
    """Where the axes stand: at the weight, at the size that the face is set in, and else as the font says."""
    wanted = {"wght": face.weight, "opsz": face.optical_size}
    return {
        axis.axisTag: min(max(wanted.get(axis.axisTag, axis.defaultValue), axis.minValue), axis.maxValue)
        for axis in font["fvar"].axes
    }


def source(face: Face) -> Path:
    """The variable font of the style, or else the plain file of the nearest weight."""
    folder = Path(str(resources.files(_PACKAGES[face.family]))) / "files"
    files = sorted(path for path in folder.iterdir() if path.suffix in (".ttf", ".otf"))
    of_style = [path for path in files if ("Italic" in path.name) == face.italic]
    name = "Bold" if face.weight >= 600 else "Regular"
    variable = [path for path in of_style if "[" in path.name]
    return (variable or [path for path in of_style if name in path.name] or of_style)[0]


def advances(font: TTFont) -> Iterator[tuple[str, int]]:
    """The width of each letter in thousandths of the size."""
    scale = 1000 / font["head"].unitsPerEm
    for code, glyph in font.getBestCmap().items():
        yield chr(code), round(font["hmtx"][glyph][0] * scale)


if __name__ == "__main__":
    main()
