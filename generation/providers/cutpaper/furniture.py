"""What a hero sits on or climbs, out of doors and in."""

from __future__ import annotations

from collections.abc import Callable

from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.colour import shade
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.people import CLIMB_HEIGHT, SEAT_HEIGHT
from generation.providers.cutpaper.scenery import pine, puff, stone
from generation.providers.cutpaper.shapes import circle, cut, ellipse, line, path, rect

TOP = -SEAT_HEIGHT - 12  # of every seat's surface, a little behind the thighs


def stump(c: Canvas, light: Light) -> str:
    bark, wood = light.tone("#7a5238"), light.tone("#e0bd8c")
    rings = "".join(
        ellipse(0, TOP, r, r * 0.2, "none", stroke=light.tone("#b98d5a"), stroke_width=2.5)
        for r in (24, 50, 76)
    )
    sides = cut(
        f"M-98,{TOP} C-92,-40 -104,-12 -128,4 L128,4 C104,-12 92,-40 98,{TOP}Z",
        c.across(bark, light.tone("#5c3d2a")),
        depth=0.8,
    )
    return (
        sides
        + line("M-60,-60 q6,30 -2,54 M-6,-50 v46 M52,-58 q-6,30 4,52", light.tone("#4f3424"), 4, opacity=0.6)
        + ellipse(0, TOP, 98, 20, wood)
        + rings
    )


def stone_seat(c: Canvas, light: Light) -> str:
    return stone(c, light, 6, 8, 270, "#a3a3a8") + ellipse(
        0, TOP + 4, 84, 12, light.ground("#c2c2c6"), opacity=0.7
    )


def bench(c: Canvas, light: Light) -> str:
    wood, iron = light.tone("#a9713f"), light.tone("#4a4f5f")
    slats = "".join(
        cut(f"M-170,{y} H170 V{y + 20} H-170Z", light.tone("#b67c48"), depth=0.4)
        for y in (TOP - 78, TOP - 46)
    )
    return (
        line(f"M-140,{TOP - 84} V6 M140,{TOP - 84} V6", iron, 11)
        + slats
        + cut(f"M-182,{TOP} H182 V{TOP + 22} H-182Z", wood, depth=0.6)
        + rect(-182, TOP + 14, 364, 8, light.tone("#8a5a30"), 2)
    )


def chair(c: Canvas, light: Light) -> str:
    wood, dark = light.tone("#c98a52"), light.tone("#9a6236")
    return (
        "".join(line(f"M{x},{TOP - 6} V2", dark, 14) for x in (-70, 70))
        + line(f"M-66,{TOP} V{TOP - 124} M66,{TOP} V{TOP - 124}", dark, 13)
        + "".join(rect(-66, TOP - y, 132, 16, wood, 8) for y in (120, 86, 52))
        + cut(f"M-84,{TOP - 4} H84 L92,{TOP + 18} H-92Z", wood, depth=0.5)
    )


def stool(c: Canvas, light: Light) -> str:
    wood, dark = light.tone("#d79a5b"), light.tone("#a66d3c")
    legs = line(f"M-62,{TOP + 10} L-82,4 M62,{TOP + 10} L82,4", dark, 14)
    return (
        legs
        + line("M-74,-26 H74", dark, 9)
        + ellipse(0, TOP + 10, 92, 19, dark)
        + ellipse(0, TOP + 3, 92, 19, wood)
    )


def crate(c: Canvas, light: Light) -> str:
    wood, dark = light.tone("#c99a5f"), light.tone("#9a6e3d")
    planks = "".join(rect(-104, TOP + 8 + i * 27, 208, 23, wood, 2) for i in range(3))
    return (
        cut(f"M-110,{TOP} H110 V6 H-110Z", dark, depth=0.8)
        + planks
        + rect(-112, TOP - 4, 224, 16, light.tone("#ddb077"), 3)
        + "".join(rect(x, TOP, 18, 78, light.tone("#b5844b")) for x in (-110, 92))
    )


def books(c: Canvas, light: Light) -> str:
    heights = 6
    step = -TOP / heights
    colours = ("#a8413a", "#2f7f86", "#d9a441", "#5b6fa8", "#7a9a5a", "#8a5a86")
    return "".join(
        rect(-112 + (i * 37) % 22, -(i + 1) * step, 206, step - 1, light.tone(colour), 4)
        + rect(86 + (i * 37) % 22, -(i + 1) * step + 3, 9, step - 7, light.tone("#fbf0d8"))
        for i, colour in enumerate(colours)
    )


def log(c: Canvas, light: Light) -> str:
    bark = c.vertical(light.tone("#8a5f40"), light.tone("#5c3d2a"))
    snow = (
        path(
            f"M-176,{TOP + 6} Q-90,{TOP - 12} 0,{TOP - 4} T176,{TOP + 4} L170,{TOP + 18} Q80,{TOP + 4} 0,{TOP + 16} T-172,{TOP + 18}Z",
            "#f4f8fd",
        )
        if light.cover
        else ""
    )
    return (
        cut(f"M-180,{TOP} H170 Q196,{TOP / 2} 170,2 H-180Z", bark, depth=0.8)
        + ellipse(-180, TOP / 2, 28, -TOP / 2, light.tone("#e0bd8c"))
        + "".join(
            ellipse(-180, TOP / 2, r * 0.7, r, "none", stroke=light.tone("#b98d5a"), stroke_width=2.5)
            for r in (12, 24)
        )
        + line("M-120,-50 h70 M-30,-30 h90 M70,-56 h60", light.tone("#4f3424"), 4, opacity=0.5)
        + snow
    )


