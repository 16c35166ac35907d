"""Landscapes for the covers of novels: few tones, a great sun or moon, ridges in mist, one small thing that lives there."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from generation.contract import Scene
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.colour import mix, shade
from generation.providers.cutpaper.scenery import edge_shadow, height_at
from generation.providers.cutpaper.shapes import Point, circle, cut, line, path, placed, rect, smooth


@dataclass(frozen=True)
class Tones:
    """`sky` from top to horizon; ridges run from `far` to `near`; `ink` is for the lettering upon the sky."""

    time: str
    sky: tuple[str, str, str]
    disc: str
    far: str
    near: str
    ink: str


TONES = (
    Tones("dusk", ("#1f2b4f", "#8a4a6b", "#f0a06a"), "#ffd9a0", "#a8566b", "#1a1a36", "#fff0dc"),
    Tones("night", ("#0b1530", "#1f3a5f", "#6f93a8"), "#f6efd4", "#46708a", "#081020", "#f3efe0"),
    Tones("dawn", ("#27485a", "#7f9a94", "#f2cfa4"), "#fff0cf", "#8aa39a", "#1f3a3f", "#fff4e0"),
    Tones("day", ("#14454a", "#3f8480", "#cfdcb4"), "#fbf0c0", "#76a894", "#0f2f2f", "#fff6e0"),
    Tones("dusk", ("#3a1626", "#9a3340", "#f0905a"), "#ffd49a", "#b5503f", "#230d18", "#ffeedd"),
    Tones("night", ("#1c1430", "#43306b", "#a884b4"), "#fbe8f0", "#6f5590", "#130d22", "#f8ecf4"),
    Tones("day", ("#2d3a44", "#6b7f88", "#d3d8d2"), "#fbf8ea", "#93a3a6", "#1c262c", "#fdf8ea"),
)


def landscape(c: Canvas, tones: Tones, scene: Scene) -> None:
    r = c.random
    c.add(
        rect(
            0,
            c.top,
            c.width,
            c.height,
            c.linear(
                [
                    (0, tones.sky[0]),
                    (0.3, mix(tones.sky[0], tones.sky[1], 0.5)),
                    (0.5, tones.sky[1]),
                    (0.74, tones.sky[2]),
                    (1, tones.sky[2]),
                ]
            ),
        )
    )
    if tones.time in {"night", "dusk"}:
        c.add(
            "".join(
                circle(
                    r.random() * c.width,
                    c.top + r.random() ** 1.3 * 560,
                    r.choice((1, 1.4, 2)),
                    "#fff6d8",
                    opacity=r.uniform(0.3, 0.9),
                )
                for _ in range(90)
            )
        )
    x, y = c.x(r.choice((0.34, 0.5, 0.66))), 520.0
    c.add(c.glow(x, y, 420, tones.disc, 0.6), circle(x, y, 138, tones.disc))
    edges = _ridges(c, tones, jagged=scene.place in {"mountain", "snow", "cave"})
    LIFE.get(scene.place, _wanderer)(c, tones, edges)
    c.add(
        rect(
            0,
            860,
            c.width,
            BOTTOM - 850,
            c.linear([(0, shade(tones.near, -0.4), 0.0), (1, shade(tones.near, -0.4), 0.7)]),
        )
    )


def _ridges(c: Canvas, tones: Tones, *, jagged: bool) -> list[list[Point]]:
    r = c.random
    edges = []
    for i, y in enumerate((600, 668, 742, 826, 916)):
        share = i / 4
        colour = mix(tones.far, tones.near, share)
        phase, amplitude = r.random() * 6.28, 46 - i * 4
        step = c.width / (9 if jagged and i < 3 else 5)
        points = [
            (
                (k - 1) * step,
                y
                + amplitude * math.sin(k * 1.3 + phase) * 0.7
                + amplitude * (r.random() - 0.5) * (2.6 if jagged and i < 3 else 0.9),
            )
            for k in range(int(c.width / step) + 4)
        ]
        d = "M" + " L".join(f"{px:.0f},{py:.0f}" for px, py in points) if jagged and i < 3 else smooth(points)
        c.add(
            edge_shadow(d),
            path(f"{d} L{c.width + 400},1100 L-400,1100Z", c.vertical(colour, mix(colour, tones.near, 0.3))),
        )
        if i < 4:
            c.add(
                rect(
                    0,
                    y - 10,
                    c.width,
                    130,
                    c.linear(
                        [
                            (0, tones.sky[2], 0.0),
                            (0.6, tones.sky[2], 0.26 * (1 - share)),
                            (1, tones.sky[2], 0.0),
                        ]
                    ),
                )
            )
        edges.append(points)
    return edges


def _pines(c: Canvas, tones: Tones, edges: list[list[Point]]) -> None:
    r = c.random
    for index, low, high, step in ((2, 60, 110, 34), (3, 110, 200, 52), (4, 200, 360, 96)):
        colour = mix(tones.far, tones.near, 0.35 + index * 0.16)
        x = -20.0
        while x < c.width + 30:
            h = r.uniform(low, high)
            if not (index == 4 and c.x(0.3) < x < c.x(0.7)):
                c.add(placed(_fir(colour), x, height_at(edges[index], x) + 14, h / 100))
            x += step * r.uniform(0.7, 1.3)
    _walker(c, tones, c.x(0.5), height_at(edges[4], c.x(0.5)) + 4)


def _fir(colour: str) -> str:
    return path(
        "M-3,4 V-14 H-24 L-8,-40 H-17 L-5,-64 H-11 L0,-100 L11,-64 H5 L17,-40 H8 L24,-14 H3 V4Z", colour
    )


def _walker(c: Canvas, tones: Tones, x: float, y: float) -> None:
    """A person far off, seen from behind."""
    ink = shade(tones.near, -0.35)
    c.add(
        placed(
            circle(0, -64, 10, ink)
            + path("M-12,-52 Q0,-60 12,-52 L17,-16 H9 L7,0 H1 L0,-16 L-3,0 H-9 L-9,-16 H-17Z", ink),
            x,
            y,
            1.15,
        )
    )


def _wanderer(c: Canvas, tones: Tones, edges: list[list[Point]]) -> None:
    x = c.x(0.36)
    c.add(placed(_bare_tree(shade(tones.near, -0.2)), c.x(0.78), height_at(edges[4], c.x(0.78)) + 16, 1.5))
    _walker(c, tones, x, height_at(edges[4], x) + 4)


def _bare_tree(colour: str) -> str:
    return line(
        "M0,0 C-4,-50 2,-80 0,-120 M0,-70 C-24,-90 -34,-110 -52,-134 M0,-84 C20,-104 34,-116 44,-150 M0,-120 C-8,-140 -20,-150 -26,-176 M0,-120 C8,-140 14,-156 12,-186 M-34,-112 q-16,-4 -30,-2 M30,-118 q16,-8 28,-8",
        colour,
        7,
    )


def _houses(c: Canvas, tones: Tones, edges: list[list[Point]]) -> None:
    r = c.random
    for index, size in ((3, 0.8), (4, 1.35)):
        x = -10.0
        while x < c.width:
            w, h = r.uniform(60, 100) * size, r.uniform(90, 210) * size
            colour = shade(mix(tones.far, tones.near, 0.4 + index * 0.13), r.uniform(-0.12, 0.04))
            y = height_at(edges[index], x + w / 2)
            c.add(
                cut(
                    f"M{x:.0f},1060 V{y - h:.0f} L{x + w / 2:.0f},{y - h - w * 0.5:.0f} L{x + w:.0f},{y - h:.0f} V1060Z",
                    colour,
                    depth=0.8,
                )
            )
            c.add(
                "".join(
                    rect(
                        x + w * 0.2 + i * w * 0.36,
                        y - h + 18 * size + j * 40 * size,
                        13 * size,
                        19 * size,
                        tones.disc,
                        2,
                        opacity=0.9,
                    )
                    for i in (0, 1)
                    for j in range(int(h / 46 / size))
                    if r.random() < 0.45
                )
            )
            x += w + 2


def _waters(c: Canvas, tones: Tones, edges: list[list[Point]]) -> None:
    """The nearer ridges become the sea, and a sail stands on it."""
    for i, y in enumerate((690, 752, 824, 906)):
        colour = mix(tones.far, tones.near, 0.2 + i * 0.25)
        points = [
            (x, y + (6 + i * 3) * math.sin(x / (70 + i * 14) + i * 2))
            for x in range(-60, int(c.width) + 120, 36)
        ]
        d = smooth(points)
        c.add(
            edge_shadow(d),
            path(f"{d} L{c.width + 200},1100 L-200,1100Z", c.vertical(colour, mix(colour, tones.near, 0.4))),
            line(d, tones.disc, 3, opacity=0.28),
        )
        if i == 1:
            ink = shade(tones.near, -0.2)
            sail = (
                path("M4,-150 Q70,-90 78,-26 H4Z", tones.disc, opacity=0.95)
                + path("M-6,-136 Q-46,-80 -54,-28 H-6Z", mix(tones.disc, tones.far, 0.5))
                + line("M0,-8 V-160", ink, 5)
                + path("M-78,-18 H88 Q72,14 40,14 H-36 Q-66,14 -78,-18Z", ink)
            )
            c.add(placed(sail, c.x(0.36), 800, 1.1))


LIFE: dict[str, Callable[[Canvas, Tones, list[list[Point]]], None]] = {
    "forest": _pines, "mountain": _pines, "snow": _pines, "town": _houses, "market": _houses, "station": _houses,
    "sea": _waters, "beach": _waters, "island": _waters, "lake": _waters, "river": _waters,
}  # fmt: skip
