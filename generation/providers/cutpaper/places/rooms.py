"""Indoors: bedroom, kitchen, library, desk. Lamps burn in the evening and the window shows the hour and the weather."""

from __future__ import annotations

import math
from itertools import pairwise

from generation.contract import Scene
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.colour import mix, shade
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.places.stage import Spot, Stage, outdoors
from generation.providers.cutpaper.shapes import (
    circle,
    cut,
    ellipse,
    group,
    line,
    path,
    placed,
    polygon,
    rect,
)

SPINES = (
    "#a8413a",
    "#2f7f86",
    "#d9a441",
    "#5b6fa8",
    "#7a9a5a",
    "#8a5a86",
    "#c9784a",
    "#3f5f7a",
    "#b5566a",
    "#e0c088",
)
FLOOR_Y = 770.0


def bedroom(c: Canvas, light: Light, scene: Scene) -> Stage:
    home = light.indoors()
    wall = c.taste.choice(("#8fb6c4", "#e9b7a6", "#b9c79a", "#b8a9d0", "#ecca8c"))
    _wall(c, home, wall, pattern="stars")
    _floor(c, home, "#c99562")
    _window(c, light, home, c.x(0.36), 190, 270, 300, curtain=shade(wall, -0.3))
    c.add(placed(_shelf(c, home), c.x(0.1), 330, 1.0))
    c.add(placed(_frame(c, home, "mountains"), c.x(0.61), 250, 0.9))
    c.add(placed(_bunting_line(c, home), c.x(0.0), 96))
    c.add(placed(_toy_box(c, home), c.x(0.09), 842, 1.0))
    if scene.hero and scene.pose == "lie":
        return _bedtime(c, home)
    bed_x, bed_y = c.width - 350, 892.0
    c.add(placed(_bed_back(c, home), bed_x, bed_y), placed(_blanket(c, home, mound=False), bed_x, bed_y))
    c.add(_rug(c, home, c.x(0.42), 925, c.taste.choice(("#d9644f", "#3f8a8a", "#8a6bbf"))))
    front = []
    if home.time in {"dusk", "night"}:
        front.append(c.glow(c.x(0.1), 300, 420, "#ffc978", 0.42))
        c.add(c.glow(c.x(0.42), 900, 420, "#ffc978", 0.25))
    return _room(c, seat="stool", climb="ladder", front=front)


def _bedtime(c: Canvas, home: Light) -> Stage:
    """The bed close by, with the hero tucked in; the blanket comes before the hero, the companion sits on it."""
    size = min(1.4, c.width / 720)
    x, y = c.width - 356 * size, 930.0
    table_x = x - 385 * size
    c.add(placed(_night_table(c, home), table_x, y - 16, 1.2), placed(_bed_back(c, home), x, y, size))
    c.add(_rug(c, home, c.x(0.3), 972, c.taste.choice(("#d9644f", "#3f8a8a", "#8a6bbf"))))
    front = [placed(_blanket(c, home, mound=True), x, y, size)]
    if home.lamps:
        front.append(c.glow(table_x - 26, y - 320, 480, "#ffc978", 0.42))
    stage = _room(c, seat="stool", climb="ladder", front=front)
    stage.bed = Spot(x - 178 * size, y - 236 * size, 0.86 * size)
    stage.companion = Spot(x + 120 * size, y - 196 * size, 0.68 * size)
    stage.item = Spot(table_x + 38, y - 210, 0.8)
    return stage


def kitchen(c: Canvas, light: Light, scene: Scene) -> Stage:
    home = light.indoors()
    wall = c.taste.choice(("#f0d9a8", "#c9dcc0", "#f2c9ae", "#c4d9e0"))
    cupboards = c.taste.choice(("#4f8a8b", "#c8694f", "#6f8a5a", "#5f76a0"))
    _wall(c, home, wall, pattern="plain")
    _tiles(c, home, 470, 640, mix(wall, "#ffffff", 0.5))
    _checked_floor(c, home, mix(cupboards, "#f6ead6", 0.72))
    _window(c, light, home, c.x(0.4), 170, 300, 270, curtain="#e9705a", cafe=True)
    c.add(
        placed(_plate_rack(c, home), c.x(0.15), 330, 1.0), placed(_hanging_pans(c, home), c.x(0.66), 190, 1.0)
    )
    c.add(_counter(c, home, cupboards))
    c.add(placed(_stove(c, home), c.x(0.8), 772, 1.0))
    c.add(
        "".join(
            placed(_jar(home, colour), 90 + i * 74, 566)
            for i, colour in enumerate(("#e2a04a", "#a8413a", "#7a9a5a"))
        )
    )
    c.add(placed(_fruit_bowl(c, home), c.x(0.57), 566, 0.86), placed(_herb(c, home), c.x(0.29), 566, 0.9))
    table = placed(_table(c, home), c.x(0.87), 985, 1.0)
    c.add(_rug(c, home, c.x(0.42), 930, "#e9b85a"))
    front = [table]
    if home.time in {"dusk", "night"}:
        front.append(c.glow(c.x(0.5), 150, 560, "#ffcf8a", 0.36))
    return _room(
        c,
        seat="chair",
        climb="ladder",
        front=front,
        item_spot=Spot(c.x(0.81), 806, 0.8),
        still=Spot(c.x(0.46), 570, 1.5),
    )


def library(c: Canvas, light: Light, scene: Scene) -> Stage:
    home = light.indoors()
    wood = c.taste.choice(("#8a5a3a", "#7a4f42", "#6b5a4a"))
    _wall(c, home, mix(wood, "#e8d2ac", 0.55), pattern="plain")
    _floor(c, home, "#b07d50")
    middle, half = c.x(0.5), 170.0
    _arched_window(c, light, home, middle, 130, half * 1.7)
    left, right = middle - half - 30, middle + half + 30
    c.add(_bookcase(c, home, -30, left, wood), _bookcase(c, home, right, c.width + 30, wood))
    c.add(
        rect(left, 560, right - left, 24, home.tone(shade(wood, -0.1)), 4),
        _books_in_row(c, home, left + 14, right - 14, 560, 88),
    )
    c.add(
        rect(left + 6, 584, right - left - 12, 170, home.tone(shade(wood, -0.28))),
        _books_in_row(c, home, left + 16, right - 16, 748, 140),
    )
    if scene.pose != "climb":
        c.add(placed(_leaning_ladder(c, home), c.x(0.84), 800, 1.0))
    c.add(placed(_globe(c, home), c.x(0.72), 850, 1.0), placed(_armchair(c, home), c.x(0.12), 868, 1.05))
    c.add(_rug(c, home, c.x(0.44), 925, "#a8413a"))
    c.add(placed(_book_pile(c, home), c.x(0.9), 930, 1.0))
    front = [c.glow(c.x(0.12), 420, 430, "#ffcf8a", 0.36)] if home.lamps else []
    return _room(c, seat="books", climb="ladder", front=front)


def desk(c: Canvas, light: Light, scene: Scene) -> Stage:
    """A desk by the window: with a hero, who sits behind it; without, a still life."""
    home = light.indoors()
    wall = c.taste.choice(("#a9c0b4", "#e3c3a4", "#b4bcd3", "#d9b3a4", "#cfc79c"))
    _wall(c, home, wall, pattern="plain")
    _window(c, light, home, c.x(0.42), 120, 400, 400, curtain=shade(wall, -0.26))
    c.add(
        placed(_shelf(c, home), c.x(0.88), 330, 0.92), placed(_frame(c, home, "leaf"), c.x(0.095), 300, 1.0)
    )
    top = 716.0
    table = c.overlay()
    wood = home.tone("#c08a58")
    table.add(
        cut(
            f"M-30,{top} H{c.width + 30} V{BOTTOM + 40} H-30Z",
            c.vertical(shade(wood, 0.14), wood, shade(wood, -0.16)),
            depth=1.8,
        )
    )
    table.add(
        "".join(
            line(
                f"M{c.random.uniform(-60, c.width):.0f},{y} q{c.random.uniform(120, 260):.0f},{c.random.uniform(-6, 6):.0f} {c.random.uniform(300, 560):.0f},0",
                shade(wood, -0.14),
                3,
                opacity=0.4,
            )
            for y in range(int(top) + 24, 1010, 30)
        )
    )
    table.add(
        placed(_desk_lamp(c, home), c.x(0.12), 806, 1.15), placed(_pot_plant(c, home), c.x(0.9), 800, 1.12)
    )
    table.add(placed(_pencils(c, home), c.x(0.77), 800, 0.95), placed(_mug(c, home), c.x(0.235), 850, 0.95))
    table.add(placed(_book_pile(c, home), c.x(0.88), 965, 1.0))
    hero = scene.hero
    table.add(placed(_notebook(c, home), c.x(0.5 if hero else 0.42), 950, 1.0))
    if home.lamps or light.time == "dawn":
        table.add(c.glow(c.x(0.12) + 130, 800, 470, "#ffd48a", 0.5))
    x = c.x(0.47)
    front = table.parts
    if not hero:
        c.add(*front)
        front = []
    return Stage(
        hero=Spot(x, top + 112, 1.24),
        companion=Spot(c.x(0.66), top + 80, 0.9),
        ground=(Spot(c.x(0.32), 808, 0.6), Spot(c.x(0.68), 800, 0.55)),
        air=(Spot(c.x(0.72), 300, 0.4),),
        item=Spot(c.x(0.72), 930, 1.0),
        still=Spot(c.x(0.665), 925, 1.5),
        seat="",
        climb="mast",
        hull=True,
        indoors=True,
        front=front,
    )


def _room(
    c: Canvas,
    *,
    seat: str,
    climb: str,
    front: list[str],
    item_spot: Spot | None = None,
    still: Spot | None = None,
) -> Stage:
    stage = outdoors(c, y=925, size=1.22, hero_x=0.42, seat=seat, climb=climb, front=front, indoors=True)
    stage.ground = (Spot(c.x(0.645), 905, 0.76), Spot(c.x(0.16), 960, 0.7), Spot(c.x(0.72), 980, 0.6))
    stage.air = (Spot(c.x(0.56), 330, 0.44), Spot(c.x(0.2), 300, 0.4))
    stage.item = item_spot or stage.item
    stage.still = still
    return stage


# --- walls, floors, windows --------------------------------------------------------------------------------


def _wall(c: Canvas, home: Light, colour: str, *, pattern: str) -> None:
    tone = home.tone(colour)
    c.add(rect(-10, c.top, c.width + 20, c.height, c.vertical(shade(tone, 0.08), shade(tone, -0.08))))
    pale = shade(tone, 0.22)
    if pattern == "stars":
        for row in range(int((FLOOR_Y - c.top) / 86)):
            for column in range(int(c.width / 104) + 1):
                x, y = column * 104 + (row % 2) * 52, c.top + 40 + row * 86
                c.add(
                    polygon(
                        [
                            (x + math.cos(a) * q, y + math.sin(a) * q)
                            for a, q in ((i * math.pi / 4, 8 if i % 2 == 0 else 3.4) for i in range(8))
                        ],
                        pale,
                        opacity=0.7,
                    )
                )
    c.add(
        rect(-10, FLOOR_Y - 26, c.width + 20, 26, home.tone("#fdf3e4")),
        rect(-10, FLOOR_Y - 30, c.width + 20, 5, shade(tone, -0.2), opacity=0.4),
    )


def _floor(c: Canvas, home: Light, colour: str) -> None:
    tone = home.tone(colour)
    c.add(rect(-10, FLOOR_Y, c.width + 20, BOTTOM - FLOOR_Y + 10, c.vertical(shade(tone, -0.12), tone)))
    vanishing = c.x(0.5)
    for i in range(-14, 15):
        x = vanishing + i * 66
        c.add(
            line(
                f"M{x:.0f},{FLOOR_Y} L{vanishing + i * 118:.0f},{BOTTOM + 10}",
                shade(tone, -0.24),
                3,
                opacity=0.5,
            )
        )
    c.add(
        "".join(
            line(f"M{vanishing + i * 92 + 8:.0f},{y} h84", shade(tone, -0.24), 2.6, opacity=0.4)
            for i, y in ((-7, 850), (-5, 930), (-3, 830), (-1, 905), (1, 860), (3, 940), (5, 845), (7, 915))
        )
    )
    c.add(rect(-10, FLOOR_Y, c.width + 20, 26, c.linear([(0, "#1a1030", 0.22), (1, "#1a1030", 0.0)])))


def _checked_floor(c: Canvas, home: Light, colour: str) -> None:
    pale, dark = home.tone("#f7ecd9"), home.tone(colour)
    c.add(rect(-10, FLOOR_Y, c.width + 20, BOTTOM - FLOOR_Y + 10, pale))
    rows = (0.0, 34.0, 78.0, 134.0, 204.0, 292.0)
    middle = c.x(0.5)
    for row, (y0, y1) in enumerate(pairwise(rows)):
        for column in range(-12, 12):
            if (row + column) % 2:
                continue
            a, b = 76 + y0 * 0.24, 76 + y1 * 0.24
            c.add(
                polygon(
                    [
                        (middle + column * a, FLOOR_Y + y0),
                        (middle + (column + 1) * a, FLOOR_Y + y0),
                        (middle + (column + 1) * b, FLOOR_Y + y1),
                        (middle + column * b, FLOOR_Y + y1),
                    ],
                    dark,
                )
            )
    c.add(rect(-10, FLOOR_Y, c.width + 20, 30, c.linear([(0, "#1a1030", 0.2), (1, "#1a1030", 0.0)])))


def _tiles(c: Canvas, home: Light, y0: float, y1: float, colour: str) -> None:
    tone = home.tone(colour)
    c.add(rect(-10, y0, c.width + 20, y1 - y0, tone))
    lines = "".join(f"M{x},{y0} V{y1} " for x in range(0, int(c.width) + 60, 60)) + "".join(
        f"M0,{y:.0f} H{c.width} " for y in (y0, y0 + 57, y0 + 114)
    )
    c.add(line(lines, shade(tone, -0.1), 3, opacity=0.7))


def _outside(c: Canvas, light: Light, x: float, y: float, w: float, h: float) -> str:
    """What is seen through a window: sky, sun or moon, hills, weather."""
    sky = rect(
        x, y, w, h, c.linear([(i / (len(light.sky) - 1), colour) for i, colour in enumerate(light.sky)])
    )
    r = c.random
    out = sky
    if light.stars:
        out += "".join(
            circle(
                x + r.random() * w,
                y + r.random() * h * 0.6,
                r.choice((1.3, 1.8, 2.4)),
                "#fff6d8",
                opacity=0.9,
            )
            for _ in range(26)
        )
    if light.shows_sun:
        disc = "#fff1c2" if light.is_dark else light.sun
        out += c.glow(x + w * 0.7, y + h * 0.3, w * 0.5, disc, 0.6) + circle(
            x + w * 0.7, y + h * 0.3, w * 0.1, disc
        )
    out += ellipse(x + w * 0.25, y + h * 1.04, w * 0.6, h * 0.34, light.ground("#8fc08a", 0.4)) + ellipse(
        x + w * 0.85, y + h * 1.06, w * 0.6, h * 0.26, light.ground("#6fa96f", 0.2)
    )
    if light.weather == "rain":
        out += "".join(
            line(f"M{x + r.random() * w:.0f},{y + r.random() * h:.0f} l-9,30", "#e3eef6", 2.6, opacity=0.6)
            for _ in range(36)
        )
    if light.weather == "snow":
        out += "".join(
            circle(x + r.random() * w, y + r.random() * h, r.uniform(2, 5), "#ffffff", opacity=0.9)
            for _ in range(44)
        )
    if light.weather == "fog":
        out += rect(x, y + h * 0.4, w, h * 0.6, c.linear([(0, light.haze, 0.0), (1, light.haze, 0.85)]))
    return out


def _window(
    c: Canvas,
    light: Light,
    home: Light,
    x: float,
    y: float,
    w: float,
    h: float,
    *,
    curtain: str,
    cafe: bool = False,
) -> None:
    """A window whose middle is at x and whose top edge is at y, with curtains."""
    left = x - w / 2
    frame = home.tone("#fdf5e8")
    cloth = home.tone(curtain)
    pane = group(_outside(c, light, left, y, w, h), clip_path=c.clip(f"M{left},{y} h{w} v{h} h{-w}Z"))
    c.add(cut(f"M{left - 18},{y - 18} h{w + 36} v{h + 36} h{-w - 36}Z", frame, depth=1.2), pane)
    c.add(line(f"M{x},{y} v{h} M{left},{y + h * 0.48:.0f} h{w}", frame, 11, stroke_linecap="butt"))
    c.add(cut(f"M{left - 36},{y + h + 14} h{w + 72} v18 h{-w - 72}Z", shade(frame, -0.06), depth=0.7))
    if cafe:
        hem = "".join(f" q{-w / 16:.1f},26 {-w / 8:.1f},0" for _ in range(8))
        c.add(cut(f"M{left},{y - 20} h{w} v54{hem}Z", cloth, depth=0.8))
        return
    for s in (-1, 1):
        edge = x + s * (w / 2 + 34)
        c.add(
            cut(
                f"M{edge},{y - 34} L{edge - s * 92},{y - 34} C{edge - s * 84},{y + h * 0.3:.0f} {edge - s * 66},{y + h * 0.5:.0f} {edge - s * 18},{y + h * 0.62:.0f} C{edge - s * 44},{y + h * 0.8:.0f} {edge - s * 40},{y + h:.0f} {edge - s * 46},{y + h + 60:.0f} L{edge + s * 12},{y + h + 60:.0f}Z",
                cloth,
                depth=0.9,
            )
        )
        c.add(
            line(
                f"M{edge - s * 28},{y - 20} Q{edge - s * 30},{y + h * 0.3:.0f} {edge - s * 12},{y + h * 0.55:.0f} M{edge - s * 58},{y - 20} Q{edge - s * 56},{y + h * 0.26:.0f} {edge - s * 24},{y + h * 0.52:.0f}",
                shade(cloth, -0.16),
                4,
                opacity=0.6,
            )
        )
        c.add(rect(edge - 22, y + h * 0.6, 36, 13, shade(cloth, 0.3), 6))
    c.add(
        line(f"M{left - 70},{y - 38} H{left + w + 70}", home.tone("#8a5f3e"), 11),
        "".join(circle(left - 76 + i * (w + 152), y - 38, 12, home.tone("#8a5f3e")) for i in (0, 1)),
    )


def _arched_window(c: Canvas, light: Light, home: Light, x: float, y: float, w: float) -> None:
    left, h = x - w / 2, 400.0
    frame = home.tone("#f6e9d2")
    arch = f"M{left},{y + h} V{y + w / 2} A{w / 2},{w / 2} 0 0 1 {left + w},{y + w / 2} V{y + h}Z"
    outer = f"M{left - 20},{y + h + 16} V{y + w / 2} A{w / 2 + 20},{w / 2 + 20} 0 0 1 {left + w + 20},{y + w / 2} V{y + h + 16}Z"
    c.add(cut(outer, frame, depth=1.2), group(_outside(c, light, left, y, w, h), clip_path=c.clip(arch)))
    c.add(
        line(
            f"M{x},{y} V{y + h} M{left + w * 0.25},{y + 40} V{y + h} M{left + w * 0.75},{y + 40} V{y + h} M{left},{y + w / 2} H{left + w} M{left},{y + h * 0.72} H{left + w}",
            frame,
            8,
            stroke_linecap="butt",
        )
    )


def _rug(c: Canvas, home: Light, x: float, y: float, colour: str) -> str:
    tone, pale = home.tone(colour), home.tone("#fbeed6")
    wide = min(330.0, c.width * 0.42)
    return (
        ellipse(x, y + 6, wide + 6, 80, "#1a1030", opacity=0.12)
        + ellipse(x, y, wide, 76, tone)
        + ellipse(x, y, wide - 24, 66, "none", stroke=pale, stroke_width=6, stroke_dasharray="18 12")
        + ellipse(x, y, wide - 70, 50, shade(tone, 0.16))
        + ellipse(x, y, wide - 128, 32, tone)
    )


# --- furniture of the bedroom ------------------------------------------------------------------------------


def _bed_back(c: Canvas, home: Light) -> str:
    """Headboard, frame, mattress and pillow of a bed seen from its side; 640 wide, its feet on y = 0."""
    wood, dark = home.tone("#b9804e"), home.tone("#8d5c34")
    return (
        c.ground_shadow(0, 6, 370, 22, 0.35)
        + cut("M-330,4 V-300 Q-330,-326 -304,-326 H-296 Q-270,-326 -270,-300 V4Z", wood, depth=0.9)
        + circle(-300, -338, 22, dark)
        + cut("M286,4 V-190 Q286,-212 306,-212 H318 Q340,-212 340,-190 V4Z", wood, depth=0.9)
        + circle(313, -222, 18, dark)
        + cut("M-280,-66 H300 V-26 H-280Z", dark, depth=0.6)
        + cut("M-276,-140 H296 Q304,-140 304,-130 V-64 H-276Z", home.tone("#fdf6ea"), depth=0.5)
        + cut(
            "M-268,-148 C-286,-200 -262,-232 -220,-226 C-170,-238 -110,-232 -92,-212 C-70,-186 -84,-150 -100,-140 Q-190,-128 -268,-148Z",
            home.tone("#ffffff"),
            depth=0.7,
        )
        + line("M-250,-160 Q-180,-146 -110,-156", home.tone("#cfd6e2"), 4, opacity=0.8)
    )


def _blanket(c: Canvas, home: Light, *, mound: bool) -> str:
    tone = home.tone(c.taste.choice(("#5b7fb0", "#c8694f", "#6f9a6a", "#8a6bb0")))
    pale = home.tone("#fff3dc")
    top = (
        "M-96,-150 C-60,-236 20,-232 90,-208 C160,-190 210,-214 250,-176 Q290,-160 304,-140 V-46 Q100,-20 -120,-44 C-136,-90 -130,-126 -96,-150Z"
        if mound
        else "M-60,-148 Q120,-164 304,-144 V-40 Q120,-20 -84,-38Z"
    )
    patches = "".join(
        rect(-140 + column * 62, -240 + row * 58, 62, 58, home.tone(colour), opacity=0.55)
        for row in range(4)
        for column, colour in enumerate(
            ("#ffffff", "#f2c66a", "#ffffff", "#e9939f", "#ffffff", "#9fd0c4", "#ffffff", "#f2c66a")
        )
        if (row + column) % 2
    )
    fold = (
        cut("M-112,-154 C-78,-226 -30,-236 10,-228 L4,-196 C-34,-200 -66,-176 -92,-120Z", pale, depth=0.5)
        if mound
        else cut("M-66,-152 L-30,-154 L-48,-36 L-90,-38Z", pale, depth=0.5)
    )
    return (
        cut(top, tone, depth=0.9)
        + group(patches, clip_path=c.clip(top))
        + path(top, c.linear([(0, "#1a1040", 0.0), (1, "#1a1040", 0.22)]))
        + fold
    )


