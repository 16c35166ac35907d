"""Open country and what people make of it: meadow, hill, garden."""

from __future__ import annotations

from generation.contract import Scene
from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.colour import shade
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.places.stage import Spot, Stage, outdoors
from generation.providers.cutpaper.scenery import (
    FLOWERS,
    blossom,
    bush,
    cottage,
    fence,
    fireflies,
    flowers_between,
    grass,
    height_at,
    land,
    meadow_edge,
    mist,
    ridge,
    round_tree,
    sky,
    trail,
    tulip,
)
from generation.providers.cutpaper.shapes import circle, cut, ellipse, line, path, placed, rect


def meadow(c: Canvas, light: Light, scene: Scene) -> Stage:
    r = c.random
    sky(c, light, sun_x=0.8)
    far = ridge(c, 520, 70, light.ground("#8fb9a8", 0.95), light.ground("#9cc5a4", 0.8))
    c.add(
        "".join(
            round_tree(c, light, x, height_at(far, x) + 12, r.uniform(50, 90), "#6aa98a", 0.8)
            for x in range(10, int(c.width), 64)
            if r.random() < 0.55
        )
    )
    mist(c, light, 500, 200, 0.3)
    middle = ridge(c, 640, 54, light.ground("#a8cf7e", 0.4), light.ground("#86b96a", 0.3))
    for share, height in ((0.1, 180), (0.17, 130), (0.88, 200), (0.96, 150)):
        c.add(
            round_tree(
                c,
                light,
                c.x(share),
                height_at(middle, c.x(share)) + 20,
                height,
                r.choice(("#6fb26a", "#5fa565")),
                0.3,
            )
        )
    c.add(cottage(c, light, c.x(0.72), height_at(middle, c.x(0.72)) + 16, 0.62, far=0.3))
    near = ridge(c, 770, 30, light.ground("#a4cf6c"), light.ground("#5f9f55"))
    trail(c, light, c.x(0.64), height_at(near, c.x(0.64)) + 4, "#ead4a4", width=46)
    if not light.cover:
        c.add(flowers_between(c, light, 0, c.width, 800, 985, round(c.width / 22)))
    c.add(
        "".join(
            grass(c, light, r.uniform(0, c.width), r.uniform(800, 980), r.uniform(20, 44), "#7ab35c")
            for _ in range(round(c.width / 30))
        )
    )
    front = [meadow_edge(c, light, "#5a9a50", tall=92)]
    if not light.cover:
        front += [
            blossom(c, light, c.x(x), 1030, r.uniform(70, 110), r.choice(FLOWERS))
            for x in (0.03, 0.07, 0.16, 0.83, 0.9, 0.96)
        ]
    front += _small_lights(c, light)
    return outdoors(c, seat="log", climb="tree", front=front)


