"""By and on the water: river, lake, sea, beach, island."""

from __future__ import annotations

import math

from generation.contract import Scene
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.colour import mix, shade
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.places.stage import Spot, Stage, outdoors
from generation.providers.cutpaper.scenery import (
    bush,
    edge_shadow,
    flowers_between,
    glitter,
    grass,
    gulls,
    height_at,
    land,
    lighthouse,
    meadow_edge,
    mist,
    peaks,
    pine,
    reeds,
    ridge,
    ripples,
    round_tree,
    sky,
    stone,
    water,
    wave,
)
from generation.providers.cutpaper.shapes import circle, cut, ellipse, group, line, path, placed, rect, smooth

SAND, DEEP_SAND = "#f3dcab", "#d9b77c"


def river(c: Canvas, light: Light, scene: Scene) -> Stage:
    r = c.random
    sky(c, light, sun_x=0.8)
    far = ridge(c, 540, 60, light.ground("#86b4a4", 0.9), light.ground("#8fbf94", 0.7))
    c.add(
        "".join(
            round_tree(c, light, x, height_at(far, x) + 16, r.uniform(60, 110), "#69a986", 0.75)
            for x in range(0, int(c.width) + 30, 58)
            if r.random() < 0.7
        )
    )
    mist(c, light, 520, 180, 0.3)
    bank = ridge(c, 648, 20, light.ground("#a2cc78", 0.3), light.ground("#86b868", 0.2))
    for share, height in ((0.08, 220), (0.3, 170), (0.92, 250), (0.68, 150)):
        c.add(
            round_tree(
                c,
                light,
                c.x(share),
                height_at(bank, c.x(share)) + 18,
                height,
                r.choice(("#6fb26a", "#8fbd62")),
                0.2,
            )
        )
    upper, lower = 694.0, 838.0
    edge = [
        (-80.0, upper + 16),
        (c.x(0.25), upper),
        (c.x(0.55), upper + 14),
        (c.x(0.8), upper - 4),
        (c.width + 100, upper + 14),
    ]
    c.add(
        edge_shadow(smooth(edge)),
        path(
            f"{smooth(edge)} V{BOTTOM + 40} H-80Z",
            c.linear([(0, light.tone("#7fd0d4")), (0.25, light.tone("#46a3bd")), (1, light.tone("#2a7fa3"))]),
        ),
    )
    c.add(ripples(c, light, upper + 24, lower - 4, round(c.width / 50)))
    c.add(placed(_bridge(c, light), c.x(0.77), upper + 66, 1.0))
    c.add(
        "".join(
            stone(c, light, c.x(x), y, w) for x, y, w in ((0.2, 776, 74), (0.27, 800, 56), (0.58, 792, 66))
        )
    )
    near = [
        (-80.0, lower + 10),
        (c.x(0.2), lower - 14),
        (c.x(0.46), lower + 6),
        (c.x(0.72), lower - 6),
        (c.width + 100, lower + 16),
    ]
    land(c, near, light.ground("#a9cf70"), light.ground("#639c55"))
    c.add(
        "".join(
            reeds(c, light, c.x(x), y, h)
            for x, y, h in ((0.04, 868, 150), (0.12, 856, 110), (0.66, 850, 110), (0.94, 862, 160))
        )
    )
    if not light.cover:
        c.add(flowers_between(c, light, 0, c.width, 890, 985, round(c.width / 40)))
    c.add(
        "".join(
            grass(c, light, r.uniform(0, c.width), r.uniform(880, 985), r.uniform(20, 40), "#79b25a")
            for _ in range(32)
        )
    )
    return outdoors(
        c,
        seat="stone",
        climb="tree",
        water=Spot(c.x(0.6), 806, 0.42),
        front=[meadow_edge(c, light, "#568f4d", tall=70)],
    )


