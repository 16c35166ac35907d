"""Charts drawn by the server: bars of a fixed number of places, as numbers for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 160  # units of the viewBox
_GAP = 4


@dataclass(frozen=True, slots=True)
class Bar:
    day: date
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """`most` is the value at the top."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def bars(days: Sequence[tuple[date, int]]) -> Bars:
    """A bar for each day; one without a value has no height, any other can be seen."""
    most = max((value for _day, value in days), default=0)
    step = WIDTH / max(1, len(days))
    drawn = []
    for place, (day, value) in enumerate(days):
        height = max(3.0, HEIGHT * value / most) if value else 0.0
        x, width = place * step + _GAP / 2, step - _GAP
        drawn.append(
            Bar(day, value, round(x, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1))
        )
    return Bars(tuple(drawn), most)
