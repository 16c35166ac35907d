"""Above the clouds."""

from __future__ import annotations

from generation.contract import Scene
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.colour import mix, shade
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.places.stage import Stage, outdoors
from generation.providers.cutpaper.scenery import puff
from generation.providers.cutpaper.scenery import sky as draw_sky
from generation.providers.cutpaper.shapes import circle, ellipse, line, path, placed, rect


def sky(c: Canvas, light: Light, scene: Scene) -> Stage:
    """A floor of clouds to walk on, balloons in the distance."""
    r = c.random
    draw_sky(c, light, sun_x=0.2, sun_y=200)
    paper = mix(light.cloud, "#ffffff", 0.25 if light.is_dark else 0.6)
    far, middle, near = (
        mix(paper, light.sky[1 if light.time == "day" else -1], share * 0.8) for share in (0.55, 0.32, 0.1)
    )
    c.add(placed(_balloon(c, light, ("#e4572e", "#fff3df", "#f2b24c")), c.x(0.83), 330, 1.0))
    c.add(
        placed(_balloon(c, light, ("#2f8f9d", "#fbe7c4", "#7fb9e6")), c.x(0.62), 250, 0.46),
        placed(_balloon(c, light, ("#8a6bbf", "#fff3df", "#f28aa5")), c.x(0.08), 420, 0.56),
    )
    for y, colour, sizes, step in ((650, far, (90, 150), 150), (745, middle, (120, 190), 190)):
        c.add(
            "".join(
                puff(c, x + r.uniform(-40, 40), y + r.uniform(-24, 24), r.uniform(*sizes), colour)
                for x in range(-40, int(c.width) + 120, step)
            )
        )
        c.add(rect(0, y - 6, c.width, BOTTOM - y + 20, colour))
    c.add(
        "".join(
            puff(c, x + r.uniform(-30, 30), 862 + r.uniform(-14, 10), r.uniform(130, 190), near)
            for x in range(-40, int(c.width) + 160, 170)
        )
    )
    c.add(rect(0, 850, c.width, 200, c.vertical(near, mix(near, light.sky[1], 0.34))))
    c.add(
        "".join(
            ellipse(
                r.uniform(0, c.width),
                r.uniform(890, 1000),
                r.uniform(60, 150),
                9,
                shade(near, -0.12),
                opacity=0.35,
            )
            for _ in range(9)
        )
    )
    front = [
        "".join(
            puff(c, x + r.uniform(-20, 20), 1046, r.uniform(90, 140), mix(near, light.sky[-2], 0.12))
            for x in range(0, int(c.width) + 120, 210)
        )
    ]
    return outdoors(c, seat="cloud", climb="rope", front=front)


def _balloon(c: Canvas, light: Light, colours: tuple[str, str, str]) -> str:
    """A hot-air balloon, about 300 high; its basket hangs below the origin."""
    first, second, third = (light.tone(colour) for colour in colours)
    envelope = "M0,120 C-30,90 -112,30 -112,-50 C-112,-124 -60,-170 0,-170 C60,-170 112,-124 112,-50 C112,30 30,90 0,120Z"
    gores = path(
        "M0,120 C-16,60 -66,20 -66,-50 C-66,-124 -36,-170 0,-170 C36,-170 66,-124 66,-50 C66,20 16,60 0,120Z",
        second,
    ) + path(
        "M0,120 C-6,60 -24,20 -24,-50 C-24,-124 -12,-170 0,-170 C12,-170 24,-124 24,-50 C24,20 6,60 0,120Z",
        first,
    )
    band = path(
        "M-111,-66 Q0,-30 111,-66 Q112,-50 110,-34 Q0,2 -110,-34 Q-112,-50 -111,-66Z", third, opacity=0.9
    )
    side = path(
        "M0,-170 C60,-170 112,-124 112,-50 C112,30 30,90 0,120 C40,60 70,10 66,-50 C62,-110 40,-150 0,-170Z",
        "#1a1040",
        opacity=0.1,
    )
    basket = (
        line("M-26,96 L-22,150 M26,96 L22,150", light.tone("#8a6a48"), 3)
        + rect(-28, 148, 56, 40, light.tone("#b98a52"), 9)
        + rect(-32, 144, 64, 10, light.tone("#8d6236"), 5)
    )
    glow = c.glow(0, 30, 150, "#ffd27a", 0.5) if light.lamps else ""
    return (
        basket + path(envelope, first) + gores + band + side + glow + circle(0, 118, 6, light.tone("#8a6a48"))
    )
