"""Puts a scene together: the place, everybody on their spots, what lies before them, the weather over all."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

from generation.contract import HeroBrief, Scene
from generation.providers.cutpaper import furniture, weather
from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.creatures import FLYERS, SIZES, SWIMMERS, creature, cuddle_size
from generation.providers.cutpaper.items import ITEM_ART, resting
from generation.providers.cutpaper.looks import HeroLook, hero_look
from generation.providers.cutpaper.palette import Light, light_for
from generation.providers.cutpaper.people import CLIMB_HEIGHT, asleep, carries, figure, lying
from generation.providers.cutpaper.places import PLACE_ART
from generation.providers.cutpaper.places.stage import Spot, Stage
from generation.providers.cutpaper.scenery import puff
from generation.providers.cutpaper.shapes import group, line, placed

HOVERING = FLYERS - {"owl", "bird"}  # these two would rather perch or stand
BEHIND_A_HULL = {"lie": "sit", "climb": "reach", "walk": "stand"}
BROAD = {
    "whale": 70,
    "turtle": 54,
    "crab": 50,
    "bat": 60,
}  # how far aside these go, so that they cover nobody
COMPANION_MOODS = {"sleepy", "laugh", "worried", "sad", "wow"}


@dataclass(frozen=True)
class Frame:
    """The picture's size in scene units, and how much larger than usual everybody is drawn."""

    width: float
    top: float
    closeness: float = 1.0
    quiet: float = 0.0  # nothing busy above this height: room for a title


LANDSCAPE = Frame(width=1536, top=0)


def compose(scene: Scene, hero: HeroBrief | None, *, seed: int, frame: Frame = LANDSCAPE) -> Canvas:
    """The scene, whose words must all be of the shared vocabulary (see reading.py), as a finished canvas."""
    words = f"{scene.place}|{scene.time}|{scene.weather}|{scene.pose}|{scene.item}|{scene.alt}|{scene.description}"
    c = Canvas(
        width=frame.width,
        top=frame.top,
        seed=f"{seed}|{words}",
        taste=f"{seed}|{scene.place}",
        quiet=frame.quiet,
        frugal=frame is not LANDSCAPE,
    )
    light = light_for(scene.time, scene.weather)
    if not hero:
        scene = _without_hero(scene)
    stage = PLACE_ART[scene.place](c, light, scene)
    _come_closer(stage, frame.closeness)
    everybody = _Cast(c, light, scene, stage)
    everybody.swimmers_and_flyers()
    if scene.hero and hero:
        everybody.with_hero(hero)
    else:
        everybody.still_life()
    if not stage.indoors:
        c.add(weather.over(c, light, keep_clear=everybody.face))
    if frame is LANDSCAPE and zlib.crc32(words.encode()) % 2:
        c.parts = [
            group(*c.parts, transform=f"translate({c.width},0) scale(-1,1)")
        ]  # the same place, seen from over there
    return c


def _without_hero(scene: Scene) -> Scene:
    return replace(scene, hero=False, companion=False)


def _come_closer(stage: Stage, closeness: float) -> None:
    """Draws hero and companion larger, their feet where they were."""
    hero, companion = stage.hero, stage.companion
    if stage.hull or closeness == 1.0:
        return
    stage.hero = Spot(hero.x, hero.y, hero.size * closeness)
    stage.companion = Spot(
        hero.x + (companion.x - hero.x) * closeness, companion.y, companion.size * closeness
    )


