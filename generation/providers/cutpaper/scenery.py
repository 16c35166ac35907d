"""What places are made of: sky, ridges, trees, plants, stones, water, houses. All take their colours from the light."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.colour import mix, shade
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.shapes import (
    Point,
    circle,
    cut,
    ellipse,
    group,
    line,
    path,
    placed,
    rect,
    smooth,
)

FLOWERS = ("#f28aa5", "#ffffff", "#f7c14b", "#e9705a", "#b79ae0", "#7fb9e6")
BLIND = 60.0  # how far ridges and waves run beyond the picture's edges


# --- sky ---------------------------------------------------------------------------------------------------


def sky(c: Canvas, light: Light, *, sun_x: float = 0.74, sun_y: float = 190, clouds: bool = True) -> None:
    """Sky from the top edge to below the horizon, with stars, sun or moon, and clouds."""
    c.add(
        rect(
            0,
            c.top,
            c.width,
            c.height,
            c.linear([(0.72 * i / (len(light.sky) - 1), colour) for i, colour in enumerate(light.sky)]),
        )
    )
    c.add(stars(c, light))
    placed_sun = None
    if light.shows_sun:
        y = max(c.quiet + 60, {"dawn": 430.0, "dusk": 455.0}.get(light.time, sun_y))
        c.add(moon(c, light, c.x(sun_x), y) if light.is_dark else sun(c, light, c.x(sun_x), y))
        placed_sun = (c.x(sun_x), y)
    if clouds:
        c.add(clouds_across(c, light, sun=placed_sun))


def stars(c: Canvas, light: Light, depth: float = 600) -> str:
    r = c.random
    return "".join(
        circle(
            r.random() * c.width,
            c.top + r.random() ** 1.4 * (depth - c.top),
            r.choice((1, 1.3, 1.7, 2.3, 3)),
            "#fff6d8",
            opacity=r.uniform(0.4, 1),
        )
        for _ in range(round(light.stars * c.width * (1000 - c.top) / 1_536_000))
    )


def sun(c: Canvas, light: Light, x: float, y: float) -> str:
    veiled = 0.55 if light.weather == "cloud" else 1.0
    size = 96 if light.time in {"dawn", "dusk"} else 74
    disc = c.radial([(0, "#fffbe6"), (0.7, light.sun), (1, shade(light.sun, -0.03))])
    return c.glow(x, y, 290, light.sun, 0.8 * veiled) + circle(x, y, size, disc, opacity=veiled)


def moon(c: Canvas, light: Light, x: float, y: float) -> str:
    disc = c.radial([(0, "#fffdf0"), (0.7, "#fff1c2"), (1, "#f6dc95")], cx=0.42, cy=0.4, r=0.7)
    craters = "".join(
        circle(x + a, y + b, q, "#ecd08a", opacity=0.45)
        for a, b, q in ((-28, -22, 14), (22, 16, 18), (-12, 34, 9), (36, -30, 8))
    )
    return c.glow(x, y, 280, "#b9c8ff", 0.7) + circle(x, y, 86, disc) + craters


def clouds_across(c: Canvas, light: Light, *, sun: Point | None = None) -> str:
    """Clouds over the whole width, none of them before the sun."""
    r = c.random
    count = round((2 + 7 * light.cloudiness) * max(0.7, c.width / 1536))
    parts = []
    for i in range(count):
        x = c.width * (i + r.uniform(0.15, 0.85)) / count
        y = r.uniform(max(c.top + 90, 70, c.quiet), max(330, c.quiet + 170))
        size = r.uniform(70, 150)
        if sun and abs(x - sun[0]) < size * 1.1 + 100 and abs(y - size * 0.3 - sun[1]) < size * 0.4 + 110:
            continue
        parts.append(cloud(c, light, x, y, size))
    return "".join(parts)


def cloud(c: Canvas, light: Light, x: float, y: float, size: float) -> str:
    if light.weather == "wind":
        return streak(c, light, x, y, size)
    return puff(c, x, y, size, light.cloud, opacity=0.85 if light.is_dark else 0.95)


def puff(c: Canvas, x: float, y: float, size: float, colour: str, *, opacity: float = 1) -> str:
    """A cloud of paper, its flat foot at y."""
    r = c.random
    tops: list[str] = []
    for i in range(5):
        t = i / 4 - 0.5
        radius = size * (0.36 - 0.55 * t * t + 0.12 * r.random())
        tops.append(circle(x + t * size * 1.7, y - radius * 0.55, radius, colour))
    foot = rect(x - size * 1.08, y - size * 0.26, size * 2.16, size * 0.3, colour, size * 0.15)
    under = ellipse(x, y + size * 0.06, size * 1.0, size * 0.09, "#10143a", opacity=0.06)
    return under + group(*tops, foot, opacity=opacity)


def streak(c: Canvas, light: Light, x: float, y: float, size: float) -> str:
    r = c.random
    return "".join(
        line(
            f"M{x - size * r.uniform(1.0, 1.7):.0f},{y + k * 17:.0f} q{size:.0f},{-10 + k * 4:.0f} {size * 2.4:.0f},0",
            light.cloud,
            15 - k * 3,
            opacity=0.75,
        )
        for k in range(3)
    )


# --- land --------------------------------------------------------------------------------------------------


def ridge(c: Canvas, y: float, amplitude: float, colour: str, foot: str, *, waves: float = 5) -> list[Point]:
    """A line of hills across the picture; returns its edge, for `height_at`."""
    r = c.random
    phase = r.random() * 6.28
    step = c.width / waves
    points = [
        (
            (i - 1) * step,
            y + amplitude * math.sin(i * 1.35 + phase) * 0.6 + amplitude * (r.random() - 0.5) * 0.8,
        )
        for i in range(int(waves) + 4)
    ]
    land(c, points, colour, foot)
    return points


def land(c: Canvas, points: Sequence[Point], colour: str, foot: str) -> None:
    """Fills everything below the edge, with the paper's soft shadow above it."""
    edge = smooth(points)
    c.add(
        edge_shadow(edge),
        path(
            f"{edge} L{c.width + 400:.0f},{BOTTOM + BLIND} L-400,{BOTTOM + BLIND}Z",
            c.linear([(0, colour), (0.6, foot)]),
        ),
    )


