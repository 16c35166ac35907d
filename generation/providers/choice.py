"""Which provider writes and which one draws: the organisation's own choice, and behind it the platform's.

A provider's name is written down with a book when it is begun: "storyteller", "openai", "crewai" for those of
the platform, "own:openai:<id>" for one that the organisation pays for itself (`OwnProvider`).
"""

from __future__ import annotations

import functools
from typing import Any, cast
from uuid import UUID

from django.conf import settings

from billing.prices import OWN
from generation.contract import PictureProvider, TextProvider
from generation.models import OwnProvider
from generation.providers.crewai.config import CrewConfig
from generation.providers.errors import ProviderMisconfigured
from generation.providers.openai.config import OPENAI_URL, Api, Delivery, OpenAIConfig
from tenants import context
from tenants.sealing import CannotOpen, unseal

STORYTELLER, CUTPAPER, OPENAI, CREWAI = "storyteller", "cutpaper", "openai", "crewai"


def text_provider_name() -> str:
    """The provider of a new book's text, in the organisation entered."""
    return _own(OwnProvider.Purpose.TEXT) or platform_text()


def picture_provider_name() -> str:
    """The provider of a new book's pictures, in the organisation entered."""
    return _own(OwnProvider.Purpose.PICTURES) or platform_pictures()


def platform_text() -> str:
    """By setting, and where none is set the embedded one."""
    return _chosen(settings.OCTAVO_TEXT_PROVIDER, embedded=STORYTELLER)


def platform_pictures() -> str:
    return _chosen(settings.OCTAVO_PICTURE_PROVIDER, embedded=CUTPAPER)


def name_of(own: OwnProvider) -> str:
    return f"{OWN}{own.service}:{own.pk}"


def is_own(name: str) -> bool:
    """Whether the organisation pays for it itself."""
    return name.startswith(OWN)


def kind_of(name: str) -> str:
    """The protocol behind a name: "openai" for "own:openai:<id>" too."""
    return name.split(":")[1] if is_own(name) else name


def text_provider(name: str) -> TextProvider:
    """Raises `ProviderMisconfigured` for a provider that this installation, or organisation, does not have.

    A crew is none of these: it is told of its errand (`generation.crews.writer_of`).
    """
    if name == STORYTELLER:
        return _storyteller()
    if kind_of(name) == OPENAI:
        from generation.providers.openai.text import OpenAIText

        return OpenAIText(openai_config(name))
    raise ProviderMisconfigured(f"there is no text provider {name!r}", code="unknown_provider")


def picture_provider(name: str) -> PictureProvider:
    """Raises `ProviderMisconfigured` for a provider that this installation, or organisation, does not have."""
    if name == CUTPAPER:
        return _cutpaper()
    if kind_of(name) == OPENAI:
        from generation.providers.openai.pictures import OpenAIPictures

        return OpenAIPictures(openai_config(name))
    raise ProviderMisconfigured(f"there is no picture provider {name!r}", code="unknown_provider")


def text_model(name: str) -> str:
    """The model whose price counts."""
    return openai_config().text_model if name == OPENAI else name


def picture_model(name: str) -> str:
    return openai_config().picture_model if name == OPENAI else name


def openai_config(name: str = OPENAI) -> OpenAIConfig:
    """An account. Raises `ProviderMisconfigured` where there is none, or no more."""
    if is_own(name):
        return own_openai_config(_own_named(name))
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


def own_openai_config(own: OwnProvider) -> OpenAIConfig:
    return OpenAIConfig(
        api_key=key_of(own),
        provider=f"{OWN}{OPENAI}",
        guarded=True,
        base_url=own.address,
        api=cast(Api, own.protocol),
        text_model=own.model,
        picture_model=own.model,
    )


def crew_config(name: str) -> CrewConfig:
    """A crew. Raises `ProviderMisconfigured` where there is none, or no more."""
    limits: Any = {"deadline": settings.OCTAVO_CREW_DEADLINE, "lost_wait": settings.OCTAVO_CREW_LOST_WAIT}
    if is_own(name):
        own = _own_named(name)
        return CrewConfig(own.address, key_of(own), provider=f"{OWN}{CREWAI}", guarded=True, **limits)
    if not (settings.CREWAI_URL and settings.CREWAI_TOKEN):
        raise ProviderMisconfigured("CREWAI_URL and CREWAI_TOKEN are not set", code="wrong_key")
    return CrewConfig(settings.CREWAI_URL, settings.CREWAI_TOKEN, **limits)


def key_of(own: OwnProvider) -> str:
    """Raises `ProviderMisconfigured` for a key that was sealed under one that is lost."""
    try:
        return unseal(own.sealed_key)
    except CannotOpen as error:
        raise ProviderMisconfigured(str(error), code="wrong_key") from error


def _own(purpose: OwnProvider.Purpose) -> str:
    """Empty where the organisation leaves it to the platform, and outside of any."""
    if context.current_or_none() is None:
        return ""
    own = OwnProvider.objects.filter(purpose=purpose, retired_at=None).only("id", "service").first()
    return name_of(own) if own else ""


def _own_named(name: str) -> OwnProvider:
    try:
        return OwnProvider.objects.get(pk=UUID(name.rpartition(":")[2]))
    except (OwnProvider.DoesNotExist, ValueError) as error:
        raise ProviderMisconfigured(f"{name} was removed", code="own_provider_removed") from error


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
