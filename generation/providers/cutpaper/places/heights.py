"""High and cold, deep and dark: mountain, snow, cave."""

from __future__ import annotations

import math

from generation.contract import Scene
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.colour import shade
from generation.providers.cutpaper.palette import Light, light_for
from generation.providers.cutpaper.places.stage import Spot, Stage, outdoors
from generation.providers.cutpaper.scenery import (
    cottage,
    flowers_between,
    grass,
    height_at,
    land,
    meadow_edge,
    mist,
    peaks,
    pine,
    ridge,
    sky,
    stone,
    trail,
)
from generation.providers.cutpaper.shapes import circle, cut, ellipse, line, path, placed


def mountain(c: Canvas, light: Light, scene: Scene) -> Stage:
    r = c.random
    sky(c, light, sun_x=0.24, sun_y=180)
    peaks(c, light, 700, 440, "#8e9bb5", 0.75, count=max(2, round(c.width / 380)))
    mist(c, light, 560, 190, 0.4)
    peaks(c, light, 770, 330, "#7c8595", 0.3, count=max(2, round(c.width / 480)))
    mist(c, light, 680, 150, 0.32)
    slope = ridge(c, 765, 46, light.ground("#7f9f6c", 0.2), light.ground("#5f8a5a"))
    c.add(
        "".join(
            pine(c, light, x, height_at(slope, x) + 20, r.uniform(80, 150), "#3f7a62", 0.15)
            for x in range(0, int(c.width) + 30, 58)
            if r.random() < 0.7
        )
    )
    near = ridge(c, 835, 26, light.ground("#a9b57c"), light.ground("#74854f"))
    trail(c, light, c.x(0.56), height_at(near, c.x(0.56)) + 2, "#cdbd9c", width=54)
    c.add(
        "".join(
            stone(c, light, c.x(x), y, w)
            for x, y, w in ((0.06, 925, 170), (0.14, 950, 90), (0.84, 905, 130), (0.93, 950, 200))
        )
    )
    c.add(placed(_signpost(c, light), c.x(0.78), 930, 0.95))
    if not light.cover:
        c.add(flowers_between(c, light, 0, c.width, 880, 985, round(c.width / 50)))
    c.add(
        "".join(
            grass(c, light, r.uniform(0, c.width), r.uniform(880, 985), r.uniform(18, 36), "#8aa55c")
            for _ in range(34)
        )
    )
    return outdoors(c, seat="stone", climb="rock", front=[meadow_edge(c, light, "#6f8a4e", tall=52)])


def _signpost(c: Canvas, light: Light) -> str:
    wood = light.tone("#a9784a")
    return (
        line("M0,4 V-190", light.tone("#7d5433"), 15)
        + cut("M-14,-182 H86 L108,-160 L86,-138 H-14Z", wood, depth=0.6)
        + cut("M14,-126 H-86 L-108,-104 L-86,-82 H14Z", shade(wood, 0.1), depth=0.6)
        + line("M4,-160 h58 M-70,-104 h56", light.tone("#6b452a"), 5, opacity=0.6)
    )


