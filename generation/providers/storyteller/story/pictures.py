"""What each scene's picture shows: from the plot's facts into the vocabulary that illustrators share."""

from __future__ import annotations

from dataclasses import replace

from generation.contract import CREATURES, HeroBrief, Scene
from generation.providers.storyteller.seeding import Chance

from . import facts
from .english import grammar as english
from .lexicon import Lexicon
from .plot import Plot, Role
from .telling import place_of

_TIMES: dict[Role, str] = {
    "leave": "dawn",
    "low": "dusk",
    "turn": "dusk",
    "meet3": "dusk",
    "solve3": "dusk",
    "find": "dusk",
    "give": "night",
    "ending": "night",
}
_MILD = ("clear", "clear", "cloud")


def picture(*, plot: Plot, role: Role, hero: HeroBrief, lexicon: Lexicon, action: str) -> Scene:
    """The picture of one scene. `action` is its beat in English, for picture models."""
    shot = _shot(plot, role)
    place = shot.place or place_of(plot, role) or facts.HOMES[plot.home].yard
    creatures = shot.creatures
    if role in {"solve1", "solve2"}:
        creatures = tuple(dict.fromkeys((plot.helpers[role == "solve2"], *creatures)))
    scene = Scene(
        place=place,
        time=shot.time or _TIMES.get(role, "day"),
        weather=shot.weather or _weather(plot, role, place),
        mood=shot.mood,
        pose=shot.pose,
        item=shot.item,
        companion=not (role == "low" and plot.lesson in facts.APART),
        creatures=creatures,
    )
    return _described(scene, hero, lexicon, action)


def cover(*, plot: Plot, hero: HeroBrief, lexicon: Lexicon, title: str) -> Scene:
    """The picture on the cover: the hero with what was looked for, where it was found."""
    known = facts.WANTS[plot.want]
    scene = Scene(
        place=plot.places[2],
        time=known.give.time or "dusk",
        weather="snow" if plot.places[2] == "snow" else "clear",
        mood="wow",
        pose="hold",
        item=known.find.item or known.call.item or plot.item,
        creatures=tuple(creature for creature in known.find.creatures if creature != hero.companion),
    )
    return _described(scene, hero, lexicon, f"The cover of the picture book “{title}”.")


def _shot(plot: Plot, role: Role) -> facts.Shot:
    want, lesson = facts.WANTS[plot.want], facts.LESSONS[plot.lesson]
    one, two, three = (facts.TRIALS[trial] for trial in plot.trials)
    shots: dict[Role, facts.Shot] = {
        "home": facts.HOMES[plot.home].shot,
        "call": want.call,
        "leave": facts.Shot("brave", "walk", plot.item),
        "arrive1": facts.Shot("wow", "walk"),
        "meet1": one.meet,
        "solve1": one.solve,
        "rest": facts.Shot("happy", "sit", "apple"),
        "arrive2": facts.Shot("happy", "point"),
        "meet2": two.meet,
        "solve2": two.solve,
        "low": lesson.low,
        "turn": lesson.turn,
        "meet3": three.meet,
        "solve3": three.solve,
        "find": want.find,
        "give": want.give,
        "ending": facts.Shot("sleepy", "lie", place="bedroom"),
    }
    return shots[role]


def _weather(plot: Plot, role: Role, place: str) -> str:
    if place == "snow":
        return "snow"
    if place in {"cave", "bedroom", "kitchen", "library"}:
        return "clear"
    return Chance(plot.seed, "weather", role).one(_MILD)


def _described(scene: Scene, hero: HeroBrief, lexicon: Lexicon, action: str) -> Scene:
    scene = replace(scene, creatures=tuple(creature for creature in scene.creatures if creature in CREATURES))
    child = {"she": "girl", "he": "boy"}.get(hero.pronoun, "child")
    who = (
        f"{hero.name} is a {max(hero.age, 1)}-year-old {child} with {hero.skin} skin, {english.looks(hero)}."
    )
    description = f"{action} {english.alt(scene, hero)} {who}"
    return replace(scene, alt=lexicon.alt(scene, hero), description=description)
