"""The sheet that a picture is composed on: size, chance, gradients, shadows, and the SVG document at the end."""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence

from generation.providers.cutpaper.shapes import circle, ellipse

Stop = tuple[float, str] | tuple[float, str, float]  # offset, colour, opacity

BOTTOM = 1024.0
# Blurs are dear (their price is their area): `lifted` is for figures and a few props, `shapes.cut` for the rest.
FILTERS = "".join(
    f'<filter id="lift{depth}" x="-10%" y="-10%" width="122%" height="124%" color-interpolation-filters="sRGB">'
    f'<feDropShadow dx="{dx}" dy="{dy}" stdDeviation="{blur}" flood-color="#0a0a2a" flood-opacity="{opacity}"/></filter>'
    for depth, dx, dy, blur, opacity in ((1, 0, 3, 4, 0.28), (2, 1, 5, 7, 0.30))
)


class Canvas:
    """Scene units: x runs from 0 to `width`, y from `top` (0 or less) down to 1024, the foot of every picture.

    `random` places things and differs from picture to picture; `taste` chooses what has to stay the same
    whenever the book comes back to a place, such as the colours of its walls. Above `quiet` there is room for
    a title. A `frugal` canvas, of many pixels, blurs the shadow of the hero alone.
    """

    def __init__(
        self, *, width: float, top: float = 0, seed: str, taste: str, quiet: float = 0, frugal: bool = False
    ) -> None:
        self.width = width
        self.top = top
        self.quiet = quiet
        self.frugal = frugal
        self.random = random.Random(seed)
        self.taste = random.Random(taste)
        self.parts: list[str] = []
        self._names: dict[str, str] = {}
        self._definitions: list[str] = []

    @property
    def height(self) -> float:
        return BOTTOM - self.top

    def x(self, share: float) -> float:
        """The place that lies at `share` of the width."""
        return self.width * share

    def add(self, *svg: str) -> None:
        self.parts.extend(svg)

    def overlay(self) -> Canvas:
        """A second sheet for what comes in front later; it shares this one's chance and gradients."""
        sheet = copy.copy(self)
        sheet.parts = []
        return sheet

    def vertical(self, *colours: str) -> str:
        """A fill that runs through the colours from top to bottom."""
        last = max(1, len(colours) - 1)
        return self.linear([(i / last, colour) for i, colour in enumerate(colours)])

    def across(self, *colours: str) -> str:
        last = max(1, len(colours) - 1)
        return self.linear([(i / last, colour) for i, colour in enumerate(colours)], x2=1, y2=0)

    def linear(self, stops: Sequence[Stop], *, x2: float = 0, y2: float = 1) -> str:
        return self._define("linearGradient", f'x1="0" y1="0" x2="{x2}" y2="{y2}"', _stops(stops))

    def radial(self, stops: Sequence[Stop], *, cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
        return self._define("radialGradient", f'cx="{cx}" cy="{cy}" r="{r}"', _stops(stops))

    def clip(self, d: str) -> str:
        """For the attribute clip-path: shows only what lies within the path."""
        return self._define("clipPath", "", f'<path d="{d}"/>')

    def lifted(self, svg: str, depth: int = 1) -> str:
        if self.frugal and depth == 1:
            return svg
        return f'<g filter="url(#lift{depth})">{svg}</g>'

    def glow(self, x: float, y: float, r: float, colour: str, strength: float = 0.9) -> str:
        stops: list[Stop] = [(0, colour, strength), (0.35, colour, strength * 0.45), (1, colour, 0)]
        return circle(x, y, r, self.radial(stops))

    def ground_shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.4) -> str:
        """The soft dark patch beneath something that stands on the ground."""
        return ellipse(
            x,
            y,
            rx,
            ry,
            self.radial([(0, "#0a0a25", strength), (0.55, "#0a0a25", strength * 0.6), (1, "#0a0a25", 0)]),
        )

    def document(self) -> str:
        box = f"0 {self.top:g} {self.width:g} {self.height:g}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{self.width:g}" height="{self.height:g}">'
            f"<defs>{FILTERS}{''.join(self._definitions)}</defs>{''.join(self.parts)}</svg>"
        )

    def _define(self, tag: str, geometry: str, content: str) -> str:
        key = f"{tag} {geometry}>{content}"
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"d{len(self._names)}"
            self._definitions.append(f'<{tag} id="{name}" {geometry}>{content}</{tag}>')
        return f"url(#{name})"


def _stops(stops: Sequence[Stop]) -> str:
    return "".join(
        f'<stop offset="{stop[0]:.3f}" stop-color="{stop[1]}"'
        + (f' stop-opacity="{stop[2]:.3f}"' if len(stop) == 3 else "")
        + "/>"
        for stop in stops
    )
