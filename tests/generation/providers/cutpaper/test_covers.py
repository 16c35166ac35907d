import xml.etree.ElementTree as ET

import pytest

from generation.contract import Scene
from generation.providers.cutpaper.colour import contrast
from generation.providers.cutpaper.covers import CREAM, deepened, motif_for
from generation.providers.cutpaper.landscapes import TONES
from generation.providers.cutpaper.motifs import MOTIFS, PALETTES
from generation.providers.cutpaper.palette import HOURS, WEATHER, light_for
from generation.providers.cutpaper.provider import drawn, svg_of
from tests.generation.providers.cutpaper.cases import LEO, MIA, cover_request, pixels

TITLES = (
    "A",
    "Ada’s Garden",
    "Œuvres choisies : « L’été » à Aÿ, ça, naïveté",
    "The Boy Who Carried the Sea Home in a Bucket and Found It Full of Stars When He Opened the Door",
    "مرحبا بالعالم",
    "日本語の本",
    "🌟 Star Story 🌟",
    "",
)
HOSTILE = (
    "</text><script>alert(1)</script>",
    '"><image href="file:///etc/passwd"/>',
    "&lt;b&gt; &amp; &#x0;",
    "]]> <![CDATA[ <!ENTITY x SYSTEM 'file:///'>",
    "Bell \x07 null \x00 escape \x1b[31m override \u202e",
    "A" * 10_000,
    "$(rm -rf /) `ls` %s {0} ../../etc",
)


@pytest.mark.parametrize("kind", ["story", "guide", "novel"])
@pytest.mark.parametrize("title", TITLES)
def test_cover_takes_any_title(kind, title):
    picture = drawn(cover_request(title, kind, subtitle="Une histoire de vent"), scale=0.1)
    assert (picture.width, picture.height) == (160, 224)
    assert picture.media_type == "image/jpeg"


@pytest.mark.parametrize("kind", ["story", "guide", "novel"])
@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_title_is_only_text(kind, title):
    root = ET.fromstring(svg_of(cover_request(title, kind, subtitle=title)))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "image", "foreignObject", "use", "a"}
    shown = [element.text or "" for element in root.iter() if element.tag.endswith("text")]
    assert shown
    assert all(len(text) <= 160 and "\x00" not in text for text in shown)


def test_title_is_lettered_on_the_cover():
    root = ET.fromstring(svg_of(cover_request("The Salt Road", "story")))
    lines = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert " ".join(dict.fromkeys(lines)).startswith("The Salt")
    with_title = pixels(drawn(cover_request("The Salt Road", "story"), scale=0.2))
    without = pixels(drawn(cover_request("", "story"), scale=0.2))
    upper = slice(0, with_title.shape[0] // 3)
    cream = (255, 245, 225)
    near = lambda image: (abs(image[upper] - cream).max(axis=2) < 30).mean()  # noqa: E731
    assert near(with_title) > near(without) + 0.02


def test_lettering_stands_out_from_its_ground():
    for time in HOURS:
        for weather in WEATHER:
            assert contrast(deepened(light_for(time, weather).sky[0]), CREAM) >= 5.5
    for palette in PALETTES:
        assert contrast(palette.ink, palette.ground) >= 4.5
        assert max(contrast(palette.ink, palette.pale), contrast(palette.deep, palette.pale)) >= 4.5
    for tones in TONES:
        assert contrast(tones.ink, tones.sky[0]) >= 4.5


GUIDES = [
    ("Starting a community garden", "garden"),
    ("Le potager en ville", "garden"),
    ("Bread for Sundays", "kitchen"),
    ("Recettes de ma grand-mère", "kitchen"),
    ("Walking the Alps", "mountain"),
    ("Apprendre à lire", "study"),
    ("Gérer son budget", "growth"),
    ("Bien dormir", "calm"),
    ("A small book of stars", "science"),
    ("Living with dogs", "animals"),
    ("Knots", "leaves"),
]


@pytest.mark.parametrize(("title", "motif"), GUIDES)
def test_guide_takes_its_motif_from_its_title(title, motif):
    request = cover_request(title, "guide", hero=None)
    request = type(request)(**{**vars(request), "scene": Scene()})
    assert motif_for(request, Scene(place="meadow")) == motif


def test_every_motif_has_words_and_guides_vary_by_seed():
    assert len(MOTIFS) >= 10
    assert len({svg_of(cover_request("A Garden", "guide", seed=seed)) for seed in range(12)}) >= 8


def test_story_cover_shows_its_hero():
    assert svg_of(cover_request("Sea", hero=MIA)) != svg_of(cover_request("Sea", hero=LEO))
    assert svg_of(cover_request("Sea", hero=None)) == svg_of(cover_request("Sea", "novel", hero=None))