def hill(c: Canvas, light: Light, scene: Scene) -> Stage:
    r = c.random
    sky(c, light, sun_x=0.2, sun_y=210)
    ridge(c, 590, 60, light.ground("#86a9b8", 1.0), light.ground("#9dbfb8", 0.9))
    far = ridge(c, 660, 60, light.ground("#93c08a", 0.65), light.ground("#7fb27a", 0.6))
    for share in (0.06, 0.24, 0.8, 0.93):
        c.add(
            cottage(
                c,
                light,
                c.x(share),
                height_at(far, c.x(share)) + 14,
                0.34,
                roof=r.choice(("#b65a45", "#7a6a8c")),
                far=0.5,
            )
        )
    c.add(
        "".join(
            round_tree(c, light, c.x(x), height_at(far, c.x(x)) + 16, r.uniform(60, 96), "#5f9f6c", 0.55)
            for x in (0.12, 0.16, 0.31, 0.7, 0.86, 0.98)
        )
    )
    mist(c, light, 650, 190, 0.34)
    top = [
        (-260.0, 1000.0),
        (-60.0, 940.0),
        (c.x(0.14), 862.0),
        (c.x(0.3), 806.0),
        (c.x(0.46), 784.0),
        (c.x(0.62), 802.0),
        (c.x(0.8), 858.0),
        (c.width + 60, 938.0),
        (c.width + 260, 1000.0),
    ]
    land(c, top, light.ground("#a9cf70"), light.ground("#5c9a55"))
    tree_x = c.x(0.8)
    c.add(c.lifted(round_tree(c, light, tree_x, 880, 470, "#63ab62", fruit="" if light.cover else "#e2553f")))
    c.add(
        line(
            f"M{c.x(0.1):.0f},1000 C{c.x(0.2):.0f},900 {c.x(0.34):.0f},930 {c.x(0.4):.0f},860 T{c.x(0.5):.0f},796",
            light.tone("#e6d2a0"),
            26,
            opacity=0.6,
        )
    )
    if not light.cover:
        c.add(flowers_between(c, light, c.x(0.12), c.x(0.88), 880, 990, round(c.width / 34)))
    c.add(
        "".join(
            grass(c, light, r.uniform(c.x(0.1), c.x(0.9)), r.uniform(870, 980), r.uniform(20, 40), "#79b25a")
            for _ in range(30)
        )
    )
    front = [meadow_edge(c, light, "#568f4d", tall=70), *_small_lights(c, light)]
    return outdoors(c, y=900, perch=Spot(tree_x - 70, 664, 0.4), seat="stone", climb="tree", front=front)


def garden(c: Canvas, light: Light, scene: Scene) -> Stage:
    r = c.random
    sky(c, light, sun_x=0.3)
    back = ridge(c, 600, 40, light.ground("#8fbf94", 0.7), light.ground("#7db07c", 0.6))
    c.add(
        "".join(
            round_tree(
                c,
                light,
                x,
                height_at(back, x) + 24,
                r.uniform(110, 190),
                r.choice(("#6fb177", "#7fbd72", "#5fa574")),
                0.5,
            )
            for x in range(0, int(c.width) + 40, 86)
        )
    )
    c.add(placed(_house(c, light), c.x(0.86), 748, 1.18))
    lawn = [
        (-100.0, 742.0),
        (c.x(0.25), 734.0),
        (c.x(0.6), 740.0),
        (c.width + 100, 730.0),
        (c.width + 200, 732.0),
    ]
    c.add(fence(c, light, -20, c.x(0.68), 752))
    c.add(
        "".join(
            bush(c, light, c.x(x), 772, s, "#5da361", blossom="" if light.cover else f)
            for x, s, f in ((0.04, 62, "#f28aa5"), (0.2, 50, "#ffffff"), (0.62, 54, "#f7c14b"))
        )
    )
    c.add(
        path(
            f"M{lawn[0][0]},764 H{c.width + 100} V1090 H-100Z",
            c.vertical(light.ground("#a6cf74"), light.ground("#6fa95a")),
        )
    )
    c.add(
        c.lifted(round_tree(c, light, c.x(0.1), 850, 400, "#6db463", fruit="" if light.cover else "#e2553f"))
    )
    c.add(
        "".join(
            placed(_bed(c, light, kind), c.x(x), y, k)
            for x, y, k, kind in (
                (0.72, 830, 0.86, "cabbage"),
                (0.27, 828, 0.74, "carrot"),
                (0.8, 930, 1.0, "tulip"),
            )
        )
    )
    c.add(
        "".join(
            ellipse(
                c.x(0.5) + dx,
                y,
                w,
                w * 0.3,
                light.tone("#d9cdbb"),
                stroke=light.tone("#b9ab95"),
                stroke_width=3,
            )
            for dx, y, w in ((120, 790, 36), (96, 832, 48), (150, 884, 58), (110, 950, 76))
        )
    )
    if scene.hero or scene.item != "seed":
        c.add(placed(_can(c, light), c.x(0.615), 912, 0.9))
    front = [meadow_edge(c, light, "#5a9a50", tall=62)]
    if not light.cover:
        front += [
            tulip(c, light, c.x(x), 1034, r.uniform(84, 120), r.choice(FLOWERS))
            for x in (0.02, 0.055, 0.09, 0.9, 0.94, 0.975)
        ]
    return outdoors(c, seat="bench", climb="tree", perch=Spot(c.x(0.1) - 40, 668, 0.36), front=front)


