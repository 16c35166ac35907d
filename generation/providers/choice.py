"""Which provider writes and which one draws: by setting, and where none is set the embedded ones."""

from __future__ import annotations

import functools
from typing import cast

from django.conf import settings

from generation.contract import PictureProvider, TextProvider
from generation.providers.errors import ProviderMisconfigured
from generation.providers.openai.config import OPENAI_URL, Api, Delivery, OpenAIConfig

STORYTELLER, CUTPAPER, OPENAI = "storyteller", "cutpaper", "openai"


def text_provider_name() -> str:
    """The provider of a new book's text. Each organisation's own choice will be asked for here first."""
    return _chosen(settings.OCTAVO_TEXT_PROVIDER, embedded=STORYTELLER)


def picture_provider_name() -> str:
    return _chosen(settings.OCTAVO_PICTURE_PROVIDER, embedded=CUTPAPER)


def text_provider(name: str) -> TextProvider:
    """Raises `ProviderMisconfigured` for a provider that this installation does not have."""
    if name == STORYTELLER:
        return _storyteller()
    if name == OPENAI:
        from generation.providers.openai.text import OpenAIText

        return OpenAIText(openai_config())
    raise ProviderMisconfigured(f"there is no text provider {name!r}", code="unknown_provider")


def picture_provider(name: str) -> PictureProvider:
    """Raises `ProviderMisconfigured` for a provider that this installation does not have."""
    if name == CUTPAPER:
        return _cutpaper()
    if name == OPENAI:
        from generation.providers.openai.pictures import OpenAIPictures

        return OpenAIPictures(openai_config())
    raise ProviderMisconfigured(f"there is no picture provider {name!r}", code="unknown_provider")


def text_model(name: str) -> str:
    """The model whose price counts."""
    return openai_config().text_model if name == OPENAI else name


def picture_model(name: str) -> str:
    return openai_config().picture_model if name == OPENAI else name


def openai_config() -> OpenAIConfig:
    """The platform's own account. Raises `ProviderMisconfigured` where it has none."""
    if not settings.OPENAI_API_KEY:
        raise ProviderMisconfigured("OPENAI_API_KEY is not set", code="wrong_key")
    return OpenAIConfig(
        api_key=settings.OPENAI_API_KEY,
        base_url=settings.OPENAI_BASE_URL or OPENAI_URL,
        api=cast(Api, settings.OPENAI_API),
        delivery=cast(Delivery, settings.OPENAI_DELIVERY),
        text_model=settings.OPENAI_TEXT_MODEL,
        picture_model=settings.OPENAI_IMAGE_MODEL,
        reasoning_effort=settings.OPENAI_REASONING_EFFORT,
    )


def _chosen(setting: str, *, embedded: str) -> str:
    if setting != "auto":
        return setting
    return OPENAI if settings.OPENAI_API_KEY else embedded


@functools.cache
def _storyteller() -> TextProvider:
    from generation.providers.storyteller import Storyteller

    return Storyteller()


@functools.cache
def _cutpaper() -> PictureProvider:
    from generation.providers.cutpaper import CutpaperProvider

    return CutpaperProvider()
