"""The columns of a table of heroes and the words in them, in English and in French.

A file is written in its author's language, whatever language the reader of a page has chosen: so both are
always understood, and neither comes from the catalogue of translations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Column:
    """`names` are what a file may call it, by language, the one that we write first. `words` lead from what
    a file may say to the value that is meant, again ours first; without them any text may stand here.
    """

    key: str
    names: Mapping[str, Sequence[str]]
    words: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def name(self, language: str) -> str:
        return self.names[language][0]

    def allowed(self, language: str) -> list[str]:
        """The words that may stand in this column, one for each value."""
        return [words[0] for words in self.words.get(language, {}).values()]

    def word(self, value: str, language: str) -> str:
        """How a value is said; itself where there is no word for it."""
        said = self.words.get(language, {}).get(value)
        return said[0] if said else value

    def meant(self, text: str) -> str | None:
        """The value that a word stands for, in either language; None where it is not one of ours."""
        return _meanings(self.key).get(plain(text))


def plain(text: str) -> str:
    """A word as it is compared: without accents, case, articles' blanks and punctuation."""
    bare = unicodedata.normalize("NFKD", text)
    kept = "".join(one for one in bare if not unicodedata.combining(one)).casefold()
    return " ".join(re.sub(r"[^\w#]+|_", " ", kept).split())


def column_called(name: str) -> Column | None:
    """The column that a file's header means, in either language."""
    return _BY_NAME.get(plain(name))


def language_of(names: Sequence[str]) -> str:
    """The language of a file by its header: French where more of its names are French alone."""
    told = [plain(name) for name in names]
    french = sum(name in _ONLY["fr"] for name in told)
    return "fr" if french > sum(name in _ONLY["en"] for name in told) else "en"


def _column(
    key: str,
    english: str,
    french: str,
    words: Mapping[str, tuple[str, str]] | None = None,
) -> Column:
    """From names and words parted by `|`."""
    said: dict[str, dict[str, Sequence[str]]] = {"en": {}, "fr": {}}
    for value, (in_english, in_french) in (words or {}).items():
        said["en"][value], said["fr"][value] = in_english.split("|"), in_french.split("|")
    return Column(key, {"en": english.split("|"), "fr": french.split("|")}, said if words else {})


YES, NO = "yes", "no"
_WHETHER = {YES: ("yes|y|true|x|1", "oui|o|vrai"), NO: ("no|n|false|0|none", "non|faux|sans")}