def _bridge(c: Canvas, light: Light) -> str:
    pale, grey = light.ground("#cbbba6"), light.tone("#a08f7c")
    deck = "M-260,10 C-180,-50 -90,-84 0,-84 C90,-84 180,-50 260,10 L260,44 C226,30 206,30 190,44 C150,-12 70,-32 0,-32 C-70,-32 -150,-12 -190,44 C-206,30 -226,30 -260,44Z"
    stones = "".join(
        line(f"M{x},{y} l{dx},16", grey, 3, opacity=0.7)
        for x, y, dx in (
            (-150, -24, -8),
            (-100, -46, -6),
            (-50, -58, -3),
            (0, -62, 0),
            (50, -58, 3),
            (100, -46, 6),
            (150, -24, 8),
        )
    )
    rail = "M-262,8 C-180,-52 -90,-86 0,-86 C90,-86 180,-52 262,8 L262,-12 C180,-74 90,-108 0,-108 C-90,-108 -180,-74 -262,-12Z"
    return cut(deck, pale, depth=0.9) + stones + cut(rail, shade(pale, -0.08), depth=0.5)


def lake(c: Canvas, light: Light, scene: Scene) -> Stage:
    r = c.random
    sky(c, light, sun_x=0.63)
    shore = 640.0
    peaks(c, light, shore + 6, 330, "#8b9cb6", 0.75, count=max(2, round(c.width / 420)))
    mist(c, light, shore - 120, 160, 0.4)
    hills = ridge(c, shore - 30, 26, light.ground("#6f9f86", 0.55), light.ground("#6f9f86", 0.5))
    c.add(
        "".join(
            pine(c, light, x, min(shore + 4, height_at(hills, x) + 22), r.uniform(60, 130), "#44806c", 0.5)
            for x in range(0, int(c.width) + 20, 38)
            if r.random() < 0.8
        )
    )
    water(c, light, shore, colours=("#a8d6dc", "#5aa9c2", "#2f7ea3"))
    c.add(
        "".join(
            path(
                f"M{x:.0f},{shore} l24,{r.uniform(60, 120):.0f} l24,{-60:.0f}Z",
                light.tone("#3a7a80", 0.4),
                opacity=0.22,
            )
            for x in range(0, int(c.width), 52)
        )
    )
    c.add(
        glitter(c, light, c.x(0.63), shore + 8, 11), ripples(c, light, shore + 30, 850, round(c.width / 40))
    )
    c.add(placed(_rowing_boat(c, light), c.x(0.82), 745, 0.8))
    near = [
        (-80.0, 836.0),
        (c.x(0.16), 824.0),
        (c.x(0.4), 858.0),
        (c.x(0.62), 862.0),
        (c.x(0.86), 838.0),
        (c.width + 100, 846.0),
    ]
    land(c, near, light.ground("#b3cb84"), light.ground("#6a9a58"))
    c.add(
        "".join(
            stone(c, light, c.x(x), y, w) for x, y, w in ((0.63, 880, 80), (0.69, 892, 50), (0.22, 872, 60))
        )
    )
    c.add(
        "".join(
            reeds(c, light, c.x(x), y, h)
            for x, y, h in ((0.035, 870, 190), (0.1, 862, 140), (0.93, 872, 180))
        )
    )
    c.add(
        "".join(
            grass(c, light, r.uniform(0, c.width), r.uniform(895, 985), r.uniform(20, 40), "#7fae5a")
            for _ in range(30)
        )
    )
    if not light.cover:
        c.add(flowers_between(c, light, 0, c.width, 905, 985, round(c.width / 60)))
    return outdoors(
        c,
        y=925,
        seat="log",
        climb="tree",
        water=Spot(c.x(0.3), 775, 0.5),
        front=[meadow_edge(c, light, "#5a8f4f", tall=70)],
    )


def _rowing_boat(c: Canvas, light: Light) -> str:
    hull = c.vertical(light.tone("#d9705a"), light.tone("#a8443a"))
    return (
        ellipse(0, 10, 150, 14, light.tone("#1f5f80"), opacity=0.35)
        + line("M-30,-40 L-120,20 M40,-40 L130,18", light.tone("#9a6a3e"), 7)
        + cut("M-140,-44 Q0,-18 140,-44 Q116,12 70,14 L-70,14 Q-116,12 -140,-44Z", hull, depth=0.7)
        + path("M-140,-44 Q0,-18 140,-44 L136,-34 Q0,-8 -136,-34Z", light.tone("#f4dcae"))
    )


