"""What the weather lays over a finished scene: rain, snow, fog, wind."""

from __future__ import annotations

from collections.abc import Callable

from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.shapes import circle, ellipse, line, path, rect


def over(c: Canvas, light: Light) -> str:
    drawing = OVER.get(light.weather)
    return drawing(c, light) if drawing else ""


def rain(c: Canvas, light: Light) -> str:
    r = c.random
    count = round(c.width * c.height / 9200)
    near: list[str] = []
    far: list[str] = []
    for i in range(count):
        x, y, length = r.uniform(-20, c.width + 40), r.uniform(c.top, BOTTOM), r.uniform(22, 54)
        (near if i % 3 == 0 else far).append(f"M{x:.0f},{y:.0f} l{-length * 0.24:.0f},{length:.0f}")
    puddles = "".join(
        ellipse(x, y, w, w * 0.13, "#dcebf5", opacity=0.3)
        + ellipse(x, y, w * 0.6, w * 0.07, "none", stroke="#ffffff", stroke_width=2, opacity=0.5)
        for x, y, w in ((c.x(r.random()), r.uniform(940, 1005), r.uniform(40, 90)) for _ in range(5))
    )
    return (
        puddles
        + line(" ".join(far), "#eaf3fa", 1.8, opacity=0.32)
        + line(" ".join(near), "#f4f9fd", 2.8, opacity=0.48)
    )


def snow(c: Canvas, light: Light) -> str:
    r = c.random
    count = round(c.width * c.height / 8200)
    return "".join(
        circle(
            r.uniform(0, c.width),
            r.uniform(c.top, BOTTOM),
            r.choice((1.8, 2.4, 3, 4, 5.4)),
            "#ffffff",
            opacity=r.uniform(0.55, 0.95),
        )
        for _ in range(count)
    )


def fog(c: Canvas, light: Light) -> str:
    r = c.random
    bands = "".join(
        ellipse(
            c.x(r.uniform(-0.05, 1.05)),
            y,
            c.width * r.uniform(0.3, 0.55),
            r.uniform(26, 52),
            c.radial([(0, light.haze, 0.5), (0.6, light.haze, 0.3), (1, light.haze, 0.0)]),
        )
        for y in (540, 620, 700, 800, 900, 985)
    )
    veil = rect(
        0,
        c.top,
        c.width,
        c.height,
        c.linear([(0, light.haze, 0.16), (0.6, light.haze, 0.2), (1, light.haze, 0.05)]),
    )
    return veil + bands


def wind(c: Canvas, light: Light) -> str:
    r = c.random
    gusts = ""
    for _ in range(max(4, round(c.width / 230))):
        x, y, k = c.x(r.uniform(-0.05, 0.85)), r.uniform(280, 860), r.uniform(0.7, 1.2)
        gusts += line(
            f"M{x:.0f},{y:.0f} q{90 * k:.0f},{-26 * k:.0f} {180 * k:.0f},0 q{52 * k:.0f},{16 * k:.0f} {60 * k:.0f},{-18 * k:.0f} q{-4 * k:.0f},{-28 * k:.0f} {-30 * k:.0f},{-16 * k:.0f}",
            "#ffffff",
            4.5,
            opacity=0.5,
        )
    leaves = ""
    for _ in range(round(c.width / 64)):
        x, y, turn = r.uniform(0, c.width), r.uniform(260, 960), r.uniform(-80, 80)
        tone = light.tone(r.choice(("#d9843c", "#c9603a", "#e0b04a", "#8fae4f")))
        leaves += path(
            "M-13,0 Q0,-11 14,0 Q0,11 -13,0Z",
            tone,
            transform=f"translate({x:.0f},{y:.0f}) rotate({turn:.0f}) scale({r.uniform(0.7, 1.3):.2f})",
        )
    return gusts + leaves


OVER: dict[str, Callable[[Canvas, Light], str]] = {"rain": rain, "snow": snow, "fog": fog, "wind": wind}
