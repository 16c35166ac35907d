"""Clothes: the upper body in each outfit, with sleeves and trousers to match. The hip is at 0, 0."""

from __future__ import annotations

from dataclasses import dataclass

from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.colour import mix, shade
from generation.providers.cutpaper.looks import HeroLook
from generation.providers.cutpaper.shapes import circle, ellipse, group, line, path, rect

COAT = "M-46,-116 C-58,-70 -64,-24 -66,8 Q0,22 66,8 C64,-24 58,-70 46,-116 Q0,-126 -46,-116Z"
DRESS = "M-42,-116 C-50,-70 -74,-16 -84,24 Q0,42 84,24 C74,-16 50,-70 42,-116 Q0,-126 -42,-116Z"
SHIRT = "M-45,-116 C-54,-70 -54,-30 -53,2 Q0,14 53,2 C54,-30 54,-70 45,-116 Q0,-126 -45,-116Z"
CREAM = "#fff3e0"


@dataclass(frozen=True)
class Wear:
    """`sleeve` covers the share `sleeve_length` of the arm; `cuff` is its end. `lap` is what a seated figure shows."""

    torso: str
    sleeve: str
    cuff: str
    sleeve_length: float
    legs: str
    lap: str = ""


def wear(canvas: Canvas, look: HeroLook) -> Wear:
    return OUTFIT[look.outfit](canvas, look)


def coat(canvas: Canvas, look: HeroLook) -> Wear:
    colour = look.colour
    hood = path("M-60,-108 Q0,-150 60,-108 Q40,-84 0,-82 Q-40,-84 -60,-108Z", shade(colour, -0.2))
    details = (
        line("M0,-114 L0,12", shade(colour, -0.28), 3, opacity=0.6)
        + "".join(circle(11, y, 5.2, shade(colour, -0.42)) for y in (-88, -60, -32))
        + "".join(rect(x, -40, 32, 27, shade(colour, -0.12), 8) for x in (-53, 21))
        + "".join(line(f"M{x},-33 h26", shade(colour, -0.3), 2.6, opacity=0.6) for x in (-50, 24))
    )
    lap = "M-62,-14 C-72,4 -66,14 -54,18 Q0,26 54,18 C66,14 72,4 62,-14Z"
    return Wear(
        torso=hood + body(canvas, COAT, colour, details),
        sleeve=shade(colour, 0.03),
        cuff=shade(colour, -0.2),
        sleeve_length=1,
        legs=look.trousers,
        lap=path(lap, canvas.vertical(shade(colour, -0.05), shade(colour, -0.2))),
    )


def stripes(canvas: Canvas, look: HeroLook) -> Wear:
    bands = "".join(
        line(f"M-90,{y} Q0,{y + 12} 90,{y}", "#ffffff", 11, opacity=0.78) for y in range(-104, 10, 29)
    )
    return Wear(
        torso=body(canvas, SHIRT, look.colour, bands),
        sleeve=look.colour,
        cuff="#ffffff",
        sleeve_length=1,
        legs=look.trousers,
    )


def dress(canvas: Canvas, look: HeroLook) -> Wear:
    dots = "".join(
        circle(-84 + column * 28 + (row % 2) * 14, -92 + row * 24, 5.4, "#ffffff", opacity=0.8)
        for column in range(7)
        for row in range(5)
    )
    collar = path("M-34,-118 Q-18,-96 0,-106 Q18,-96 34,-118 Q0,-124 -34,-118Z", CREAM)
    hem = line("M-82,16 Q0,34 82,16", shade(look.colour, -0.24), 5, opacity=0.7)
    lap = "M-62,-20 C-86,6 -84,24 -66,32 Q0,46 66,32 C84,24 86,6 62,-20Z"
    lap_fill = canvas.vertical(look.colour, shade(look.colour, -0.18))
    lap_dots = "".join(
        circle(x, y, 5.4, "#ffffff", opacity=0.8)
        for x, y in ((-46, 4), (-16, 14), (16, 10), (48, 2), (-32, 26), (34, 26), (0, 32))
    )
    return Wear(
        torso=body(canvas, DRESS, look.colour, dots + hem + collar),
        sleeve=shade(look.colour, 0.05),
        cuff=CREAM,
        sleeve_length=0.46,
        legs=mix("#f3e6d8", look.trousers, 0.25),
        lap=path(lap, lap_fill) + lap_dots,
    )


