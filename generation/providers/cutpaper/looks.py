"""How a hero looks, from the brief. One source for every picture of a book, so that the hero stays the same."""

from __future__ import annotations

import colorsys
import zlib
from dataclasses import dataclass

from generation.contract import HAIR_STYLES, OUTFITS, HeroBrief
from generation.providers.cutpaper.colour import as_hex, is_colour, mix, rgb, shade

SKIN = {"light": "#f7d3b8", "fair": "#eebd97", "tan": "#d9a074", "brown": "#a56a43", "dark": "#6b412b"}
HAIR = {"black": "#29232d", "brown": "#5f3b24", "blond": "#e6ba5c", "red": "#c9582c", "grey": "#b4b2ba"}
EYES = ("#4a2f22", "#3a2a20", "#5b4a24", "#2f5a4a", "#35587a")
DEFAULT_COLOUR = "#f4b43a"


@dataclass(frozen=True)
class HeroLook:
    """Colours as "#rrggbb". `legs` is the length of the legs and `head` the size of the head (1 at six years)."""

    skin: str
    hair: str
    hair_colour: str
    brows: str
    eyes: str
    glasses: str
    freckles: bool
    outfit: str
    colour: str
    trousers: str
    shoes: str
    accent: str
    veil: str
    legs: float
    head: float


def hero_look(hero: HeroBrief) -> HeroLook:
    """The look of this hero. Unknown words become the contract's defaults, so that any brief can be drawn."""
    colour = hero.colour.lower() if is_colour(hero.colour) else DEFAULT_COLOUR
    skin = SKIN.get(hero.skin, SKIN["brown"])
    hair_colour = HAIR.get(hero.hair_colour, HAIR["black"])
    chance = zlib.crc32(hero.name.encode())
    accent = opposite(colour)
    years = min(16, max(2, hero.age))
    return HeroLook(
        skin=skin,
        hair=hero.hair if hero.hair in HAIR_STYLES else "curly",
        hair_colour=hair_colour,
        brows="#3a2a22" if hero.hair in {"hijab", "bald"} else shade(hair_colour, -0.3),
        eyes=EYES[chance % (len(EYES) if hero.skin in {"light", "fair"} else 3)],
        glasses=shade(accent, -0.1) if hero.glasses else "",
        freckles=hero.freckles,
        outfit=hero.outfit if hero.outfit in OUTFITS else "coat",
        colour=colour,
        trousers=mix("#33507a", accent, 0.28),
        shoes=("#c1483e", "#3e6f8c", "#7a5237", "#4f4a73")[chance // 7 % 4],
        accent=accent,
        veil=mix(accent, "#5b7fa6", 0.4),
        legs=60 + (years - 2) * 4.6,
        head=1.06 - (years - 2) * 0.0115,
    )


def opposite(colour: str) -> str:
    """A deep colour from the other side of the wheel, for what goes with the clothes."""
    red, green, blue = (channel / 255 for channel in rgb(colour))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    channels = colorsys.hls_to_rgb((hue + 0.46) % 1, 0.42, max(0.35, min(0.6, saturation)))
    return as_hex((channels[0] * 255, channels[1] * 255, channels[2] * 255))
