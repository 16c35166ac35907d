import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from generation.contract import (
    CREATURES,
    HAIR_STYLES,
    ITEMS,
    MOODS,
    OUTFITS,
    PLACES,
    POSES,
    TIMES,
    WEATHERS,
    HeroBrief,
    Scene,
)
from generation.providers.cutpaper.canvas import Canvas
from generation.providers.cutpaper.clothes import scarf
from generation.providers.cutpaper.composer import compose
from generation.providers.cutpaper.creatures import SIZES, creature
from generation.providers.cutpaper.items import HELD, ITEM_ART
from generation.providers.cutpaper.people import STANCES, carries
from generation.providers.cutpaper.places import PLACE_ART
from generation.providers.cutpaper.provider import drawn, svg_of
from tests.generation.providers.cutpaper.cases import LEO, MIA, pixels, scene_request

SMALL = 0.12
SHEET = Canvas(width=100, seed="", taste="")


def test_vocabulary_is_drawn_in_full():
    assert set(PLACE_ART) == set(PLACES)
    assert set(ITEM_ART) == set(ITEMS)
    assert set(SIZES) == set(CREATURES)
    assert set(STANCES) | {"lie"} == set(POSES)


@pytest.mark.parametrize("place", PLACES)
def test_place_changes_with_hour_and_weather(place):
    documents = {svg_of(scene_request(Scene(place=place, time=time, alt="x"))) for time in TIMES}
    assert len(documents) == len(TIMES)
    documents = {svg_of(scene_request(Scene(place=place, weather=weather, alt="x"))) for weather in WEATHERS}
    assert len(documents) == len(WEATHERS)
    for document in documents:
        ET.fromstring(document)


@pytest.mark.parametrize("place", PLACES)
def test_place_takes_a_hero_in_every_pose(place):
    documents = {
        svg_of(scene_request(Scene(place=place, pose=pose, item="apple", alt="x"))) for pose in POSES
    }
    assert len(documents) >= (7 if place in {"sea", "desk"} else len(POSES))


@pytest.mark.parametrize("place", PLACES)
def test_place_is_rendered(place):
    picture = drawn(scene_request(Scene(place=place, time="dusk", creatures=("owl", "whale"))), scale=SMALL)
    assert (picture.width, picture.height) == (184, 123)
    assert pixels(picture).std() > 12  # a picture, not a blank sheet


def outlines(svg: str) -> set[str]:
    """The paths of a drawing, which stay the same wherever it is placed."""
    return set(re.findall(r' d="([^"]+)"', svg))


@pytest.mark.parametrize("kind", CREATURES)
@pytest.mark.parametrize("mood", ["happy", "sleepy", "laugh", "sad"])
def test_creature_appears_as_companion_and_in_the_scene(kind, mood):
    shape = outlines(creature(SHEET, kind, mood=mood))
    scene = Scene(place="lake", mood=mood, alt="x")
    assert shape <= outlines(svg_of(scene_request(scene, replace(MIA, companion=kind))))
    visiting = replace(scene, companion=False, creatures=(kind,))
    assert outlines(creature(SHEET, kind)) <= outlines(svg_of(scene_request(visiting)))
    assert not shape <= outlines(svg_of(scene_request(replace(scene, companion=False))))


@pytest.mark.parametrize("item", ITEMS)
def test_item_is_in_hand_or_at_rest_beside(item):
    alone = replace(LEO, companion="")
    at_rest = outlines(ITEM_ART[item].draw(SHEET))
    in_hand = outlines(HELD.get(item, ITEM_ART[item].draw)(SHEET))
    worn = outlines(scarf("#123456"))
    for pose in POSES:
        shown = outlines(svg_of(scene_request(Scene(place="hill", pose=pose, item=item, alt="x"), alone)))
        if item == "scarf" and carries(pose, item):
            assert worn <= shown, pose
        else:
            assert (in_hand if carries(pose, item) else at_rest) <= shown, pose
    assert carries("hold", item)


def test_hero_has_a_drawing_for_every_mood_hair_and_outfit():
    moods = {svg_of(scene_request(Scene(place="meadow", mood=mood, alt="x"))) for mood in MOODS}
    assert len(moods) == len(MOODS)
    heroes = [HeroBrief("Ada", hair=hair, outfit=outfit) for hair in HAIR_STYLES for outfit in OUTFITS]
    assert len({svg_of(scene_request(Scene(place="desk", alt="x"), hero)) for hero in heroes}) == len(heroes)


def test_scene_without_hero_is_a_still_life():
    scene = Scene(place="desk", hero=False, item="book", alt="x")
    document = svg_of(scene_request(scene, None))
    assert document == svg_of(scene_request(scene, MIA))  # a hero who is not in the scene changes nothing
    assert document != svg_of(scene_request(replace(scene, hero=True), MIA))
    assert len(document) > len(svg_of(scene_request(replace(scene, item=""), None)))


def test_whale_swims_where_there_is_water_and_flies_elsewhere():
    for place in ("sea", "meadow", "kitchen"):
        shown = compose(Scene(place=place, creatures=("whale",)), MIA, seed=1).document()
        assert len(shown) > len(compose(Scene(place=place), MIA, seed=1).document())