def cloud_seat(c: Canvas, light: Light) -> str:
    white = shade(light.cloud, 0.5)
    return puff(c, 4, 22, 142, shade(white, -0.12)) + puff(c, 0, 14, 132, white)


def ladder(c: Canvas, light: Light) -> str:
    wood, dark = light.tone("#c08a52"), light.tone("#8d5f34")
    rungs = "".join(
        line(f"M-102,{y} H102", wood, 13) + line(f"M-102,{y + 5} H102", dark, 3, opacity=0.5)
        for y in range(4, -330, -62)
    )
    return (
        rungs
        + line(f"M-106,{CLIMB_HEIGHT} V-344 M106,{CLIMB_HEIGHT} V-344", dark, 17)
        + line(f"M-108,{CLIMB_HEIGHT} V-344 M104,{CLIMB_HEIGHT} V-344", wood, 11)
        + "".join(line(f"M-102,{y} H102", wood, 13) for y in (66, 128))
    )


def rope_ladder(c: Canvas, light: Light) -> str:
    rope, wood = light.tone("#d3a762"), light.tone("#b07f48")
    rungs = "".join(line(f"M-102,{y} H102", wood, 13) for y in range(int(CLIMB_HEIGHT) - 62, -1500, -62))
    return line(f"M-104,{CLIMB_HEIGHT - 20} V-1500 M104,{CLIMB_HEIGHT - 20} V-1500", rope, 8) + rungs


def climbing_tree(c: Canvas, light: Light) -> str:
    bark = c.across(light.tone("#8a6244"), light.tone("#5c3f2c"))
    foot = CLIMB_HEIGHT + 6
    trunk = (
        f"M-150,{foot} C-96,60 -98,-200 -88,-1500 H88 C98,-200 96,60 156,{foot} Q0,{foot + 30} -150,{foot}Z"
    )
    steps = "".join(
        path(f"M{x},{y} q{s * 40},-8 {s * 66},-2 l0,15 q{-s * 30},4 {-s * 66},11Z", light.tone("#6b4a34"))
        for x, y, s in ((-78, -252, -1), (78, -288, 1))
    ) + "".join(
        path(f"M{x - 30},{y} h60 l-10,14 h-40Z", light.tone("#4a3324")) for x, y in ((-26, -4), (42, -60))
    )
    grooves = line(
        "M-60,90 q10,-70 2,-140 M30,100 q-8,-60 4,-120 M-40,-320 q8,60 -2,120 M50,-420 q8,60 -2,120",
        light.tone("#4a3324"),
        6,
        opacity=0.45,
    )
    leaf = light.ground("#5f9a62")
    leaves = "".join(
        ellipse(x, y, 22, 12, leaf, turn=t)
        for x, y, t in ((-152, -262, 24), (-142, -242, -20), (154, -300, -24), (148, -278, 20))
    )
    return cut(trunk, bark, depth=1.4) + grooves + steps + leaves + _crown(light)


def _crown(light: Light) -> str:
    """Leaves that hang in from above."""
    leaf = light.ground("#5fa362")
    balls = ((-300, -640, 130), (-170, -600, 120), (0, -650, 150), (170, -596, 124), (300, -640, 130))
    return (
        "".join(circle(x + 3, y + 8, r + 3, shade(leaf, -0.28), opacity=0.5) for x, y, r in balls)
        + "".join(circle(x, y, r, leaf) for x, y, r in balls)
        + "".join(circle(x - 16, y - 14, r * 0.7, shade(leaf, 0.14), opacity=0.7) for x, y, r in balls)
    )


def climbing_rock(c: Canvas, light: Light) -> str:
    foot = CLIMB_HEIGHT + 8
    face = c.vertical(light.ground("#b0aaa6"), light.tone("#7d7876"))
    d = f"M-190,{foot} L-168,10 L-182,-120 L-150,-250 L-156,-400 L-110,-520 L10,-560 L120,-520 L150,-380 L142,-240 L178,-110 L160,20 L196,{foot}Z"
    ledges = "".join(
        path(f"M{x},{y} h{w} l-12,18 h{-w + 22}Z", light.tone("#6f6a69"))
        for x, y, w in (
            (-136, -246, 72),
            (70, -282, 72),
            (-68, -4, 84),
            (2, -60, 84),
            (-40, -420, 80),
            (-120, 84, 70),
            (50, 92, 80),
        )
    )
    cracks = line(
        "M-60,-480 l20,60 l-14,50 M90,-440 l-16,70 M-140,-60 l30,40 M120,-20 l-24,50 l10,40",
        light.tone("#6b6665"),
        4,
        opacity=0.5,
    )
    top = path("M-110,-520 L10,-560 L120,-520 L60,-512 L10,-530 L-40,-508Z", light.ground("#cfcac6"))
    tuft = pine(c, light, -20, -530, 90)
    return tuft + cut(d, face, depth=1.4) + cracks + ledges + top


def mast(c: Canvas, light: Light) -> str:
    return ""


SEATS: dict[str, Callable[[Canvas, Light], str]] = {
    "stump": stump, "stone": stone_seat, "bench": bench, "chair": chair, "stool": stool, "crate": crate, "books": books,
    "log": log, "cloud": cloud_seat,
}  # fmt: skip
CLIMBS: dict[str, Callable[[Canvas, Light], str]] = {
    "ladder": ladder, "rope": rope_ladder, "tree": climbing_tree, "rock": climbing_rock, "mast": mast,
}  # fmt: skip