def _night_table(c: Canvas, home: Light) -> str:
    wood = home.tone("#a8743f")
    lit = home.lamps
    shade_fill = c.vertical("#fff3c4", "#ffd27a") if lit else home.tone("#f6e3b8")
    return (
        c.ground_shadow(0, 4, 90, 12, 0.3)
        + line("M-52,0 V-30 M52,0 V-30", home.tone("#7d5330"), 12)
        + cut("M-70,-150 H70 V-24 H-70Z", wood, depth=0.7)
        + rect(-56, -134, 112, 44, shade(wood, 0.12), 5) + rect(-56, -82, 112, 44, shade(wood, 0.12), 5)
        + circle(0, -112, 6, "#f0cf8a") + circle(0, -60, 6, "#f0cf8a")
        + rect(-80, -162, 160, 14, shade(wood, -0.12), 5)
        + line("M-22,-164 V-226", home.tone("#d9a441"), 9) + ellipse(-22, -166, 30, 7, home.tone("#d9a441"))
        + path("M-72,-222 L-50,-296 H6 L28,-222Z", shade_fill)
    )  # fmt: skip


def _shelf(c: Canvas, home: Light) -> str:
    """A shelf on the wall with books and toys, about 250 wide."""
    wood = home.tone("#b07d4c")
    ball = circle(88, -26, 26, home.tone("#e9705a")) + path(
        "M66,-40 Q88,-24 110,-40 M64,-16 Q88,-34 112,-14", stroke=home.tone("#fff3dc"), stroke_width=5
    )
    rocket = (
        path("M20,0 L26,-50 Q42,-96 58,-50 L64,0Z", home.tone("#f6efe2"))
        + circle(42, -46, 9, home.tone("#5fa9c4"))
        + path("M20,0 l-12,0 l8,-28Z M64,0 l12,0 l-8,-28Z M32,-72 Q42,-96 52,-72Z", home.tone("#d9503f"))
    )
    return (
        _books_in_row(c, home, -122, 4, 0, 86)
        + rocket
        + ball
        + cut("M-134,0 H134 V16 H-134Z", wood, depth=0.8)
        + path("M-104,16 v28 l28,-28Z M104,16 v28 l-28,-28Z", shade(wood, -0.2))
    )


def _frame(c: Canvas, home: Light, motif: str) -> str:
    """A framed picture, 150 by 180, around 0, 0."""
    ground = rect(-62, -76, 124, 152, home.tone("#f3e9d2"))
    if motif == "leaf":
        tone = home.tone("#5f9a6a")
        picture = line("M0,60 Q4,0 0,-56", shade(tone, -0.2), 4) + "".join(
            path(f"M0,{y} q{s * 34},-22 {s * 46},-6 q{-s * 18},20 {-s * 46},6Z", tone)
            for y, s in ((40, 1), (26, -1), (6, 1), (-8, -1), (-26, 1), (-38, -1))
        )
    else:
        picture = (
            path("M-62,76 V20 L-20,-30 L14,24 L30,4 L62,40 V76Z", home.tone("#6f8fb0"))
            + path("M-62,76 V50 Q0,26 62,56 V76Z", home.tone("#7fae7a"))
            + circle(30, -40, 15, home.tone("#f2b24c"))
        )
    return (
        cut("M-76,-90 H76 V90 H-76Z", home.tone("#a8743f"), depth=0.8)
        + ground
        + group(picture, clip_path=c.clip("M-62,-76 H62 V76 H-62Z"))
    )


def _bunting_line(c: Canvas, home: Light) -> str:
    width = c.width
    flags = ""
    for k in range(1, int(width / 74)):
        u = k / (width / 74)
        x, y = u * width, 76 * 4 * u * (1 - u) - 40
        flags += path(
            f"M{x - 18:.0f},{y:.0f} h36 l-18,36z",
            home.tone(("#e9705a", "#f2c14e", "#5fa9a3", "#b79ae0", "#f28aa5")[k % 5]),
        )
    return line(f"M0,-40 Q{width / 2:.0f},112 {width:.0f},-40", home.tone("#fff7ea"), 3.5) + flags


def _toy_box(c: Canvas, home: Light) -> str:
    tone = home.tone("#5f8fae")
    blocks = "".join(
        rect(x, y, 42, 42, home.tone(k), 5) for x, y, k in ((-70, -112, "#f2c14e"), (-26, -118, "#e9705a"))
    )
    bear = (
        circle(54, -128, 32, home.tone("#b98a5c"))
        + circle(30, -152, 13, home.tone("#b98a5c"))
        + circle(78, -152, 13, home.tone("#b98a5c"))
        + ellipse(54, -118, 15, 11, home.tone("#e6c89c"))
        + circle(44, -132, 4, "#2d2026")
        + circle(64, -132, 4, "#2d2026")
        + circle(54, -122, 4, "#2d2026")
    )
    return (
        c.ground_shadow(0, 2, 120, 14, 0.3)
        + bear
        + blocks
        + cut("M-100,-86 H100 V0 H-100Z", tone, depth=0.8)
        + rect(-106, -94, 212, 16, shade(tone, 0.2), 5)
        + polygon(
            [
                (math.cos(a) * q, -38 + math.sin(a) * q)
                for a, q in ((i * math.pi / 5 - math.pi / 2, 26 if i % 2 == 0 else 11) for i in range(10))
            ],
            home.tone("#fbe3a0"),
        )
    )


# --- furniture of the kitchen ------------------------------------------------------------------------------


def _counter(c: Canvas, home: Light, colour: str) -> str:
    tone, top = home.tone(colour), home.tone("#d9a468")
    out = rect(-10, 590, c.width + 20, 186, c.vertical(tone, shade(tone, -0.14))) + cut(
        f"M-20,566 H{c.width + 20} V594 H-20Z", top, depth=0.8
    )
    for x in range(20, int(c.width), 154):
        out += (
            rect(x, 612, 130, 142, shade(tone, 0.1), 8)
            + rect(x + 14, 626, 102, 114, shade(tone, 0.02), 6)
            + rect(x + 50, 600, 30, 9, home.tone("#f0cf8a"), 4)
        )
    return out


