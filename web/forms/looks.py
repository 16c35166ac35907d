"""The vocabulary of heroes and companions in words that members choose from.

The keys are those of `generation.contract`; a test holds the two together.
"""

from django.utils.translation import gettext_lazy as _

SKINS = [
    ("light", _("Light")),
    ("fair", _("Fair")),
    ("tan", _("Tan")),
    ("brown", _("Brown")),
    ("dark", _("Dark")),
]
HAIR_STYLES = [
    ("short", _("Short")),
    ("curly", _("Curly")),
    ("afro", _("Afro")),
    ("bob", _("Bob")),
    ("long", _("Long")),
    ("wavy", _("Wavy")),
    ("puffs", _("Two puffs")),
    ("buns", _("Two buns")),
    ("braids", _("Braids")),
    ("ponytail", _("Ponytail")),
    ("hijab", _("Headscarf")),
    ("bald", _("No hair")),
]
HAIR_COLOURS = [
    ("black", _("Black")),
    ("brown", _("Brown")),
    ("blond", _("Blond")),
    ("red", _("Red")),
    ("grey", _("Grey")),
]
OUTFITS = [
    ("coat", _("A coat")),
    ("stripes", _("A striped top")),
    ("dress", _("A dress")),
    ("overalls", _("Overalls")),
    ("jumper", _("A jumper")),
]
COLOURS = [
    ("#f4b43a", _("Yellow")),
    ("#d8553f", _("Red")),
    ("#e58fa0", _("Pink")),
    ("#7a5aa6", _("Purple")),
    ("#3f6f9e", _("Blue")),
    ("#2f8f83", _("Teal")),
    ("#5f8a3f", _("Green")),
    ("#8a6a52", _("Brown")),
]
COMPANIONS = [
    ("fox", _("A fox")),
    ("rabbit", _("A rabbit")),
    ("bear", _("A bear")),
    ("cat", _("A cat")),
    ("dog", _("A dog")),
    ("owl", _("An owl")),
    ("wolf", _("A wolf")),
    ("panda", _("A panda")),
    ("mouse", _("A mouse")),
    ("hedgehog", _("A hedgehog")),
    ("frog", _("A frog")),
    ("bird", _("A bird")),
    ("turtle", _("A turtle")),
    ("squirrel", _("A squirrel")),
    ("deer", _("A deer")),
    ("beaver", _("A beaver")),
]