COLUMNS: Final = (
    _column(
        "name",
        "Name|hero|hero name|child|child name|first name|firstname|given name",
        "Prénom|nom|héros|héroïne|nom du héros|enfant|prénom de l’enfant|nom de l’enfant",
    ),
    _column("age", "Age|years", "Âge|ans"),
    _column(
        "pronoun",
        "Pronoun|pronouns|gender|sex",
        "Pronom|genre|sexe",
        {
            "she": ("she|her|she her|girl|female|f", "elle|fille|féminin"),
            "he": ("he|him|he him|boy|male|m", "il|garçon|masculin|g|h"),
            "they": ("they|them|they them|neutral", "iel|neutre"),
        },
    ),
    _column(
        "skin",
        "Skin|skin colour|skin color|skin tone",
        "Peau|couleur de peau|couleur de la peau|teint",
        {
            "light": ("light", "claire|clair"),
            "fair": ("fair|pale", "rosée|rosé|très claire"),
            "tan": ("tan|olive", "mate|mat|hâlée"),
            "brown": ("brown", "brune|brun|marron"),
            "dark": ("dark|black", "noire|noir|foncée"),
        },
    ),
    _column(
        "hair",
        "Hair|hair style|hairstyle|haircut",
        "Cheveux|coiffure|coupe de cheveux",
        {
            "short": ("short", "courts|court"),
            "curly": ("curly|curls", "bouclés|bouclé|frisés|frisé"),
            "afro": ("afro", "afro"),
            "bob": ("bob", "au carré|carré"),
            "long": ("long", "longs"),
            "wavy": ("wavy|waves", "ondulés|ondulé"),
            "puffs": ("two puffs|puffs", "deux couettes rondes|couettes rondes|couettes"),
            "buns": ("two buns|buns", "deux chignons|chignons"),
            "braids": ("braids|plaits", "tresses|nattes"),
            "ponytail": ("ponytail|pony tail", "queue de cheval"),
            "hijab": ("headscarf|hijab", "foulard"),
            "bald": ("no hair|bald|none", "sans cheveux|chauve"),
        },
    ),
    _column(
        "hair_colour",
        "Hair colour|hair color|colour of the hair|color of the hair",
        "Couleur des cheveux|couleur de cheveux|couleur cheveux",
        {
            "black": ("black", "noirs|noir"),
            "brown": ("brown", "bruns|brun|châtains|châtain|marron"),
            "blond": ("blond|blonde|fair", "blonds"),
            "red": ("red|ginger", "roux|rousse"),
            "grey": ("grey|gray|white", "gris|blancs|blanc"),
        },
    ),
    _column("glasses", "Glasses|spectacles", "Lunettes", _WHETHER),
    _column("freckles", "Freckles", "Taches de rousseur", _WHETHER),
    _column(
        "outfit",
        "Clothes|outfit|clothing",
        "Vêtements|tenue|habits|vêtement",
        {
            "coat": ("coat|a coat", "manteau|un manteau"),
            "stripes": ("striped top|stripes|a striped top", "haut rayé|un haut rayé|rayures|marinière"),
            "dress": ("dress|a dress", "robe|une robe"),
            "overalls": ("overalls|dungarees", "salopette|une salopette"),
            "jumper": ("jumper|a jumper|sweater|pullover", "pull|un pull"),
        },
    ),
    _column(
        "colour",
        "Colour of the clothes|colour|color|color of the clothes|clothes colour|clothes color|outfit colour",
        "Couleur des vêtements|couleur|couleur vêtements|couleur de la tenue",
        {
            "#f4b43a": ("yellow", "jaune"),
            "#d8553f": ("red", "rouge"),
            "#e58fa0": ("pink", "rose"),
            "#7a5aa6": ("purple|violet", "violet|mauve"),
            "#3f6f9e": ("blue", "bleu"),
            "#2f8f83": ("teal|turquoise", "bleu canard|turquoise"),
            "#5f8a3f": ("green", "vert"),
            "#8a6a52": ("brown", "brun|marron"),
        },
    ),
    _column(
        "companion",
        "Companion|animal|friend|pet",
        "Compagnon|animal|ami",
        {
            "fox": ("fox|a fox", "renard|un renard"),
            "rabbit": ("rabbit|a rabbit|bunny", "lapin|un lapin"),
            "bear": ("bear|a bear", "ours|un ours"),
            "cat": ("cat|a cat", "chat|un chat"),
            "dog": ("dog|a dog", "chien|un chien"),
            "owl": ("owl|an owl", "chouette|une chouette|hibou"),
            "wolf": ("wolf|a wolf", "loup|un loup"),
            "panda": ("panda|a panda", "panda|un panda"),
            "mouse": ("mouse|a mouse", "souris|une souris"),
            "hedgehog": ("hedgehog|a hedgehog", "hérisson|un hérisson"),
            "frog": ("frog|a frog", "grenouille|une grenouille"),
            "bird": ("bird|a bird", "oiseau|un oiseau"),
            "turtle": ("turtle|a turtle|tortoise", "tortue|une tortue"),
            "squirrel": ("squirrel|a squirrel", "écureuil|un écureuil"),
            "deer": ("deer|a deer", "cerf|un cerf|biche"),
            "beaver": ("beaver|a beaver", "castor|un castor"),
        },
    ),
    _column(
        "companion_name",
        "Companion’s name|companion name|name of the companion|animal name|pet name",
        "Nom du compagnon|prénom du compagnon|nom de l’animal",
    ),
    _column("dedication", "Dedication", "Dédicace"),
    _column(
        "reference",
        "Reference|ref|id|order|order number|your reference",
        "Référence|réf|commande|numéro de commande|n de commande|numéro",
    ),
)
COLUMN: Final = {column.key: column for column in COLUMNS}
_LANGUAGES = ("en", "fr")


def _names(language: str) -> dict[str, Column]:
    return {plain(name): column for column in COLUMNS for name in column.names[language]}


_BY_NAME: Final = {plain(column.key): column for column in COLUMNS} | _names("fr") | _names("en")
_ONLY: Final = {"en": set(_names("en")) - set(_names("fr")), "fr": set(_names("fr")) - set(_names("en"))}
_MEANT: Final[dict[str, dict[str, str]]] = {
    column.key: {
        plain(word): value
        for language in reversed(_LANGUAGES)
        for value, words in column.words.get(language, {}).items()
        for word in (value, *words)
    }
    for column in COLUMNS
}


def _meanings(key: str) -> Mapping[str, str]:
    return _MEANT[key]
