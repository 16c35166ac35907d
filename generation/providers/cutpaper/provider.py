"""The embedded illustrator: draws every picture on this machine, at no cost, the same request always the same."""

from __future__ import annotations

import asyncio

from generation.contract import Drawn, Picture, PictureRequest, RemoteCall, Usage
from generation.providers.cutpaper.composer import compose
from generation.providers.cutpaper.covers import compose_cover
from generation.providers.cutpaper.reading import understood
from generation.providers.cutpaper.render import render

SCENE_WIDTH, COVER_WIDTH = 1536, 1600  # pixels; 1536 by 1024 and 1600 by 2240


class CutpaperProvider:
    """Draws in a thread: composing takes the interpreter, the renderer lets it go.

    `scale` makes everything smaller, for previews.
    """

    name = "cutpaper"
    model = "cutpaper-1"

    def __init__(self, *, scale: float = 1.0) -> None:
        self.scale = scale

    async def draw(self, request: PictureRequest, call: RemoteCall) -> Drawn:
        """Raises nothing of its own: any request has a picture."""
        picture = await asyncio.to_thread(drawn, request, scale=self.scale)
        return Drawn(picture=picture, usage=Usage(provider=self.name, model=self.model, pictures=1))


def drawn(request: PictureRequest, *, scale: float = 1.0) -> Picture:
    """The picture of a request as JPEG: scenes 1536 by 1024 pixels, covers 1600 by 2240, times `scale`."""
    if request.kind == "cover":
        return render(svg_of(request), width=round(COVER_WIDTH * scale), vignette=0.16, lettered=True)
    return render(svg_of(request), width=round(SCENE_WIDTH * scale), vignette=0.22)


def svg_of(request: PictureRequest) -> str:
    """The picture as an SVG document."""
    if request.kind == "cover":
        return compose_cover(request).document()
    hero = request.hero if request.scene.hero else None
    scene = understood(request.scene, seed=request.seed, has_hero=hero is not None)
    return compose(scene, hero, seed=request.seed).document()