def snow(c: Canvas, light: Light, scene: Scene) -> Stage:
    """Winter country: snow lies whatever the weather."""
    winter = light if light.cover else light_for(light.time, "snow")
    white, blue = winter.tone("#fbfdff"), winter.tone("#c3d6ea")
    r = c.random
    sky(c, light, sun_x=0.72)
    peaks(c, winter, 660, 320, "#93a5c4", 0.8, count=max(2, round(c.width / 400)))
    far = [(-120.0, 640.0), (c.x(0.2), 618.0), (c.x(0.5), 656.0), (c.x(0.8), 612.0), (c.width + 160, 650.0)]
    land(c, far, winter.tone("#dfe9f3", 0.4), winter.tone("#c4d6e8", 0.3))
    c.add(
        "".join(
            pine(c, winter, x, height_at(far, x) + 22, r.uniform(90, 170), "#3f7d72", 0.45)
            for x in range(0, int(c.width) + 40, 74)
            if r.random() < 0.75
        )
    )
    c.add(cottage(c, winter, c.x(0.76), 692, 0.86, wall="#c58a5c", roof="#8a5643", far=0.1))
    middle = [
        (-120.0, 730.0),
        (c.x(0.25), 704.0),
        (c.x(0.6), 722.0),
        (c.x(0.85), 700.0),
        (c.width + 160, 728.0),
    ]
    land(c, middle, winter.tone("#f1f6fb", 0.15), winter.tone("#ccdcec"))
    for share, height in ((0.05, 420), (0.15, 300), (0.93, 440)):
        c.add(pine(c, winter, c.x(share), 806, height, "#2f7566"))
    near = [
        (-120.0, 806.0),
        (c.x(0.2), 790.0),
        (c.x(0.45), 812.0),
        (c.x(0.75), 786.0),
        (c.width + 160, 812.0),
    ]
    land(c, near, white, blue)
    c.add(
        "".join(
            ellipse(c.x(x), y, w, w * 0.16, winter.tone("#b9cee4"), opacity=0.5)
            for x, y, w in ((0.15, 880, 120), (0.7, 866, 150), (0.88, 930, 170), (0.3, 960, 140))
        )
    )
    if "bear" not in scene.creatures:
        c.add(placed(_snowman(c, winter), c.x(0.845), 890, 0.92))
    c.add(
        "".join(
            ellipse(
                c.x(0.45) + 150 + i * 44,
                905 - i * 17 + (i % 2) * 12,
                15 - i,
                6,
                winter.tone("#a9c2dc"),
                opacity=0.7,
            )
            for i in range(7)
        )
    )
    front = [
        path(
            f"M-40,{BOTTOM + 40} V992 Q{c.x(0.2):.0f},958 {c.x(0.42):.0f},1000 T{c.x(0.8):.0f},986 T{c.width + 40},990 V{BOTTOM + 40}Z",
            winter.tone("#f4f9fe"),
        )
    ]
    return outdoors(c, seat="log", climb="tree" if c.random.random() < 0.5 else "rock", front=front)


def _snowman(c: Canvas, light: Light) -> str:
    ball = c.radial(
        [(0, "#ffffff"), (0.6, light.tone("#f4f8fd")), (1, light.tone("#c2d4e8"))], cx=0.38, cy=0.3, r=0.8
    )
    return (
        c.ground_shadow(0, 0, 110, 16, 0.25)
        + line("M-62,-130 L-128,-176 M-108,-162 l-6,-26 M62,-130 L124,-186 M106,-170 l22,-2", light.tone("#6b4a34"), 8)
        + circle(0, -66, 74, ball) + circle(0, -168, 54, ball) + circle(0, -244, 42, ball)
        + path("M-38,-212 Q0,-192 38,-212 L40,-196 Q0,-176 -40,-196Z M18,-196 l20,52 l-22,4 l-10,-48Z", "#d9503f")
        + circle(-14, -252, 5.5, "#2b2029") + circle(14, -252, 5.5, "#2b2029")
        + path("M-2,-244 l40,8 l-40,8Z", "#ef8a3c")
        + "".join(circle(x, y, 3, "#2b2029") for x, y in ((-14, -226), (-5, -222), (5, -222), (14, -226)))
        + "".join(circle(0, y, 5, "#2b2029") for y in (-180, -154, -90))
        + path("M-46,-272 h92 v-10 h-20 v-44 h-52 v44 h-20Z", "#3a4460") + path("M-26,-284 h52 v-12 h-52Z", "#d9503f")
    )  # fmt: skip