def _small_lights(c: Canvas, light: Light) -> list[str]:
    return (
        [fireflies(c, 18, away_from=c.x(0.45))] if light.time == "night" and light.weather == "clear" else []
    )


def _house(c: Canvas, light: Light) -> str:
    wall, roof = (
        light.tone(c.taste.choice(("#f6e3c2", "#f3cdb4", "#d9e4dc"))),
        light.ground(c.taste.choice(("#b65a45", "#6b6f8f", "#8a5643"))),
    )
    glass = "#ffe08a" if light.lamps else light.tone("#bfe0e8")
    frame = light.tone("#fff7ea")
    windows = "".join(
        rect(x, y, 62, 70, glass, 6, stroke=frame, stroke_width=8)
        + line(f"M{x + 31},{y} v70 M{x},{y + 35} h62", frame, 5)
        + rect(x - 8, y + 72, 78, 16, light.tone("#8a5436"), 5)
        + "".join(
            circle(x + q, y + 70, 8, light.tone(k))
            for q, k in ((2, "#e8556a"), (18, "#6fb45f"), (34, "#ffd35c"), (50, "#e8556a"), (62, "#6fb45f"))
        )
        for x, y in ((-138, -190), (76, -190))
    )
    door = rect(-38, -150, 76, 150, light.tone("#2f6f6a"), 34) + circle(20, -70, 6, light.tone("#ffd873"))
    return (
        cut("M-190,0 V-250 H190 V0Z", wall)
        + cut("M-224,-236 L-140,-372 H140 L224,-236Z", roof)
        + rect(90, -420, 44, 90, light.tone("#8a6a58"))
        + windows
        + door
    )


def _bed(c: Canvas, light: Light, kind: str) -> str:
    """A raised bed of boards, about 220 wide."""
    soil = ellipse(0, -44, 108, 20, light.ground("#6b4a34"))
    plants = ""
    for x in (-76, -38, 0, 38, 76):
        if kind == "cabbage":
            leaf = light.tone("#7fb56a")
            plants += "".join(
                circle(x + dx, -56 + dy, 19, shade(leaf, s))
                for dx, dy, s in ((-11, 2, -0.1), (11, 2, -0.04), (0, -9, 0.1))
            ) + circle(x, -56, 10, shade(leaf, 0.3))
        elif kind == "carrot":
            plants += path(f"M{x - 8},-44 h16 l-8,18Z", light.tone("#ef8a3c")) + line(
                f"M{x},-44 q-12,-18 -16,-38 M{x},-44 v-42 M{x},-44 q12,-18 16,-38", light.tone("#5fa052"), 5
            )
        else:
            plants += tulip(c, light, x, -44, 62, FLOWERS[(x + 76) // 38 % len(FLOWERS)])
    board = light.tone("#b07d4c")
    return (
        soil
        + plants
        + cut("M-118,-42 H118 V0 H-118Z", board, depth=0.7)
        + line("M-112,-21 H112", shade(board, -0.2), 3)
        + "".join(rect(x, -48, 15, 52, light.tone("#94653a"), 2) for x in (-120, 105))
    )


def _can(c: Canvas, light: Light) -> str:
    tin = c.across(light.tone("#5fa9b0"), light.tone("#3f868f"))
    edge = light.tone("#2f6d76")
    return (
        line("M-34,-66 q-46,4 -30,60 M-30,-78 q32,-34 62,0", edge, 8)
        + path("M34,-30 L92,-84 L100,-76 L40,-10Z", tin)
        + ellipse(98, -82, 16, 10, edge, turn=48)
        + path("M-38,-76 H38 L42,0 H-42Z", tin)
        + ellipse(0, -76, 38, 9, edge)
    )
