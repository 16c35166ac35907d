"""The forest: ranks of pines in the mist, a trail, and a great tree at the edge."""

from __future__ import annotations

from generation.contract import Scene
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.palette import Light
from generation.providers.cutpaper.places.stage import Spot, Stage, outdoors
from generation.providers.cutpaper.scenery import (
    birch,
    bough,
    fern,
    fireflies,
    height_at,
    meadow_edge,
    mist,
    mushroom,
    pine,
    ridge,
    round_tree,
    sky,
    trail,
)


def forest(c: Canvas, light: Light, scene: Scene) -> Stage:
    r = c.random
    sky(c, light, sun_x=0.66)
    _rank(c, light, y=560, amplitude=60, step=52, heights=(90, 160), far=0.85, colour="#4c8f86")
    mist(c, light, 500, 250, 0.35)
    _rank(
        c,
        light,
        y=660,
        amplitude=50,
        step=88,
        heights=(180, 290),
        far=0.5,
        colour="#367f6c",
        gap=(0.38, 0.62),
    )
    mist(c, light, 640, 220, 0.26)
    near = ridge(c, 782, 32, light.ground("#6f9f62"), light.ground("#3f7550"))
    trail(c, light, c.x(0.49), height_at(near, c.x(0.49)) + 2, "#d9c197")
    for share, height in ((0.03, 560), (0.15, 430), (0.86, 450), (0.985, 600)):
        x = c.x(share)
        c.add(pine(c, light, x, height_at(near, x) + 62, height, r.choice(("#2f7a5c", "#2a6f5a"))))
    c.add(round_tree(c, light, c.x(0.27), 815, 230, "#6fae66"))
    tree_x, branch = c.x(0.9), max(470.0, c.quiet + 210)
    c.add(
        birch(c, light, tree_x, BOTTOM + 60 - c.top),
        bough(c, light, tree_x - 30, branch, flip=True),
        bough(c, light, tree_x + 28, branch + 90, flip=False),
    )
    c.add(
        "".join(
            fern(c, light, c.x(x), r.uniform(915, 970), r.uniform(90, 150), "#4a9468", r.uniform(-0.3, 0.3))
            for x in (0.07, 0.2, 0.66, 0.76, 0.83)
        )
    )
    c.add(
        "".join(
            mushroom(c, light, c.x(x), y, h, colour)
            for x, y, h, colour in (
                (0.225, 950, 66, "#e2553f"),
                (0.257, 962, 42, "#e2553f"),
                (0.70, 958, 52, "#d9694d"),
                (0.726, 972, 34, "#e8a13f"),
            )
        )
    )
    front = [
        meadow_edge(c, light, "#3f7f58"),
        fern(c, light, c.x(0.045), 1034, 200, "#356f55", 0.2),
        fern(c, light, c.x(0.95), 1034, 200, "#356f55", -0.2),
    ]
    if light.time in {"dusk", "night"} and light.weather in {"clear", "wind"}:
        front.append(fireflies(c, 28, away_from=c.x(0.45)))
    return outdoors(c, perch=Spot(tree_x - 160, branch - 42, 0.6), seat="stump", climb="tree", front=front)


def _rank(
    c: Canvas,
    light: Light,
    *,
    y: float,
    amplitude: float,
    step: int,
    heights: tuple[float, float],
    far: float,
    colour: str,
    gap: tuple[float, float] | None = None,
) -> None:
    """A line of hills with pines along it, open where the gap (shares of the width) is."""
    r = c.random
    edge = ridge(c, y, amplitude, light.ground("#7fae86", far), light.ground("#5c957a", far))
    for x in range(-20, int(c.width) + 60, step):
        if gap and c.x(gap[0]) < x < c.x(gap[1]):
            continue
        x_here = x + r.uniform(-0.17, 0.17) * step
        c.add(pine(c, light, x_here, height_at(edge, x) + 20, r.uniform(*heights), colour, far))
