"""Lettering for covers: cleans a title, finds a face that has its letters, breaks it into balanced lines, fits them.

Widths are measured with the very font files that the renderer uses, at the same optical size.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

import fontpkg
from PIL import ImageFont

from generation.providers.cutpaper.shapes import number

LONGEST = 160  # letters of a title that are shown
MEASURE = 200  # the size at which widths are taken
ELLIPSIS = "…"
NO_BREAK = "\u00a0"  # before French two-part marks and inside guillemets


@dataclass(frozen=True)
class Face:
    """A font at one weight. `axes` are the file's variation axes in the order in which it lists them."""

    family: str
    weight: int
    style: str = "normal"
    axes: tuple[tuple[str, float], ...] = ()

    def width(self, text: str, size: float, *, spacing: float = 0) -> float:
        """Width in the units of `size`; `spacing` is added between letters, as a share of the size."""
        return (_font(self).getlength(text) / MEASURE + spacing * max(0, len(text) - 1)) * size

    def has(self, letter: str) -> bool:
        return letter.isspace() or _has(self, letter)

    def attributes(self) -> str:
        variation = ", ".join(f"'{axis}' {value:g}" for axis, value in self.axes)
        style = f' style="font-variation-settings: {variation}"' if variation else ""
        return f'font-family="{self.family}" font-weight="{self.weight}" font-style="{self.style}"{style}'


def fraunces(weight: int, style: str = "normal", *, soft: float = 30) -> Face:
    return Face("Fraunces", weight, style, (("opsz", 144), ("wght", weight), ("SOFT", soft), ("WONK", 0)))


def figtree(weight: int, style: str = "normal") -> Face:
    return Face("Figtree", weight, style, (("wght", weight),))


def literata(weight: int, style: str = "normal") -> Face:
    return Face("Literata", weight, style, (("opsz", 72), ("wght", weight)))


def garamond(weight: int, style: str = "normal") -> Face:
    return Face("EB Garamond", min(800, weight), style, (("wght", min(800, weight)),))


def cleaned(text: str, longest: int = LONGEST) -> str:
    """One line without control characters, no longer than `longest` letters."""
    visible = "".join(
        " " if letter.isspace() else letter
        for letter in text[: longest * 4]
        if letter.isspace() or _visible(letter)
    )
    line = " ".join(unicodedata.normalize("NFC", visible).split())
    line = re.sub(r" (?=[:;!?»])|(?<=«) ", NO_BREAK, line)
    return line if len(line) <= longest else line[: longest - 1].rstrip(" ,;:-–—") + ELLIPSIS


def legible(text: str, face: Face) -> tuple[str, Face] | None:
    """The text in this face, or in one that has its letters, less what none has; None where too little is left.

    Right-to-left and CJK scripts, for which no face is at hand, thus leave the cover without lettering.
    """
    letters = [letter for letter in text if not letter.isspace()]
    if not letters:
        return None
    faces = (face, literata(face.weight, face.style), garamond(face.weight, face.style))
    best = max(faces, key=lambda one: sum(one.has(letter) for letter in letters))
    kept = re.sub(" +", " ", "".join(letter for letter in text if best.has(letter))).strip()
    words = [letter for letter in kept if letter.isalnum()]
    wanted = [letter for letter in letters if letter.isalnum()]
    if not words or len(words) < 0.6 * len(wanted):
        return None
    return kept, best


@dataclass(frozen=True)
class Block:
    """Lines of one face and size. `height` runs from the top of the first line's capitals to the last baseline."""

    lines: tuple[str, ...]
    face: Face
    size: float
    leading: float = 1.08
    spacing: float = 0

    @property
    def height(self) -> float:
        return self.size * (0.72 + self.leading * (len(self.lines) - 1))

    def svg(self, x: float, y: float, fill: str, *, anchor: str = "middle", shadow: str = "") -> str:
        """The lines with the top of their capitals at y. `shadow` is a colour, laid below as by a paper letter."""
        texts = []
        for index, words in enumerate(self.lines):
            baseline = y + self.size * (0.72 + self.leading * index)
            if shadow:
                lift = self.size * 0.035
                texts += [
                    self._text(words, x, baseline + lift * step, shadow, anchor, 0.16)
                    for step in (0.5, 1.0, 1.6)
                ]
            texts.append(self._text(words, x, baseline, fill, anchor, 1))
        return "".join(texts)

    def _text(self, words: str, x: float, y: float, fill: str, anchor: str, opacity: float) -> str:
        spacing = f' letter-spacing="{number(self.spacing * self.size)}"' if self.spacing else ""
        shift = self.spacing * self.size / 2 if anchor == "middle" else 0  # the last letter has spacing too
        return (
            f'<text x="{number(x + shift)}" y="{number(y)}" font-size="{number(self.size)}" {self.face.attributes()}'
            f' text-anchor="{anchor}" fill="{fill}" fill-opacity="{number(opacity)}"{spacing}>{escape(words)}</text>'
        )


def fitted(
    text: str,
    face: Face,
    *,
    width: float,
    height: float,
    largest: float,
    smallest: float = 20,
    leading: float = 1.08,
    spacing: float = 0,
    most_lines: int = 7,
) -> Block:
    """The text broken into balanced lines, as large as the box allows."""
    words = _bounded(text.split(" "), face, width, smallest, spacing)
    best: Block | None = None
    for count in range(1, min(most_lines, len(words)) + 1):
        lines = balanced(words, count, face, spacing)
        widest = max(face.width(line, 1, spacing=spacing) for line in lines)
        size = min(largest, width / widest, height / (0.72 + leading * (len(lines) - 1)))
        if best is None or size > best.size * 1.06:  # another line must be worth its while
            best = Block(tuple(lines), face, size, leading, spacing)
    return best or Block((), face, smallest, leading, spacing)


def balanced(words: list[str], count: int, face: Face, spacing: float = 0) -> list[str]:
    """The words in at most `count` lines whose longest is as short as can be."""
    low = max(face.width(word, 1, spacing=spacing) for word in words)
    high = face.width(" ".join(words), 1, spacing=spacing)
    for _ in range(18):
        middle = (low + high) / 2
        if len(_filled(words, middle, face, spacing)) <= count:
            high = middle
        else:
            low = middle
    return _filled(words, high + 1e-6, face, spacing)


def _filled(words: list[str], width: float, face: Face, spacing: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if face.width(longer, 1, spacing=spacing) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _bounded(words: list[str], face: Face, width: float, smallest: float, spacing: float) -> list[str]:
    """Cuts words that would not fit a line even at a modest size."""
    room = width / max(smallest, 34)
    parts: list[str] = []
    for word in words:
        while word and face.width(word, 1, spacing=spacing) > room:
            length = next(
                (
                    end
                    for end in range(len(word) - 1, 1, -1)
                    if face.width(word[:end], 1, spacing=spacing) <= room
                ),
                1,
            )
            parts.append(word[:length])
            word = word[length:]  # noqa: PLW2901
        if word:
            parts.append(word)
    return parts


def _visible(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


@cache
def _font(face: Face) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(fontpkg.path(face.family, face.weight, face.style, nearest=True)), MEASURE)
    if face.axes:
        font.set_variation_by_axes([value for _, value in face.axes])
    return font


@cache
def _blank(face: Face) -> bytes:
    return bytes(_font(face).getmask("\uffff"))


@cache
def _has(face: Face, letter: str) -> bool:
    return bytes(_font(face).getmask(letter)) != _blank(face)
