"""The official SDK against aimock: both APIs, structured output, incomplete answers, keys."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from generation.contract import Brief, ChapterRequest
from generation.providers.errors import ProviderMisconfigured, UnusableAnswer
from generation.providers.openai.config import OpenAIConfig
from generation.providers.openai.text import OpenAIText
from tests.emulators.aimock import Aimock
from tests.generation.providers.openai.conftest import RememberedCall

SCENE = {
    "place": "garden", "time": "day", "weather": "clear", "mood": "happy", "pose": "stand", "item": "",
    "companion": False, "creatures": [], "hero": False, "alt": "A garden.", "description": "A garden.",
}  # fmt: skip
PLAN: dict[str, Any] = {
    "title": "The Shared Plot",
    "subtitle": "A first season",
    "premise": "Neighbours begin to dig.",
    "bible": {"characters": [], "places": [{"name": "The plot", "description": "South."}], "facts": []},
    "chapters": [
        {"number": 4, "title": "Soil", "beats": ["Look at it."], "scene": None},
        {"number": 9, "title": "Seeds", "beats": ["Sow them."], "scene": SCENE},
    ],
    "cover": SCENE,
}


async def test_outline_is_read_from_structured_output(
    aimock: Aimock, aimock_config: OpenAIConfig, guide: Brief, call: RememberedCall
) -> None:
    aimock.answer({"content": json.dumps(PLAN), "usage": {"prompt_tokens": 900, "completion_tokens": 300}})

    planned = await OpenAIText(aimock_config).plan(guide, call)

    assert planned.outline.title == "The Shared Plot"
    assert [(one.number, one.title) for one in planned.outline.chapters] == [(1, "Soil"), (2, "Seeds")]
    assert planned.outline.chapters[1].scene is not None
    assert planned.outline.bible.places[0].name == "The plot"
    assert (planned.usage.provider, planned.usage.input_tokens, planned.usage.output_tokens) == (
        "openai", 900, 300,
    )  # fmt: skip


async def test_outline_is_asked_for_by_a_strict_schema(
    aimock: Aimock, aimock_config: OpenAIConfig, guide: Brief, call: RememberedCall
) -> None:
    aimock.answer({"content": json.dumps(PLAN)})

    await OpenAIText(aimock_config).plan(guide, call)

    body = aimock.requests()[-1]["body"]
    assert "Starting a community garden" in json.dumps(body)
    if aimock_config.api == "chat":
        wanted = body["response_format"]["json_schema"]
        assert wanted["strict"] is True
        assert wanted["schema"]["required"] == ["title", "subtitle", "premise", "bible", "chapters", "cover"]


@pytest.mark.parametrize(
    "answer", ["{", "[]", '{"title": "Only this"}', json.dumps({**PLAN, "chapters": []})]
)
async def test_outline_that_cannot_be_used_is_told_apart(
    aimock: Aimock, aimock_config: OpenAIConfig, guide: Brief, call: RememberedCall, answer: str
) -> None:
    aimock.answer({"content": answer, "usage": {"prompt_tokens": 90, "completion_tokens": 3}})

    with pytest.raises(UnusableAnswer) as caught:
        await OpenAIText(aimock_config).plan(guide, call)

    assert caught.value.used is not None
    assert caught.value.used.input_tokens == 90
    assert caught.value.forget_call


async def test_chapter_comes_as_markdown_with_its_usage(
    aimock: Aimock, aimock_config: OpenAIConfig, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    aimock.answer(
        {"content": "Dig **deep**.\n\n- A spade", "usage": {"prompt_tokens": 800, "completion_tokens": 12}}
    )

    written = await OpenAIText(aimock_config).write(request_for_chapter, call)

    assert written.chapter.markdown == "Dig **deep**.\n\n- A spade"
    assert written.chapter.complete
    assert (written.usage.input_tokens, written.usage.output_tokens) == (800, 12)


async def test_summary_is_divided_from_a_novels_chapter(
    aimock: Aimock, aimock_config: OpenAIConfig, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    aimock.answer({"content": "She left.\n\n<summary>Ana has left.</summary>"})
    novel = replace(request_for_chapter, brief=replace(request_for_chapter.brief, kind="novel"))

    written = await OpenAIText(aimock_config).write(novel, call)

    assert written.chapter.markdown == "She left."
    assert written.chapter.summary == "Ana has left."


async def test_chapter_that_stopped_early_is_kept_as_incomplete(
    aimock: Aimock, aimock_config: OpenAIConfig, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    aimock.answer({"content": "First you dig. Then", "finishReason": "length"})

    written = await OpenAIText(aimock_config).write(request_for_chapter, call)

    assert written.chapter.markdown == "First you dig. Then"
    assert not written.chapter.complete
    assert written.chapter.reason == "max_output_tokens"


async def test_rest_of_a_chapter_is_asked_for_after_its_beginning(
    aimock: Aimock, aimock_config: OpenAIConfig, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    aimock.answer({"content": "Then you sow."}, match={"userMessage": "Go on exactly where"})

    written = await OpenAIText(aimock_config).write(
        replace(request_for_chapter, partial="First you dig."), call
    )

    assert written.chapter.markdown == "Then you sow."
    turns = [turn for turn in aimock.requests()[-1]["body"]["messages"] if turn["role"] == "assistant"]
    assert [turn["content"] for turn in turns] == ["First you dig."]


async def test_empty_chapter_is_unusable(
    aimock: Aimock, aimock_config: OpenAIConfig, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    aimock.answer({"content": " \n "})

    with pytest.raises(UnusableAnswer):
        await OpenAIText(aimock_config).write(request_for_chapter, call)


async def test_wrong_key_stops_for_good(
    aimock: Aimock, aimock_config: OpenAIConfig, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    with pytest.raises(ProviderMisconfigured) as caught:
        await OpenAIText(replace(aimock_config, api_key="a-wrong-key")).write(request_for_chapter, call)

    assert caught.value.code == "wrong_key"
    assert "a-wrong-key" not in repr(aimock_config)


async def test_exhausted_credit_stops_for_good_though_it_is_a_429(
    aimock: Aimock, aimock_config: OpenAIConfig, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    error = {
        "message": "You exceeded your current quota",
        "type": "insufficient_quota",
        "code": "insufficient_quota",
    }
    aimock.answer({"error": error, "status": 429})

    with pytest.raises(ProviderMisconfigured) as caught:
        await OpenAIText(aimock_config).write(request_for_chapter, call)

    assert caught.value.code == "no_credit"


async def test_unknown_model_stops_for_good(
    aimock: Aimock, aimock_config: OpenAIConfig, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    error = {"message": "no such model", "type": "invalid_request_error", "code": "model_not_found"}
    aimock.answer({"error": error, "status": 404})

    with pytest.raises(ProviderMisconfigured) as caught:
        await OpenAIText(aimock_config).write(request_for_chapter, call)

    assert caught.value.code == "unknown_model"
