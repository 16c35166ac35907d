import asyncio
import io

import pytest
from PIL import Image

from generation.contract import Scene
from generation.providers.cutpaper import CutpaperProvider
from generation.providers.cutpaper.provider import drawn
from tests.generation.providers.cutpaper.cases import MIA, cover_request, scene_request


class NoCall:
    """The embedded illustrator has no call that goes on elsewhere."""

    remote_id = ""

    async def remember(self, remote_id: str) -> None:
        raise AssertionError("nothing to remember")


REQUESTS = (
    scene_request(Scene(place="sea", weather="rain", creatures=("whale", "crab"), pose="wave")),
    scene_request(Scene(description="a fox and a girl with a kite on a windy hill")),
    cover_request("Ada’s Garden", "guide"),
    cover_request("Léo prend la mer", "story"),
)


@pytest.mark.parametrize("request_", REQUESTS)
async def test_same_request_gives_the_same_bytes(request_):
    provider = CutpaperProvider(scale=0.15)
    first, second = await asyncio.gather(provider.draw(request_, NoCall()), provider.draw(request_, NoCall()))
    assert first.picture.data == second.picture.data


async def test_another_seed_or_sentence_gives_another_picture():
    provider = CutpaperProvider(scale=0.1)
    scenes = [
        (Scene(place="forest", alt="one"), 1),
        (Scene(place="forest", alt="one"), 2),
        (Scene(place="forest", alt="two"), 1),
    ]
    pictures = [await provider.draw(scene_request(scene, seed=seed), NoCall()) for scene, seed in scenes]
    assert len({drawn.picture.data for drawn in pictures}) == 3


async def test_usage_counts_one_picture_and_no_tokens():
    usage = (await CutpaperProvider(scale=0.05).draw(scene_request(Scene(place="lake")), NoCall())).usage
    assert (usage.provider, usage.model, usage.pictures) == ("cutpaper", "cutpaper-1", 1)
    assert (usage.input_tokens, usage.output_tokens) == (0, 0)


def test_full_size_scene_is_a_jpeg_of_modest_weight():
    picture = drawn(scene_request(Scene(place="library", time="dusk", pose="hold", item="book"), MIA))
    assert (picture.width, picture.height, picture.media_type) == (1536, 1024, "image/jpeg")
    assert len(picture.data) < 400_000
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.size) == ("JPEG", (1536, 1024))


def test_full_size_cover_is_five_by_seven():
    picture = drawn(cover_request("The Salt Road", "guide"))
    assert (picture.width, picture.height) == (1600, 2240)


async def test_loop_stays_responsive_while_drawing():
    provider = CutpaperProvider(scale=0.5)
    task = asyncio.create_task(provider.draw(scene_request(Scene(place="town", time="night")), NoCall()))
    turns = 0
    while not task.done():
        await asyncio.sleep(0)
        turns += 1
    await task
    assert turns > 50
