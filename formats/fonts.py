"""The fonts that books are set in: files from their wheels, so that no output depends on the machine.

Each theme names its own faces. Behind them stand faces for the scripts that they lack, chosen by what a
book's text really holds: one that is never needed costs a build nothing. All are under the SIL Open Font
License.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import typst

_FAMILIES = (
    "fontpkg_literata",
    "fontpkg_eb_garamond",
    "fontpkg_fraunces",
    "fontpkg_figtree",
    "fontpkg_source_serif_4",
    "fontpkg_source_sans_3",
    "fontpkg_jost",
    "fontpkg_atkinson_hyperlegible",
    "fontpkg_amiri",
    "fontpkg_frank_ruhl_libre",
)
_BARE = (
    "pylopdf_fonts_jp",
    "pylopdf_fonts_zh_cn",
    "pylopdf_fonts_ko",
    "manimgx_fonts",
)  # fonts beside the code

# The characters of each script that the themes' own faces lack, and the face that has them. Most books need
# none of these patterns, so they are compiled when they are first searched for.
_SCRIPTS: Mapping[str, str] = {
    "Amiri": "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]",
    "Frank Ruhl Libre": "[\u0590-\u05ff\ufb1d-\ufb4f]",
    "Noto Sans Armenian": "[\u0530-\u058f]",
    "Noto Sans Devanagari": "[\u0900-\u097f]",
    "Noto Sans Bengali": "[\u0980-\u09ff]",
    "Noto Sans Gurmukhi": "[\u0a00-\u0a7f]",
    "Noto Sans Gujarati": "[\u0a80-\u0aff]",
    "Noto Sans Oriya": "[\u0b00-\u0b7f]",
    "Noto Sans Tamil": "[\u0b80-\u0bff]",
    "Noto Sans Telugu": "[\u0c00-\u0c7f]",
    "Noto Sans Kannada": "[\u0c80-\u0cff]",
    "Noto Sans Malayalam": "[\u0d00-\u0d7f]",
    "Noto Sans Sinhala": "[\u0d80-\u0dff]",
    "Noto Sans Thai": "[\u0e00-\u0e7f]",
    "Noto Sans Lao": "[\u0e80-\u0eff]",
    "Noto Sans Myanmar": "[\u1000-\u109f]",
    "Noto Sans Georgian": "[\u10a0-\u10ff\u1c90-\u1cbf]",
    "Noto Sans Ethiopic": "[\u1200-\u137f]",
    "Noto Sans Khmer": "[\u1780-\u17ff]",
}
_HAN = "[\u2e80-\u2fdf\u3000-\u303f\u31c0-\u31ef\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
_KANA = "[\u3040-\u30ff\u31f0-\u31ff]"
_HANGUL = "[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]"
_SYMBOLS = "[\u2190-\u23ff\u2500-\u2bff\U0001f000-\U0001faff]"
_BEYOND_THE_FACES = re.compile(
    "[\u0530-\u1c8f\u1c90-\u1dbf\u2190-\u2bff\u2e80-\ufaff\ufb1d-\uffef\U0001f000-\U0001faff]"
)
_EAST_ASIAN = {"ja": "Noto Serif JP", "zh": "Noto Serif SC", "ko": "Noto Serif KR"}
_LEADING = {"ar": "Amiri", "fa": "Amiri", "ur": "Amiri", "he": "Frank Ruhl Libre", "yi": "Frank Ruhl Libre"}


@cache
def typst_fonts() -> typst.Fonts:
    """Every font a PDF may use. Read once a process."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(path) for path in font_folders()],
    )


def font_folders() -> list[Path]:
    families = [Path(str(resources.files(package))) / "files" for package in _FAMILIES]
    return families + [Path(str(resources.files(package))) for package in _BARE]


def faces_beyond(text: str, language: str) -> tuple[str, ...]:
    """The faces that a text needs for what is neither Latin, Greek nor Cyrillic, the book's own script first.

    Chinese characters are drawn as the book's language draws them, and as Chinese in other books, unless they
    stand beside kana.
    """
    if not _BEYOND_THE_FACES.search(text):
        return ()
    found = [face for face, characters in _SCRIPTS.items() if re.search(characters, text)]
    kana, hangul = bool(re.search(_KANA, text)), bool(re.search(_HANGUL, text))
    own = _EAST_ASIAN.get(_primary(language))
    found += [own] if own else []
    found += ["Noto Serif JP"] if kana else []
    found += ["Noto Serif KR"] if hangul else []
    found += ["Noto Serif SC"] if re.search(_HAN, text) else []
    found += ["Noto Sans Symbols", "Noto Emoji"] if re.search(_SYMBOLS, text) else []
    return tuple(dict.fromkeys(found))


def leading_face(language: str) -> str:
    """The face for a book in this language whatever its theme, or "" where the theme's own will do."""
    return _LEADING.get(_primary(language), "")


def _primary(language: str) -> str:
    return language.lower().split("-")[0]