def sea(c: Canvas, light: Light, scene: Scene) -> Stage:
    """Out at sea, in a sailing boat that holds everybody."""
    sky(c, light, sun_x=0.72, sun_y=300)
    c.add(
        gulls(
            c,
            light,
            ((c.x(0.34), 260, 1), (c.x(0.38), 228, 0.8), (c.x(0.3), 215, 0.7), (c.x(0.77), 330, 0.7)),
        )
    )
    c.add(_far_island(c, light, c.x(0.13)))
    horizon = 592.0
    water(c, light, horizon)
    wave(c, light, 650, 7, 70, ("#58b6c4", "#2f93b2"), phase=0.4 + c.random.random())
    c.add(glitter(c, light, c.x(0.72), horizon + 8))
    wave(c, light, 746, 11, 86, ("#45a9bc", "#2987ab"), phase=1.9 + c.random.random())
    x, y, k = c.x(0.45), 872.0, min(1.22, c.width / 720)
    c.add(placed(_rigging(c, light), x, y, k))
    before = c.overlay()
    wave(before, light, 912, 13, 96, ("#3597b6", "#1a6f99"), phase=0.2)
    wave(before, light, 972, 12, 110, ("#2682a8", "#0f5580"), phase=2.6)
    return Stage(
        hero=Spot(x - 112 * k, y + 26 * k, k),
        companion=Spot(x + 158 * k, y - 14 * k, 0.8 * k),
        ground=(Spot(x + 62 * k, y - 18 * k, 0.5 * k), Spot(x - 226 * k, y - 22 * k, 0.42 * k)),
        air=(Spot(c.x(0.66), 260, 0.5), Spot(c.x(0.2), 300, 0.44), Spot(c.x(0.87), 230, 0.4)),
        water=Spot(c.x(0.84), 800, 0.8),
        perch=Spot(x - 8 * k, y - 392 * k, 0.4),
        item=Spot(x + 52 * k, y - 22 * k, 0.8 * k),
        seat="",
        climb="mast",
        hull=True,
        front=[placed(_hull(c, light), x, y, k), *before.parts],
    )


def _far_island(c: Canvas, light: Light, x: float) -> str:
    green, dark, sand = (
        light.ground("#6fb07a", 0.3),
        light.ground("#3f8a78", 0.3),
        light.ground("#f1d9a4", 0.3),
    )
    art = path(
        "M-250,96 C-190,20 -110,0 -40,6 C20,-30 100,0 142,48 C190,60 220,76 240,100Z", c.vertical(green, dark)
    ) + path("M-250,98 C-170,70 140,70 240,100Z", sand)
    trees = (
        round_tree(c, light, 90, 48, 92, "#4c9a62", 0.3)
        + round_tree(c, light, 146, 62, 64, "#62ad68", 0.3)
        + round_tree(c, light, -120, 36, 80, "#559f63", 0.3)
    )
    return group(art, lighthouse(c, light, 6, 12, 1, 0.15), trees, transform=f"translate({x:.0f},504)")


def _rigging(c: Canvas, light: Light) -> str:
    sail = "M6,-384 C110,-300 172,-200 188,-92 Q100,-76 6,-84Z"
    stripes = "".join(
        line(f"M-10,{y} Q100,{y - 30} 220,{y + 6}", light.tone("#e4572e"), 27, stroke_linecap="butt")
        for y in range(-336, -60, 60)
    )
    return (
        line("M-8,-8 L-8,-392", light.tone("#7a4d2c"), 13)
        + cut(sail, light.tone("#fff6e6"), depth=1)
        + group(stripes, clip_path=c.clip(sail))
        + cut("M-24,-372 C-84,-290 -130,-200 -150,-108 Q-90,-96 -24,-100Z", light.tone("#fbd98f"), depth=0.8)
        + path("M-8,-392 l56,14 l-56,18z", light.tone("#2f8f9d"))
    )


