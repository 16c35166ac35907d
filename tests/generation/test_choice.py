from __future__ import annotations

from typing import Any

import pytest

from generation.providers import choice
from generation.providers.errors import ProviderMisconfigured


@pytest.mark.parametrize(
    ("setting", "key", "name"),
    [
        ("auto", "", "storyteller"),
        ("auto", "sk-x", "openai"),
        ("storyteller", "sk-x", "storyteller"),
        ("openai", "", "openai"),
    ],
)
def test_text_provider_is_the_set_one_or_what_there_is_a_key_for(
    settings: Any, setting: str, key: str, name: str
) -> None:
    settings.OCTAVO_TEXT_PROVIDER, settings.OPENAI_API_KEY = setting, key

    assert choice.text_provider_name() == name


@pytest.mark.parametrize(
    ("setting", "key", "name"),
    [("auto", "", "cutpaper"), ("auto", "k", "openai"), ("cutpaper", "k", "cutpaper")],
)
def test_picture_provider_likewise(settings: Any, setting: str, key: str, name: str) -> None:
    settings.OCTAVO_PICTURE_PROVIDER, settings.OPENAI_API_KEY = setting, key

    assert choice.picture_provider_name() == name
    if name == "cutpaper":
        assert choice.picture_provider(name).name == name


def test_openai_without_a_key_is_a_wrong_setting(settings: Any) -> None:
    settings.OPENAI_API_KEY = ""

    with pytest.raises(ProviderMisconfigured) as caught:
        choice.text_provider("openai")

    assert caught.value.code == "wrong_key"


def test_unknown_provider_is_told_apart() -> None:
    with pytest.raises(ProviderMisconfigured) as caught:
        choice.picture_provider("crayons")

    assert caught.value.code == "unknown_provider"


def test_account_is_read_from_the_settings(settings: Any) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = "sk-x", "http://vllm.local/v1"
    settings.OPENAI_API, settings.OPENAI_TEXT_MODEL = "chat", "qwen"

    config = choice.openai_config()

    assert (config.base_url, config.api, config.text_model) == ("http://vllm.local/v1", "chat", "qwen")
    assert config.arrives == "stream"
