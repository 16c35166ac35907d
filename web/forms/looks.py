"""The vocabulary of heroes and companions in words that members choose from.

The keys are those of `generation.contract`; a test holds the two together.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SKINS = [
    ("light", pgettext_lazy("skin", "Light")),
    ("fair", pgettext_lazy("skin", "Fair")),
    ("tan", pgettext_lazy("skin", "Tan")),
    ("brown", pgettext_lazy("skin", "Brown")),
    ("dark", pgettext_lazy("skin", "Dark")),
]
HAIR_STYLES = [
    ("short", pgettext_lazy("hair", "Short")),
    ("curly", pgettext_lazy("hair", "Curly")),
    ("afro", pgettext_lazy("hair", "Afro")),
    ("bob", pgettext_lazy("hair", "Bob")),
    ("long", pgettext_lazy("hair", "Long")),
    ("wavy", pgettext_lazy("hair", "Wavy")),
    ("puffs", pgettext_lazy("hair", "Two puffs")),
    ("buns", pgettext_lazy("hair", "Two buns")),
    ("braids", pgettext_lazy("hair", "Braids")),
    ("ponytail", pgettext_lazy("hair", "Ponytail")),
    ("hijab", pgettext_lazy("hair", "Headscarf")),
    ("bald", pgettext_lazy("hair", "No hair")),
]
HAIR_COLOURS = [
    ("black", pgettext_lazy("hair colour", "Black")),
    ("brown", pgettext_lazy("hair colour", "Brown")),
    ("blond", pgettext_lazy("hair colour", "Blond")),
    ("red", pgettext_lazy("hair colour", "Red")),
    ("grey", pgettext_lazy("hair colour", "Grey")),
]
OUTFITS = [
    ("coat", _("A coat")),
    ("stripes", _("A striped top")),
    ("dress", _("A dress")),
    ("overalls", _("Overalls")),
    ("jumper", _("A jumper")),
]
COLOURS = [
    ("#f4b43a", pgettext_lazy("colour", "Yellow")),
    ("#d8553f", pgettext_lazy("colour", "Red")),
    ("#e58fa0", pgettext_lazy("colour", "Pink")),
    ("#7a5aa6", pgettext_lazy("colour", "Purple")),
    ("#3f6f9e", pgettext_lazy("colour", "Blue")),
    ("#2f8f83", pgettext_lazy("colour", "Teal")),
    ("#5f8a3f", pgettext_lazy("colour", "Green")),
    ("#8a6a52", pgettext_lazy("colour", "Brown")),
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