def edge_shadow(edge: str) -> str:
    return "".join(
        path(edge, stroke="#0c0a2a", stroke_width=width, stroke_opacity=opacity, transform="translate(0,-2)")
        for width, opacity in ((30, 0.022), (22, 0.028), (15, 0.034), (9, 0.045), (4, 0.06))
    )


def height_at(points: Sequence[Point], x: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            t = (x - x0) / (x1 - x0)
            t = t * t * (3 - 2 * t)
            return y0 + (y1 - y0) * t
    return points[-1][1]


def mist(c: Canvas, light: Light, y: float, height: float, strength: float = 0.3) -> None:
    if light.weather == "fog":
        strength = min(0.85, strength * 2.2)
    c.add(
        rect(
            0,
            y,
            c.width,
            height,
            c.linear([(0, light.haze, 0.0), (0.5, light.haze, strength), (1, light.haze, 0.0)]),
        )
    )


def peaks(
    c: Canvas,
    light: Light,
    y: float,
    height: float,
    colour: str,
    far: float,
    *,
    count: int = 4,
    snow: bool = True,
) -> None:
    """Pointed mountains standing on y, each with a lit face, a shaded face and a cap of snow."""
    r = c.random
    step = c.width / count
    stone, dark = light.ground(colour, far), light.ground(shade(colour, -0.2), far)
    white = light.tone("#f6f8fb", far * 0.5)
    for i in sorted(range(-1, count + 1), key=lambda _: r.random()):
        x = (i + 0.5) * step + r.uniform(-0.2, 0.2) * step
        h = height * r.uniform(0.62, 1.0)
        half = h * r.uniform(0.72, 0.95)
        ridge_x = x + half * r.uniform(0.05, 0.18)
        c.add(
            cut(f"M{x - half:.0f},{y} L{x:.0f},{y - h:.0f} L{x + half:.0f},{y}Z", stone, depth=1.4),
            path(
                f"M{x:.0f},{y - h:.0f} L{x + half:.0f},{y} L{ridge_x + half * 0.1:.0f},{y} L{ridge_x:.0f},{y - h * 0.42:.0f} L{x + half * 0.02:.0f},{y - h * 0.6:.0f}Z",
                dark,
            ),
        )
        if snow:
            s = 0.3
            c.add(
                path(
                    f"M{x:.0f},{y - h:.0f} L{x + half * s:.0f},{y - h * (1 - s):.0f} L{x + half * 0.16:.0f},{y - h * 0.76:.0f} L{x + half * 0.05:.0f},{y - h * 0.66:.0f}"
                    f" L{x - half * 0.08:.0f},{y - h * 0.75:.0f} L{x - half * 0.17:.0f},{y - h * 0.68:.0f} L{x - half * s:.0f},{y - h * (1 - s):.0f}Z",
                    white,
                )
            )


def trail(c: Canvas, light: Light, x: float, y: float, colour: str, *, width: float = 70) -> None:
    """A path that winds from y on the horizon down to the foot, where it is wide."""
    fill = c.vertical(light.leaf(mix(colour, "#ffffff", 0.1)), light.leaf(colour))
    c.add(
        path(
            f"M{x - 8:.0f},{y:.0f} C{x + 60:.0f},{y + 60:.0f} {x - 90:.0f},{y + 90:.0f} {x - 30:.0f},{y + 150:.0f} C{x + 20:.0f},{y + 190:.0f} {x - width * 2:.0f},{BOTTOM - 40} {x - width * 2.6:.0f},{BOTTOM + 20}"
            f" L{x + width * 2.4:.0f},{BOTTOM + 20} C{x + width * 2:.0f},{BOTTOM - 60} {x + 130:.0f},{y + 180:.0f} {x + 70:.0f},{y + 130:.0f} C{x - 10:.0f},{y + 90:.0f} {x + 110:.0f},{y + 50:.0f} {x + 12:.0f},{y:.0f}Z",
            fill,
            opacity=0.75,
        )
    )


# --- trees and plants --------------------------------------------------------------------------------------


def pine(
    c: Canvas, light: Light, x: float, y: float, h: float, colour: str = "#2f7a5f", far: float = 0
) -> str:
    tone, lit = light.leaf(colour, far), light.leaf(shade(colour, 0.18), far)
    w = h * (0.42 + c.random.random() * 0.08)
    out = rect(x - h * 0.035, y - h * 0.2, h * 0.07, h * 0.22, light.tone("#5a4030", far), h * 0.02)
    for k in range(4):
        t = k / 4
        base, tier, half = y - h * 0.13 - t * h * 0.62, h * (0.42 - 0.05 * k), w * (1 - t * 0.72)
        fill = mix(tone, lit, 0.2 + 0.2 * k)
        right = f"C{x + half * 0.16:.1f},{base - tier * 0.55:.1f} {x + half * 0.34:.1f},{base - tier * 0.2:.1f} {x + half * 0.55:.1f},{base - tier * 0.04:.1f} Q{x + half * 0.5:.1f},{base + tier * 0.05:.1f} {x + half * 0.32:.1f},{base:.1f}"
        out += path(
            f"M{x:.1f},{base - tier:.1f} {right} Q{x + half * 0.16:.1f},{base + tier * 0.1:.1f} {x:.1f},{base + tier * 0.03:.1f} Q{x - half * 0.16:.1f},{base + tier * 0.1:.1f} {x - half * 0.32:.1f},{base:.1f}"
            f" Q{x - half * 0.5:.1f},{base + tier * 0.05:.1f} {x - half * 0.55:.1f},{base - tier * 0.04:.1f} C{x - half * 0.34:.1f},{base - tier * 0.2:.1f} {x - half * 0.16:.1f},{base - tier * 0.55:.1f} {x:.1f},{base - tier:.1f}Z",
            fill,
        )
        out += path(
            f"M{x:.1f},{base - tier:.1f} {right} Q{x + half * 0.2:.1f},{base - tier * 0.4:.1f} {x:.1f},{base - tier:.1f}Z",
            shade(fill, 0.13),
            opacity=0.7,
        )
        if light.cover:
            out += path(
                f"M{x:.1f},{base - tier:.1f} q{half * 0.1:.1f},{tier * 0.3:.1f} {half * 0.26:.1f},{tier * 0.56:.1f} q{-half * 0.1:.1f},{-tier * 0.06:.1f} {-half * 0.16:.1f},{tier * 0.06:.1f} q{-half * 0.08:.1f},{-tier * 0.12:.1f} {-half * 0.18:.1f},{0:.1f} q{-half * 0.06:.1f},{-tier * 0.06:.1f} {-half * 0.16:.1f},{-tier * 0.02:.1f} Q{x - half * 0.1:.1f},{base - tier * 0.7:.1f} {x:.1f},{base - tier:.1f}Z",
                light.tone("#ffffff", far * 0.6),
                opacity=0.9,
            )
    return out


def round_tree(
    c: Canvas,
    light: Light,
    x: float,
    y: float,
    h: float,
    colour: str = "#5fa968",
    far: float = 0,
    *,
    fruit: str = "",
) -> str:
    r = c.random
    radius, top = h * 0.33, y - h * 0.66
    leaf, lit = light.leaf(colour, far), light.leaf(shade(colour, 0.2), far)
    trunk = light.tone("#7a5238", far)
    lean = h * 0.06 if light.weather == "wind" else 0.0
    out = path(
        f"M{x - h * 0.05:.1f},{y:.1f} Q{x - h * 0.02:.1f},{y - h * 0.3:.1f} {x - h * 0.035 + lean:.1f},{y - h * 0.5:.1f} L{x + h * 0.035 + lean:.1f},{y - h * 0.5:.1f} Q{x + h * 0.02:.1f},{y - h * 0.3:.1f} {x + h * 0.06:.1f},{y:.1f}Z",
        trunk,
    )
    x += lean
    balls = [(0.0, 0.0, radius)] + [
        (math.cos(a) * radius * 0.62, math.sin(a) * radius * 0.55, radius * 0.62)
        for a in (i * 6.28 / 7 + r.random() * 0.4 for i in range(7))
    ]
    out += "".join(
        circle(x + a + 3, top + b + 6, q + 2, shade(leaf, -0.24), opacity=0.5) for a, b, q in balls
    )
    out += "".join(circle(x + a, top + b, q, leaf) for a, b, q in balls)
    out += "".join(
        circle(x + a * 0.8 - radius * 0.12, top + b * 0.8 - radius * 0.2, q * 0.66, lit, opacity=0.75)
        for a, b, q in balls
        if b < radius * 0.2
    )
    for _ in range(14):
        a, q = r.random() * 6.28, r.random() ** 0.5 * radius * 0.95
        out += ellipse(
            x + math.cos(a) * q,
            top + math.sin(a) * q,
            h * 0.018,
            h * 0.009,
            shade(leaf, r.choice((0.3, -0.18))),
            turn=r.randint(-40, 40),
            opacity=0.6,
        )
    if fruit:
        for i in range(9):
            a, q = i * 2.4, radius * (0.35 + 0.55 * ((i * 0.37) % 1))
            out += circle(x + math.cos(a) * q, top + math.sin(a) * q, h * 0.022, light.tone(fruit, far))
    return out


def birch(c: Canvas, light: Light, x: float, h: float, *, y: float = BOTTOM + 20) -> str:
    """A tall trunk that leaves the picture at the top."""
    bark, dark = light.tone("#6b4e3e"), light.tone("#4a352c")
    top = y - h
    trunk = f"M{x - 46},{y} C{x - 26},{y - h * 0.3:.0f} {x - 34},{y - h * 0.7:.0f} {x - 30},{top:.0f} L{x + 34},{top:.0f} C{x + 30},{y - h * 0.6:.0f} {x + 34},{y - h * 0.25:.0f} {x + 62},{y}Z"
    grooves = "".join(
        line(f"M{x + a},{y - h * b:.0f} q6,60 -2,120", dark, 6, opacity=0.55)
        for a, b in ((-16, 0.95), (12, 0.82), (-6, 0.62), (18, 0.45), (-14, 0.3), (8, 0.2))
    )
    return cut(trunk, c.across(bark, dark), depth=1.6) + grooves


def bough(c: Canvas, light: Light, x: float, y: float, *, flip: bool) -> str:
    """A branch that leaves a trunk at x; something can perch near its end, 120 away and 40 up."""
    s = -1 if flip else 1
    d = f"M{x},{y} C{x + s * 60},{y - 10} {x + s * 90},{y - 40} {x + s * 190},{y - 44} L{x + s * 190},{y - 34} C{x + s * 110},{y - 26} {x + s * 70},{y + 20} {x},{y + 40}Z"
    leaf = light.leaf("#5f9a62")
    leaves = "".join(
        ellipse(x + s * dx, y - dy, 20, 11, leaf, turn=s * t)
        for dx, dy, t in ((176, 22, 30), (196, 42, -20), (150, 16, 60))
    )
    return cut(d, light.tone("#5c4336"), depth=0.8) + leaves


def bush(
    c: Canvas,
    light: Light,
    x: float,
    y: float,
    size: float,
    colour: str = "#5a9e5f",
    far: float = 0,
    *,
    blossom: str = "",
) -> str:
    r = c.random
    leaf = light.leaf(colour, far)
    balls = [
        (t * size, -size * (0.42 - 0.5 * t * t), size * (0.42 + 0.08 * r.random()))
        for t in (-0.62, -0.22, 0.24, 0.64)
    ]
    out = "".join(circle(x + a, y + b + 5, q + 2, shade(leaf, -0.25), opacity=0.5) for a, b, q in balls)
    out += "".join(circle(x + a, y + b, q, leaf) for a, b, q in balls)
    out += "".join(
        circle(x + a - size * 0.06, y + b - size * 0.1, q * 0.68, shade(leaf, 0.13), opacity=0.7)
        for a, b, q in balls
    )
    if blossom:
        out += "".join(
            circle(
                x + r.uniform(-0.85, 0.85) * size,
                y - r.uniform(0.15, 0.75) * size,
                size * 0.06,
                light.tone(blossom, far),
            )
            for _ in range(10)
        )
    return out


def grass(
    c: Canvas, light: Light, x: float, y: float, h: float, colour: str = "#5f9d55", blades: int = 5
) -> str:
    r = c.random
    bent = h * 0.35 if light.weather == "wind" else 0.0
    tone = light.leaf(colour)
    out = ""
    for i in range(blades):
        a = (i - (blades - 1) / 2) * h * 0.16 + r.uniform(-3, 3)
        tip, tall = a * 1.9 + r.uniform(-h * 0.1, h * 0.1) + bent, h * r.uniform(0.6, 1)
        out += path(
            f"M{x + a - 3:.1f},{y:.1f} Q{x + a:.1f},{y - tall * 0.6:.1f} {x + tip:.1f},{y - tall:.1f} Q{x + a + 4:.1f},{y - tall * 0.5:.1f} {x + a + 4:.1f},{y:.1f}Z",
            shade(tone, round(r.uniform(-0.12, 0.15), 2)),
        )
    return out


def meadow_edge(c: Canvas, light: Light, colour: str = "#4f8f52", *, tall: float = 80) -> str:
    """Grass along the foot of the picture, in front of everybody."""
    count = int(c.width / 46) + 1
    r = c.random
    return "".join(
        grass(c, light, i * 46 + r.uniform(-12, 12), BOTTOM + 8, r.uniform(tall * 0.55, tall), colour, 6)
        for i in range(count)
    )


def fern(
    c: Canvas, light: Light, x: float, y: float, h: float, colour: str = "#3f8a63", lean: float = 0
) -> str:
    tone = light.leaf(colour)
    stem, out = [], ""
    for i in range(9):
        t = i / 8
        px, py = x + lean * h * t * t, y - h * t
        stem.append((px, py))
        leaf = h * 0.34 * (1 - t * 0.85)
        for s in (-1, 1):
            out += path(
                f"M{px:.1f},{py:.1f} q{s * leaf * 0.5:.1f},{-leaf * 0.45:.1f} {s * leaf:.1f},{-leaf * 0.12:.1f} q{-s * leaf * 0.45:.1f},{leaf * 0.34:.1f} {-s * leaf:.1f},{leaf * 0.12:.1f}Z",
                shade(tone, round(0.1 * t, 2)),
            )
    return line(smooth(stem), shade(tone, -0.2), h * 0.025) + out


def blossom(c: Canvas, light: Light, x: float, y: float, h: float, colour: str) -> str:
    petals = "".join(
        ellipse(
            x,
            y - h * 1.14,
            h * 0.1,
            h * 0.16,
            light.tone(colour),
            transform=f"rotate({a} {x:.1f} {y - h:.1f})",
        )
        for a in range(0, 360, 60)
    )
    stem = line(
        f"M{x:.1f},{y:.1f} q{h * 0.06:.1f},{-h * 0.5:.1f} 0,{-h:.1f}",
        light.tone("#4c8a4a"),
        max(2.0, h * 0.06),
    )
    return stem + petals + circle(x, y - h, h * 0.1, light.tone("#ffd45c"))


def tulip(c: Canvas, light: Light, x: float, y: float, h: float, colour: str) -> str:
    tone = light.tone(colour)
    leaf = light.tone("#4c9a56")
    cup = path(
        f"M{x - h * 0.17:.1f},{y - h * 1.22:.1f} l{h * 0.09:.1f},{h * 0.1:.1f} l{h * 0.08:.1f},{-h * 0.16:.1f} l{h * 0.08:.1f},{h * 0.16:.1f} l{h * 0.09:.1f},{-h * 0.1:.1f} q{h * 0.06:.1f},{h * 0.34:.1f} {-h * 0.17:.1f},{h * 0.36:.1f} q{-h * 0.23:.1f},{-h * 0.02:.1f} {-h * 0.17:.1f},{-h * 0.36:.1f}Z",
        tone,
    )
    leaves = path(
        f"M{x:.1f},{y:.1f} q{-h * 0.26:.1f},{-h * 0.2:.1f} {-h * 0.24:.1f},{-h * 0.6:.1f} q{h * 0.26:.1f},{h * 0.2:.1f} {h * 0.24:.1f},{h * 0.6:.1f} q{h * 0.26:.1f},{-h * 0.16:.1f} {h * 0.22:.1f},{-h * 0.5:.1f} q{-h * 0.22:.1f},{h * 0.16:.1f} {-h * 0.22:.1f},{h * 0.5:.1f}Z",
        leaf,
    )
    return line(f"M{x:.1f},{y:.1f} v{-h * 0.9:.1f}", leaf, max(2.0, h * 0.06)) + leaves + cup


def flowers_between(c: Canvas, light: Light, x0: float, x1: float, y0: float, y1: float, count: int) -> str:
    r = c.random
    spots = sorted((r.uniform(y0, y1), r.uniform(x0, x1)) for _ in range(count))
    return "".join(
        blossom(c, light, x, y, 16 + (y - y0) / max(1, y1 - y0) * 22, r.choice(FLOWERS)) for y, x in spots
    )


def mushroom(c: Canvas, light: Light, x: float, y: float, h: float, colour: str = "#e2553f") -> str:
    cap = light.tone(colour)
    dots = "".join(
        circle(x + a * h, y - h * b, h * q, light.tone("#fff3df"))
        for a, b, q in ((-0.22, 0.72, 0.07), (0.05, 0.84, 0.08), (0.28, 0.68, 0.06), (0.02, 0.6, 0.05))
    )
    stem = path(
        f"M{x - h * 0.15:.1f},{y} Q{x - h * 0.1:.1f},{y - h * 0.4:.1f} {x - h * 0.16:.1f},{y - h * 0.55:.1f} L{x + h * 0.16:.1f},{y - h * 0.55:.1f} Q{x + h * 0.1:.1f},{y - h * 0.4:.1f} {x + h * 0.17:.1f},{y}Z",
        light.tone("#f6e6cc"),
    )
    return (
        stem
        + path(
            f"M{x - h * 0.5:.1f},{y - h * 0.48:.1f} C{x - h * 0.5:.1f},{y - h * 1.12:.1f} {x + h * 0.5:.1f},{y - h * 1.12:.1f} {x + h * 0.5:.1f},{y - h * 0.48:.1f} Q{x:.1f},{y - h * 0.4:.1f} {x - h * 0.5:.1f},{y - h * 0.48:.1f}Z",
            c.vertical(shade(cap, 0.2), shade(cap, -0.15)),
        )
        + dots
    )


def stone(c: Canvas, light: Light, x: float, y: float, w: float, colour: str = "#9a9a9c") -> str:
    tone = light.ground(colour)
    h = w * 0.62
    d = f"M{x - w * 0.5:.0f},{y:.0f} C{x - w * 0.56:.0f},{y - h * 0.7:.0f} {x - w * 0.22:.0f},{y - h:.0f} {x + w * 0.04:.0f},{y - h:.0f} C{x + w * 0.36:.0f},{y - h:.0f} {x + w * 0.58:.0f},{y - h * 0.4:.0f} {x + w * 0.5:.0f},{y:.0f}Z"
    lit = f"M{x - w * 0.36:.0f},{y - h * 0.5:.0f} C{x - w * 0.3:.0f},{y - h * 0.84:.0f} {x - w * 0.1:.0f},{y - h * 0.92:.0f} {x + w * 0.06:.0f},{y - h * 0.9:.0f} C{x + w * 0.1:.0f},{y - h * 0.7:.0f} {x - w * 0.1:.0f},{y - h * 0.6:.0f} {x - w * 0.36:.0f},{y - h * 0.5:.0f}Z"
    return cut(d, c.vertical(shade(tone, 0.12), shade(tone, -0.18)), depth=0.6) + path(
        lit, shade(tone, 0.22), opacity=0.8
    )


# --- water -------------------------------------------------------------------------------------------------


def water(
    c: Canvas, light: Light, y: float, *, colours: tuple[str, str, str] = ("#6cc3cb", "#3399b4", "#14608a")
) -> None:
    """Still water from y down to the foot, with the sun's or moon's path upon it drawn by `glitter`."""
    c.add(
        rect(
            0,
            y,
            c.width,
            BOTTOM - y + BLIND,
            c.linear(
                [
                    (0, mix(light.tone(colours[0]), light.haze, 0.25)),
                    (0.3, light.tone(colours[1])),
                    (1, light.tone(colours[2])),
                ]
            ),
        )
    )


def glitter(c: Canvas, light: Light, x: float, y: float, rows: int = 14) -> str:
    if not light.shows_sun:
        return ""
    r = c.random
    out = ""
    for i in range(rows):
        w = r.uniform(60, 240) * (1 + i * 0.05)
        out += rect(
            x - w / 2 + r.uniform(-20, 20),
            y + i * 13,
            w,
            5,
            "#fff1bf",
            2.5,
            opacity=max(0.05, 0.7 - i * 0.045),
        )
    return out


def wave(
    c: Canvas,
    light: Light,
    y: float,
    amplitude: float,
    length: float,
    colours: tuple[str, str],
    *,
    phase: float,
    foam: str = "#e4f8f5",
) -> None:
    """A rolling edge of water in front of everything before it."""
    r = c.random
    points = [
        (
            x,
            y
            + amplitude * math.sin(x / length + phase)
            + amplitude * 0.35 * math.sin(x / length * 2.3 + phase * 2),
        )
        for x in range(-60, int(c.width) + 120, 40)
    ]
    top, foot = light.tone(colours[0]), light.tone(colours[1])
    crest = light.tone(foam)
    land(c, points, top, foot)
    c.add(line(smooth(points), crest, 5, opacity=0.65))
    for _ in range(int(c.width / 170)):
        x, yy, long = r.uniform(0, c.width), y + r.uniform(24, 60), r.uniform(40, 110)
        c.add(
            line(
                f"M{x:.0f},{yy:.0f} q{long / 4:.0f},-10 {long / 2:.0f},0 t{long / 2:.0f},0",
                crest,
                3.5,
                opacity=0.4,
            )
        )


def ripples(c: Canvas, light: Light, y0: float, y1: float, count: int) -> str:
    r = c.random
    out = ""
    for _ in range(count):
        x, y, long = r.uniform(0, c.width), r.uniform(y0, y1), r.uniform(40, 120)
        out += line(
            f"M{x:.0f},{y:.0f} q{long / 4:.0f},-7 {long / 2:.0f},0 t{long / 2:.0f},0",
            light.tone("#e4f8f5"),
            3,
            opacity=0.38,
        )
    return out


def reeds(c: Canvas, light: Light, x: float, y: float, h: float) -> str:
    r = c.random
    out = ""
    for i in range(5):
        a = (i - 2) * h * 0.11
        tall = h * r.uniform(0.7, 1)
        out += line(
            f"M{x + a:.0f},{y:.0f} q{a * 0.2:.0f},{-tall * 0.6:.0f} {a * 0.5:.0f},{-tall:.0f}",
            light.leaf("#5d8f55"),
            5,
        )
        if i % 2 == 0:
            out += rect(x + a * 1.5 - 7, y - tall - 14, 14, 46, light.tone("#7a4f2f"), 7)
    return out


# --- built things ------------------------------------------------------------------------------------------


def street_lamp(c: Canvas, light: Light, x: float, y: float) -> str:
    iron = light.tone("#3b4560")
    bulb = c.glow(x - 60, y - 250, 170, "#ffd98a", 0.7) if light.lamps else ""
    return (
        bulb
        + line(f"M{x},{y} v-330", iron, 11)
        + path(f"M{x - 18},{y} h36 l-6,-22 h-24z", iron)
        + line(f"M{x - 4},{y - 326} q-52,-6 -56,44", iron, 7)
        + circle(x - 60, y - 254, 14, "#fff0b8")
        + path(f"M{x - 82},{y - 254} q22,-38 44,0z", iron)
    )


def fence(c: Canvas, light: Light, x0: float, x1: float, y: float, colour: str = "#fdf4e6") -> str:
    tone = light.tone(colour)
    rails = "".join(rect(x0, y - h, x1 - x0, 9, shade(tone, -0.08), 3) for h in (56, 26))
    pickets = "".join(
        path(f"M{x},{y} v-66 l11,-14 l11,14 v66Z", tone)
        + line(f"M{x + 22},{y} v-64", shade(tone, -0.2), 2, opacity=0.5)
        for x in range(int(x0), int(x1) - 20, 38)
    )
    return rails + pickets


def cottage(
    c: Canvas,
    light: Light,
    x: float,
    y: float,
    size: float,
    wall: str = "#f4e3c8",
    roof: str = "#b65a45",
    far: float = 0,
) -> str:
    """A small house, about 170 by 170 at size 1, standing on x, y."""
    w, r_ = light.tone(wall, far), light.ground(roof, far)
    window = "#ffe08a" if light.lamps else light.tone("#bfe0e8", far)
    art = (
        rect(38, -176, 24, 60, light.tone("#8a6a58", far))
        + cut("M-74,0 V-92 H74 V0Z", w, depth=0.6)
        + cut("M-92,-84 L0,-164 L92,-84 L78,-84 L0,-88 L-78,-84Z", r_, depth=0.6)
        + rect(-20, -58, 36, 58, light.tone("#7a4a34", far), 16)
        + "".join(
            rect(a, -66, 28, 30, window, 4, stroke=light.tone("#fff7ea", far), stroke_width=5)
            for a in (-58, 32)
        )
    )
    return placed(art, x, y, size)


def lighthouse(c: Canvas, light: Light, x: float, y: float, size: float, far: float = 0) -> str:
    white, red, dark = light.tone("#fff7ec", far), light.tone("#e4572e", far), light.tone("#3d4a66", far)
    beam = (
        path("M0,-202 L-420,-290 L-420,-150Z", "#fff2b8", opacity=0.16) + c.glow(0, -202, 120, "#ffe58a", 0.8)
        if light.lamps
        else ""
    )
    art = (
        beam
        + path("M-30,0 L-19,-176 L19,-176 L30,0Z", white)
        + path("M-28,-34 L-25,-78 L25,-78 L28,-34Z M-23.5,-112 L-21,-148 L21,-148 L23.5,-112Z", red)
        + rect(-27, -186, 54, 11, dark, 4)
        + rect(-15, -220, 30, 36, "#ffe58a")
        + path("M-21,-220 L0,-246 L21,-220Z", red)
        + path("M-8,0 v-24 q8,-12 16,0 v24z", dark)
        + rect(-5, -100, 10, 15, dark, 5)
    )
    return placed(art, x, y, size)


def gulls(c: Canvas, light: Light, spots: Sequence[tuple[float, float, float]]) -> str:
    ink = light.tone("#4b5a74")
    return "".join(
        line(
            f"M{x - 26 * k:.0f},{y:.0f} q{13 * k:.0f},{-16 * k:.0f} {26 * k:.0f},0 q{13 * k:.0f},{-16 * k:.0f} {26 * k:.0f},0",
            ink,
            4.5 * k,
        )
        for x, y, k in spots
    )


def fireflies(c: Canvas, count: int, *, away_from: float) -> str:
    """Points of light; they keep away from the hero, who stands at `away_from`."""
    r = c.random
    out = ""
    for _ in range(count):
        x, y = r.uniform(40, c.width - 40), r.uniform(max(430, c.quiet + 60), 960)
        if abs(x - away_from) > 130:
            out += c.glow(round(x), round(y), round(r.uniform(10, 20)), "#fff6a0", 0.75)
            out += circle(x, y, 2.6, "#fffbd0")
    return out
