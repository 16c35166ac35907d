"""Pictures in cut paper, drawn on this machine: the provider `cutpaper`."""

from generation.providers.cutpaper.looks import HeroLook, hero_look
from generation.providers.cutpaper.provider import CutpaperProvider

__all__ = ["CutpaperProvider", "HeroLook", "hero_look"]
