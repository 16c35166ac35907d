"""English grammar: pronouns and their verbs, looks, and the words for a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from generation.contract import HeroBrief, Scene
from generation.providers.storyteller.story.lexicon import Moment, Slot

from .helpers import HELPERS
from .homes import HOMES
from .places import PLACES
from .pools import COMPANIONS, STRANGER

_PRONOUNS = {
    "she": {"they": "she", "them": "her", "their": "her", "theirs": "hers", "were": "was", "have": "has"},
    "he": {"they": "he", "them": "him", "their": "his", "theirs": "his", "were": "was", "have": "has"},
    "they": {
        "they": "they",
        "them": "them",
        "their": "their",
        "theirs": "theirs",
        "were": "were",
        "have": "have",
    },
}
_NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_HAIR = {
    "short": "short {colour} hair", "curly": "curly {colour} hair", "afro": "a great soft cloud of {colour} hair",
    "bob": "{colour} hair cut in a bob", "long": "long {colour} hair", "wavy": "wavy {colour} hair",
    "puffs": "two {colour} puffs of hair", "buns": "{colour} hair in two buns", "braids": "long {colour} braids",
    "ponytail": "a {colour} ponytail", "hijab": "a neat headscarf", "bald": "a beautifully round bald head",
}  # fmt: skip
_OUTFITS = {
    "coat": "{a} {colour} coat", "stripes": "{a} {colour} striped jersey", "dress": "{a} {colour} dress",
    "overalls": "{colour} overalls", "jumper": "{a} {colour} jumper",
}  # fmt: skip
_COLOURS = {
    "red": (0xC8, 0x38, 0x30), "orange": (0xE8, 0x7A, 0x2A), "yellow": (0xF2, 0xC0, 0x3E), "green": (0x3F, 0x90, 0x55),
    "turquoise": (0x3F, 0x98, 0x92), "blue": (0x34, 0x63, 0xA6), "purple": (0x7B, 0x4F, 0xA6), "pink": (0xE8, 0x8A, 0xB0),
    "brown": (0x84, 0x58, 0x38), "black": (0x22, 0x22, 0x22), "white": (0xF5, 0xF5, 0xF0), "grey": (0x88, 0x88, 0x88),
}  # fmt: skip

_PLACES = {
    "bedroom": "in a bedroom", "kitchen": "in a kitchen", "garden": "in a garden", "town": "in a street of a little town",
    "market": "in a market", "library": "in a library", "station": "at a railway station", "forest": "in a forest",
    "meadow": "in a meadow", "hill": "on a hill", "mountain": "in the mountains", "river": "beside a river",
    "lake": "beside a lake", "sea": "out at sea", "beach": "on a beach", "island": "on an island", "cave": "in a cave",
    "snow": "in the snow", "sky": "up among the clouds", "desk": "at a desk",
}  # fmt: skip
PLACE_NAMES = {
    "bedroom": "the bedroom", "kitchen": "the kitchen", "garden": "the garden", "town": "the town", "market": "the market",
    "library": "the library", "station": "the station", "forest": "the forest", "meadow": "the meadow", "hill": "the hill",
    "mountain": "the mountain", "river": "the river", "lake": "the lake", "sea": "the sea", "beach": "the beach",
    "island": "the island", "cave": "the cave", "snow": "the snow country", "sky": "the sky", "desk": "the desk",
}  # fmt: skip
_TIMES = {"dawn": "at dawn", "day": "", "dusk": "at dusk", "night": "at night"}
_WEATHERS = {
    "cloud": "The sky is cloudy.",
    "rain": "It is raining.",
    "snow": "It is snowing.",
    "wind": "A strong wind is blowing.",
    "fog": "There is fog all around.",
}
_MOODS = {
    "happy": "happy", "brave": "determined", "worried": "worried", "wow": "amazed", "laugh": "laughing",
    "sleepy": "sleepy", "sad": "sad", "calm": "calm",
}  # fmt: skip
_POSES = {
    "stand": "is standing", "walk": "is walking", "hold": "is holding out both hands", "sit": "is sitting", "wave": "is waving",
    "point": "is pointing", "reach": "is reaching out", "hug": "is giving a hug", "lie": "is lying", "climb": "is climbing",
}  # fmt: skip
_ITEMS = {
    "lantern": "a lantern", "map": "a map", "basket": "a basket", "umbrella": "an umbrella", "kite": "a kite", "book": "a book",
    "key": "a key", "star": "a shining star", "flower": "a flower", "bell": "a bell", "feather": "a feather", "shell": "a shell",
    "rope": "a rope", "telescope": "a telescope", "drum": "a drum", "letter": "a letter", "seed": "a seed", "scarf": "a scarf",
    "boat": "a boat", "apple": "an apple",
}  # fmt: skip
_BALD = ("hijab", "bald")


def typeset(text: str) -> str:
    """English typography: an apostrophe is a raised comma, three dots are one sign."""
    return text.replace(" ...", "\u00a0…").replace("...", "…").replace("'", "’")


def slots(hero: HeroBrief, moment: Moment, quoted: Callable[[str], str]) -> Slot:
    """The slots of a passage. `quoted` writes the member's own words as the text's format needs them."""
    name, pal = quoted(hero.name), quoted(hero.companion_name)
    noun, introduced = COMPANIONS.get(hero.companion, STRANGER)
    place = PLACES.get(moment.place)
    helper = HELPERS[moment.helper].noun if moment.helper else name
    words = {
        "hero": name,
        "pal": pal,
        "fox": noun,
        "a_fox": introduced,
        "age": age(hero.age),
        "looks": looks(hero),
        "age_looks": f"{age(hero.age)} years old, with {looks(hero)}"
        if hero.age != 1
        else f"one year old, with {looks(hero)}",
        "helper": helper,
        "adviser": helper,
        "grown": HOMES[moment.home].grown,
        "spot": place.spot if place else "",
        "nook": place.nook if place else "",
    }
    for key, word in _PRONOUNS[hero.pronoun].items():
        words[key] = word
        words[key.capitalize()] = word.capitalize()
    return lambda key: typeset(words[key]) if key not in {"hero", "pal"} else words[key]


def age(years: int) -> str:
    """An age in words up to twelve."""
    return _NUMBERS[years] if 0 < years < len(_NUMBERS) else str(max(years, 1))


def looks(hero: HeroBrief) -> str:
    """Hair, glasses, freckles and clothes as a list: "curly black hair, round glasses and a yellow coat"."""
    colour = colour_name(hero.colour)
    article = "an" if colour[0] in "aeiou" else "a"
    hair = _HAIR.get(hero.hair, "{colour} hair").format(
        colour=hero.hair_colour if hero.hair_colour in _HAIR_COLOURS else "dark"
    )
    parts = [hair]
    if hero.glasses:
        parts.append("round glasses")
    if hero.freckles:
        parts.append("more freckles than anyone had ever counted")
    parts.append(_OUTFITS.get(hero.outfit, "{a} {colour} coat").format(a=article, colour=colour))
    return ", ".join(parts[:-1]) + " and " + parts[-1]


_HAIR_COLOURS = ("black", "brown", "blond", "red", "grey")


@lru_cache(maxsize=256)
def colour_name(hexadecimal: str) -> str:
    """The everyday word nearest to a colour such as "#f4b43a"; yellow where it cannot be read."""
    digits = hexadecimal.lstrip("#")
    try:
        red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    except ValueError:
        return "yellow"
    return min(
        _COLOURS,
        key=lambda word: sum(
            (one - two) ** 2 for one, two in zip(_COLOURS[word], (red, green, blue), strict=True)
        ),
    )


def alt(scene: Scene, hero: HeroBrief) -> str:
    """What the picture shows, for those who cannot see it."""
    where = f"{_PLACES.get(scene.place, 'outside')} {_TIMES.get(scene.time, '')}".strip()
    sentences = []
    if scene.hero:
        doing = _POSES.get(scene.pose, "is standing")
        carrying = ""
        if scene.item and scene.pose == "hold":
            doing = f"is holding {_ITEMS[scene.item]}"
        elif scene.item:
            carrying = f", with {_ITEMS[scene.item]}"
        sentences.append(f"{hero.name}, {_MOODS.get(scene.mood, 'calm')}, {doing} {where}{carrying}.")
    elif scene.item:
        sentences.append(f"{_ITEMS[scene.item].capitalize()} {where.replace('at a desk', 'on a desk')}.")
    else:
        sentences.append(f"A view {where}.")
    others = (
        [f"{hero.companion_name} the {COMPANIONS.get(hero.companion, STRANGER)[0]}"]
        if scene.companion and scene.hero
        else []
    )
    others += [f"{'an' if creature[0] in 'aeiou' else 'a'} {creature}" for creature in scene.creatures]
    if others:
        verb = "are" if len(others) > 1 else "is"
        sentences.append(f"{_capitalised(_listed(others))} {verb} there too.")
    if scene.weather in _WEATHERS:
        sentences.append(_WEATHERS[scene.weather])
    return " ".join(sentences)


def _listed(things: list[str]) -> str:
    return things[0] if len(things) == 1 else ", ".join(things[:-1]) + " and " + things[-1]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
