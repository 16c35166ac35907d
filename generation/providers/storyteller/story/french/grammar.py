"""French grammar: elision, agreement, a neutral hero, looks, typography, and the words for a picture.

Where the hero is neither "elle" nor "il", no word agrees with them: the prose is written so that a name
does for a pronoun, and slots with three forms give one that suits anybody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from generation.contract import HeroBrief, Scene
from generation.providers.storyteller.story.english.grammar import colour_name
from generation.providers.storyteller.story.lexicon import Moment, Slot

from .helpers import HELPERS
from .homes import HOMES
from .places import PLACES
from .pools import COMPANIONS, STRANGER

NARROW, WIDE = "\u202f", "\u00a0"
_BEFORE_NAME = re.compile(r"\b([Dd]e|[Qq]ue) \{(hero|pal)\}")

_NUMBERS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
)  # fmt: skip
# Names with a silent h, without accents.
_MUTE_H = (
    "hector",
    "helene",
    "henri",
    "hermine",
    "hippolyte",
    "honore",
    "horace",
    "hortense",
    "hubert",
    "hugo",
    "hyacinthe",
)

# Masculine plural, feminine plural, feminine singular.
_HAIR_COLOURS = {
    "black": ("noirs", "noires", "noire"), "brown": ("bruns", "brunes", "brune"), "blond": ("blonds", "blondes", "blonde"),
    "red": ("roux", "rousses", "rousse"), "grey": ("gris", "grises", "grise"),
}  # fmt: skip
_HAIR = {
    "short": "des cheveux {0} très courts", "curly": "des cheveux {0} tout bouclés", "afro": "un gros nuage de cheveux {0}",
    "bob": "des cheveux {0} coupés au carré", "long": "de longs cheveux {0}", "wavy": "des cheveux {0} ondulés",
    "puffs": "deux pompons de cheveux {0}", "buns": "des cheveux {0} en deux chignons", "braids": "de longues tresses {1}",
    "ponytail": "une queue-de-cheval {2}", "hijab": "un joli foulard bien noué", "bald": "une belle tête toute ronde, sans un cheveu",
}  # fmt: skip
# Masculine singular, feminine singular, feminine plural.
_COLOURS = {
    "red": ("rouge", "rouge", "rouges"), "orange": ("orange", "orange", "orange"), "yellow": ("jaune", "jaune", "jaunes"),
    "green": ("vert", "verte", "vertes"), "turquoise": ("turquoise", "turquoise", "turquoise"), "blue": ("bleu", "bleue", "bleues"),
    "purple": ("violet", "violette", "violettes"), "pink": ("rose", "rose", "roses"), "brown": ("marron", "marron", "marron"),
    "black": ("noir", "noire", "noires"), "white": ("blanc", "blanche", "blanches"), "grey": ("gris", "grise", "grises"),
}  # fmt: skip
_OUTFITS = {
    "coat": "un manteau {0}", "stripes": "un pull à rayures {2}", "dress": "une robe {1}", "overalls": "une salopette {1}",
    "jumper": "un pull {0}",
}  # fmt: skip

PLACE_NAMES = {
    "bedroom": "la chambre", "kitchen": "la cuisine", "garden": "le jardin", "town": "la ville", "market": "le marché",
    "library": "la bibliothèque", "station": "la gare", "forest": "la forêt", "meadow": "la prairie", "hill": "la colline",
    "mountain": "la montagne", "river": "la rivière", "lake": "le lac", "sea": "la mer", "beach": "la plage", "island": "l'île",
    "cave": "la grotte", "snow": "le pays de la neige", "sky": "le ciel", "desk": "le bureau",
}  # fmt: skip
_PLACES = {
    "bedroom": "dans une chambre", "kitchen": "dans une cuisine", "garden": "dans un jardin", "town": "dans une rue de petite ville",
    "market": "sur un marché", "library": "dans une bibliothèque", "station": "dans une gare", "forest": "dans une forêt",
    "meadow": "dans une prairie", "hill": "sur une colline", "mountain": "à la montagne", "river": "au bord d'une rivière",
    "lake": "au bord d'un lac", "sea": "en pleine mer", "beach": "sur une plage", "island": "sur une île", "cave": "dans une grotte",
    "snow": "dans la neige", "sky": "parmi les nuages", "desk": "à un bureau",
}  # fmt: skip
_TIMES = {"dawn": "à l'aube", "day": "", "dusk": "au crépuscule", "night": "la nuit"}
_WEATHERS = {
    "cloud": "Le ciel est nuageux.",
    "rain": "Il pleut.",
    "snow": "Il neige.",
    "wind": "Un grand vent souffle.",
    "fog": "Il y a du brouillard.",
}
_MOODS = {
    "happy": "avec le sourire", "brave": "avec courage", "worried": "l'air inquiet", "wow": "les yeux écarquillés", "laugh": "en riant",
    "sleepy": "les yeux lourds", "sad": "l'air triste", "calm": "l'air calme",
}  # fmt: skip
_POSES = {
    "stand": "est debout", "walk": "marche", "hold": "tend les deux mains", "wave": "fait signe de la main",
    "point": "montre quelque chose du doigt", "reach": "tend le bras", "hug": "fait un câlin", "climb": "grimpe",
}  # fmt: skip
_AGREEING_POSES = {
    "sit": {"she": "est assise", "he": "est assis", "they": "est en position assise"},
    "lie": {"she": "est allongée", "he": "est allongé", "they": "est en position allongée"},
}
_ITEMS = {
    "lantern": "une lanterne", "map": "une carte", "basket": "un panier", "umbrella": "un parapluie", "kite": "un cerf-volant",
    "book": "un livre", "key": "une clé", "star": "une étoile brillante", "flower": "une fleur", "bell": "une cloche", "feather": "une plume",
    "shell": "un coquillage", "rope": "une corde", "telescope": "une longue-vue", "drum": "un tambour", "letter": "une lettre",
    "seed": "une graine", "scarf": "une écharpe", "boat": "un bateau", "apple": "une pomme",
}  # fmt: skip


def typeset(text: str) -> str:
    """French typography of a template: raised apostrophes, spaces that do not break inside « » and before ; ! ? :

    "de" and "que" before the slot of a name become one slot with it, which knows whether they lose their vowel.
    """
    text = text.replace("'", "’").replace("...", "…")
    text = text.replace("« ", "«" + NARROW).replace(" »", NARROW + "»")
    text = re.sub(r" ([;!?])", NARROW + r"\1", text)
    text = text.replace(" :", WIDE + ":").replace("— ", "—" + WIDE)
    return _BEFORE_NAME.sub(r"{\1 \2}", text)


def name_slots(name: str, key: str, quoted: Callable[[str], str]) -> dict[str, str]:
    """The slots of a name: bare, and after "de" and "que"."""
    shown = quoted(name)
    slots = {key: shown}
    for word in ("de", "De", "que", "Que"):
        slots[f"{word} {key}"] = (word[:-1] + "’" if elides(name) else word + " ") + shown
    return slots


def elides(name: str) -> bool:
    """Whether an article before this name loses its vowel: Amina, Élise, Yvon, Hugo; not Maya, Yasmine, Hassan."""
    plain = _plain(name)
    if plain.startswith("y"):
        return len(plain) > 1 and plain[1] not in "aeiouy"
    return plain.startswith(tuple("aeiou")) or plain.split(" ")[0] in _MUTE_H


def slots(hero: HeroBrief, moment: Moment, quoted: Callable[[str], str]) -> Slot:
    """The slots of a passage. `quoted` writes the member's own words as the text's format needs them."""
    name, pal = quoted(hero.name), quoted(hero.companion_name)
    noun, gender, introduced = COMPANIONS.get(hero.companion, STRANGER)
    place = PLACES.get(moment.place)
    helper = typeset(HELPERS[moment.helper].noun) if moment.helper else name
    own = {
        **name_slots(hero.name, "hero", quoted),
        **name_slots(hero.companion_name, "pal", quoted),
        "il": {"she": "elle", "he": "il"}.get(hero.pronoun, name),
        "Il": {"she": "Elle", "he": "Il"}.get(hero.pronoun, name),
        "ils": _pair(hero.pronoun, gender, name, pal),
        "adviser": helper,
    }
    words = {
        "ans": years(hero.age),
        "looks": looks(hero),
        "age_looks": f"{years(hero.age)}, {looks(hero)}",
        "un_pal": introduced,
        "a_fox": introduced,
        "un_pal_nu": f"{'une' if gender == 'f' else 'un'} {noun}",
        "grown": HOMES[moment.home].grown,
        "spot": place.spot if place else "",
        "nook": place.nook if place else "",
    }

    def slot(key: str) -> str:
        if key.startswith("c:"):
            masculine, feminine = key[2:].split("|")
            return feminine if gender == "f" else masculine
        if key in own:
            return own[key]
        return typeset(words[key])

    return slot


def _pair(pronoun: str, companion: str, name: str, pal: str) -> str:
    if companion == "m" or pronoun == "he":
        return "ils"
    return "elles" if pronoun == "she" else f"{name} et {pal}"


def years(age: int) -> str:
    """ "six ans", in words up to twelve."""
    number = _NUMBERS[age] if 0 < age < len(_NUMBERS) else str(max(age, 1))
    return f"{number} an" if age <= 1 else f"{number} ans"


def looks(hero: HeroBrief) -> str:
    """Hair, glasses, freckles and clothes as a list."""
    parts = [
        _HAIR.get(hero.hair, "des cheveux {0}").format(
            *_HAIR_COLOURS.get(hero.hair_colour, ("foncés", "foncées", "foncée"))
        )
    ]
    if hero.glasses:
        parts.append("des lunettes rondes")
    if hero.freckles:
        parts.append("plus de taches de rousseur qu'on n'en pouvait compter")
    parts.append(_OUTFITS.get(hero.outfit, "un manteau {0}").format(*_COLOURS[colour_name(hero.colour)]))
    return ", ".join(parts[:-1]) + " et " + parts[-1]


def alt(scene: Scene, hero: HeroBrief) -> str:
    """What the picture shows, for those who cannot see it."""
    where = f"{_PLACES.get(scene.place, 'dehors')} {_TIMES.get(scene.time, '')}".strip()
    sentences = []
    if scene.hero:
        doing, carrying = _doing(scene.pose, hero.pronoun), ""
        if scene.item and scene.pose == "hold":
            doing = f"tient {_ITEMS[scene.item]}"
        elif scene.item:
            carrying = f", avec {_ITEMS[scene.item]}"
        sentences.append(f"{hero.name}, {_MOODS.get(scene.mood, 'avec calme')}, {doing} {where}{carrying}.")
    elif scene.item:
        sentences.append(
            f"{_ITEMS[scene.item].capitalize()} {where.replace('à un bureau', 'sur un bureau')}."
        )
    else:
        sentences.append(f"Une vue : {where}.")
    others = []
    if scene.companion and scene.hero:
        others.append(f"{hero.companion_name} {_definite(hero.companion)}")
    others += [_indefinite(creature) for creature in scene.creatures]
    if others:
        listed = others[0] if len(others) == 1 else ", ".join(others[:-1]) + " et " + others[-1]
        sentences.append(f"On voit aussi {listed}.")
    if scene.weather in _WEATHERS:
        sentences.append(_WEATHERS[scene.weather])
    return typeset(" ".join(sentences))


def _doing(pose: str, pronoun: str) -> str:
    if pose in _AGREEING_POSES:
        return _AGREEING_POSES[pose][pronoun]
    return _POSES.get(pose, "est debout")


def _definite(creature: str) -> str:
    noun, gender, _ = COMPANIONS.get(creature, STRANGER)
    if elides(noun):
        return f"l'{noun}"
    return f"la {noun}" if gender == "f" else f"le {noun}"


def _indefinite(creature: str) -> str:
    noun, gender, _ = COMPANIONS[creature]
    return f"une {noun}" if gender == "f" else f"un {noun}"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
