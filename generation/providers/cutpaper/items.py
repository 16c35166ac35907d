"""The things of a story. Each is drawn standing on 0, 0 and knows where, and how, a hand takes it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.colour import shade
from generation.providers.cutpaper.shapes import (
    Point,
    circle,
    cut,
    ellipse,
    group,
    line,
    path,
    placed,
    polygon,
    rect,
    smooth,
)

WOOD, IRON, GOLD, PAPER, RED, TEAL = "#8a5a36", "#4b4038", "#f0b73f", "#fbf0d8", "#d9503f", "#2f8f8d"

# hang: below the hand; up: above it; palm: upon it; front: between both hands, before the chest; wear: around the neck
Hold = Literal["hang", "up", "palm", "front", "wear", "overhead", "kite"]


@dataclass(frozen=True)
class Item:
    draw: Callable[[Canvas], str]
    hold: Hold
    grip: Point
    height: float
    glows: str = ""


def resting(canvas: Canvas, name: str, x: float, y: float, size: float = 1) -> str:
    """The item standing or lying on the ground at x, y."""
    item = ITEM_ART[name]
    shadow = canvas.ground_shadow(x, y, 62 * size, 11 * size)
    glow = canvas.glow(x, y - item.height * size / 2, 190 * size, item.glows, 0.6) if item.glows else ""
    return glow + shadow + placed(item.draw(canvas), x, y, size)


def held(canvas: Canvas, name: str, x: float, y: float, size: float = 1) -> str:
    """The item with its grip at x, y."""
    item = ITEM_ART[name]
    drawing = HELD.get(name, item.draw)(canvas)
    return placed(drawing, x - item.grip[0] * size, y - item.grip[1] * size, size)


def lantern(canvas: Canvas) -> str:
    flame = canvas.radial([(0, "#fffbe0"), (0.5, "#ffd873"), (1, "#f19a2e")])
    return (
        line("M-20,-74 Q0,-116 20,-74", IRON, 4.5)
        + rect(-25, -72, 50, 62, flame, 11, stroke=IRON, stroke_width=5)
        + path("M0,-56 q15,20 0,36 q-15,-16 0,-36Z", "#fff7d0")
        + path("M-30,-70 h60 l-9,-13 h-42z M-30,-11 h60 l-6,11 h-48z", IRON)
        + line("M-9,-70 v58 M9,-70 v58", IRON, 2.5, opacity=0.5)
    )


def folded_map(canvas: Canvas) -> str:
    sheet = "M-70,-84 L-24,-74 L24,-86 L70,-76 L70,0 L24,-9 L-24,3 L-70,-8Z"
    land = path(
        "M-58,-60 q16,-14 30,-2 q12,12 -4,26 q-20,8 -28,-6Z M8,-58 q22,-16 46,0 q6,22 -14,34 q-24,4 -32,-14Z",
        "#9cc38a",
    )
    route = line("M-46,-20 Q-14,-52 8,-30 T48,-44", RED, 3.6, stroke_dasharray="2 9")
    cross = line("M43,-50 l10,11 M53,-50 l-10,11", RED, 4.5)
    folds = path("M-24,-74 L24,-86 L24,-9 L-24,3Z", "#000000", opacity=0.06)
    return cut(sheet, PAPER, depth=0.5) + land + folds + route + cross


def basket(canvas: Canvas) -> str:
    body = "M-52,-46 L52,-46 Q50,-8 38,0 L-38,0 Q-50,-8 -52,-46Z"
    weave = "".join(line(f"M-50,{y} Q0,{y + 7} 50,{y}", "#9a6a32", 3, opacity=0.7) for y in (-34, -22, -10))
    fruit = "".join(
        circle(x, y, 15, canvas.radial([(0, shade(c, 0.35)), (1, c)], cx=0.35, cy=0.3, r=0.8))
        for x, y, c in (
            (-28, -50, RED),
            (0, -56, GOLD),
            (27, -50, "#7fb45f"),
            (-12, -44, "#e58a3c"),
            (14, -44, RED),
        )
    )
    return (
        line("M-44,-46 C-46,-118 46,-118 44,-46", "#a8763c", 8)
        + fruit
        + path(body, canvas.vertical("#d9a862", "#b47f3f"))
        + weave
        + rect(-57, -50, 114, 12, "#c08c48", 6)
    )


def umbrella(canvas: Canvas) -> str:
    return group(umbrella_open(canvas), transform="translate(-92,-14) rotate(62) scale(0.52)")


def umbrella_open(canvas: Canvas) -> str:
    """Upright, the hand at 0, 0 and the canopy above."""
    top, rim, half = -372, -262, 168
    gores = []
    for i, fill in enumerate((RED, "#fff4e2", RED, "#fff4e2", RED, "#fff4e2")):
        left, right = -half + i * half / 3, -half + (i + 1) * half / 3
        bend_left, bend_right = left * 0.94, right * 0.94
        gores.append(
            path(
                f"M0,{top} C{bend_left * 0.62:.0f},{top + 6} {bend_left:.0f},{top + 50} {left:.0f},{rim}"
                f" Q{(left + right) / 2:.0f},{rim - 20} {right:.0f},{rim} C{bend_right:.0f},{top + 50} {bend_right * 0.62:.0f},{top + 6} 0,{top}Z",
                fill,
            )
        )
    shade_side = path(
        f"M0,{top} C{half * 0.58:.0f},{top + 6} {half * 0.94:.0f},{top + 50} {half},{rim} Q{half * 0.83:.0f},{rim - 20} {half * 0.67:.0f},{rim} C{half * 0.6:.0f},{top + 50} {half * 0.3:.0f},{top + 6} 0,{top}Z",
        "#1a1030",
        opacity=0.09,
    )
    handle = line(f"M0,{rim - 30} L0,26 q0,20 -17,20 q-13,0 -14,-13", WOOD, 8)
    return line(f"M0,{top - 16} v18", WOOD, 7) + handle + "".join(gores) + shade_side


def kite(canvas: Canvas) -> str:
    return placed(kite_flying(canvas), 6, -30, 0.9, turn=58)


def kite_flying(canvas: Canvas) -> str:
    """The kite around its crossing, with a tail of bows."""
    quarters = (
        ("M0,-86 L58,-8 L0,-8Z", RED),
        ("M0,-86 L-58,-8 L0,-8Z", GOLD),
        ("M0,92 L58,-8 L0,-8Z", TEAL),
        ("M0,92 L-58,-8 L0,-8Z", "#f6ead0"),
    )
    tail = line("M0,92 q-26,26 0,52 t0,52", "#7a5a44", 3)
    bows = "".join(
        path(f"M{x},{y} l-15,-9 v18z l15,-9 v18z", colour)
        for x, y, colour in ((-12, 118, RED), (10, 154, GOLD), (-8, 186, TEAL))
    )
    return (
        tail
        + bows
        + cut("M0,-86 L58,-8 L0,92 L-58,-8Z", GOLD, depth=0.6)
        + "".join(path(d, fill) for d, fill in quarters)
        + line("M0,-86 V92 M-58,-8 H58", "#6b4a33", 3)
    )


def book(canvas: Canvas) -> str:
    pages = canvas.across("#fffaf0", "#f2e5cb", "#fffaf0")
    return (
        cut("M-68,-66 Q-34,-78 0,-64 Q34,-78 68,-66 L68,0 Q34,-10 0,4 Q-34,-10 -68,0Z", "#a8413a", depth=0.5)
        + path("M-61,-68 Q-32,-80 0,-66 Q32,-80 61,-68 L61,-9 Q32,-19 0,-5 Q-32,-19 -61,-9Z", pages)
        + line("M0,-66 V-6", "#cdb891", 3)
        + line(
            "M-50,-56 q20,-6 40,-1 M-50,-44 q20,-6 40,-1 M-50,-32 q20,-6 40,-1 M12,-57 q18,-5 38,1",
            "#b7a68a",
            3,
        )
        + path("M14,-44 q18,-5 36,1 v24 q-18,-6 -36,-1Z", "#9cc9c4")
        + circle(38, -34, 5, GOLD)
    )


def key(canvas: Canvas) -> str:
    gold = canvas.vertical("#ffd873", "#d9962b")
    return (
        path("M-7,-64 h14 v64 h-14z M7,-24 h22 v10 h-10 v8 h-12z M7,-6 h18 v8 h-18z", gold)
        + circle(0, -82, 27, gold)
        + circle(0, -82, 12, "#7d5a2a", opacity=0.75)
        + line("M-17,-92 q6,-12 18,-12", "#fff6d8", 4, opacity=0.8)
    )


def star(canvas: Canvas) -> str:
    points = [
        (math.cos(a) * r, -46 + math.sin(a) * r)
        for a, r in ((-math.pi / 2 + i * math.pi / 5, 46 if i % 2 == 0 else 22) for i in range(10))
    ]
    fill = canvas.radial([(0, "#fffbe0"), (0.6, "#ffd85e"), (1, "#f5b52f")])
    eyes = circle(-9, -48, 3.6, "#5a3a1e") + circle(9, -48, 3.6, "#5a3a1e")
    return (
        polygon(points, fill, stroke="#fff3c4", stroke_width=6, stroke_linejoin="round")
        + eyes
        + line("M-7,-38 q7,7 14,0", "#5a3a1e", 3)
    )


def flower(canvas: Canvas) -> str:
    petals = "".join(
        ellipse(0, -112, 13, 22, "#f28aa5", transform=f"rotate({a} 0 -92)") for a in range(0, 360, 60)
    )
    leaves = path("M0,-30 q-34,-6 -40,-32 q30,0 40,32Z M0,-18 q30,-8 38,-30 q-30,0 -38,30Z", "#5fa05a")
    return (
        line("M0,0 Q6,-46 0,-88", "#4c8a4a", 6)
        + leaves
        + petals
        + circle(0, -92, 14, "#ffd35c")
        + circle(-3, -95, 5, "#fff0b8", opacity=0.7)
    )


def bell(canvas: Canvas) -> str:
    gold = canvas.across("#e09f34", "#ffdc80", "#cd8a2a")
    return (
        line("M-9,-72 q9,-18 18,0", "#b67a26", 6)
        + circle(0, -8, 9, "#a86f22")
        + path("M-40,-14 C-26,-24 -32,-72 0,-72 C32,-72 26,-24 40,-14 Q0,-2 -40,-14Z", gold)
        + line("M-35,-19 Q0,-8 35,-19", "#b67a26", 4, opacity=0.7)
        + path("M-10,-78 l-18,-8 v16z l28,-8 v16z", RED, transform="translate(6,0)")
    )


def feather(canvas: Canvas) -> str:
    vane = canvas.vertical("#7ec8d8", "#3c86b5")
    return group(
        path("M0,-6 C-30,-30 -28,-96 4,-122 C32,-92 28,-34 0,-6Z", vane)
        + path("M-20,-44 l16,10 l-13,4Z M22,-66 l-17,14 l14,-2Z", "#dff3f5", opacity=0.9)
        + line("M-2,4 Q2,-60 4,-116", "#f4fbfb", 4),
        transform="rotate(14)",
    )


def shell(canvas: Canvas) -> str:
    fan = canvas.radial([(0, "#f29a86"), (0.6, "#f7bfa6"), (1, "#fde3d0")], cx=0.5, cy=1, r=1)
    ribs = "".join(
        line(f"M0,-6 Q{x * 0.6:.0f},-34 {x},-58", "#e08873", 3, opacity=0.7) for x in (-30, -16, 0, 16, 30)
    )
    return (
        path(
            "M-14,-2 L-20,-12 C-50,-20 -48,-58 -34,-56 Q-26,-70 -12,-62 Q0,-74 12,-62 Q26,-70 34,-56 C48,-58 50,-20 20,-12 L14,-2Z",
            fan,
        )
        + ribs
    )


def rope(canvas: Canvas) -> str:
    coils = "".join(
        ellipse(0, -38 + i * 4, 38 - i * 3, 30 - i * 2, "none", stroke=colour, stroke_width=8)
        for i, colour in enumerate(("#b98a4c", "#d3a762", "#c2924f"))
    )
    return coils + line("M-8,-66 v58 M4,-66 v58", "#e0bd82", 8) + line("M30,-14 q26,4 22,14", "#c2924f", 8)


def telescope(canvas: Canvas) -> str:
    brass = canvas.vertical("#ffe0a0", "#e0a544", "#9a6a22")
    tube = canvas.vertical("#5fa0a5", "#2c6d78")
    return group(
        rect(-76, -13, 50, 22, brass, 4)
        + rect(-30, -18, 58, 32, tube, 5)
        + rect(22, -23, 56, 42, brass, 6)
        + rect(72, -26, 12, 48, "#8a5d1e", 4),
        transform="translate(0,-30) rotate(-28)",
    )


def drum(canvas: Canvas) -> str:
    side = canvas.across("#c8493f", "#e9705a", "#b13d35")
    return (
        path("M-52,-52 L-52,-12 Q0,14 52,-12 L52,-52Z", side)
        + line("M-52,-44 L-30,-5 L-8,-36 L14,1 L34,-38 L52,-14", "#fbe3b0", 4)
        + ellipse(0, -54, 53, 17, "#fff4e0", stroke=GOLD, stroke_width=6)
        + line("M-30,-96 L-6,-58 M34,-98 L12,-58", WOOD, 6)
        + circle(-6, -57, 7, "#e9c48c")
        + circle(12, -57, 7, "#e9c48c")
    )


def letter(canvas: Canvas) -> str:
    return (
        cut("M-56,-72 h112 v72 h-112Z", PAPER, depth=0.5)
        + path("M-56,-72 L0,-26 L56,-72Z", "#f0dfba")
        + line("M-56,-72 L0,-26 L56,-72 M-56,-2 L-16,-36 M56,-2 L16,-36", "#cbb384", 3)
        + circle(0, -30, 12, RED)
        + path("M0,-24 q-8,-6 -5,-10 q3,-3 5,1 q2,-4 5,-1 q3,4 -5,10Z", "#ffe2da")
    )


def seed(canvas: Canvas) -> str:
    return (
        ellipse(
            0, -12, 21, 14, canvas.radial([(0, "#c98f56"), (1, "#8a5630")], cx=0.35, cy=0.3, r=0.8), turn=-18
        )
        + line("M4,-22 q2,-18 0,-30", "#5fa05a", 5)
        + path("M0,-50 q-26,2 -30,-20 q26,-4 30,20Z M2,-50 q4,-24 28,-22 q0,22 -28,22Z", "#7cba62")
    )


def scarf(canvas: Canvas) -> str:
    stripes = "".join(line(f"M{x},-20 q4,10 2,20", "#fff0dc", 7, opacity=0.75) for x in (-36, -14, 10, 34))
    folds = path("M-54,0 Q-66,-22 -46,-32 Q0,-52 46,-32 Q66,-22 54,0Z", RED)
    return (
        folds
        + path("M-40,-26 Q0,-40 40,-26 Q0,-18 -40,-26Z", shade(RED, -0.25), opacity=0.6)
        + stripes
        + path("M40,-12 l34,6 l-2,10 l-36,-2Z", shade(RED, -0.12))
    )


def boat(canvas: Canvas) -> str:
    return (
        line("M0,-22 V-116", WOOD, 5)
        + path("M6,-112 Q48,-78 54,-34 L6,-30Z", canvas.across("#fff6e6", "#eeddc0"))
        + path("M-6,-100 Q-34,-70 -40,-36 L-6,-32Z", GOLD)
        + path("M0,-118 l22,6 l-22,8Z", TEAL)
        + path("M-58,-28 L60,-28 Q52,0 32,0 L-30,0 Q-50,0 -58,-28Z", canvas.vertical("#d9604a", "#a83b34"))
        + rect(-60, -33, 122, 9, "#f4dcae", 4)
    )


def apple(canvas: Canvas) -> str:
    skin = canvas.radial([(0, "#ff9a7a"), (0.5, "#e0483a"), (1, "#b02e2e")], cx=0.36, cy=0.32, r=0.8)
    return (
        line("M2,-46 q0,-12 8,-18", WOOD, 5)
        + path("M6,-54 q12,-16 30,-10 q-8,16 -30,10Z", "#6fae54")
        + path(
            "M0,-44 C-14,-56 -36,-46 -34,-22 C-33,-4 -14,4 0,-2 C14,4 33,-4 34,-22 C36,-46 14,-56 0,-44Z",
            skin,
        )
    )


def rope_line(start: Point, end: Point, colour: str = "#f6efe2") -> str:
    """A kite's string: a slack curve from hand to kite."""
    middle = ((start[0] + end[0]) / 2 + 26, (start[1] + end[1]) / 2 + 40)
    return line(smooth([start, middle, end]), colour, 2.6, opacity=0.9)


