"""The hero and the companion of a form that is being filled in, drawn at once."""

from __future__ import annotations

from generation.contract import HeroBrief
from generation.providers.cutpaper.canvas import BOTTOM, Canvas
from generation.providers.cutpaper.creatures import SIZES, creature
from generation.providers.cutpaper.looks import hero_look
from generation.providers.cutpaper.people import figure
from generation.providers.cutpaper.shapes import circle, placed

WIDTH, HEIGHT = 460.0, 460.0
GROUND = BOTTOM - 34


def draw(hero: HeroBrief) -> str:
    """An SVG picture of both, side by side."""
    canvas = Canvas(width=WIDTH, top=BOTTOM - HEIGHT, seed=hero.name, taste=hero.name)
    look = hero_look(hero)
    canvas.add(circle(WIDTH / 2, BOTTOM - HEIGHT / 2, HEIGHT / 2 - 4, "#f3dfba"))
    canvas.add(canvas.ground_shadow(190, GROUND, 96, 16), canvas.ground_shadow(330, GROUND, 70, 13))
    friend = creature(canvas, hero.companion, scarf=look.accent)
    canvas.add(canvas.lifted(placed(friend, 330, GROUND, SIZES.get(hero.companion, 0.8) * 0.82)))
    canvas.add(canvas.lifted(placed(figure(canvas, look, pose="wave", mood="happy"), 190, GROUND, 1.0)))
    return canvas.document()
