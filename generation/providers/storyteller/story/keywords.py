"""Reading a member's topic and goal: which want, place, lesson and creature they speak of, in either language.

Each entry is the beginning of a word, lower case and without accents; one that ends in a dot is a whole word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

WANT_WORDS: Mapping[str, tuple[str, ...]] = {
    "star": ("star.", "stars.", "etoile", "space", "espace", "planet", "moon", "lune", "rocket", "fusee", "astronaut", "galax", "cosm"),
    "song": ("song", "chanson", "chant", "music", "musique", "sing", "dance", "danse", "wind.", "vent.", "instrument", "melod"),
    "sleep": ("sleep", "sommeil", "dormir", "dort", "endorm", "bedtime", "coucher", "dream", "reve.", "reves.", "nightmare", "cauchemar", "yawn", "tired", "lullab", "berceuse"),
    "letter": ("sea.", "mer.", "ocean", "whale", "baleine", "letter", "lettre", "post.", "ship", "bateau", "boat", "sailor", "marin", "pirate", "navire", "grandmother", "grand-mere", "fish", "poisson"),
    "light": ("light", "phare", "lumiere", "storm", "tempete", "dark.", "noir.", "darkness", "obscurit", "sea.", "mer.", "lamp"),
    "colours": ("colour", "color", "couleur", "paint", "peint", "peindre", "draw", "dessin", "art.", "rainbow", "arc-en-ciel", "crayon", "different", "differen"),
    "seed": ("seed", "graine", "plant", "garden", "jardin", "tree", "arbre", "nature", "spring", "printemps", "grow", "grandir", "flower", "fleur", "ecolog", "earth", "terre.", "death", "deuil"),
    "laugh": ("baby", "bebe", "sibling", "sister", "soeur", "brother", "frere", "laugh", "rire", "famil", "birth.", "naissance", "jealous", "jalou"),
    "bell": ("school", "ecole", "classroom", "classe", "teacher", "maitre", "rentree", "bell", "cloche", "kindergarten", "maternelle", "nursery"),
    "page": ("book", "livre", "read", "lire.", "lecture", "library", "bibliothe", "story.", "stories", "histoire", "conte", "word", "mot.", "write", "ecrire"),
    "snowflake": ("snow", "neige", "winter", "hiver", "christmas", "noel", "ice.", "glace", "cold", "froid", "shy", "timid"),
    "turtle": ("turtle", "tortue", "animal", "animaux", "pet.", "pets.", "lost", "perdu", "mother", "maman", "mum", "separat", "zoo", "sea.", "mer.", "beach", "plage"),
    "soup": ("soup", "food", "cook", "cuisin", "eat", "manger", "meal", "repas", "shar", "partag", "party", "fete", "birthday", "anniversaire", "neighbo", "voisin", "cake", "gateau", "lonel", "seul"),
    "clock": ("time.", "temps.", "clock", "horloge", "hurry", "presse", "minute", "patien", "wait", "attend", "slow", "lent"),
    "egg": ("dragon", "dinosau", "egg", "oeuf", "monster", "monstre", "giant", "geant", "creature", "hatch", "bird", "oiseau"),
}  # fmt: skip

PLACE_WORDS: Mapping[str, tuple[str, ...]] = {
    "forest": ("forest", "foret", "wood", "bois.", "tree", "arbre", "jungle"),
    "meadow": ("meadow", "prairie", "field", "champ", "farm", "ferme", "grass", "herbe", "bee", "abeille", "picnic", "pique-nique"),
    "hill": ("hill", "colline", "kite", "cerf-volant"),
    "mountain": ("mountain", "montagne", "climb", "escalad", "grimp", "volcan"),
    "river": ("river", "riviere", "stream", "ruisseau", "fleuve", "canoe"),
    "lake": ("lake", "lac.", "pond", "etang", "swim", "nager"),
    "sea": ("sea.", "mer.", "ocean", "sail", "voile", "pirate", "ship", "bateau", "boat", "whale", "baleine", "fish", "poisson"),
    "beach": ("beach", "plage", "sand", "sable", "shell", "coquill", "holiday", "vacances", "seaside"),
    "island": ("island", "ile.", "iles.", "treasure", "tresor"),
    "cave": ("cave", "grotte", "caverne", "dark.", "noir.", "bat.", "dragon"),
    "snow": ("snow", "neige", "winter", "hiver", "ski", "christmas", "noel", "penguin", "pingouin"),
    "sky": ("sky", "ciel", "cloud", "nuage", "fly", "voler", "plane", "avion", "balloon", "space", "espace", "star.", "stars.", "etoile"),
    "town": ("town", "ville", "city", "street", "rue.", "school", "ecole", "friend", "moving", "demenag"),
    "market": ("market", "marche.", "shop", "magasin", "food", "cook", "cuisin"),
    "library": ("library", "bibliothe", "book", "livre", "read", "lire.", "lecture"),
    "station": ("train", "station", "gare", "travel", "voyage", "journey"),
    "garden": ("garden", "jardin", "flower", "fleur", "plant", "vegetable", "legume", "insect"),
}  # fmt: skip

LESSON_WORDS: Mapping[str, tuple[str, ...]] = {
    "courage": ("courag", "brave", "fear", "peur", "afraid", "scared", "dark.", "noir.", "monster", "monstre", "nightmare", "cauchemar", "confiance", "confiden"),
    "kindness": ("kind", "gentil", "bienveill", "bully", "harcel", "help", "aider", "entraide", "care.", "caring", "empath", "nice", "polite", "respect", "bonte"),
    "patience": ("patien", "wait", "attend", "slow", "hurry", "presse"),
    "sharing": ("shar", "partag", "generos", "generous", "genereu", "selfish", "egois", "sibling", "brother", "sister", "frere", "soeur", "toys", "jouets"),
    "honesty": ("honest", "honnet", "truth", "verite", "lie.", "lies.", "lying", "mensonge", "mentir", "menteu", "sincer"),
    "curiosity": ("curio", "question", "discover", "decouv", "science", "explor", "wonder", "emerveill", "pourquoi", "why."),
    "sorry": ("sorry", "apolog", "pardon", "excus", "forgiv", "desol", "mistake", "erreur", "repar"),
    "friendship": ("friend", "ami.", "amis.", "amie", "amitie", "together", "ensemble", "lonel", "seul", "team", "equipe", "solitude"),
    "perseverance": ("persever", "give up", "giving up", "abandon", "effort", "try", "essay", "practi", "persist", "determin", "tenac", "resilien", "difficult"),
    "calm": ("calm", "anger", "angry", "colere", "breath", "respir", "emotion", "tantrum", "stress", "anxi", "relax", "apais", "sleep", "sommeil", "dormir", "bedtime"),
}  # fmt: skip

CREATURE_WORDS: Mapping[str, tuple[str, ...]] = {
    "fox": ("fox", "renard"), "rabbit": ("rabbit", "lapin", "bunny"), "bear": ("bear.", "bears.", "ours."), "cat": ("cat.", "cats.", "chat.", "chats.", "kitten", "chaton"),
    "dog": ("dog.", "dogs.", "chien", "puppy", "chiot"), "owl": ("owl", "hibou", "chouette"), "wolf": ("wolf", "wolves", "loup"), "panda": ("panda",),
    "mouse": ("mouse", "mice", "souris"), "hedgehog": ("hedgehog", "herisson"), "frog": ("frog", "grenouille"), "bird": ("bird", "oiseau"),
    "squirrel": ("squirrel", "ecureuil"), "deer": ("deer", "faon", "biche"), "beaver": ("beaver", "castor"), "bat": ("bat.", "bats.", "chauve-souris"),
    "firefly": ("firefl", "luciole"), "crab": ("crab",),
}  # fmt: skip


def hits(text: str, words: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How many words of `text` speak of each entry; entries that none speaks of are left out."""
    plain = _plain(text)
    if not plain.strip():
        return {}
    found = {key: sum(bool(_pattern(word).search(plain)) for word in stems) for key, stems in words.items()}
    return {key: count for key, count in found.items() if count}


def strongest(text: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The entries that the most words of `text` speak of; none if nothing is recognised."""
    found = hits(text, words)
    best = max(found.values(), default=0)
    return tuple(key for key, count in found.items() if count == best)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text[:4000].lower().replace("œ", "oe").replace("’", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=2048)
def _pattern(word: str) -> re.Pattern[str]:
    if word.endswith("."):
        return re.compile(rf"\b{re.escape(word[:-1])}\b")
    return re.compile(rf"\b{re.escape(word)}")