def _stove(c: Canvas, home: Light) -> str:
    iron, pale = home.tone("#4a5064"), home.tone("#f3ece0")
    pot = (
        path("M-96,-250 h92 v40 q0,16 -16,16 h-60 q-16,0 -16,-16Z", home.tone("#d9604a"))
        + line("M-104,-238 h-14 M4,-238 h14", home.tone("#a8443a"), 9)
        + rect(-102, -260, 104, 13, home.tone("#b84f3f"), 6)
        + circle(-50, -266, 8, home.tone("#f0cf8a"))
    )
    steam = "".join(
        line(f"M{x},-280 q-12,-18 0,-36 t0,-36", "#ffffff", 7, opacity=0.45) for x in (-74, -48, -22)
    )
    kettle = (
        path("M24,-196 q-6,-66 42,-68 q48,2 42,68Z", home.tone("#7fb0b8"))
        + line("M44,-260 q22,-34 46,0", home.tone("#3f4658"), 7)
        + path("M106,-226 l26,-26 l8,8 l-30,36Z", home.tone("#7fb0b8"))
    )
    oven = rect(-100, -146, 200, 104, home.tone("#2f3448"), 12) + rect(
        -88, -134, 176, 80, c.vertical("#ffcf7a", "#f08a3c") if home.lamps else home.tone("#5a6078"), 8
    )
    return (
        steam
        + cut("M-128,-200 H128 V4 H-128Z", pale, depth=0.9)
        + rect(-132, -204, 264, 16, iron, 5)
        + oven
        + rect(-90, -166, 180, 9, iron, 4)
        + "".join(circle(x, -178, 8, iron) for x in (-84, -42, 0, 42, 84))
        + pot
        + kettle
    )


def _plate_rack(c: Canvas, home: Light) -> str:
    wood = home.tone("#b07d4c")
    plates = "".join(
        circle(x, -40, 38, home.tone(k))
        + circle(x, -40, 26, "none", stroke=home.tone("#ffffff"), stroke_width=4, opacity=0.7)
        for x, k in ((-108, "#e9939f"), (-36, "#7fb0c4"), (36, "#f2d08a"), (108, "#8fbf9a"))
    )
    cups = "".join(
        path(f"M{x - 22},30 h44 v26 q0,16 -16,16 h-12 q-16,0 -16,-16Z", home.tone(k))
        + path(f"M{x + 22},38 q18,4 0,24", stroke=home.tone(k), stroke_width=6)
        + line(f"M{x},14 v14", home.tone("#8a6a48"), 4)
        for x, k in ((-90, "#d9604a"), (-20, "#5f9a9a"), (50, "#e0a94a"), (120, "#8a6ba8"))
    )
    return plates + cut("M-166,0 H166 V14 H-166Z", wood, depth=0.7) + cups


def _hanging_pans(c: Canvas, home: Light) -> str:
    copper = home.tone("#c9784a")
    pans = "".join(
        line(f"M{x},0 v{h}", home.tone("#6b4a34"), 8)
        + circle(x, h + r, r, copper)
        + circle(x, h + r, r * 0.74, shade(copper, 0.2))
        for x, h, r in ((-84, 66, 40), (0, 50, 32), (76, 76, 46))
    )
    return line("M-136,0 H136", home.tone("#4a4f5f"), 11) + pans


def _jar(home: Light, colour: str) -> str:
    glass = rect(-28, -84, 56, 84, home.tone(colour), 10) + rect(-22, -78, 9, 70, "#ffffff", 4, opacity=0.35)
    return (
        glass
        + rect(-30, -98, 60, 18, home.tone("#8a5f3e"), 5)
        + rect(-18, -46, 36, 24, home.tone("#fff6e4"), 3)
    )


def _fruit_bowl(c: Canvas, home: Light) -> str:
    fruit = "".join(
        circle(
            x, y, 27, c.radial([(0, shade(home.tone(k), 0.35)), (1, home.tone(k))], cx=0.35, cy=0.3, r=0.8)
        )
        for x, y, k in (
            (-46, -66, "#e0483a"),
            (0, -78, "#f2a23c"),
            (46, -66, "#8fbf4a"),
            (-22, -58, "#f0c33c"),
            (24, -58, "#e0483a"),
        )
    )
    return (
        fruit
        + path(
            "M-94,-54 H94 Q80,0 34,0 H-34 Q-80,0 -94,-54Z",
            c.vertical(home.tone("#6fa9c4"), home.tone("#3f7f9f")),
        )
        + line("M-84,-40 H84", home.tone("#dff0f4"), 5, opacity=0.7)
    )


def _herb(c: Canvas, home: Light) -> str:
    leaf = home.tone("#6fae5a")
    return (
        "".join(
            ellipse(x, y, 17, 9, shade(leaf, s), turn=t)
            for x, y, t, s in (
                (-26, -88, -30, 0),
                (24, -94, 30, 0.1),
                (0, -108, 80, 0),
                (-14, -72, -20, 0.1),
                (18, -74, 20, -0.1),
                (0, -86, 0, 0.15),
            )
        )
        + path("M-34,-60 H34 L26,0 H-26Z", home.tone("#c9694a"))
        + rect(-38, -66, 76, 14, home.tone("#d98060"), 4)
    )


