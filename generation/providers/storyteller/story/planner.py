"""Decides a story's facts from the brief: want, lesson, home, route, trials, helpers and the order of scenes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from generation.contract import Brief, HeroBrief
from generation.providers.storyteller.seeding import Chance

from . import facts
from .keywords import LESSON_WORDS, PLACE_WORDS, WANT_WORDS, hits, strongest
from .plot import ROLES, Plot, Role

FEWEST_SCENES, MOST_SCENES = 12, 16

_ALWAYS: frozenset[Role] = frozenset(
    ("home", "call", "leave", "meet1", "solve1", "meet2", "solve2", "low", "turn", "find", "give", "ending")
)
# What is added to the twelve scenes that every story has, by how many more there are.
_SHAPES: dict[int, tuple[tuple[Role, ...], ...]] = {
    0: ((),),
    1: (("arrive1",), ("arrive2",), ("rest",)),
    2: (("arrive1", "arrive2"), ("meet3", "solve3"), ("arrive1", "rest")),
    3: (("arrive1", "rest", "arrive2"), ("arrive1", "meet3", "solve3"), ("rest", "meet3", "solve3")),
    4: (("arrive1", "arrive2", "meet3", "solve3"), ("arrive1", "rest", "meet3", "solve3")),
}


def plotted(brief: Brief, hero: HeroBrief) -> Plot:
    """The facts of the story that this brief asks for. The same brief and hero give the same facts."""
    chance = Chance(brief.seed, "plot")
    young = is_young(brief, hero)
    want = _want(brief, hero, chance)
    lesson = _lesson(brief, chance)
    home, places = _route(brief, want, chance)
    trials = _trials(places, _banned(hero, want, lesson), chance)
    return Plot(
        seed=brief.seed,
        young=young,
        home=home,
        want=want,
        lesson=lesson,
        item=chance.one([item for item in facts.ITEMS if item not in facts.NOT_WITH.get(want, ())]),
        places=places,
        trials=trials,
        helpers=_helpers(hero, want, places, trials, chance),
        roles=_roles(brief, young, chance),
        hero=hero.name,
        age=hero.age,
        pronoun=hero.pronoun,
        companion=hero.companion,
        companion_name=hero.companion_name,
    )


def is_young(brief: Brief, hero: HeroBrief) -> bool:
    """Whether to write for 3 to 5: as the audience says ("3-5", "4 ans"), else as old as the hero."""
    ages = [int(number) for number in re.findall(r"\d{1,2}", brief.audience[:200])]
    age = sum(ages) / len(ages) if ages else hero.age
    return age < 5.5


def _want(brief: Brief, hero: HeroBrief, chance: Chance) -> str:
    possible = [want for want, known in facts.WANTS.items() if hero.companion not in known.not_creatures]
    for words in (f"{brief.topic} {brief.title}", brief.goal):
        asked = [want for want in strongest(words, WANT_WORDS) if want in possible]
        if asked:
            return chance.one(asked)
    return chance.one(possible)


def _lesson(brief: Brief, chance: Chance) -> str:
    for words in (brief.goal, f"{brief.topic} {brief.title}"):
        asked = strongest(words, LESSON_WORDS)
        if asked:
            return chance.one(asked)
    return chance.one(list(facts.LESSONS))


def _route(brief: Brief, want: str, chance: Chance) -> tuple[str, tuple[str, str, str]]:
    """A home and three places, each next to the one before, with as many asked-for places as possible."""
    known = facts.WANTS[want]
    asked = hits(f"{brief.topic} {brief.title} {brief.goal}", PLACE_WORDS)
    routes: dict[int, list[tuple[str, tuple[str, str, str]]]] = {}
    homes = known.homes or tuple(facts.HOMES)
    for home in homes:
        for first, second, last in _walks(facts.HOMES[home].near, known):
            score = sum(place in asked for place in (first, second, last))
            routes.setdefault(score, []).append((home, (first, second, last)))
    best = routes[max(routes)]
    # Homes have different numbers of routes: choose the home first, so that none is rare.
    home = chance.one(sorted({home for home, _ in best}))
    return home, chance.one([places for start, places in best if start == home])


def _walks(near: tuple[str, ...], want: facts.WantFacts) -> Iterator[tuple[str, str, str]]:
    """Every way from these places to one where the want may lie, without going anywhere twice."""
    for first in near:
        for second in facts.NEIGHBOURS[first]:
            if second in facts.NOT_FOR_THE_LOW or {first, second} & set(want.not_places):
                continue
            for last in want.find_places:
                if last in facts.NEIGHBOURS[second] and last not in {first, second}:
                    yield first, second, last


def _banned(hero: HeroBrief, want: str, lesson: str) -> frozenset[str]:
    """The trials that do not go with the rest of the story."""
    busy = {trial for trial, creatures in facts.BUSY_CREATURES.items() if hero.companion in creatures}
    return frozenset((*facts.WANTS[want].not_trials, *facts.LESSONS[lesson].not_trials, *busy))


def _trials(places: tuple[str, str, str], banned: frozenset[str], chance: Chance) -> tuple[str, str, str]:
    choices = [
        [trial for trial, known in facts.TRIALS.items() if place in known.places and trial not in banned]
        for place in places
    ]
    one, two, three = chance.one([trio for trio in product(*choices) if len(set(trio)) == 3])
    return one, two, three


def _helpers(
    hero: HeroBrief, want: str, places: tuple[str, str, str], trials: tuple[str, str, str], chance: Chance
) -> tuple[str, str]:
    taken = {hero.companion, *facts.WANTS[want].not_creatures}
    for trial in trials:
        taken |= set(facts.BUSY_CREATURES.get(trial, ()))
    one, two = (
        [helper for helper, found in facts.HELPERS.items() if place in found and helper not in taken]
        for place in places[:2]
    )
    return chance.one([pair for pair in product(one, two) if pair[0] != pair[1]])


def _roles(brief: Brief, young: bool, chance: Chance) -> tuple[Role, ...]:
    usual = FEWEST_SCENES + (chance.below(2) if young else 1 + chance.below(4))
    scenes = min(max(brief.chapters or usual, FEWEST_SCENES), MOST_SCENES)
    added = chance.one(_SHAPES[scenes - FEWEST_SCENES])
    return tuple(role for role in ROLES if role in _ALWAYS or role in added)
