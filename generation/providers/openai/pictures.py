"""The picture provider: new pictures, and pictures with references so that the hero stays the same."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from openai.types import ImagesResponse

from formats.assets import BadPicture, measure
from generation.contract import Drawn, Picture, PictureRequest, RemoteCall, Usage
from generation.prompts.picture import picture_prompt
from generation.providers.errors import UnusableAnswer
from generation.providers.openai.answer import NAME, of_no_use
from generation.providers.openai.config import OpenAIConfig
from generation.providers.openai.connection import client_for
from generation.providers.openai.failures import translated

SIZES = {"cover": "1024x1536", "scene": "1536x1024"}
MOST_REFERENCES = 4


@dataclass(frozen=True, slots=True)
class OpenAIPictures:
    config: OpenAIConfig
    name: str = NAME

    async def draw(self, request: PictureRequest, call: RemoteCall) -> Drawn:
        """Draw one JPEG. Raises `ProviderRefused` where moderation blocks it; there is nothing to remember."""
        client = client_for(self.config)
        options = self._options(request)
        with translated():
            if request.references:
                answer = await client.images.edit(image=_files(request), **self._fidelity(), **options)
            else:
                answer = await client.images.generate(**options)
        usage = self._usage(answer)
        try:
            return Drawn(picture=_picture(answer), usage=usage)
        except UnusableAnswer as error:
            raise of_no_use(error, usage) from error

    def _options(self, request: PictureRequest) -> dict[str, Any]:
        return {
            "model": self.config.picture_model,
            "prompt": picture_prompt(request),
            "size": SIZES[request.kind],
            "quality": self.config.picture_quality,
            "output_format": "jpeg",
            "output_compression": 90,
            "n": 1,
            "timeout": self.config.picture_timeout,
        }

    def _fidelity(self) -> dict[str, Any]:
        """Only the 1.5 generation takes the parameter: the smaller one knows "low" alone, and later ones keep
        to their references by themselves and ask that it be left out (OpenAI's API reference, image edits).
        """
        model = self.config.picture_model
        takes_it = model.startswith("gpt-image-1.5") or model == "gpt-image-1"
        return {"input_fidelity": "high"} if takes_it else {}

    def _usage(self, answer: ImagesResponse) -> Usage:
        used = answer.usage
        return Usage(
            provider=self.config.provider,
            model=self.config.picture_model,
            input_tokens=used.input_tokens if used else 0,
            output_tokens=used.output_tokens if used else 0,
            pictures=1,
            remote_id=answer._request_id or "",  # a picture has no id; under this the provider can be asked
        )


def _files(request: PictureRequest) -> list[tuple[str, bytes, str]]:
    return [
        (f"reference-{number}.{picture.media_type.removeprefix('image/')}", picture.data, picture.media_type)
        for number, picture in enumerate(request.references[:MOST_REFERENCES], 1)
    ]


def _picture(answer: ImagesResponse) -> Picture:
    encoded = answer.data[0].b64_json if answer.data else None
    try:
        data = base64.b64decode(encoded or "", validate=True)
        media_type, width, height = measure(data)
    except (binascii.Error, BadPicture) as error:
        raise UnusableAnswer(f"not a picture: {error}") from error
    return Picture(data=data, media_type=media_type, width=width, height=height)
