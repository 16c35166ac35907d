"""The faces that an e-book brings along, and how wide their letters are.

They hold the letters of Latin alphabets; a reader's own fonts set what is written in others. The files are made
by `prepare_faces`, and all are under the SIL Open Font License, which allows them to be embedded.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formats.builders.themes import Theme

FOLDER = Path(__file__).parent / "fonts"
WIDTHS = FOLDER / "widths.json"
_TEXT = ("EB Garamond", "Literata", "Source Serif 4", "Source Sans 3", "Atkinson Hyperlegible")
_DISPLAY = {  # weights, optical size
    "Fraunces": ((500,), 72),
    "Jost": ((300, 600), 12),
    "Figtree": ((600, 700), 12),
}
_LABEL_WEIGHT = 600
_SANS = frozenset({"Source Sans 3", "Atkinson Hyperlegible", "Jost", "Figtree"})
# Alphabets with letters enough in the faces; the others are set in what the reader has.
_NOT_LATIN = frozenset({
    "am", "ar", "arc", "as", "be", "bg", "bn", "ckb", "dv", "el", "fa", "gu", "he", "hi", "hy",
    "ja", "ka", "kk", "km", "kn", "ko", "lo", "mk", "ml", "mn", "mr", "my", "ne", "or", "pa", "ps",
    "ru", "sd", "si", "sr", "ta", "te", "th", "ti", "ug", "uk", "ur", "vi", "yi", "zh",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    family: str
    weight: int = 400
    italic: bool = False
    optical_size: float = 12

    @property
    def file_name(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.weight}{'-italic' if self.italic else ''}.ttf"

    def read(self) -> bytes:
        return _file(self.file_name)

    @property
    def rule(self) -> str:
        """How a style sheet beside the folder "fonts" declares it."""
        style = "italic" if self.italic else "normal"
        return (
            f'@font-face {{ font-family: "{self.family}"; font-style: {style}; font-weight: {self.weight}; '
            f'src: url("fonts/{self.file_name}"); }}\n'
        )

    def width(self, text: str) -> float:
        """How long a line the text makes, in sizes of the type. Letters that the face lacks are reckoned wide."""
        widths = _widths()[self.file_name]
        return sum(widths.get(letter) or _other(letter) for letter in text) / 1000


def every_face() -> Iterator[Face]:
    for family in (*_TEXT, *_DISPLAY):
        yield from faces_of(family)


@cache
def faces_of(family: str) -> tuple[Face, ...]:
    """The styles that a family has here; none for a family that is not among them."""
    if family in _DISPLAY:
        weights, size = _DISPLAY[family]
        return tuple(Face(family, weight, optical_size=size) for weight in weights)
    if family in _TEXT:
        return (Face(family), Face(family, italic=True), Face(family, 700))
    return ()


def faces_for(theme: Theme, language: str) -> tuple[Face, ...]:
    """What a book in this theme and language embeds."""
    if language.lower().split("-")[0] in _NOT_LATIN:
        return ()
    others = (title_face(theme), label_face(theme))
    return tuple(dict.fromkeys((*faces_of(theme.body_font), *filter(None, others))))


def title_face(theme: Theme) -> Face | None:
    return _nearest(theme.title_font, theme.title_weight)


def label_face(theme: Theme) -> Face | None:
    return _nearest(theme.label_font, _LABEL_WEIGHT)


def _nearest(family: str, weight: int) -> Face | None:
    upright = [face for face in faces_of(family) if not face.italic]
    return min(upright, key=lambda face: abs(face.weight - weight), default=None)


def stack(family: str, embedded: Iterable[Face]) -> str:
    """The value of font-family: the face if it is embedded, and the reader's own of its kind."""
    kind = "sans-serif" if family in _SANS else "serif"
    return f'"{family}", {kind}' if any(face.family == family for face in embedded) else kind


def plainest(family: str) -> Face:
    """The face that text of the family is set in, to measure by; Literata, a wide one, for an unknown family."""
    return (faces_of(family) or faces_of("Literata"))[0]


@cache
def _file(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _widths() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads(WIDTHS.read_text(encoding="utf-8"))
    return found


@cache
def _other(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn"):
        return 0
    return 1050 if unicodedata.east_asian_width(letter) in "WF" else 640
