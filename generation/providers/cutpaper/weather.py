"""What the weather lays over a finished scene: rain, snow, fog, wind. The hero's face is left clear."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.places.stage import Spot
from generation.providers.cutpaper.shapes import Point, circle, ellipse, line, path, rect


def over(c: Canvas, light: Light, *, keep_clear: Spot | None = None) -> str:
    """`keep_clear` is the middle of the hero's head, its size the radius around it."""
    drawing = OVER.get(light.weather)
    return drawing(c, light, keep_clear) if drawing else ""


def rain(c: Canvas, light: Light, face: Spot | None) -> str:
    r = c.random
    near: list[str] = []
    far: list[str] = []
    for i, (x, y) in enumerate(_scattered(c, 9200, face)):
        length = r.uniform(22, 54)
        (near if i % 3 == 0 else far).append(f"M{x:.0f},{y:.0f} l{-length * 0.24:.0f},{length:.0f}")
    puddles = "".join(_puddle(c.x(r.random()), r.uniform(950, 1010), r.uniform(40, 90)) for _ in range(4))
    return (
        puddles
        + line(" ".join(far), "#eaf3fa", 1.8, opacity=0.32)
        + line(" ".join(near), "#f4f9fd", 2.8, opacity=0.48)
    )


def _puddle(x: float, y: float, width: float) -> str:
    ring = ellipse(x, y, width * 0.6, width * 0.07, "none", stroke="#ffffff", stroke_width=2, opacity=0.5)
    return ellipse(x, y, width, width * 0.13, "#dcebf5", opacity=0.3) + ring


def snow(c: Canvas, light: Light, face: Spot | None) -> str:
    r = c.random
    return "".join(
        circle(x, y, r.choice((1.8, 2.4, 3, 4, 5.4)), "#ffffff", opacity=r.uniform(0.55, 0.95))
        for x, y in _scattered(c, 8200, face)
    )


def fog(c: Canvas, light: Light, face: Spot | None) -> str:
    r = c.random
    thick = c.radial([(0, light.haze, 0.5), (0.6, light.haze, 0.3), (1, light.haze, 0.0)])
    banks = "".join(
        ellipse(c.x(r.uniform(-0.05, 1.05)), y, c.width * r.uniform(0.3, 0.55), r.uniform(24, 44), thick)
        for y in (850, 900, 950, 990)
    )
    veil = c.linear(
        [(0, light.haze, 0.1), (0.6, light.haze, 0.1), (0.85, light.haze, 0.26), (1, light.haze, 0.1)]
    )
    return rect(0, c.top, c.width, c.height, veil) + banks


def wind(c: Canvas, light: Light, face: Spot | None) -> str:
    r = c.random
    gusts = ""
    for x, y in _scattered(c, 300_000, face, low=300, high=860, reach=240):
        k = r.uniform(0.7, 1.2)
        gusts += line(
            f"M{x:.0f},{y:.0f} q{90 * k:.0f},{-26 * k:.0f} {180 * k:.0f},0 q{52 * k:.0f},{16 * k:.0f} {60 * k:.0f},{-18 * k:.0f} q{-4 * k:.0f},{-28 * k:.0f} {-30 * k:.0f},{-16 * k:.0f}",
            "#ffffff",
            4.5,
            opacity=0.5,
        )
    leaves = ""
    for x, y in _scattered(c, 62_000, face, low=280, high=980):
        tone = light.tone(r.choice(("#d9843c", "#c9603a", "#e0b04a", "#8fae4f")))
        turned = (
            f"translate({x:.0f},{y:.0f}) rotate({r.uniform(-80, 80):.0f}) scale({r.uniform(0.7, 1.3):.2f})"
        )
        leaves += path("M-13,0 Q0,-11 14,0 Q0,11 -13,0Z", tone, transform=turned)
    return gusts + leaves


def _scattered(
    c: Canvas,
    area: float,
    face: Spot | None,
    *,
    low: float | None = None,
    high: float = BOTTOM,
    reach: float = 0,
) -> Iterator[Point]:
    """Chance points, one to so much `area`; none on the face, nor `reach` to the left of it."""
    for _ in range(round(c.width * c.height / area)):
        x, y = c.random.uniform(-20, c.width + 20), c.random.uniform(c.top if low is None else low, high)
        if face and abs(y - face.y) < face.size and -face.size - reach < x - face.x < face.size:
            continue
        yield x, y


OVER: dict[str, Callable[[Canvas, Light, Spot | None], str]] = {
    "rain": rain,
    "snow": snow,
    "fog": fog,
    "wind": wind,
}
