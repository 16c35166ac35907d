"""Where people meet: town, market, station."""

from __future__ import annotations

from generation.contract import Scene
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.colour import mix, shade
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.places.stage import Spot, Stage, outdoors
from generation.providers.cutpaper.scenery import (
    blossom,
    height_at,
    ridge,
    round_tree,
    sky,
    street_lamp,
)
from generation.providers.cutpaper.shapes import circle, cut, ellipse, line, path, placed, rect

WALLS = ("#e8735a", "#f2b24c", "#5aa9a3", "#e9939f", "#6f8fc9", "#f1d08a", "#8fbf7f", "#c7795b", "#9a86c4")
ROOFS = ("#7b4b4b", "#4f5d78", "#6b5a7c", "#8a5643")
BUNTING = ("#e4572e", "#f2b035", "#2f8f9d", "#e9939f", "#8fbf7f")


def town(c: Canvas, light: Light, scene: Scene) -> Stage:
    sky(c, light, sun_x=0.2, sun_y=160)
    _skyline(c, light)
    edge = ridge(c, 640, 24, light.ground("#9ccf9a", 0.5), light.ground("#7fbf88", 0.4))
    c.add(
        "".join(
            round_tree(c, light, x, height_at(edge, x) + 16, c.random.uniform(90, 130), "#6fb977", 0.4)
            for x in range(20, int(c.width), 120)
        )
    )
    _row_of_houses(c, light, 800)
    _bunting(c, light, 420)
    _pavement(c, light, 796)
    road = light.tone("#66708c")
    c.add(
        rect(-20, 936, c.width + 40, 110, c.vertical(road, shade(road, -0.14))),
        rect(-20, 920, c.width + 40, 18, light.ground("#fff4e2")),
    )
    c.add(
        "".join(
            rect(x, 980, 96, 11, light.tone("#fff4d6"), 5, opacity=0.85)
            for x in range(-40, int(c.width), 190)
        )
    )
    c.add(street_lamp(c, light, c.x(0.78), 905))
    c.add(c.lifted(round_tree(c, light, c.x(0.12), 905, 330, "#5aa76a") + _planter(c, light, c.x(0.12), 905)))
    c.add(placed(_bicycle(light), c.x(0.9), 908, 1.0))
    if light.cover:
        c.add(rect(-20, 930, c.width + 40, 12, light.tone("#f4f8fd"), 6))
    return outdoors(c, seat="bench", climb="ladder", perch=Spot(c.x(0.78) - 2, 574, 0.3))


