from dataclasses import replace

import pytest

from generation.contract import HAIR_COLOURS, HAIR_STYLES, OUTFITS, SKINS, HeroBrief, Scene
from generation.providers.cutpaper.looks import hero_look
from generation.providers.cutpaper.provider import drawn
from tests.generation.providers.cutpaper.cases import LEO, MIA, scene_request, share_near

SCENES = (
    Scene(place="forest", time="night", weather="clear", pose="hold", item="lantern", mood="wow"),
    Scene(place="kitchen", time="day", pose="sit", mood="calm"),
    Scene(place="beach", time="dusk", weather="wind", pose="wave", mood="laugh"),
)


@pytest.mark.parametrize("hero", [MIA, LEO], ids=["Mia", "Léo"])
def test_hero_keeps_their_colours_from_scene_to_scene(hero):
    look = hero_look(hero)
    without = replace(hero, skin="dark", hair_colour="grey", outfit="overalls", colour="#b832d0")
    for scene in SCENES:
        picture = drawn(scene_request(replace(scene, companion=False), hero), scale=0.35)
        other = drawn(scene_request(replace(scene, companion=False), without), scale=0.35)
        for colour in (look.skin, look.hair_colour, look.colour):
            shown = share_near(picture, colour)
            assert shown > 0.004, (scene.place, colour)
            assert shown > share_near(other, colour), (scene.place, colour)


def test_hero_look_is_the_same_for_the_same_brief():
    assert hero_look(MIA) == hero_look(replace(MIA))


def test_hero_look_tells_every_word_apart():
    assert len({hero_look(replace(MIA, skin=skin)).skin for skin in SKINS}) == len(SKINS)
    assert len({hero_look(replace(MIA, hair_colour=one)).hair_colour for one in HAIR_COLOURS}) == len(
        HAIR_COLOURS
    )
    assert {hero_look(replace(MIA, hair=hair)).hair for hair in HAIR_STYLES} == set(HAIR_STYLES)
    assert {hero_look(replace(MIA, outfit=outfit)).outfit for outfit in OUTFITS} == set(OUTFITS)


def test_hero_look_grows_with_age():
    small, big = hero_look(replace(MIA, age=3)), hero_look(replace(MIA, age=12))
    assert small.legs < big.legs
    assert small.head > big.head


@pytest.mark.parametrize("colour", ["red", '#fff"/><script>', "", "#12345", "url(#x)"])
def test_hero_look_takes_no_colour_that_is_none(colour):
    look = hero_look(
        HeroBrief("Ada", colour=colour, skin="<b>", hair="mohawk", hair_colour="x", outfit="cape", age=-4)
    )
    assert look.colour == "#f4b43a"
    assert look.hair == "curly"
    assert look.outfit == "coat"