HELD: dict[str, Callable[[Canvas], str]] = {"umbrella": umbrella_open, "kite": kite_flying}

ITEM_ART: dict[str, Item] = {
    "lantern": Item(lantern, "hang", (0, -96), 96, glows="#ffb84f"),
    "map": Item(folded_map, "front", (0, -40), 84),
    "basket": Item(basket, "hang", (0, -100), 100),
    "umbrella": Item(umbrella, "overhead", (0, 0), 130),
    "kite": Item(kite, "kite", (0, 0), 130),
    "book": Item(book, "front", (0, -32), 76),
    "key": Item(key, "up", (0, -12), 110),
    "star": Item(star, "up", (0, -6), 92, glows="#ffe27a"),
    "flower": Item(flower, "up", (0, -16), 130),
    "bell": Item(bell, "hang", (0, -78), 86),
    "feather": Item(feather, "up", (0, -6), 124),
    "shell": Item(shell, "palm", (0, -2), 68),
    "rope": Item(rope, "hang", (0, -60), 70),
    "telescope": Item(telescope, "up", (-16, -22), 78),
    "drum": Item(drum, "front", (0, -34), 98),
    "letter": Item(letter, "front", (0, -34), 72),
    "seed": Item(seed, "palm", (0, -2), 74),
    "scarf": Item(scarf, "wear", (0, 0), 40),
    "boat": Item(boat, "front", (0, -14), 118),
    "apple": Item(apple, "palm", (0, -2), 62),
}