def _skyline(c: Canvas, light: Light) -> None:
    r = c.random
    x = -20.0
    while x < c.width:
        w, h = r.randint(60, 120), r.randint(160, 320)
        tone = light.ground(r.choice(("#a9cfe2", "#c9dbe4", "#b9c9de")), 0.85)
        roof = r.choice(
            (f"h{w}", f"l{w / 2},{-w * 0.4:.0f} l{w / 2},{w * 0.4:.0f}", f"q{w / 2},{-w * 0.5:.0f} {w},0")
        )
        c.add(path(f"M{x:.0f},660 v-{h} {roof} v{h}z", tone))
        pane = "#ffe39a" if light.lamps else "#ffffff"
        c.add(
            "".join(
                rect(x + 12 + i * 22, 660 - h + 24 + j * 34, 9, 14, pane, 2, opacity=0.4)
                for i in range(max(1, (w - 16) // 22))
                for j in range(h // 34 - 1)
            )
        )
        x += w + r.randint(-6, 8)


def _row_of_houses(c: Canvas, light: Light, base: float) -> None:
    t = c.taste
    walls = list(WALLS)
    t.shuffle(walls)
    x, i = -36.0, 0
    while x < c.width + 20:
        w = t.choice((188, 204, 226))
        c.add(
            _town_house(
                c,
                light,
                x,
                base,
                w,
                t.randint(320, 460),
                walls[i % len(walls)],
                t.choice(("gable", "flat", "mansard", "step")),
                shop=t.random() < 0.55,
            )
        )
        x += w + 2
        i += 1


def _town_house(
    c: Canvas, light: Light, x: float, base: float, w: float, h: float, wall: str, roof: str, *, shop: bool
) -> str:
    t = c.taste
    tone, top = light.tone(wall), base - h
    tiles = light.ground(t.choice(ROOFS))
    fill = c.vertical(shade(tone, 0.1), shade(tone, -0.1))
    pale = light.tone("#fff7ea")
    out = ""
    if roof in {"gable", "mansard"}:
        out += rect(x + w * 0.7, top - 110, 24, 70, shade(tiles, -0.1))
    if roof == "gable":
        out += path(
            f"M{x - 10:.0f},{top + 4} L{x + w / 2:.0f},{top - 96} L{x + w + 10:.0f},{top + 4}Z", tiles
        ) + circle(
            x + w / 2,
            top - 34,
            17,
            "#ffe9a8" if light.lamps else pale,
            stroke=shade(tone, -0.3),
            stroke_width=5,
        )
    elif roof == "mansard":
        out += path(
            f"M{x - 8:.0f},{top + 4} L{x + 22:.0f},{top - 74} L{x + w - 22:.0f},{top - 74} L{x + w + 8:.0f},{top + 4}Z",
            tiles,
        )
        out += "".join(
            path(f"M{x + w * q - 20:.0f},{top} v-36 q20,-26 40,0 v36z", shade(tone, 0.25))
            + rect(x + w * q - 11, top - 38, 22, 32, _pane(light, lit=q < 0.5), 9)
            for q in (0.32, 0.68)
        )
    elif roof == "step":
        a, b = w * 0.2, w * 0.16
        out += path(
            f"M{x:.0f},{top + 2} v-26 h{a:.0f} v-28 h{b:.0f} v-28 h{w - 2 * a - 2 * b:.0f} v28 h{b:.0f} v28 h{a:.0f} v26z",
            fill,
        )
    else:
        out += rect(x - 6, top - 14, w + 12, 24, light.ground(shade(wall, -0.25)), 5)
    out += rect(x, top, w, h, fill)
    out += _windows(c, light, x, top, w, h)
    out += (
        _shop_front(c, light, x, base, w)
        if shop
        else _front_door(light, x + w * 0.5, base, t.choice(("#2f6f6a", "#a8413a", "#34527c", "#7a4a8a")))
    )
    side = c.linear([(0, "#000000", 0.0), (0.75, "#000000", 0.0), (1, "#2a1840", 0.22)], x2=1, y2=0)
    return out + rect(x, top, w, h, side)


def _pane(light: Light, *, lit: bool) -> str:
    if lit and light.lamps:
        return "#ffdf8a"
    return light.tone("#bfe0ea")


def _windows(c: Canvas, light: Light, x: float, top: float, w: float, h: float) -> str:
    t = c.taste
    columns, rows = (3 if w > 200 else 2), max(2, int((h - 150) / 96))
    gap, pale = w / columns, light.tone("#fff7ea")
    out = ""
    for a in range(columns):
        for b in range(rows):
            wx, wy = x + gap * (a + 0.5) - 23, top + 30 + b * ((h - 170) / rows)
            lit = t.random() < 0.62
            out += rect(wx - 6, wy - 6, 58, 72, pale, 8) + rect(wx, wy, 46, 60, _pane(light, lit=lit), 4)
            out += line(f"M{wx + 23:.0f},{wy:.0f} v60 M{wx:.0f},{wy + 28:.0f} h46", pale, 4) + path(
                f"M{wx:.0f},{wy + 60:.0f} l26,-60 h12 l-26,60z", "#ffffff", opacity=0.22
            )
            if t.random() < 0.4:
                out += rect(wx - 8, wy + 60, 62, 15, light.tone("#8a5436"), 5)
                out += "".join(
                    circle(
                        wx + q,
                        wy + 58 + t.uniform(-4, 3),
                        7,
                        light.ground(t.choice(("#e8556a", "#ffd35c", "#6fb45f", "#ffffff", "#6fb45f"))),
                    )
                    for q in (0, 10, 20, 30, 40, 48)
                )
    return out


def _front_door(light: Light, x: float, base: float, colour: str) -> str:
    return (
        path(f"M{x - 36:.0f},{base} v-92 q36,-40 72,0 v92z", light.tone("#fff7ea"))
        + path(f"M{x - 27:.0f},{base} v-88 q27,-32 54,0 v88z", light.tone(colour))
        + circle(x + 16, base - 46, 4.5, "#ffd873")
    )


def _shop_front(c: Canvas, light: Light, x: float, base: float, w: float) -> str:
    t = c.taste
    awning = light.tone(t.choice(("#d9483b", "#2f7f86", "#3f6fb0", "#e29a2e")))
    pale = light.tone("#fff7ea")
    glass = (
        c.vertical("#fff2c6", "#ffd888")
        if light.lamps
        else c.vertical(light.tone("#fff2d6"), light.tone("#f0d8a8"))
    )
    show, door = (w - 48) * 0.58, (w - 48) * 0.34
    out = (
        rect(x + 14, base - 112, w - 28, 112, light.tone("#5d4037"), 5)
        + rect(x + 24, base - 96, show, 76, glass, 4)
        + rect(x + w - 24 - door, base - 96, door, 96, shade(awning, 0.1), 4)
    )
    stripe = (w - 8) / 8
    out += "".join(
        path(
            f"M{x + 4 + k * stripe:.1f},{base - 140} h{stripe:.1f} v34 a{stripe / 2:.1f},{stripe / 2:.1f} 0 0 1 -{stripe:.1f},0z",
            awning if k % 2 else pale,
        )
        for k in range(8)
    )
    return out + "".join(
        circle(
            x + 38 + k * 20, base - 32, 9, light.tone(t.choice(("#e4572e", "#f2b035", "#7fb45f", "#c0392b")))
        )
        for k in range(int((w - 60) * 0.58 / 20))
    )


def _bunting(c: Canvas, light: Light, y: float) -> None:
    for x0, y0, x1, y1 in ((-20.0, y, c.x(0.46), y + 32), (c.x(0.45), y + 30, c.width + 24, y - 20)):
        middle, low = (x0 + x1) / 2, max(y0, y1) + 90
        c.add(
            path(
                f"M{x0:.0f},{y0:.0f} Q{middle:.0f},{low:.0f} {x1:.0f},{y1:.0f}",
                stroke=light.tone("#fff7ea"),
                stroke_width=3.5,
            )
        )
        count = max(6, int((x1 - x0) / 48))
        for k in range(1, count):
            u = k / count
            px = (1 - u) ** 2 * x0 + 2 * u * (1 - u) * middle + u * u * x1
            py = (1 - u) ** 2 * y0 + 2 * u * (1 - u) * low + u * u * y1
            c.add(cut(f"M{px - 17:.0f},{py:.0f} h34 l-17,36z", light.tone(BUNTING[k % 5]), depth=0.4))


def _pavement(c: Canvas, light: Light, y: float) -> None:
    pale = light.ground("#e9d7c0")
    c.add(
        cut(f"M-20,{y} H{c.width + 20} V{BOTTOM + 20} H-20Z", c.vertical(pale, shade(pale, -0.1)), depth=1.6)
    )
    r = c.random
    for row in range(6):
        top, h, offset = y + 4 + row * 16 + row * row * 2.5, 15 + row * 5, (row % 2) * 40
        c.add(
            "".join(
                rect(
                    x + offset + 2,
                    top,
                    78,
                    h - 3,
                    mix(light.ground("#dcc7ad"), light.ground("#efe0cc"), round(r.random(), 1)),
                    5,
                )
                for x in range(-80, int(c.width), 82)
            )
        )


def _planter(c: Canvas, light: Light, x: float, y: float) -> str:
    flowers = "".join(
        blossom(c, light, x - 44 + q * 18, y - 31, 26, colour)
        for q, colour in enumerate(("#e9939f", "#ffffff", "#f2b035", "#e9939f", "#ffffff", "#e4572e"))
    )
    return path(f"M{x - 60:.0f},{y} h120 l-10,-34 h-100z", light.tone("#b0643f")) + flowers


def _bicycle(light: Light) -> str:
    frame, tyre = light.tone("#d9503f"), light.tone("#33384c")
    wheels = "".join(
        circle(x, -38, 36, "none", stroke=tyre, stroke_width=7)
        + circle(x, -38, 5, tyre)
        + line(f"M{x - 30},-38 h60 M{x},-68 v60", tyre, 1.6, opacity=0.6)
        for x in (-66, 66)
    )
    return (
        wheels
        + line("M-66,-38 L-20,-38 L40,-92 L-34,-92 Z M-20,-38 L-40,-104 M66,-38 L38,-112", frame, 7)
        + line("M-54,-106 h30", tyre, 9)
        + line("M38,-112 q16,-10 26,4", tyre, 6)
    )


def market(c: Canvas, light: Light, scene: Scene) -> Stage:
    sky(c, light, sun_x=0.5, sun_y=140)
    _skyline(c, light)
    _row_of_houses(c, light, 700)
    _bunting(c, light, 330)
    _pavement(c, light, 696)
    c.add(
        "".join(
            ellipse(c.x(x), y, w, w * 0.12, light.tone("#a98f72"), opacity=0.35)
            for x, y, w in ((0.17, 850, 240), (0.82, 850, 250))
        )
    )
    stalls = (
        (0.15, 852, 1.0, ("#d9483b", "#e4572e", "#f2b035", "#7fb45f")),
        (0.83, 848, 1.06, ("#2f7f86", "#f4d35e", "#e9705a", "#8a5a9a")),
    )
    for share, y, size, colours in stalls:
        c.add(placed(_stall(c, light, colours), c.x(share), y, size))
    c.add(placed(_stall(c, light, ("#e29a2e", "#f28aa5", "#ffffff", "#b79ae0")), c.x(0.5), 742, 0.6))
    front = [
        placed(_barrow(c, light), c.x(0.965), 1040, 1.0),
        placed(_barrow(c, light), c.x(0.03), 1044, 1.0),
    ]
    return outdoors(c, y=925, seat="crate", climb="ladder", front=front)


def _stall(c: Canvas, light: Light, colours: tuple[str, str, str, str]) -> str:
    """A stall with an awning, about 420 wide and 380 high."""
    awning, pale, wood = light.tone(colours[0]), light.tone("#fff7ea"), light.tone("#b07d4c")
    posts = "".join(rect(x, -330, 15, 330, light.tone("#8d5f34"), 4) for x in (-196, 181))
    back = rect(-184, -260, 368, 140, light.tone("#7a5a48"), opacity=0.5)
    step = 440 / 9
    canopy = "".join(
        path(
            f"M{-220 + k * step:.0f},-352 h{step:.1f} l6,78 a{step / 2 + 1:.1f},{step / 2 + 1:.1f} 0 0 1 -{step + 2:.1f},0Z",
            awning if k % 2 == 0 else pale,
        )
        for k in range(9)
    )
    lamp = c.glow(0, -250, 190, "#ffd98a", 0.6) + circle(0, -252, 15, "#fff0b8") if light.lamps else ""
    heaps = ""
    for i, colour in enumerate(colours[1:]):
        x = -122 + i * 122
        tone = light.tone(colour)
        heaps += "".join(
            circle(
                x + dx, -128 - dy, 19, c.radial([(0, shade(tone, 0.3)), (1, tone)], cx=0.35, cy=0.3, r=0.8)
            )
            for dx, dy in ((-34, 0), (0, 0), (34, 0), (-17, 26), (17, 26), (0, 50))
        )
        heaps += path(f"M{x - 58},-122 h116 l-8,36 h-100Z", light.tone("#d2a465"))
    counter = (
        cut("M-214,-92 H214 V0 H-214Z", wood, depth=0.9)
        + "".join(line(f"M{x},-84 V-6", shade(wood, -0.2), 3, opacity=0.6) for x in range(-170, 200, 44))
        + rect(-220, -100, 440, 16, shade(wood, 0.2), 4)
    )
    snow = rect(-214, -362, 428, 18, "#f4f8fd", 9) if light.cover else ""
    return back + posts + lamp + heaps + counter + canopy + snow


def _barrow(c: Canvas, light: Light) -> str:
    wood = light.tone("#a8743f")
    pumpkins = "".join(
        ellipse(x, y, 34, 28, light.tone("#e8843c"))
        + line(f"M{x},{y - 26} v-14", light.tone("#5f8a45"), 6)
        + line(
            f"M{x - 12},{y - 22} q-8,22 0,44 M{x + 12},{y - 22} q8,22 0,44",
            light.tone("#c2662a"),
            3,
            opacity=0.6,
        )
        for x, y in ((-44, -84), (34, -86), (-6, -112))
    )
    return (
        pumpkins
        + cut("M-104,-74 H104 L84,-8 H-84Z", wood, depth=0.9)
        + line("M-90,-52 H90 M-86,-28 H86", shade(wood, -0.22), 3)
    )


def station(c: Canvas, light: Light, scene: Scene) -> Stage:
    """A platform with a small train standing at it, under a roof of iron."""
    sky(c, light, sun_x=0.86, sun_y=150)
    ridge(c, 560, 50, light.ground("#86b4a4", 0.8), light.ground("#8fbf94", 0.6))
    c.add(
        "".join(
            round_tree(c, light, x, 640, c.random.uniform(80, 140), "#6aa980", 0.5)
            for x in range(10, int(c.width) + 40, 84)
        )
    )
    c.add(placed(_station_house(c, light), c.x(0.12), 716, 1.0))
    c.add(
        rect(-20, 730, c.width + 40, 90, light.tone("#7a7484")),
        rect(-20, 722, c.width + 40, 12, light.tone("#5a5464")),
    )
    c.add(placed(_train(c, light), c.x(0.66), 742, 1.0))
    _pavement(c, light, 792)
    c.add(rect(-20, 790, c.width + 40, 15, light.tone("#f2cf6a")))
    if c.width > 1200:
        c.add(placed(_clock(c, light), c.x(0.915), 905, 1.0))
    c.add(placed(_luggage(light), c.x(0.83), 905, 1.0))
    return outdoors(c, y=930, seat="bench", climb="ladder", front=[], perch=Spot(c.x(0.12), 436, 0.34))


def _station_house(c: Canvas, light: Light) -> str:
    wall, pale = light.tone(c.taste.choice(("#d9836a", "#e0b27a", "#8fb0b8"))), light.tone("#fff3de")
    roof = light.ground("#5f5a78")
    arches = "".join(
        path(f"M{x - 34},0 v-110 q34,-44 68,0 v110Z", pale)
        + path(f"M{x - 25},0 v-104 q25,-34 50,0 v104Z", _pane(light, lit=True))
        + line(f"M{x},0 v-124 M{x - 25},-60 h50", pale, 5)
        for x in (-140, -46, 48, 142)
    )
    clock = circle(0, -226, 30, pale, stroke=roof, stroke_width=7) + line(
        "M0,-226 v-17 M0,-226 l12,7", "#3a3446", 5
    )
    return (
        cut("M-206,0 V-190 H206 V0Z", wall)
        + cut("M-230,-184 L-190,-262 H190 L230,-184Z", roof)
        + cut("M-60,-186 V-250 L0,-290 L60,-250 V-186Z", wall, depth=0.6)
        + clock
        + arches
    )


def _train(c: Canvas, light: Light) -> str:
    """An engine with two carriages, its wheels on y = 0, heading left."""
    green, red, gold, dark = (
        light.tone("#2f7f76"),
        light.tone("#c8493f"),
        light.tone("#f0b73f"),
        light.tone("#33304a"),
    )
    smoke = "".join(
        circle(x, y, q, light.tone("#ffffff"), opacity=o)
        for x, y, q, o in (
            (-352, -262, 22, 0.75),
            (-318, -302, 32, 0.6),
            (-268, -340, 40, 0.45),
            (-206, -366, 46, 0.3),
        )
    )
    engine = (
        smoke
        + path("M-376,-172 h44 l8,-66 h-60Z", dark)
        + cut("M-440,-170 H-210 V-24 H-440Z", green, depth=0.9)
        + cut("M-250,-226 H-120 V-24 H-250Z", green, depth=0.9)
        + rect(-262, -240, 154, 20, dark, 8)
        + rect(-226, -200, 82, 70, _pane(light, lit=True), 8, stroke=gold, stroke_width=6)
        + "".join(rect(x, -172, 10, 148, gold) for x in (-412, -340))
        + rect(-290, -198, 34, 30, gold, 12)
        + circle(-440, -100, 26, gold) + circle(-440, -100, 16, "#fff3c4")
        + path("M-440,-30 l-40,36 h60Z", red)
    )  # fmt: skip
    wagons = ""
    for x, colour in ((-90, red), (230, light.tone("#e29a2e"))):
        wagons += (
            line(f"M{x - 24},-40 h30", dark, 9)
            + cut(f"M{x},-206 H{x + 290} V-24 H{x}Z", colour, depth=0.9)
            + rect(x - 10, -222, 310, 24, dark, 10)
        )
        wagons += "".join(
            rect(
                x + 24 + i * 86,
                -180,
                66,
                72,
                _pane(light, lit=True),
                8,
                stroke=light.tone("#fff3de"),
                stroke_width=6,
            )
            for i in range(3)
        ) + rect(x, -88, 290, 12, light.tone("#fff3de"), opacity=0.8)
    wheels = "".join(
        circle(x, -14, r, dark) + circle(x, -14, r * 0.55, gold) + circle(x, -14, r * 0.24, dark)
        for x, r in ((-392, 34), (-306, 34), (-180, 34), (-40, 28), (150, 28), (280, 28), (470, 28))
    )
    return engine + wagons + wheels


def _clock(c: Canvas, light: Light) -> str:
    iron, pale = light.tone("#33405c"), "#fff6e2"
    glow = c.glow(0, -330, 110, "#ffe2a0", 0.5) if light.lamps else ""
    return (
        glow
        + line("M0,0 V-300", iron, 13)
        + path("M-26,2 h52 l-10,-26 h-32Z", iron)
        + circle(0, -332, 50, iron)
        + circle(0, -332, 40, pale)
        + line("M0,-332 V-358 M0,-332 L18,-320", "#33304a", 6)
        + "".join(circle(x, y, 3, "#33304a") for x, y in ((0, -366), (34, -332), (0, -298), (-34, -332)))
    )


def _luggage(light: Light) -> str:
    brown, teal, gold = light.tone("#a8683c"), light.tone("#3f8a8a"), light.tone("#f0cf8a")
    return (
        line("M-30,-92 q20,-26 40,0", light.tone("#6b452a"), 8)
        + cut("M-84,-90 H66 V0 H-84Z", brown, depth=0.7)
        + "".join(rect(x, -90, 14, 90, gold) for x in (-58, 26))
        + line("M-44,-142 q16,-20 32,0", light.tone("#2a5f60"), 7)
        + cut("M-74,-140 H22 V-92 H-74Z", teal, depth=0.5)
        + rect(-36, -124, 20, 15, gold, 3)
    )