def cave(c: Canvas, light: Light, scene: Scene) -> Stage:
    """Inside, looking out through the mouth: the sky there is that of the hour, crystals give light."""
    r = c.random
    dim = light_for("dusk" if light.time in {"day", "dawn"} else "night", "clear").indoors()
    rock, deep = ("#6b6488", "#3a3558") if not light.is_dark else ("#54507c", "#2a2748")
    sky(c, light, sun_x=0.6, sun_y=330)
    ridge(c, 640, 50, light.ground("#7f9fa8", 0.8), light.ground("#8fb09c", 0.6))
    far = ridge(c, 720, 30, light.ground("#7fa877", 0.3), light.ground("#5f8f62", 0.2))
    c.add(
        "".join(
            pine(c, light, x, height_at(far, x) + 20, r.uniform(70, 130), "#3f7a62", 0.3)
            for x in range(int(c.x(0.3)), int(c.x(0.85)), 60)
            if r.random() < 0.6
        )
    )
    for inset, colour in ((0.0, shade(rock, 0.24)), (0.035, shade(rock, 0.08)), (0.075, deep)):
        c.add(cut(_mouth(c, inset), colour, depth=2, fill_rule="evenodd"))
    floor = [(-80.0, 800.0), (c.x(0.2), 812.0), (c.x(0.5), 796.0), (c.x(0.8), 810.0), (c.width + 100, 798.0)]
    land(c, floor, shade(rock, 0.12), deep)
    c.add(
        "".join(
            _spike(c.x(x), c.top - 4 if down else 850, h, deep if down else shade(rock, -0.1), down=down)
            for x, h, down in (
                (0.14, 210 - c.top, True),
                (0.23, 130 - c.top, True),
                (0.82, 190 - c.top, True),
                (0.9, 120 - c.top, True),
                (0.08, 130, False),
                (0.17, 80, False),
                (0.93, 150, False),
            )
        )
    )
    for share, y, size, colour in (
        (0.08, 905, 1.1, "#7fe0e0"),
        (0.8, 860, 0.9, "#c9a2f2"),
        (0.92, 935, 1.25, "#7fd0f2"),
        (0.24, 850, 0.6, "#f2a2c9"),
    ):
        x = c.x(share)
        c.add(c.glow(x, y - 50 * size, 170 * size, colour, 0.5), placed(_crystals(c, colour), x, y, size))
    c.add(c.glow(c.x(0.46), 860, 330, "#ffd9a0", 0.22))
    c.add(
        "".join(
            stone(c, dim, c.x(x), y, w, "#8a84a6")
            for x, y, w in ((0.3, 842, 80), (0.66, 838, 96), (0.7, 975, 110), (0.15, 985, 150))
        )
    )
    front = [
        cut(
            f"M-40,{BOTTOM + 50} V960 Q{c.x(0.05):.0f},930 {c.x(0.1):.0f},985 T{c.x(0.3):.0f},1012 T{c.x(0.7):.0f},1010 T{c.x(0.92):.0f},975 T{c.width + 40},950 V{BOTTOM + 50}Z",
            shade(deep, -0.25),
            depth=1.4,
        )
    ]
    return outdoors(
        c,
        seat="stone",
        climb="rock",
        front=front,
        air=(Spot(c.x(0.7), 330, 0.5), Spot(c.x(0.3), 380, 0.44), Spot(c.x(0.6), 250, 0.4)),
    )


def _mouth(c: Canvas, inset: float) -> str:
    """The rock around an opening; `inset` widens the opening, for layers of rock one before the other."""
    left, right, top = c.x(0.25 - inset), c.x(0.8 + inset), 190 - inset * 1400
    points = [
        (left, 830),
        (left - 24, 640),
        (left + 30, 460),
        (left + 110, 320),
        (c.x(0.46), top),
        (c.x(0.6), top + 26),
        (right - 100, 330),
        (right - 14, 500),
        (right + 20, 680),
        (right - 10, 830),
    ]
    opening = (
        "M"
        + " L".join(f"{x + 14 * math.sin(i * 7 + inset * 90):.0f},{y:.0f}" for i, (x, y) in enumerate(points))
        + "Z"
    )
    return f"M-60,{c.top - 60} H{c.width + 60} V1100 H-60Z {opening}"


def _spike(x: float, y: float, h: float, colour: str, *, down: bool) -> str:
    s = 1 if down else -1
    w = max(26.0, h * 0.2)
    return cut(
        f"M{x - w:.0f},{y:.0f} Q{x - w * 0.3:.0f},{y + s * h * 0.4:.0f} {x:.0f},{y + s * h:.0f} Q{x + w * 0.36:.0f},{y + s * h * 0.4:.0f} {x + w:.0f},{y:.0f}Z",
        colour,
        depth=1,
    )


def _crystals(c: Canvas, colour: str) -> str:
    def shard(x: float, h: float, w: float, turn: float) -> str:
        left, right = shade(colour, 0.35), shade(colour, -0.18)
        return placed(
            path(f"M{-w},0 L{-w},{-h + w} L0,{-h} L0,0Z", left, opacity=0.95)
            + path(f"M{w},0 L{w},{-h + w} L0,{-h} L0,0Z", right, opacity=0.95),
            x,
            0,
            turn=turn,
        )

    return (
        shard(-34, 80, 15, -24)
        + shard(36, 90, 16, 22)
        + shard(-12, 128, 19, -6)
        + shard(16, 100, 15, 9)
        + ellipse(0, 0, 62, 10, "#1a1636", opacity=0.5)
    )