class _Cast:
    """Everybody in one scene, on one stage; each method adds to the canvas."""

    def __init__(self, c: Canvas, light: Light, scene: Scene, stage: Stage) -> None:
        self.c, self.light, self.scene, self.stage = c, light, scene, stage
        self.ground = list(stage.ground)
        self.air = list(stage.air)
        self.perch = stage.perch
        self.face: Spot | None = None  # the middle of the hero's head, its size the radius around it
        self.standing: list[
            tuple[float, str]
        ] = []  # height of the feet and drawing; drawn from back to front
        self.on_the_desk: list[str] = []

    def swimmers_and_flyers(self) -> None:
        for kind in self.scene.creatures[:4]:
            if kind in SWIMMERS:
                self._swimmer(kind)
            elif kind in HOVERING and self.air:
                self._flyer(kind)
            else:
                self._stander(kind)

    def with_hero(self, hero: HeroBrief) -> None:
        look = hero_look(hero)
        stage, scene = self.stage, self.scene
        pose = BEHIND_A_HULL.get(scene.pose, scene.pose) if stage.hull else scene.pose
        hugged = pose == "hug" and scene.companion and hero.companion in SIZES
        self._halo(stage.hero)
        if stage.bed:
            self._tucked_in(look, hero)
            return
        self._rest_item(pose)
        self._hero(look, hero, pose, hugged=hugged)
        if scene.companion and not hugged and hero.companion in SIZES:
            self._companion(hero, look)
        self._finish()

    def still_life(self) -> None:
        scene, stage = self.scene, self.stage
        if scene.item:
            spot = stage.still or Spot(self.c.x(0.46), 950, 2.3)
            self.standing.append((spot.y, resting(self.c, scene.item, spot.x, spot.y, spot.size)))
        self._finish()

    def _finish(self) -> None:
        self.c.add(*(drawing for _, drawing in sorted(self.standing, key=lambda entry: entry[0])))
        self.c.add(*self.stage.front, *self.on_the_desk)

    def _hero(self, look: HeroLook, hero: HeroBrief, pose: str, *, hugged: bool) -> None:
        c, spot, scene = self.c, self.stage.hero, self.scene
        if pose == "lie":
            drawing = lying(c, look, mood=scene.mood)
            self.face = Spot(spot.x, spot.y - 104 * spot.size, 110 * spot.size)
            shadow = c.ground_shadow(spot.x + 110 * spot.size, spot.y, 250 * spot.size, 20 * spot.size)
            self.standing.append((spot.y, shadow + placed(c.lifted(drawing, 2), spot.x, spot.y, spot.size)))
            return
        embraced = ""
        if hugged:
            embraced = placed(creature(c, hero.companion, mood="happy"), 0, 14, cuddle_size(hero.companion))
        elif pose == "hug" and scene.item and ITEM_ART[scene.item].height < 105:
            embraced = placed(ITEM_ART[scene.item].draw(c), 0, -6, 0.95)
        drawing = c.lifted(figure(c, look, pose=pose, mood=scene.mood, item=scene.item, embraced=embraced), 2)
        under, y = self._support(pose, spot)
        self.face = Spot(spot.x, y - 250 * spot.size, 120 * spot.size)
        if carries(pose, scene.item) and ITEM_ART[scene.item].glows:
            under += c.glow(
                spot.x + 120 * spot.size, y - 150 * spot.size, 250, ITEM_ART[scene.item].glows, 0.6
            )
        self.standing.append((spot.y, under + placed(drawing, spot.x, y, spot.size)))

    def _support(self, pose: str, spot: Spot) -> tuple[str, float]:
        """What the hero sits on or climbs, and the height of the hero's feet."""
        c, stage = self.c, self.stage
        if pose == "climb" and stage.climb in furniture.CLIMBS:
            y = spot.y - CLIMB_HEIGHT * spot.size
            foot = c.ground_shadow(spot.x, spot.y + 4, 190 * spot.size, 20)
            return foot + placed(furniture.CLIMBS[stage.climb](c, self.light), spot.x, y, spot.size), y
        shadow = "" if stage.hull else c.ground_shadow(spot.x, spot.y, 96 * spot.size, 16 * spot.size)
        if pose == "sit" and stage.seat in furniture.SEATS:
            shadow = c.ground_shadow(spot.x, spot.y + 2, 210 * spot.size, 20 * spot.size)
            light = self.light.indoors() if stage.indoors else self.light
            return shadow + placed(
                furniture.SEATS[stage.seat](c, light), spot.x, spot.y - 6, spot.size
            ), spot.y + 6
        return shadow, spot.y

    def _companion(self, hero: HeroBrief, look: HeroLook) -> None:
        spot, kind = self.stage.companion, hero.companion
        size = spot.size * SIZES[kind]
        mood = self.scene.mood if self.scene.mood in COMPANION_MOODS else "happy"
        scarf = look.accent if kind in {"fox", "dog", "wolf", "bear", "cat", "panda", "rabbit"} else ""
        hovering = kind in HOVERING
        x = spot.x - BROAD.get(kind, 0) * spot.size - (60 * spot.size if self.scene.pose == "lie" else 0)
        y = spot.y - (230 * spot.size if hovering else 0)
        drawing = placed(
            self.c.lifted(creature(self.c, kind, mood=mood, scarf=scarf)),
            x,
            y,
            size,
            flip=kind in SWIMMERS,
        )
        shadow = "" if self.stage.hull else self.c.ground_shadow(x, spot.y, 84 * size, 14 * size)
        self.standing.append((spot.y, shadow + drawing))

    def _tucked_in(self, look: HeroLook, hero: HeroBrief) -> None:
        c, stage, scene = self.c, self.stage, self.scene
        if stage.bed:
            c.add(
                placed(c.lifted(asleep(c, look, mood=scene.mood)), stage.bed.x, stage.bed.y, stage.bed.size)
            )
        self._rest_item("lie")
        self._finish()
        if scene.companion and hero.companion in SIZES:
            size = stage.companion.size * min(0.8, SIZES[hero.companion])
            mood = "sleepy" if scene.mood in {"sleepy", "calm", "happy"} else "happy"
            c.add(
                placed(
                    c.lifted(creature(c, hero.companion, mood=mood)),
                    stage.companion.x,
                    stage.companion.y,
                    size,
                )
            )

    def _rest_item(self, pose: str) -> None:
        scene, spot = self.scene, self.stage.item
        hugged = pose == "hug" and scene.item and not scene.companion and ITEM_ART[scene.item].height < 105
        if scene.item and spot and not hugged and not carries(pose, scene.item):
            self._stand(spot.y, resting(self.c, scene.item, spot.x, spot.y, spot.size))

    def _stand(self, y: float, drawing: str) -> None:
        """Small things at a desk stand upon it, before the hero who sits behind it."""
        if self.stage.hull and self.stage.indoors:
            self.on_the_desk.append(drawing)
        else:
            self.standing.append((y, drawing))

    def _stander(self, kind: str) -> None:
        if kind in {"owl", "bird"} and self.perch:
            spot, self.perch = self.perch, None
            self.c.add(
                placed(
                    self.c.lifted(creature(self.c, kind)),
                    spot.x,
                    spot.y,
                    spot.size * (1.0 if kind == "owl" else 0.8),
                )
            )
            return
        if not self.ground:
            return
        spot = self.ground.pop(0)
        size = spot.size * SIZES[kind]
        facing_left = spot.x > self.stage.hero.x
        shadow = self.c.ground_shadow(spot.x, spot.y, 84 * size, 14 * size)
        drawing = placed(self.c.lifted(creature(self.c, kind)), spot.x, spot.y, size, flip=facing_left)
        self._stand(spot.y, shadow + drawing)

    def _flyer(self, kind: str) -> None:
        spots = [self.air.pop(0)]
        if kind == "firefly":
            spots += [
                Spot(spots[0].x - 150, spots[0].y + 90, spots[0].size * 0.7),
                Spot(spots[0].x + 110, spots[0].y + 120, spots[0].size * 0.6),
            ]
        self.c.add(
            "".join(
                placed(creature(self.c, kind), spot.x, spot.y, spot.size * SIZES[kind] * 1.3)
                for spot in spots
            )
        )

    def _swimmer(self, kind: str) -> None:
        c, water = self.c, self.stage.water
        if water:
            c.add(placed(_afloat(c, kind, self.light), water.x, water.y, water.size * SIZES[kind]))
        elif self.stage.indoors and self.ground:
            spot = self.ground.pop(0)
            self.standing.append(
                (
                    spot.y,
                    c.ground_shadow(spot.x, spot.y, 80, 12)
                    + placed(creature(c, kind), spot.x, spot.y, spot.size * 0.6),
                )
            )
        elif self.air:
            spot = self.air.pop(0)  # where there is no water, a whale swims in the sky
            clouds = puff(c, spot.x - 60, spot.y + 40, 80, self.light.cloud) + puff(
                c, spot.x + 90, spot.y + 50, 60, self.light.cloud
            )
            c.add(group(placed(creature(c, kind), spot.x, spot.y + 10, 0.62), clouds, opacity=0.9))

    def _halo(self, spot: Spot) -> None:
        """Moonlight or lamplight behind the hero, so that they can be read at night."""
        if self.light.is_dark:
            colour = "#ffd9a0" if self.stage.indoors else "#b9c8ff"
            self.c.add(self.c.glow(spot.x, spot.y - 190 * spot.size, min(350, 320 * spot.size), colour, 0.34))


def _afloat(c: Canvas, kind: str, light: Light) -> str:
    """A swimmer with its belly below the water's surface."""
    above = group(creature(c, kind), clip_path=c.clip("M-400,-500 H400 V-18 H-400Z"))
    foam = light.tone("#e4f8f5")
    surface = line("M-210,-16 q35,-12 70,0 t70,0 t70,0 t70,0 t70,0", foam, 6, opacity=0.75)
    return c.lifted(above) + surface + line("M-130,6 q30,-9 60,0 t60,0 t60,0", foam, 4, opacity=0.5)