def _hull(c: Canvas, light: Light) -> str:
    wood, dark, pale = light.tone("#c97a3f"), light.tone("#8a4a26"), light.tone("#f4d9a6")
    ports = "".join(
        circle(a, b, 15, light.tone("#7fd0dc"), stroke=pale, stroke_width=6)
        for a, b in ((-120, 18), (-10, 28), (100, 24))
    )
    return (
        cut(
            "M-278,-60 C-246,34 -180,66 -110,70 L150,70 C220,64 272,16 298,-70 Q10,-24 -278,-60Z",
            c.vertical(wood, dark),
            depth=1.3,
        )
        + path("M-278,-60 Q10,-24 298,-70 L292,-48 Q10,-4 -270,-40Z", pale)
        + line("M-250,-8 Q10,30 274,-16 M-226,26 Q10,58 250,20", light.tone("#743c1e"), 4, opacity=0.55)
        + ports
    )


def beach(c: Canvas, light: Light, scene: Scene) -> Stage:
    r = c.random
    sky(c, light, sun_x=0.7, sun_y=230)
    c.add(gulls(c, light, ((c.x(0.3), 300, 0.9), (c.x(0.35), 270, 0.7), (c.x(0.85), 360, 0.7))))
    water(c, light, 580, colours=("#8fd3d6", "#48aabf", "#2f93b0"))
    c.add(glitter(c, light, c.x(0.7), 590, 8))
    c.add(
        path(
            f"M{c.x(0.9):.0f},584 C{c.x(0.94):.0f},540 {c.x(1):.0f},520 {c.width + 80},500 V600 H{c.x(0.86):.0f}Z",
            light.ground("#6fa886", 0.5),
        )
    )
    c.add(placed(_sailing(c, light), c.x(0.3), 604, 0.6))
    wave(c, light, 640, 7, 80, ("#6cc3c9", "#4fb0bf"), phase=1.1)
    wave(c, light, 700, 8, 96, ("#84d2d0", "#5fbcc4"), phase=2.4)
    sand = [(-80.0, 772.0), (c.x(0.2), 752.0), (c.x(0.45), 776.0), (c.x(0.7), 748.0), (c.width + 100, 770.0)]
    foam = [(x, y - 12) for x, y in sand]
    c.add(line(smooth(foam), light.tone("#f3fbfa"), 26, opacity=0.8))
    land(c, sand, light.ground(SAND), light.ground(DEEP_SAND))
    c.add(
        "".join(
            ellipse(
                r.uniform(0, c.width),
                r.uniform(800, 1010),
                r.uniform(20, 70),
                3,
                light.ground("#cfae72"),
                opacity=0.45,
            )
            for _ in range(30)
        )
    )
    c.add(
        placed(_palm(c, light), c.x(0.07), 880, 1.1),
        placed(_parasol(c, light), c.x(0.85), 880, 1.0),
        placed(_sandcastle(c, light), c.x(0.67), 860, 0.85),
    )
    c.add(
        "".join(
            placed(_starfish(light, colour), c.x(x), y, 0.8, turn=t)
            for x, y, t, colour in ((0.2, 970, 12, "#ef8f5c"), (0.57, 985, 40, "#e9705a"))
        )
    )
    front = [
        stone(c, light, c.x(0.96), 1050, 180),
        stone(c, light, c.x(0.03), 1050, 150),
        "".join(grass(c, light, c.x(x), 1034, 90, "#8fae5c", 7) for x in (0.0, 0.06, 0.92, 0.99)),
    ]
    return outdoors(c, seat="stone", climb="rock", water=Spot(c.x(0.47), 712, 0.5), front=front)


def _sailing(c: Canvas, light: Light) -> str:
    return (
        line("M0,-6 V-130", light.tone("#7a4d2c", 0.3), 6)
        + path("M6,-126 Q60,-80 66,-24 H6Z", light.tone("#fff6e6", 0.3))
        + path("M-6,-112 Q-44,-70 -50,-24 H-6Z", light.tone("#f2b24c", 0.3))
        + path("M-70,-16 H76 Q64,16 40,16 H-36 Q-60,16 -70,-16Z", light.tone("#b0563c", 0.3))
    )


