"""Hair: what lies behind the head and body, and what frames the face. Same coordinates as faces.py."""

from __future__ import annotations

import math

from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.colour import shade
from generation.providers.cutpaper.looks import HeroLook
from generation.providers.cutpaper.shapes import circle, ellipse, line, path

CROWN = {
    "short": "M-79,12 C-98,-124 92,-126 80,12 C79,-10 70,-28 58,-36 C44,-24 30,-34 22,-40 C10,-26 -8,-30 -18,-42 C-28,-28 -46,-28 -56,-38 C-70,-26 -77,-10 -79,12Z",
    "bob": "M-85,24 C-102,-126 102,-126 85,24 C80,-2 76,-22 66,-34 C30,-22 -30,-22 -64,-36 C-76,-22 -80,-2 -85,24Z",
    "long": "M-83,26 C-102,-126 102,-126 83,26 C82,-8 64,-38 20,-54 C0,-34 -42,-26 -66,-18 C-77,-6 -81,6 -83,26Z",
    "wavy": "M-83,26 C-102,-126 102,-126 83,26 C80,0 76,-14 62,-28 Q49,-14 34,-32 Q18,-16 2,-34 Q-16,-16 -32,-32 Q-50,-14 -62,-28 C-75,-12 -81,4 -83,26Z",
    "puffs": "M-79,12 C-96,-122 96,-122 79,12 C77,-14 62,-32 36,-37 Q16,-40 0,-50 Q-16,-40 -36,-37 C-62,-32 -77,-14 -79,12Z",
    "buns": "M-79,12 C-96,-122 96,-122 79,12 C75,-14 68,-28 54,-36 C34,-22 -34,-22 -54,-36 C-68,-28 -75,-14 -79,12Z",
    "braids": "M-80,16 C-98,-122 98,-122 80,16 C79,-12 58,-32 0,-52 C-58,-32 -79,-12 -80,16Z",
    "ponytail": "M-79,12 C-96,-122 96,-122 79,12 C72,-28 42,-38 8,-42 C-24,-38 -68,-32 -79,12Z",
}
EARS_SHOW = {"short", "curly", "puffs", "buns", "braids", "ponytail", "bald"}


def behind(canvas: Canvas, look: HeroLook) -> str:
    fill = canvas.vertical(shade(look.hair_colour, 0.12), shade(look.hair_colour, -0.14))
    drawing = BEHIND.get(look.hair)
    return drawing(canvas, look, fill) if drawing else ""


def in_front(canvas: Canvas, look: HeroLook) -> str:
    if look.hair == "bald":
        return line("M-38,-54 Q-14,-68 12,-66", "#ffffff", 7, opacity=0.25)
    if look.hair == "hijab":
        return veil_front(canvas, look)
    fill = canvas.vertical(shade(look.hair_colour, 0.16), shade(look.hair_colour, -0.06))
    if look.hair in {"curly", "afro"}:
        return curls_front(look, fill)
    shadow = path(CROWN[look.hair], "#1a1030", opacity=0.16, transform="translate(0,5)")
    shine = line("M-44,-58 Q-16,-74 10,-72", shade(look.hair_colour, 0.45), 7, opacity=0.3)
    return shadow + path(CROWN[look.hair], fill) + shine + ties(look)


def _afro(canvas: Canvas, look: HeroLook, fill: str) -> str:
    ring = "".join(
        circle(math.cos(a) * 76, -30 + math.sin(a) * 72, 32 + 3 * (i % 2), fill)
        for i, a in enumerate(math.pi * (0.9 + 1.2 * i / 11) for i in range(12))
    )
    return ring + circle(0, -38, 88, fill)


def _curly(canvas: Canvas, look: HeroLook, fill: str) -> str:
    return "".join(circle(side * 74, -2 + row * 17, 17, fill) for side in (-1, 1) for row in range(2))


def _bob(canvas: Canvas, look: HeroLook, fill: str) -> str:
    return path("M-87,6 C-98,-112 98,-112 87,6 C94,46 86,66 62,74 L-62,74 C-86,66 -94,46 -87,6Z", fill)


def _long(canvas: Canvas, look: HeroLook, fill: str) -> str:
    return path(
        "M-85,0 C-100,-116 100,-116 85,0 C93,46 106,92 92,134 C70,146 52,112 0,112 C-52,112 -70,146 -92,134 C-106,92 -93,46 -85,0Z",
        fill,
    )