def _table(c: Canvas, home: Light) -> str:
    """A table with a checked cloth and a cake, about 400 wide, its feet on y = 0."""
    cloth, red = home.tone("#fff6e8"), home.tone("#e9806a")
    checks = "".join(rect(x, -170, 22, 130, red, opacity=0.5) for x in range(-220, 230, 44)) + "".join(
        rect(-230, y, 460, 18, red, opacity=0.45) for y in (-150, -110, -70)
    )
    drape = "M-214,-172 H214 L226,-46 Q190,-30 150,-46 Q110,-30 70,-46 Q30,-30 -10,-46 Q-50,-30 -90,-46 Q-130,-30 -170,-46 Q-200,-32 -226,-46Z"
    cake = (
        ellipse(60, -178, 92, 13, home.tone("#dfe6ea"))
        + path("M-8,-180 V-236 H128 V-180Z", home.tone("#f2c9a0"))
        + path(
            "M-12,-228 Q-12,-256 60,-256 Q132,-256 132,-228 q-10,22 -24,2 q-14,26 -30,0 q-16,24 -32,0 q-16,26 -30,0 q-14,20 -28,0Z",
            home.tone("#fbe9ee"),
        )
        + "".join(circle(x, -258, 9, home.tone("#d9404a")) for x in (20, 60, 100))
    )
    return (
        line("M-190,-60 V4 M190,-60 V4", home.tone("#8a5f3e"), 18)
        + cut(drape, cloth, depth=1)
        + group(checks, clip_path=c.clip(drape))
        + cake
    )


# --- furniture of the library ------------------------------------------------------------------------------


def _books_in_row(c: Canvas, home: Light, x0: float, x1: float, y: float, h: float) -> str:
    t = c.taste
    out, x = "", x0
    while x < x1 - 12:
        w = min(t.choice((17, 21, 25, 30)), x1 - x)
        tall = h * t.uniform(0.68, 0.96)
        tone = home.tone(t.choice(SPINES))
        lean = t.random() < 0.07 and x + w + 16 < x1
        spine = (
            rect(0, -tall, w - 1.5, tall, tone, 2)
            + rect(0, -tall + 10, w - 1.5, 4, home.tone("#f3dfae"), opacity=0.8)
            + rect(0, -18, w - 1.5, 4, home.tone("#f3dfae"), opacity=0.8)
        )
        out += placed(spine, x, y, turn=7) if lean else placed(spine, x, y)
        x += w + (14 if lean else 0)
    return out


def _bookcase(c: Canvas, home: Light, x0: float, x1: float, wood: str) -> str:
    tone, dark = home.tone(wood), home.tone(shade(wood, -0.42))
    out = cut(f"M{x0:.0f},{c.top - 20} H{x1:.0f} V780 H{x0:.0f}Z", tone, depth=1.3)
    inner0, inner1 = x0 + 20, x1 - 20
    bottom, row = 754.0, 152.0
    while bottom - row > c.top - row:
        out += rect(inner0, bottom - row + 18, inner1 - inner0, row - 18, dark) + _books_in_row(
            c, home, inner0 + 6, inner1 - 6, bottom, row - 22
        )
        out += rect(inner0 - 6, bottom, inner1 - inner0 + 12, 16, shade(tone, 0.12), 2)
        bottom -= row
    return out


def _leaning_ladder(c: Canvas, home: Light) -> str:
    wood = home.tone("#d9a468")
    return group(
        "".join(line(f"M-44,{y} H44", wood, 11) for y in range(-40, -620, -64))
        + line("M-48,0 V-640 M48,0 V-640", home.tone("#b07d4c"), 13),
        transform="rotate(7)",
    )


def _globe(c: Canvas, home: Light) -> str:
    ball = c.radial([(0, home.tone("#a9dbe4")), (1, home.tone("#3f8fb0"))], cx=0.36, cy=0.3, r=0.8)
    land = home.tone("#8fbf6a")
    return (
        c.ground_shadow(0, 2, 90, 12, 0.3)
        + line("M0,-30 V-120 M-52,2 Q0,-40 52,2", home.tone("#8a5f3e"), 11)
        + circle(0, -194, 76, ball)
        + path(
            "M-44,-236 q26,-20 44,4 q6,26 -20,30 q-34,0 -24,-34Z M10,-190 q30,-22 50,4 q2,34 -26,40 q-30,-10 -24,-44Z M-50,-176 q22,4 18,26 q-12,10 -22,-4Z",
            land,
        )
        + path("M-40,-262 A84,84 0 1 0 62,-128", stroke=home.tone("#d9a441"), stroke_width=9)
    )


def _armchair(c: Canvas, home: Light) -> str:
    tone = home.tone(c.taste.choice(("#b5533f", "#3f7a78", "#8a6a9a")))
    lamp = (
        line("M-150,0 V-400", home.tone("#d9a441"), 9)
        + ellipse(-150, 0, 44, 9, home.tone("#d9a441"))
        + path(
            "M-206,-390 L-182,-470 H-118 L-94,-390Z",
            c.vertical("#fff3c4", "#ffd27a") if home.lamps else home.tone("#f3dfb8"),
        )
    )
    return (
        c.ground_shadow(0, 6, 180, 16, 0.32)
        + lamp
        + cut(
            "M-104,-40 V-230 Q-104,-278 -56,-278 H56 Q104,-278 104,-230 V-40Z", shade(tone, -0.08), depth=0.9
        )
        + "".join(circle(x, y, 5, shade(tone, -0.32)) for x in (-44, 0, 44) for y in (-226, -186))
        + cut(
            "M-92,-130 H92 Q104,-130 104,-112 V-54 H-104 V-112 Q-104,-130 -92,-130Z",
            shade(tone, 0.12),
            depth=0.7,
        )
        + cut("M-136,-8 V-148 Q-136,-176 -108,-176 Q-82,-176 -82,-148 V-8Z", tone, depth=0.7)
        + cut("M136,-8 V-148 Q136,-176 108,-176 Q82,-176 82,-148 V-8Z", tone, depth=0.7)
        + rect(-84, -58, 168, 50, shade(tone, -0.14))
        + "".join(rect(x, -10, 20, 18, home.tone("#6b4a34"), 4) for x in (-126, 106))
    )


