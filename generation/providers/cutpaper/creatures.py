"""The animals. Most sit facing us, built from one body and their own ears, tail and markings; some go their own way.

Each stands on 0, 0 and is about 250 high at size 1; `SIZES` gives how big it is beside a child.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.colour import shade
from generation.providers.cutpaper.shapes import Point, circle, ellipse, group, line, path, rect

INK, BLUSH = "#241a22", "#f0605a"
FLYERS = {"bird", "bat", "firefly", "owl"}
SWIMMERS = {"whale"}
SIZES = {
    "fox": 0.9, "rabbit": 0.78, "bear": 1.12, "cat": 0.8, "dog": 0.9, "owl": 0.72, "wolf": 1.0, "panda": 1.02,
    "mouse": 0.52, "hedgehog": 0.62, "frog": 0.56, "bird": 0.5, "turtle": 0.66, "squirrel": 0.66, "deer": 1.05,
    "beaver": 0.8, "bat": 0.6, "firefly": 0.42, "whale": 0.9, "crab": 0.6,
}  # fmt: skip


@dataclass(frozen=True)
class Coat:
    fur: str
    belly: str
    dark: str
    ears: str
    tail: str
    mask: str = "muzzle"


COATS = {
    "fox": Coat("#e8762d", "#fff1e0", "#5a2e1a", "point", "bushy", "cheeks"),
    "rabbit": Coat("#cbb8ac", "#fff7ef", "#8c7568", "long", "puff"),
    "bear": Coat("#9a6840", "#e0bd92", "#5f3d22", "round", ""),
    "cat": Coat("#8d93a6", "#f3f1f4", "#565b6d", "point", "thin", "cheeks"),
    "dog": Coat("#d9a55c", "#fff3df", "#7d4f25", "flop", "wag"),
    "wolf": Coat("#77839a", "#eef1f6", "#3e4658", "point", "bushy", "cheeks"),
    "panda": Coat("#f5f3ef", "#ffffff", "#2d2a33", "round", "", "patches"),
    "mouse": Coat("#b9aab0", "#f7ece8", "#8d7d84", "big", "whip"),
    "hedgehog": Coat("#caa074", "#f6e4c6", "#6b4a36", "small", ""),
    "squirrel": Coat("#c9683a", "#fbe6cc", "#7d3d20", "tuft", "plume"),
    "deer": Coat("#c08a56", "#f7e6cb", "#6b4527", "leaf", "puff"),
    "beaver": Coat("#8a5c3c", "#d9b48a", "#54361f", "small", "paddle"),
}


def creature(canvas: Canvas, kind: str, *, mood: str = "happy", scarf: str = "") -> str:
    """The animal on 0, 0, without its shadow on the ground."""
    if kind in OTHERS:
        return OTHERS[kind](canvas, mood)
    return sitting(canvas, kind, COATS[kind], mood=mood, scarf=scarf)


def sitting(canvas: Canvas, kind: str, coat: Coat, *, mood: str, scarf: str) -> str:
    fill = canvas.vertical(shade(coat.fur, 0.14), shade(coat.fur, -0.14))
    parts = [
        TAILS[coat.tail](coat, fill) if coat.tail else "",
        spines(canvas, coat) if kind == "hedgehog" else "",
        trunk(kind, coat, fill),
        neckerchief(scarf) if scarf else "",
        antlers() if kind == "deer" else "",
        EARS[coat.ears](coat, fill),
        path(
            "M0,-232 C50,-232 80,-206 84,-172 C86,-150 60,-116 0,-112 C-60,-116 -86,-150 -84,-172 C-80,-206 -50,-232 0,-232Z",
            fill,
        ),
        quiff(coat) if kind == "hedgehog" else "",
        markings(kind, coat),
        flopped(canvas, coat) if coat.ears == "flop" else "",
        eyes_and_cheeks(mood),
        snout(kind, mood),
    ]
    return "".join(parts)


def trunk(kind: str, coat: Coat, fill: str) -> str:
    arms = coat.dark if kind == "panda" else coat.fur
    paws = coat.dark if kind in {"fox", "wolf", "panda", "deer"} else coat.belly
    haunch = coat.dark if kind == "panda" else shade(coat.fur, -0.06)
    return (
        path("M-50,-6 C-58,-60 -44,-122 0,-126 C44,-122 58,-60 50,-6 Q0,8 -50,-6Z", fill)
        + path("M-25,-8 C-33,-60 -24,-106 0,-108 C24,-106 33,-60 25,-8 Q0,0 -25,-8Z", coat.belly)
        + "".join(ellipse(side * 30, -8, 24, 15, haunch) for side in (-1, 1))
        + "".join(line(f"M{side * 21},-88 L{side * 18},-15", shade(arms, -0.16), 26) for side in (-1, 1))
        + "".join(line(f"M{side * 21},-88 L{side * 18},-15", arms, 23.5) for side in (-1, 1))
        + "".join(ellipse(side * 18, -8, 15.5, 9.5, paws) for side in (-1, 1))
        + (
            "".join(
                circle(x, y, 5, coat.belly, opacity=0.9)
                for x, y in ((-42, -64), (-38, -44), (42, -66), (38, -46))
            )
            if kind == "deer"
            else ""
        )
    )


def markings(kind: str, coat: Coat) -> str:
    if coat.mask == "cheeks":
        lower = "M-84,-166 C-70,-176 -40,-180 -5,-158 L3,-170 L11,-158 C40,-180 70,-176 84,-166 C82,-144 56,-116 0,-112 C-56,-116 -82,-144 -84,-166Z"
        stripes = (
            line("M-12,-226 v18 M0,-229 v22 M12,-226 v18", coat.dark, 5, opacity=0.7) if kind == "cat" else ""
        )
        return path(lower, coat.belly) + stripes
    if coat.mask == "patches":
        patches = "".join(ellipse(3 + side * 31, -176, 20, 23, coat.dark, turn=side * 20) for side in (-1, 1))
        return (
            patches
            + ellipse(3, -142, 32, 24, "#ffffff")
            + "".join(circle(3 + side * 31, -177, 13.5, "#ffffff", opacity=0.92) for side in (-1, 1))
        )
    spots = (
        "".join(circle(x, y, 4.6, coat.belly, opacity=0.9) for x, y in ((-16, -212), (4, -218), (22, -210)))
        if kind == "deer"
        else ""
    )
    return spots + ellipse(3, -142, 37, 28, coat.belly)


def eyes_and_cheeks(mood: str, y: float = -176, spread: float = 31, shift: float = 3, size: float = 1) -> str:
    parts = []
    for side in (-1, 1):
        x = shift + side * spread
        if mood == "sleepy":
            parts.append(line(f"M{x - 10:.1f},{y} q10,10 20,0", INK, 4.6))
        elif mood == "laugh":
            parts.append(line(f"M{x - 10:.1f},{y + 3} q10,-13 20,0", INK, 4.6))
        else:
            parts.append(
                ellipse(x + 1, y, 9.8 * size, 11.8 * size, INK)
                + circle(x + 4, y - 5 * size, 3.8 * size, "#ffffff")
                + circle(x - 2, y + 5 * size, 1.9 * size, "#ffffff", opacity=0.85)
            )
        parts.append(ellipse(shift + side * (spread + 21), y + 25, 12.5, 8, BLUSH, opacity=0.3))
        if mood in {"worried", "sad"}:
            parts.append(line(f"M{x - 9:.1f},{y - 19 - side * 3} l18,{side * 6}", INK, 3.6, opacity=0.7))
    return "".join(parts)


def snout(kind: str, mood: str) -> str:
    nose = path(
        "M-9,-157 Q3,-163 15,-157 Q12,-146 3,-143 Q-6,-146 -9,-157Z",
        "#2d2026" if kind != "mouse" else "#e58a93",
    )
    if mood in {"laugh", "wow"}:
        mouth = path("M-9,-137 Q3,-133 15,-137 Q12,-120 3,-120 Q-6,-120 -9,-137Z", "#7c2430") + ellipse(
            3, -124, 5, 3.4, "#ef8080"
        )
    elif mood in {"sad", "worried"}:
        mouth = line("M-6,-130 Q3,-138 12,-130", "#2d2026", 3.6)
    else:
        mouth = line("M-11,-137 Q-3,-127 3,-138 Q9,-127 17,-137", "#2d2026", 3.6)
    teeth = (
        path("M-4,-132 h14 v11 h-14Z", "#fffdf6", stroke="#d9c9b4", stroke_width=1.5)
        if kind == "beaver"
        else ""
    )
    whiskers = ""
    if kind in {"cat", "mouse", "rabbit"}:
        whiskers = line(
            "M-30,-146 l-34,-6 M-30,-138 l-34,4 M36,-146 l34,-6 M36,-138 l34,4", "#ffffff", 2.4, opacity=0.8
        )
    return whiskers + nose + mouth + teeth


def neckerchief(colour: str) -> str:
    return path("M-42,-122 Q0,-98 42,-122 L44,-106 Q0,-78 -44,-106Z", colour) + path(
        "M20,-102 L42,-60 L19,-58 L8,-96Z", shade(colour, -0.14)
    )


def spines(canvas: Canvas, coat: Coat) -> str:
    points: list[Point] = []
    for i in range(29):
        a = math.pi * (0.86 + 1.28 * i / 28)
        r = (112 if i % 2 else 92) * (1.0 + 0.08 * math.sin(a * 3))
        points.append((math.cos(a) * r, -128 + math.sin(a) * r * 1.12))
    d = "M" + " L".join(f"{x:.0f},{y:.0f}" for x, y in points) + " L70,-4 L-70,-4Z"
    return path(d, canvas.vertical(shade(coat.dark, 0.16), coat.dark))


def quiff(coat: Coat) -> str:
    return path(
        "M-80,-190 L-72,-214 L-60,-206 L-48,-232 L-32,-216 L-16,-242 L0,-222 L16,-242 L32,-216 L48,-232 L60,-206 L72,-214 L80,-190 C50,-206 -50,-206 -80,-190Z",
        shade(coat.dark, 0.08),
    )


def antlers() -> str:
    return "".join(
        line(
            f"M{side * 26},-222 C{side * 30},-262 {side * 52},-272 {side * 60},-300 M{side * 38},-258 q{side * -4},-22 {side * 4},-36 M{side * 50},-276 q{side * 20},-4 {side * 28},-18",
            "#8d6842",
            9,
        )
        for side in (-1, 1)
    )


def _point_ears(coat: Coat, fill: str) -> str:
    return "".join(
        path(
            f"M{s * 22},-200 C{s * 36},-232 {s * 52},-262 {s * 62},-264 C{s * 74},-262 {s * 76},-214 {s * 66},-172Z",
            fill,
        )
        + path(
            f"M{s * 44},-244 C{s * 52},-257 {s * 58},-264 {s * 62},-264 C{s * 70},-262 {s * 74},-244 {s * 73},-226 Q{s * 58},-232 {s * 44},-244Z",
            coat.dark,
        )
        + path(
            f"M{s * 36},-204 C{s * 44},-222 {s * 54},-236 {s * 59},-238 C{s * 65},-232 {s * 64},-206 {s * 58},-186Z",
            coat.belly,
            opacity=0.75,
        )
        for s in (-1, 1)
    )


def _long_ears(coat: Coat, fill: str) -> str:
    return "".join(
        path(
            f"M{s * 14},-200 C{s * 4},-300 {s * 34},-330 {s * 46},-318 C{s * 62},-300 {s * 54},-230 {s * 44},-196Z",
            fill,
        )
        + path(
            f"M{s * 22},-206 C{s * 16},-286 {s * 34},-308 {s * 40},-302 C{s * 50},-288 {s * 44},-236 {s * 36},-204Z",
            "#f5b5b0",
            opacity=0.8,
        )
        for s in (-1, 1)
    )


def _round_ears(coat: Coat, fill: str) -> str:
    panda = coat.mask == "patches"
    return "".join(
        circle(s * 56, -222, 26, coat.dark if panda else coat.fur)
        + circle(s * 56, -220, 14, "#45404c" if panda else coat.belly)
        for s in (-1, 1)
    )


def _big_ears(coat: Coat, fill: str) -> str:
    return "".join(circle(s * 68, -226, 44, fill) + circle(s * 68, -224, 29, "#f3b9b6") for s in (-1, 1))


def _small_ears(coat: Coat, fill: str) -> str:
    return "".join(
        circle(s * 60, -212, 19, coat.fur) + circle(s * 60, -211, 10, coat.dark, opacity=0.6) for s in (-1, 1)
    )


def _tuft_ears(coat: Coat, fill: str) -> str:
    return "".join(
        path(
            f"M{s * 26},-210 C{s * 34},-250 {s * 54},-276 {s * 62},-284 C{s * 70},-260 {s * 74},-220 {s * 66},-188Z",
            fill,
        )
        + path(f"M{s * 50},-258 Q{s * 56},-284 {s * 64},-306 Q{s * 70},-282 {s * 69},-256Z", coat.dark)
        for s in (-1, 1)
    )


def _leaf_ears(coat: Coat, fill: str) -> str:
    return "".join(
        path(
            f"M{s * 52},-204 C{s * 74},-244 {s * 112},-246 {s * 122},-232 C{s * 118},-204 {s * 92},-184 {s * 66},-184Z",
            fill,
        )
        + path(
            f"M{s * 64},-204 C{s * 82},-230 {s * 104},-234 {s * 112},-228 C{s * 106},-208 {s * 90},-196 {s * 70},-194Z",
            "#f3c0ac",
            opacity=0.85,
        )
        for s in (-1, 1)
    )


def flopped(canvas: Canvas, coat: Coat) -> str:
    fill = canvas.vertical(shade(coat.dark, 0.12), coat.dark)
    return "".join(
        path(
            f"M{s * 50},-222 C{s * 84},-232 {s * 108},-190 {s * 98},-140 C{s * 92},-122 {s * 74},-132 {s * 72},-156 C{s * 70},-184 {s * 62},-200 {s * 50},-222Z",
            fill,
        )
        for s in (-1, 1)
    )


EARS: dict[str, Callable[[Coat, str], str]] = {
    "point": _point_ears, "long": _long_ears, "round": _round_ears, "big": _big_ears, "small": _small_ears,
    "tuft": _tuft_ears, "leaf": _leaf_ears, "flop": lambda coat, fill: "",
}  # fmt: skip


def _bushy(coat: Coat, fill: str) -> str:
    return path(
        "M36,-18 C110,0 138,-62 108,-118 C100,-132 92,-120 90,-104 C86,-66 62,-52 34,-46Z", fill
    ) + path(
        "M108,-118 C100,-132 92,-120 90,-104 C89,-92 86,-84 82,-78 Q104,-74 117,-86 Q116,-104 108,-118Z",
        coat.belly,
    )


def _plume(coat: Coat, fill: str) -> str:
    return path(
        "M30,-10 C120,10 150,-70 126,-130 C116,-176 150,-200 158,-232 C96,-226 66,-170 80,-120 C88,-80 66,-60 34,-50Z",
        fill,
    ) + line(
        "M52,-26 C108,-20 122,-70 106,-122 C98,-158 112,-190 132,-212", shade(coat.fur, 0.35), 9, opacity=0.6
    )


TAILS: dict[str, Callable[[Coat, str], str]] = {
    "bushy": _bushy,
    "plume": _plume,
    "thin": lambda coat, fill: (
        line("M40,-20 C110,-4 112,-70 92,-96", coat.fur, 17) + line("M99,-84 q-2,-8 -7,-12", coat.dark, 17)
    ),
    "wag": lambda coat, fill: line("M42,-34 C80,-34 92,-66 88,-92", coat.fur, 17),
    "puff": lambda coat, fill: circle(52, -26, 20, coat.belly),
    "whip": lambda coat, fill: line("M38,-10 C110,0 120,-60 92,-64 C74,-64 80,-40 100,-44", "#e3a9a6", 8),
    "paddle": lambda coat, fill: group(
        ellipse(92, -22, 60, 26, coat.dark),
        line("M52,-34 l72,24 M70,-44 l60,24 M52,-12 l66,-30 M76,-2 l54,-26", shade(coat.dark, 0.22), 3),
        transform="rotate(-16 50 -10)",
    ),
}


def owl(canvas: Canvas, mood: str) -> str:
    fur, belly, dark = "#8a6a52", "#f0dcc0", "#5a4130"
    fill = canvas.vertical(shade(fur, 0.14), shade(fur, -0.14))
    down = "".join(
        line(f"M{-22 + a * 15 + (row % 2) * 7},{-92 + row * 20} q7,9 14,0", shade(fur, 0.1), 3.5)
        for row in range(4)
        for a in range(3)
    )
    wings = "".join(
        path(
            f"M{s * 50},-116 C{s * 84},-96 {s * 84},-40 {s * 58},-22 C{s * 52},-60 {s * 48},-90 {s * 50},-116Z",
            dark,
        )
        for s in (-1, 1)
    )
    feet = "".join(line(f"M{s * 16 - 10},-5 q5,6 10,0 q5,6 10,0", "#f0a63a", 7) for s in (-1, 1))
    tufts = "".join(path(f"M{s * 20},-216 L{s * 64},-252 L{s * 66},-190Z", fill) for s in (-1, 1))
    return (
        path("M-62,-40 C-70,-120 -40,-150 0,-150 C40,-150 70,-120 62,-40 C54,-4 -54,-4 -62,-40Z", fill)
        + path("M-36,-40 C-40,-100 -20,-120 0,-120 C20,-120 40,-100 36,-40 C30,-10 -30,-10 -36,-40Z", belly)
        + down + wings + feet + tufts
        + path("M0,-232 C50,-232 80,-206 84,-172 C86,-150 60,-116 0,-112 C-60,-116 -86,-150 -84,-172 C-80,-206 -50,-232 0,-232Z", fill)
        + "".join(circle(s * 34, -176, 35, belly) for s in (-1, 1))
        + eyes_and_cheeks(mood, spread=33, shift=1, size=1.4)
        + path("M-10,-164 L10,-164 L0,-140Z", "#f0a63a")
    )  # fmt: skip


def bird(canvas: Canvas, mood: str) -> str:
    breast = canvas.vertical("#f4875f", "#f9c08c")
    body = canvas.vertical("#5a8fc2", "#3b6da3")
    return (
        path("M-50,-60 L-140,-36 L-134,-62 L-60,-100Z", "#35608f")
        + line("M-8,-14 v14 l-10,4 M-8,0 l10,4 M26,-14 v14 l-10,4 M26,0 l10,4", "#d98b3a", 6)
        + path(
            "M-84,-84 C-84,-160 -30,-214 36,-212 C98,-208 116,-140 96,-80 C80,-26 40,-10 0,-10 C-48,-10 -84,-40 -84,-84Z",
            body,
        )
        + path("M96,-128 C96,-60 60,-10 4,-10 C-18,-10 -34,-18 -44,-30 C-10,-50 -4,-110 40,-128Z", breast)
        + path("M-76,-88 C-40,-128 10,-112 26,-76 C0,-40 -56,-40 -76,-88Z", "#2f5a88")
        + line("M-56,-82 Q-20,-96 8,-72 M-46,-66 Q-20,-74 -2,-58", "#5a8fc2", 4)
        + path("M100,-164 L140,-148 L98,-134Z", "#f0a63a")
        + eyes_and_cheeks(mood, y=-164, spread=24, shift=60, size=0.9)
        + path("M20,-208 q-8,-26 12,-34 q-2,18 10,32Z", "#3b6da3")
    )


def bat(canvas: Canvas, mood: str) -> str:
    fur = canvas.radial([(0, "#8a78a8"), (1, "#5f4f80")])
    wings = "".join(
        path(
            f"M{s * 40},-150 C{s * 90},-226 {s * 170},-226 {s * 214},-176 C{s * 190},-170 {s * 182},-150 {s * 184},-126 C{s * 160},-140 {s * 140},-130 {s * 132},-104 C{s * 110},-124 {s * 84},-116 {s * 66},-84 L{s * 36},-100Z",
            "#54457a",
        )
        + line(
            f"M{s * 44},-146 Q{s * 120},-190 {s * 184},-128 M{s * 44},-140 Q{s * 100},-150 {s * 132},-106",
            "#7a699f",
            4,
        )
        for s in (-1, 1)
    )
    ears = "".join(
        path(f"M{s * 18},-206 Q{s * 36},-270 {s * 66},-272 Q{s * 76},-220 {s * 62},-176Z", "#6b5b8d")
        + path(f"M{s * 34},-208 Q{s * 46},-246 {s * 60},-250 Q{s * 64},-220 {s * 56},-194Z", "#e6a8b4")
        for s in (-1, 1)
    )
    return (
        wings
        + ears
        + ellipse(0, -100, 48, 58, fur)
        + ellipse(0, -92, 28, 36, "#cdbfe0")
        + circle(0, -172, 66, fur)
        + eyes_and_cheeks(mood, y=-178, spread=25, shift=0)
        + line("M-14,-146 Q0,-132 14,-146", INK, 3.8)
        + path("M-8,-143 l5,10 l4,-8Z M8,-143 l-5,10 l-4,-8Z", "#ffffff")
        + "".join(line(f"M{s * 14},-46 v14", "#54457a", 7) for s in (-1, 1))
    )


def firefly(canvas: Canvas, mood: str) -> str:
    light = canvas.radial([(0, "#fffde0"), (0.5, "#ffe46a"), (1, "#f5b52f")])
    wings = "".join(ellipse(s * 66, -168, 62, 30, "#eaf6ff", turn=s * -28, opacity=0.75) for s in (-1, 1))
    feelers = "".join(
        line(f"M{s * 16},-232 Q{s * 26},-268 {s * 48},-274", "#4b3a3a", 5)
        + circle(s * 48, -274, 7, "#ffe46a")
        for s in (-1, 1)
    )
    return (
        canvas.glow(0, -72, 210, "#ffe46a", 0.75)
        + wings
        + feelers
        + ellipse(0, -78, 46, 58, light)
        + line(
            "M-42,-96 Q0,-84 42,-96 M-44,-70 Q0,-58 44,-70 M-36,-44 Q0,-34 36,-44", "#e0a030", 4, opacity=0.6
        )
        + path("M-50,-122 Q-54,-160 0,-162 Q54,-160 50,-122 Q0,-104 -50,-122Z", "#5a4548")
        + circle(0, -192, 54, canvas.radial([(0, "#8a6a5c"), (1, "#5f4640")]))
        + eyes_and_cheeks(mood, y=-196, spread=21, shift=0)
        + line("M-11,-166 Q0,-155 11,-166", INK, 3.8)
    )


def frog(canvas: Canvas, mood: str) -> str:
    green, light = "#74b04f", "#d8ecb0"
    fill = canvas.vertical("#8cc463", "#5a9440")
    legs = "".join(
        ellipse(s * 78, -40, 44, 38, shade(green, -0.1)) + ellipse(s * 88, -8, 44, 11, shade(green, -0.18))
        for s in (-1, 1)
    )
    eyes = "".join(circle(s * 46, -184, 32, fill) + circle(s * 46, -186, 23, "#ffffff") for s in (-1, 1))
    pupils = "".join(
        line(f"M{s * 46 - 14},-184 q14,11 28,0", INK, 5)
        if mood == "sleepy"
        else ellipse(s * 46 + 3, -184, 12, 14, INK) + circle(s * 46 + 7, -190, 4.6, "#ffffff")
        for s in (-1, 1)
    )
    return (
        legs
        + path("M-84,-50 C-88,-130 -60,-170 0,-170 C60,-170 88,-130 84,-50 C78,-2 -78,-2 -84,-50Z", fill)
        + ellipse(0, -48, 52, 42, light)
        + eyes
        + pupils
        + line("M-50,-122 Q0,-92 50,-122", "#2f5a2a", 5)
        + "".join(ellipse(s * 62, -122, 14, 9, BLUSH, opacity=0.35) for s in (-1, 1))
        + "".join(
            line(f"M{s * 34},-70 L{s * 30},-10", shade(green, -0.16), 23)
            + line(f"M{s * 34},-70 L{s * 30},-10", green, 20)
            + ellipse(s * 30, -6, 21, 8, green)
            for s in (-1, 1)
        )
    )


def turtle(canvas: Canvas, mood: str) -> str:
    skin, dome = "#8fb968", canvas.radial([(0, "#b98a52"), (1, "#7a5330")], cx=0.4, cy=0.25, r=0.8)
    plates = "".join(
        path(d, "#d9ae72", opacity=0.55)
        for d in (
            "M-40,-134 l34,-14 l34,14 v36 l-34,14 l-34,-14Z",
            "M-116,-74 l22,-40 l34,12 l4,38 l-26,16Z",
            "M104,-74 l-22,-40 l-34,12 l-4,38 l26,16Z",
        )
    )
    return (
        path("M-128,-30 q-40,2 -44,22 q30,6 52,-8Z", skin)
        + "".join(path(f"M{x},-36 h44 v30 q-22,12 -44,0Z", shade(skin, -0.12)) for x in (-96, 50))
        + path("M-136,-36 C-140,-124 -70,-172 -6,-172 C60,-172 124,-124 124,-36Z", dome)
        + plates
        + rect(-142, -46, 274, 20, "#e2c08a", 10)
        + path("M96,-52 C120,-96 118,-120 118,-132 L180,-128 C184,-84 160,-34 124,-30Z", skin)
        + circle(152, -148, 56, skin)
        + group(
            eyes_and_cheeks(mood, y=-154, spread=22, shift=160),
            line("M144,-128 Q160,-114 176,-128", INK, 3.8),
        )
    )


def whale(canvas: Canvas, mood: str) -> str:
    skin = canvas.vertical("#5f8fc6", "#2f568f")
    spout = "".join(
        line(f"M-20,-150 Q{a * 0.4:.0f},-210 {a},{-b}", "#e6fafd", 10)
        for a, b in ((-66, 196), (-40, 226), (6, 228), (34, 200))
    )
    eye = (
        line("M-104,-72 q9,9 18,0", INK, 5)
        if mood == "sleepy"
        else circle(-96, -74, 10, "#16223c") + circle(-92, -78, 3.4, "#ffffff")
    )
    return group(
        spout,
        path(
            "M-150,-26 C-150,-106 -80,-150 0,-150 C90,-150 120,-106 150,-90 C164,-126 156,-150 176,-170 C190,-150 196,-140 222,-148 C226,-118 196,-86 176,-62 C150,-26 120,-6 60,0 L-96,0 C-130,0 -150,-10 -150,-26Z",
            skin,
        ),
        path("M-149,-40 C-120,-12 -40,-8 66,-1 L-96,0 C-130,0 -152,-12 -149,-40Z", "#cfe4f2"),
        line("M-120,-14 Q-60,2 20,-6 M-136,-26 Q-80,-8 0,-10", "#9dc0dc", 3),
        eye,
        line("M-140,-40 Q-112,-26 -86,-40", "#213f6e", 4.8),
        ellipse(-74, -54, 14, 8, "#f0807a", opacity=0.45),
        path("M-30,-26 q30,34 64,28 q-14,-30 -34,-40z", "#274a80"),
    )


def crab(canvas: Canvas, mood: str) -> str:
    shell = canvas.vertical("#f2775a", "#cf4c3a")
    legs = "".join(
        line(
            f"M{s * 70},{-60 + i * 14} Q{s * (120 + i * 4)},{-74 + i * 22} {s * (126 - i * 12)},{-8}",
            "#d95a44",
            12,
        )
        for s in (-1, 1)
        for i in range(3)
    )
    claws = "".join(
        line(f"M{s * 84},-96 Q{s * 136},-110 {s * 138},-156", "#d95a44", 18)
        + path(
            f"M{s * 138},-146 C{s * 96},-170 {s * 104},-226 {s * 136},-234 L{s * 140},-194 L{s * 160},-228 C{s * 190},-204 {s * 180},-156 {s * 138},-146Z",
            shell,
        )
        for s in (-1, 1)
    )
    stalks = "".join(
        line(f"M{s * 30},-128 v-30", "#d95a44", 10) + circle(s * 30, -166, 19, "#ffffff") for s in (-1, 1)
    )
    pupils = "".join(
        line(f"M{s * 30 - 11},-165 q11,9 22,0", INK, 4.6)
        if mood == "sleepy"
        else circle(s * 30 + 3, -165, 10.5, INK) + circle(s * 30 + 6, -170, 3.8, "#ffffff")
        for s in (-1, 1)
    )
    return (
        legs
        + claws
        + stalks
        + pupils
        + path(
            "M-104,-76 C-104,-124 -50,-140 0,-140 C50,-140 104,-124 104,-76 C104,-30 56,-16 0,-16 C-56,-16 -104,-30 -104,-76Z",
            shell,
        )
        + line("M-26,-74 Q0,-52 26,-74", "#7c2430", 5)
        + "".join(ellipse(s * 56, -72, 15, 9, "#ffb0a0", opacity=0.7) for s in (-1, 1))
        + "".join(circle(x, y, 5, "#ffa58e", opacity=0.8) for x, y in ((-40, -112), (-18, -122), (30, -116)))
    )


OTHERS: dict[str, Callable[[Canvas, str], str]] = {
    "owl": owl, "bird": bird, "bat": bat, "firefly": firefly, "frog": frog, "turtle": turtle, "whale": whale, "crab": crab,
}  # fmt: skip

_HEIGHTS = {
    "rabbit": 330,
    "deer": 306,
    "squirrel": 306,
    "bat": 272,
    "firefly": 282,
    "frog": 218,
    "turtle": 356,
    "whale": 376,
    "crab": 380,
}


def cuddle_size(kind: str) -> float:
    """The size at which the animal fits between the arms and below the chin of a child."""
    return 128 / _HEIGHTS.get(kind, 266)
