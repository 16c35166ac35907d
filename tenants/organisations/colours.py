"""From one colour of an organisation's own to shades that can be read on light and on dark pages.

Contrast as WCAG 2.2 defines it (relative luminance; success criterion 1.4.3 asks for 4.5:1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ENOUGH: Final = 4.5
# The pages' backgrounds on which contrast is least, of web/styles/tokens.css: base-300 of either theme.
PAPER: Final = "#e7ded1"
INK: Final = "#372e27"
ON_DARKER: Final = "#ffffff"  # what is written on the shade for light pages
ON_LIGHTER: Final = "#17120f"
_STEPS = 100
_WRITTEN = re.compile(r"#[0-9a-f]{6}")

Channels = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Shades:
    """Of an accent, as `#rrggbb`: for buttons and links on light pages, and on dark ones."""

    on_light: str
    on_dark: str


def shades_of(accent: str) -> Shades:
    """The accent itself where it can be read, else as little darker, or lighter, as it takes."""
    return Shades(
        on_light=_towards(accent, "#000000", until_readable_on=PAPER),
        on_dark=_towards(accent, "#ffffff", until_readable_on=INK),
    )


def contrast(one: str, other: str) -> float:
    """Between 1 and 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_colour(text: str) -> bool:
    return bool(_WRITTEN.fullmatch(text))


def _towards(colour: str, end: str, *, until_readable_on: str) -> str:
    mixed = (_mixed(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next(each for each in mixed if contrast(each, until_readable_on) >= ENOUGH)


def _mixed(colour: str, end: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(end), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> Channels:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue
