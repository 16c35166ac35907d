"""Who is in the story: the member's hero, made safe to print, or one invented from the seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generation.contract import (
    CREATURES,
    HAIR_COLOURS,
    HAIR_STYLES,
    OUTFITS,
    SKINS,
    Brief,
    HeroBrief,
    Language,
    Pronoun,
)
from generation.providers.storyteller.quoting import NAME_LIMIT, clean
from generation.providers.storyteller.seeding import Chance

from .keywords import CREATURE_WORDS, strongest

_HEROES: Mapping[Language, Sequence[tuple[str, Pronoun]]] = {
    "en": (
        ("Maya", "she"), ("Leo", "he"), ("Robin", "they"), ("Amina", "she"), ("Oscar", "he"), ("Ivy", "she"),
        ("Sam", "they"), ("Noor", "she"), ("Theo", "he"), ("Wren", "they"), ("Zadie", "she"), ("Kofi", "he"),
        ("Charlie", "they"), ("Mei", "she"), ("Felix", "he"), ("Ada", "she"), ("Idris", "he"), ("Juno", "they"),
    ),
    "fr": (
        ("Lina", "she"), ("Hugo", "he"), ("Camille", "they"), ("Aïcha", "she"), ("Émile", "he"), ("Zoé", "she"),
        ("Sacha", "they"), ("Margot", "she"), ("Malik", "he"), ("Lou", "they"), ("Jeanne", "she"), ("Côme", "he"),
        ("Charlie", "they"), ("Inès", "she"), ("Basile", "he"), ("Ondine", "she"), ("Kenzo", "he"), ("Alix", "they"),
    ),
}  # fmt: skip
_COMPANION_NAMES: Mapping[Language, Sequence[str]] = {
    "en": ("Pip", "Biscuit", "Button", "Moss", "Tuppence", "Figaro", "Nutmeg", "Bramble", "Pickle", "Domino", "Crumb", "Waffle"),
    "fr": ("Pépin", "Biscotte", "Grelot", "Moka", "Tartine", "Ficelle", "Pistache", "Bouton", "Caramel", "Domino", "Miette", "Câlin"),
}  # fmt: skip
_COLOURS = ("#f4b43a", "#e4572e", "#3f8f7f", "#34638a", "#c8493f", "#7b5aa6")
_SMALL = tuple(creature for creature in CREATURES if creature not in {"whale", "crab", "firefly", "bat"})


def hero_of(brief: Brief) -> HeroBrief:
    """The hero with every gap filled: a name that can be printed, a known companion, a companion's name."""
    chance = Chance(brief.seed, "hero")
    given = brief.hero or _invented(brief, chance)
    name = clean(given.name, NAME_LIMIT) or chance.one(_HEROES[brief.language])[0]
    names = [known for known in _COMPANION_NAMES[brief.language] if known.lower() != name.lower()]
    return replace(
        given,
        name=name,
        pronoun=given.pronoun if given.pronoun in {"she", "he", "they"} else "they",
        companion=clean(given.companion.lower(), NAME_LIMIT) or "fox",
        companion_name=clean(given.companion_name, NAME_LIMIT) or chance.one(names),
    )


def _invented(brief: Brief, chance: Chance) -> HeroBrief:
    name, pronoun = chance.one(_HEROES[brief.language])
    asked = strongest(f"{brief.topic} {brief.title}", CREATURE_WORDS)
    return HeroBrief(
        name=name,
        age=5 + chance.below(4),
        pronoun=pronoun,
        skin=chance.one(SKINS),
        hair=chance.one([style for style in HAIR_STYLES if style not in {"hijab", "bald"}]),
        hair_colour=chance.one([colour for colour in HAIR_COLOURS if colour != "grey"]),
        glasses=chance.below(3) == 0,
        freckles=chance.below(3) == 0,
        outfit=chance.one(OUTFITS),
        colour=chance.one(_COLOURS),
        companion=chance.one(asked or _SMALL),
    )
