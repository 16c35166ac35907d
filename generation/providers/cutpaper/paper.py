"""The sheet itself: grain, fibres and a slow wash, and the darker rim of a printed page."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float32]
Pixels = NDArray[np.uint8]


def printed(pixels: Pixels, *, vignette: float) -> Pixels:
    """The picture on paper: its colours softly lit by the grain, its corners darkened by `vignette` (0 to 1).

    `pixels` are rows by columns by 3, from 0 to 255.
    """
    height, width, _ = pixels.shape
    light = pixels.astype(np.float32)
    light *= 1 / 255
    grain = light * light
    grain -= light
    grain *= texture(width, height)
    light += grain
    light *= rim(width, height) * (-vignette) + 1
    light *= 255
    light += 0.5
    return np.clip(light, 0, 255, out=light).astype(np.uint8)


@lru_cache(maxsize=4)
def texture(width: int, height: int) -> Field:
    """Grain around 0 (rows, columns, 1), for a soft light: positive darkens, negative lightens. One per size."""
    chance = np.random.default_rng(1)
    noise = chance.standard_normal((height, width), dtype=np.float32)
    fine = noise * 0.5 + 0.25 * (np.roll(noise, 1, 0) + np.roll(noise, 1, 1))
    wash = _stretched(chance, max(4, width // 170), max(4, height // 170), width, height)
    fibres = _stretched(chance, max(2, width // 9), max(2, height // 3), width, height)
    field = -2 * (fine * 0.028 + fibres * 0.015 + wash * 0.022)
    return np.ascontiguousarray(field[..., None], dtype=np.float32)


@lru_cache(maxsize=4)
def rim(width: int, height: int) -> Field:
    """How much of the vignette falls on each pixel (rows, columns, 1), 0 in the middle and 1 in the corners."""
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    distance = (down * down + across * across) / 2
    return np.ascontiguousarray(np.clip((distance - 0.28) / 0.72, 0, 1)[..., None] ** 1.3, dtype=np.float32)


def _stretched(chance: np.random.Generator, columns: int, rows: int, width: int, height: int) -> Field:
    coarse = chance.standard_normal((rows, columns), dtype=np.float32)
    return np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