def _wavy(canvas: Canvas, look: HeroLook, fill: str) -> str:
    return path(
        "M-85,0 C-100,-116 100,-116 85,0 Q104,18 92,40 Q112,58 97,80 Q114,100 96,122 Q74,136 52,114 Q0,124 -52,114 Q-74,136 -96,122"
        " Q-114,100 -97,80 Q-112,58 -92,40 Q-104,18 -85,0Z",
        fill,
    )


def _puffs(canvas: Canvas, look: HeroLook, fill: str) -> str:
    puff = "".join(
        circle(side * 76 + math.cos(a) * 31, -64 + math.sin(a) * 31, 14, fill)
        for side in (-1, 1)
        for a in (i * math.pi / 4 for i in range(8))
    )
    return puff + "".join(circle(side * 76, -64, 36, fill) for side in (-1, 1))


def _buns(canvas: Canvas, look: HeroLook, fill: str) -> str:
    curl = "".join(
        line(f"M{side * 58 - 14},-74 q14,-20 28,-2", shade(look.hair_colour, 0.3), 4, opacity=0.5)
        for side in (-1, 1)
    )
    return "".join(circle(side * 58, -74, 31, fill) for side in (-1, 1)) + curl


def _braids(canvas: Canvas, look: HeroLook, fill: str) -> str:
    links = [
        ellipse(side * (82 + i * 1.6), 26 + i * 22, 17 - i, 14.5, fill, turn=side * 14)
        for side in (-1, 1)
        for i in range(5)
    ]
    ends = [circle(side * 90, 128, 9, look.accent) + ellipse(side * 91, 142, 9, 13, fill) for side in (-1, 1)]
    return "".join(links + ends)


def _ponytail(canvas: Canvas, look: HeroLook, fill: str) -> str:
    return path("M30,-64 C108,-96 138,-6 112,66 C104,84 90,66 94,40 C98,4 74,-14 36,-22Z", fill) + circle(
        82, -46, 11, look.accent
    )


def _veil(canvas: Canvas, look: HeroLook, fill: str) -> str:
    cloth = canvas.vertical(shade(look.veil, 0.12), shade(look.veil, -0.16))
    return path(
        "M-92,10 C-98,-114 98,-114 92,10 C98,60 78,102 62,112 L-62,112 C-78,102 -98,60 -92,10Z", cloth
    )


BEHIND = {
    "afro": _afro, "curly": _curly, "bob": _bob, "long": _long, "wavy": _wavy, "puffs": _puffs, "buns": _buns,
    "braids": _braids, "ponytail": _ponytail, "hijab": _veil,
}  # fmt: skip


def veil_front(canvas: Canvas, look: HeroLook) -> str:
    cloth = canvas.vertical(shade(look.veil, 0.2), shade(look.veil, -0.06))
    wrap = (
        "M-92,14 C-98,-106 98,-106 92,14 C92,52 72,84 40,96 L-40,96 C-72,84 -92,52 -92,14Z"
        " M-64,10 C-62,54 -40,68 0,68 C40,68 62,54 64,10 C64,-32 44,-52 0,-52 C-44,-52 -64,-32 -64,10Z"
    )
    fold = line("M-56,58 Q-20,88 34,90 M-72,30 Q-60,70 -30,90", shade(look.veil, -0.22), 4, opacity=0.5)
    return path(wrap, cloth, fill_rule="evenodd") + fold


def curls_front(look: HeroLook, fill: str) -> str:
    full = look.hair == "afro"
    reach, size = (66, 21) if full else (69, 22)
    edge = "".join(
        circle(math.cos(a) * reach, -10 + math.sin(a) * 54, size + 3 * (i % 2), fill)
        for i, a in enumerate(math.pi * (1.02 + 0.96 * i / 9) for i in range(10))
    )
    top = path("M-72,-26 C-62,-94 62,-94 72,-26 C42,-52 -42,-52 -72,-26Z", fill)
    swirls = "".join(
        line(f"M{x},{y} q8,-11 16,-1 q-1,8 -9,7", shade(look.hair_colour, 0.32), 3.2, opacity=0.5)
        for x, y in ((-58, -32), (-34, -62), (-6, -50), (14, -74), (36, -44), (52, -22))
    )
    return edge + top + swirls


def ties(look: HeroLook) -> str:
    if look.hair == "puffs":
        return "".join(circle(side * 54, -54, 9, look.accent) for side in (-1, 1))
    return ""
