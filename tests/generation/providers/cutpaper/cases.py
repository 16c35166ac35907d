"""A small cast for the cut-paper tests, and a way to look at a picture's pixels."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation.contract import HeroBrief, Picture, PictureRequest, Scene

MIA = HeroBrief(
    "Mia", skin="brown", hair="puffs", glasses=True, outfit="coat", colour="#f4b43a", companion="fox"
)
LEO = HeroBrief(
    "Léo",
    age=9,
    skin="light",
    hair="short",
    hair_colour="red",
    freckles=True,
    outfit="stripes",
    colour="#3f8f7f",
    companion="dog",
)


def scene_request(scene: Scene, hero: HeroBrief | None = MIA, *, seed: int = 5) -> PictureRequest:
    return PictureRequest(kind="scene", scene=scene, hero=hero, language="en", seed=seed)


def cover_request(
    title: str, kind: str = "story", *, hero: HeroBrief | None = MIA, seed: int = 5, **more: object
) -> PictureRequest:
    scene = Scene(place="meadow", alt="a meadow")
    return PictureRequest(
        kind="cover",
        scene=scene,
        hero=hero,
        language="en",
        title=title,
        author="Camille Laurent",
        book_kind=kind,
        seed=seed,
        **more,
    )


def pixels(picture: Picture) -> NDArray[np.int16]:
    with Image.open(io.BytesIO(picture.data)) as image:
        return np.asarray(image.convert("RGB")).astype(np.int16)


def share_near(picture: Picture, colour: str, reach: int = 26) -> float:
    """The share of pixels whose every channel is within `reach` of the colour."""
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    return float((np.abs(pixels(picture) - wanted).max(axis=2) <= reach).mean())