def overalls(canvas: Canvas, look: HeroLook) -> Wear:
    shirt = mix(CREAM, look.accent, 0.12)
    bands = "".join(
        line(f"M-90,{y} Q0,{y + 10} 90,{y}", look.accent, 5, opacity=0.6) for y in range(-106, 0, 16)
    )
    colour = look.colour
    bib = (
        path(
            "M-34,-78 Q0,-72 34,-78 L38,-40 Q58,-34 58,8 Q0,20 -58,8 Q-58,-34 -38,-40Z",
            canvas.vertical(shade(colour, 0.08), shade(colour, -0.12)),
        )
        + line("M-28,-74 Q-36,-96 -32,-116 M28,-74 Q36,-96 32,-116", colour, 12)
        + "".join(
            circle(x, -72, 6, "#ffe3a0", stroke=shade(colour, -0.35), stroke_width=2) for x in (-27, 27)
        )
        + path("M-21,-52 h42 v22 q-21,14 -42,0Z", shade(colour, -0.16))
        + line("M-21,-46 h42", shade(colour, 0.25), 2.4, stroke_dasharray="5 5")
    )
    return Wear(
        torso=body(canvas, SHIRT, shirt, bands) + bib,
        sleeve=shirt,
        cuff=look.accent,
        sleeve_length=0.8,
        legs=shade(colour, -0.06),
    )


def jumper(canvas: Canvas, look: HeroLook) -> Wear:
    colour = look.colour
    knit = "".join(
        path(f"M{x},{-66} l9,10 l9,-10 l9,10 l9,-10 v10 l-9,10 l-9,-10 l-9,10 l-9,-10Z", CREAM, opacity=0.9)
        for x in range(-90, 90, 36)
    )
    dots = "".join(circle(x, y, 3.2, CREAM, opacity=0.8) for x in range(-54, 60, 18) for y in (-78, -38))
    rib = line("M-54,-2 Q0,10 54,-2", shade(colour, -0.2), 12) + "".join(
        line(f"M{x},{-4 + 6 * (1 - (x / 54) ** 2):.1f} v9", shade(colour, -0.34), 2, opacity=0.6)
        for x in range(-45, 50, 10)
    )
    neck = path("M-40,-120 Q0,-96 40,-120 L42,-106 Q0,-80 -42,-106Z", shade(colour, -0.18))
    return Wear(
        torso=body(canvas, SHIRT, colour, knit + dots + rib) + neck,
        sleeve=shade(colour, 0.03),
        cuff=shade(colour, -0.2),
        sleeve_length=1,
        legs=look.trousers,
    )


OUTFIT = {"coat": coat, "stripes": stripes, "dress": dress, "overalls": overalls, "jumper": jumper}


def body(canvas: Canvas, outline: str, colour: str, details: str) -> str:
    """The garment with its pattern cut to its outline, and the shade of its right side."""
    side = canvas.linear([(0, "#1a1040", 0.0), (0.6, "#1a1040", 0.0), (1, "#1a1040", 0.2)], x2=1, y2=0)
    return (
        path(outline, canvas.vertical(shade(colour, 0.1), colour, shade(colour, -0.12)))
        + group(details, clip_path=canvas.clip(outline))
        + path(outline, side)
    )


def scarf(colour: str) -> str:
    """Around the neck, one end hanging."""
    fringe = "".join(line(f"M{36 + i * 7},-36 v9", shade(colour, -0.3), 3) for i in range(3))
    return (
        path("M28,-108 Q66,-90 58,-36 L33,-36 Q40,-80 14,-104Z", shade(colour, -0.14))
        + fringe
        + line("M36,-58 q12,3 22,0", "#fff0dc", 6, opacity=0.8)
        + path("M-50,-124 Q0,-92 50,-124 L53,-102 Q0,-70 -53,-102Z", colour)
        + line("M-30,-106 q-2,10 2,16 M0,-98 v16 M30,-106 q2,8 0,14", "#fff0dc", 6, opacity=0.75)
        + ellipse(0, -86, 30, 3, shade(colour, -0.3), opacity=0.25)
    )