def _palm(c: Canvas, light: Light) -> str:
    bark, leaf = light.tone("#a8794c"), light.ground("#5a9e5a")
    trunk = "M-26,6 C-6,-140 -10,-260 40,-380 L66,-374 C24,-260 30,-140 34,6Z"
    rings = "".join(
        line(
            f"M{-18 + i * 5 + (i * i) * 0.35:.0f},{-30 - i * 42} q20,9 36,-2",
            light.tone("#805632"),
            4,
            opacity=0.6,
        )
        for i in range(8)
    )
    fronds = "".join(
        placed(
            path(
                "M0,0 C50,-46 130,-46 186,8 C140,-6 110,-4 92,10 C80,-4 60,-4 46,12 C38,0 18,0 0,0Z",
                shade(leaf, s),
            ),
            52,
            -376,
            flip=flip,
            turn=turn,
        )
        for turn, flip, s in (
            (-62, False, -0.12),
            (52, True, -0.12),
            (-20, False, 0.04),
            (16, True, 0.06),
            (18, False, -0.04),
            (-22, True, 0.0),
            (-96, False, 0.1),
        )
    )
    nuts = "".join(circle(52 + a, -366 + b, 13, light.tone("#7a4f2f")) for a, b in ((-12, 6), (10, 10)))
    return c.ground_shadow(10, 4, 90, 14, 0.3) + cut(trunk, bark, depth=1) + rings + fronds + nuts


def _parasol(c: Canvas, light: Light) -> str:
    red, white = light.tone("#e9705a"), light.tone("#fff6ea")
    gores = "".join(
        path(
            f"M0,-330 Q{x0 * 0.8:.0f},-310 {x0},-226 Q{(x0 + x1) / 2:.0f},-240 {x1},-226 Q{x1 * 0.8:.0f},-310 0,-330Z",
            red if i % 2 == 0 else white,
        )
        for i, (x0, x1) in enumerate(zip((-150, -90, -30, 30, 90), (-90, -30, 30, 90, 150), strict=True))
    )
    towel = path("M-150,-4 L30,-22 L70,18 L-130,34Z", light.tone("#6fb3c4")) + path(
        "M-120,-7 L-96,31 M-60,-13 L-36,25 M0,-19 L26,21", "none", stroke=white, stroke_width=9
    )
    return (
        c.ground_shadow(0, 10, 170, 18, 0.25)
        + towel
        + placed(
            line("M0,10 V-326", light.tone("#c99a5f"), 11) + gores + circle(0, -334, 8, red), 0, 0, turn=8
        )
    )


def _sandcastle(c: Canvas, light: Light) -> str:
    sand, dark = light.ground("#e8c98c"), light.tone("#c39a5c")
    towers = "".join(
        cut(f"M{x - 30},0 V{-h} h12 v-14 h12 v14 h12 v-14 h12 v14 h12 V0Z", sand, depth=0.6)
        for x, h in ((-70, 90), (70, 90), (0, 130))
    )
    wall = cut("M-96,0 V-60 H96 V0Z", shade(sand, -0.05), depth=0.5)
    flag = line("M0,-144 v-56", light.tone("#7a4d2c"), 5) + path(
        "M2,-200 l44,14 l-44,14Z", light.tone("#2f8f9d")
    )
    return (
        c.ground_shadow(0, 4, 130, 14, 0.22)
        + towers
        + wall
        + path("M-18,0 v-28 q18,-24 36,0 v28Z", dark)
        + flag
        + "".join(circle(x, -34, 6, light.tone("#fff3df")) for x in (-62, 62))
    )


def _starfish(light: Light, colour: str) -> str:
    tone = light.tone(colour)
    points = [
        (math.cos(a) * q, math.sin(a) * q * 0.8)
        for a, q in ((i * math.pi / 5 - math.pi / 2, 40 if i % 2 == 0 else 17) for i in range(10))
    ]
    d = "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z"
    return path(d, tone, stroke=tone, stroke_width=12, stroke_linejoin="round") + "".join(
        circle(math.cos(a) * 18, math.sin(a) * 14, 3, "#ffffff", opacity=0.6)
        for a in (i * 1.257 - 1.57 for i in range(5))
    )


