"""What a place tells the composer: where its ground is, where everybody stands, what they sit on or climb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generation.contract import Scene
from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.palette import Light


@dataclass(frozen=True)
class Spot:
    """A place to stand: feet at x, y, drawn at `size`."""

    x: float
    y: float
    size: float = 1.0


@dataclass
class Stage:
    """`front` is drawn over everybody. `still` is where the item lies when there is no hero. `hull` says that a boat or a desk hides the hero's legs.

    `ground` spots are for creatures that stand, `air` for those that fly, `water` for those that swim;
    without water a whale swims in the sky. `seat` and `climb` name drawings of furniture.py.
    """

    hero: Spot
    companion: Spot
    ground: tuple[Spot, ...] = ()
    air: tuple[Spot, ...] = ()
    water: Spot | None = None
    perch: Spot | None = None
    item: Spot | None = None
    still: Spot | None = None
    seat: str = "stone"
    climb: str = "tree"
    hull: bool = False
    bed: Spot | None = None
    indoors: bool = False
    front: list[str] = field(default_factory=list)


Place = Callable[[Canvas, Light, Scene], Stage]


def outdoors(c: Canvas, *, y: float = 922, size: float = 1.22, hero_x: float = 0.45, **more: object) -> Stage:
    """The usual arrangement: the hero left of the middle with the companion at the hero's right hand, others at the sides."""
    x = c.x(hero_x)
    narrow = c.width < 1200
    stage = Stage(
        hero=Spot(x, y, size),
        companion=Spot(x - 186 * size, y + 16, size * 0.86),
        ground=(
            Spot(c.x(0.86 if narrow else 0.73), y - 4, size * 0.74),
            Spot(c.x(0.13), y - 44, size * 0.66),
            Spot(c.x(0.9), y + 24, size * 0.78),
            Spot(c.x(0.62), y - 60, size * 0.56),
        ),
        air=tuple(
            Spot(c.x(share), max(y_air, c.quiet + y_air - 240), size_air)
            for share, y_air, size_air in (
                (0.7, 400, 0.5),
                (0.2, 350, 0.46),
                (0.87, 330, 0.42),
                (0.56, 300, 0.38),
            )
        ),
        item=Spot(x + 170 * size, y + 20, size),
    )
    for name, value in more.items():
        setattr(stage, name, value)
    return stage