def _book_pile(c: Canvas, home: Light) -> str:
    out = c.ground_shadow(0, 2, 100, 11, 0.3)
    for i, (w, shift, colour) in enumerate(
        ((168, 0, "#2f7f86"), (150, 10, "#d9a441"), (160, -6, "#a8413a"), (130, 4, "#5b6fa8"))
    ):
        y = -30 * (i + 1)
        out += (
            rect(shift - w / 2, y, w, 29, home.tone(colour), 5)
            + rect(shift + w / 2 - 12, y + 5, 12, 19, home.tone("#fbf0d8"), 2)
            + rect(shift - w / 2 + 16, y, 8, 29, home.tone("#f3dfae"), opacity=0.7)
        )
    return out


# --- on the desk -------------------------------------------------------------------------------------------


def _desk_lamp(c: Canvas, home: Light) -> str:
    brass, teal = home.tone("#d9a441"), home.tone("#2f7f78")
    beam = (
        path("M70,-236 L-10,10 H330 L168,-250Z", c.linear([(0, "#fff0b8", 0.5), (1, "#fff0b8", 0.0)]))
        if home.lamps
        else ""
    )
    return (
        beam
        + c.ground_shadow(0, 2, 90, 14, 0.35)
        + ellipse(0, -6, 66, 15, teal)
        + line("M0,-10 L-50,-170 L66,-286", brass, 11)
        + circle(-50, -170, 12, teal)
        + circle(120, -236, 22, "#fff6cf" if home.lamps else home.tone("#f3ecd8"))
        + path("M44,-306 Q86,-338 124,-304 L176,-244 Q120,-236 70,-208 Q56,-262 44,-306Z", teal)
    )


def _pot_plant(c: Canvas, home: Light) -> str:
    leaf = home.tone("#4f9a6a")
    leaves = "".join(
        placed(
            path("M0,0 C-34,-40 -36,-104 0,-150 C36,-104 34,-40 0,0Z", shade(leaf, s))
            + line("M0,-6 V-128", shade(leaf, -0.24), 3, opacity=0.6),
            x,
            -86,
            k,
            turn=t,
        )
        for x, t, s, k in (
            (-10, -58, -0.12, 0.9),
            (10, 56, -0.1, 0.9),
            (-6, -30, 0.02, 1.1),
            (8, 28, 0.06, 1.08),
            (0, 0, 0.12, 1.2),
        )
    )
    return (
        c.ground_shadow(0, 2, 84, 13, 0.35)
        + leaves
        + path("M-60,-96 H60 L46,0 H-46Z", c.across(home.tone("#d98060"), home.tone("#b85a3f")))
        + rect(-66, -106, 132, 22, home.tone("#e09070"), 6)
    )


def _pencils(c: Canvas, home: Light) -> str:
    pencils = "".join(
        placed(
            rect(-7, -150, 14, 120, home.tone(k))
            + path("M-7,-150 L0,-174 L7,-150Z", home.tone("#f3dfb8"))
            + path("M-2.4,-166 L0,-174 L2.4,-166Z", home.tone("#3a3446")),
            x,
            0,
            turn=t,
        )
        for x, t, k in ((-20, -12, "#e9705a"), (-6, -4, "#f2c14e"), (8, 5, "#5f9ac4"), (20, 13, "#6fae6a"))
    )
    return (
        c.ground_shadow(0, 2, 56, 10, 0.35)
        + pencils
        + path("M-42,-86 H42 L38,0 H-38Z", c.across(home.tone("#8fb0c4"), home.tone("#5f86a0")))
        + rect(-42, -62, 84, 14, home.tone("#fff3dc"), opacity=0.6)
    )


def _mug(c: Canvas, home: Light) -> str:
    tone = home.tone("#e9b85a")
    steam = "".join(line(f"M{x},-104 q-10,-16 0,-32 t0,-30", "#ffffff", 6, opacity=0.5) for x in (-14, 14))
    return (
        c.ground_shadow(0, 2, 62, 11, 0.35)
        + steam
        + path("M44,-70 q40,4 0,46", stroke=tone, stroke_width=13)
        + path("M-46,-86 H46 L40,0 H-40Z", c.across(shade(tone, 0.1), shade(tone, -0.14)))
        + ellipse(0, -86, 46, 11, home.tone("#6b4530"))
        + ellipse(0, -86, 46, 11, "none", stroke=shade(tone, 0.16), stroke_width=5)
    )


def _notebook(c: Canvas, home: Light) -> str:
    """An open notebook lying on the desk, seen from the front."""
    page = c.across(home.tone("#fffaf0"), home.tone("#f0e4cc"), home.tone("#fffaf0"))
    lines = "".join(
        line(
            f"M{-176 + i * 5},{-66 + i * 17} H-24 M24,{-66 + i * 17} H{176 - i * 5 + i * 10 if i < 3 else 90}",
            home.tone("#b7c4d4"),
            3,
        )
        for i in range(4)
    )
    sketch = path("M70,-24 q20,-30 44,-8 q20,-16 34,12Z", home.tone("#9cc9a4"), opacity=0.9)
    return (
        ellipse(0, 4, 250, 20, "#1a1030", opacity=0.16)
        + path(
            "M-196,-92 Q-100,-112 0,-92 Q100,-112 196,-92 L236,4 Q120,-16 0,6 Q-120,-16 -236,4Z",
            home.tone("#a8413a"),
        )
        + path("M-188,-94 Q-98,-112 0,-94 Q98,-112 188,-94 L224,-4 Q118,-22 0,-4 Q-118,-22 -224,-4Z", page)
        + line("M0,-94 V-4", home.tone("#cdb891"), 4)
        + lines
        + sketch
        + placed(
            rect(-90, -6, 170, 13, home.tone("#f2b035"), 4)
            + path("M80,-6 l28,6.5 l-28,6.5Z", home.tone("#f3dfb8"))
            + rect(-100, -6, 16, 13, home.tone("#e9939f"), 4),
            150,
            26,
            turn=-14,
        )
    )
