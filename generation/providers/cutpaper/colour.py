"""Arithmetic on colours written as "#rrggbb"."""

from __future__ import annotations

import re
from functools import cache

RGB = tuple[float, float, float]
HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_colour(text: str) -> bool:
    return HEX.fullmatch(text) is not None


@cache
def rgb(colour: str) -> RGB:
    """The three channels, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def as_hex(channels: RGB) -> str:
    return "#" + "".join(f"{min(255, max(0, round(channel))):02x}" for channel in channels)


@cache
def shade(colour: str, amount: float) -> str:
    """Lighter where `amount` is positive (1 is white), darker where it is negative (-1 is black)."""
    return mix(colour, "#ffffff" if amount > 0 else "#000000", abs(amount))


@cache
def mix(first: str, second: str, share: float) -> str:
    """`share` of the second colour, the rest of the first."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    red, green, blue = (a + (b - a) * share for a, b in pairs)
    return as_hex((red, green, blue))


@cache
def filtered(colour: str, tint: RGB) -> str:
    """The colour seen in light of `tint`, where 1, 1, 1 is white light."""
    red, green, blue = (channel * factor for channel, factor in zip(rgb(colour), tint, strict=True))
    return as_hex((red, green, blue))


@cache
def luminance(colour: str) -> float:
    """Relative luminance from 0 to 1 (WCAG 2.2, definition of relative luminance)."""

    def linear(channel: float) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)