def island(c: Canvas, light: Light, scene: Scene) -> Stage:
    """A small green island with the sea all round."""
    sky(c, light, sun_x=0.24, sun_y=240)
    c.add(gulls(c, light, ((c.x(0.6), 250, 0.9), (c.x(0.65), 222, 0.7), (c.x(0.12), 330, 0.7))))
    water(c, light, 600)
    c.add(glitter(c, light, c.x(0.24), 608, 12))
    c.add(
        path(
            f"M{c.x(0.78):.0f},604 C{c.x(0.83):.0f},566 {c.x(0.9):.0f},560 {c.x(0.97):.0f},604Z",
            light.ground("#7fb08c", 0.75),
        )
    )
    wave(c, light, 660, 7, 80, ("#58b6c4", "#3d9fb8"), phase=0.7)
    wave(c, light, 720, 9, 92, ("#5fbcc6", "#4aaac0"), phase=2.0)
    middle = c.x(0.5)
    half = max(c.width * 0.49, 440)
    sand = [
        (middle - half - 40, 1060.0),
        (middle - half, 900.0),
        (middle - half * 0.7, 800.0),
        (middle - half * 0.3, 756.0),
        (middle + half * 0.2, 748.0),
        (middle + half * 0.66, 788.0),
        (middle + half, 880.0),
        (middle + half + 40, 1060.0),
    ]
    c.add(
        path(
            smooth([(x + (x - middle) * 0.07, y - 14) for x, y in sand]) + "Z",
            light.tone("#e9f8f5"),
            opacity=0.75,
        )
    )
    land(c, sand, light.ground(SAND), light.ground(DEEP_SAND))
    green = [
        (middle - half * 0.86, 1080.0),
        (middle - half * 0.7, 880.0),
        (middle - half * 0.36, 792.0),
        (middle + half * 0.1, 776.0),
        (middle + half * 0.56, 812.0),
        (middle + half * 0.84, 900.0),
        (middle + half * 0.96, 1080.0),
    ]
    land(c, green, light.ground("#a9cf70"), light.ground("#5f9f58"))
    c.add(
        placed(_palm(c, light), c.x(0.17), 872, 1.0), placed(_palm(c, light), c.x(0.82), 868, 1.2, flip=True)
    )
    c.add(
        bush(c, light, c.x(0.27), 830, 52, "#63a862", blossom="#f28aa5"),
        bush(c, light, c.x(0.73), 850, 46, "#5a9e5f"),
    )
    c.add(placed(_chest(c, light), c.x(0.68), 905, 0.9))
    if not light.cover:
        c.add(flowers_between(c, light, middle - half * 0.6, middle + half * 0.7, 850, 985, 26))
    front = [
        meadow_edge(c, light, "#5f9a55", tall=58),
        stone(c, light, c.x(0.98), 1046, 150),
        stone(c, light, c.x(0.02), 1046, 150),
    ]
    return outdoors(c, seat="stone", climb="tree", water=Spot(c.x(0.66), 690, 0.5), front=front)


def _chest(c: Canvas, light: Light) -> str:
    wood, gold = light.tone("#9a6236"), light.tone("#f0b73f")
    return (
        c.ground_shadow(0, 2, 96, 13, 0.3)
        + cut("M-74,0 V-56 H74 V0Z", wood, depth=0.7)
        + cut("M-80,-54 C-80,-116 80,-116 80,-54Z", shade(wood, 0.1), depth=0.5)
        + rect(-80, -60, 160, 13, gold, 3)
        + "".join(rect(x, -96, 12, 96, gold, 3) for x in (-52, 40))
        + rect(-15, -66, 30, 34, mix(gold, "#ffffff", 0.2), 5)
        + circle(0, -50, 5, "#5a3a1e")
    )
