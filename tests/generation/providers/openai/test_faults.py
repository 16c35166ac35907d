"""The official SDK against llmock's faults: limits, outages, silence, streams that break."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from llmock.pytest_plugin import LLMock

from generation.contract import Brief, ChapterRequest
from generation.providers.errors import ProviderBusy, ProviderMisconfigured, ProviderUnavailable
from generation.providers.openai.config import OpenAIConfig
from generation.providers.openai.text import OpenAIText
from tests.generation.providers.openai.conftest import RememberedCall


@pytest.fixture(params=["stream", "plain"])
def text(llmock: LLMock, api: str, request: pytest.FixtureRequest) -> OpenAIText:
    return OpenAIText(
        OpenAIConfig(api_key="key", base_url=llmock.base_url(), api=api, delivery=request.param, pause=0.5)  # type: ignore[arg-type]
    )


@pytest.fixture
def streaming(text: OpenAIText) -> OpenAIText:
    return OpenAIText(replace(text.config, delivery="stream"))


async def test_chapter_comes_through(
    llmock: LLMock, text: OpenAIText, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    llmock.reply("Dig deep.")

    written = await text.write(request_for_chapter, call)

    assert written.chapter.markdown == "Dig deep."
    assert written.usage.output_tokens > 0
    llmock.assert_resilient(strict=True)


async def test_structured_output_obeys_our_schema(
    llmock: LLMock, text: OpenAIText, guide: Brief, call: RememberedCall
) -> None:
    planned = await text.plan(guide, call)

    assert planned.outline.title == "mock-title"
    assert planned.outline.cover.place == "bedroom"


@pytest.mark.parametrize("wait", [0.25, 7.0])
async def test_429_says_how_long_to_wait_and_is_not_retried_here(
    llmock: LLMock, text: OpenAIText, request_for_chapter: ChapterRequest, call: RememberedCall, wait: float
) -> None:
    llmock.rate_limit(times=5, retry_after=wait)

    with pytest.raises(ProviderBusy) as caught:
        await text.write(request_for_chapter, call)

    assert caught.value.retry_after == pytest.approx(wait, abs=0.8)
    assert len(llmock.requests) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_5xx_is_passing_and_is_not_retried_here(
    llmock: LLMock, text: OpenAIText, request_for_chapter: ChapterRequest, call: RememberedCall, status: int
) -> None:
    llmock.fail(status, times=5)

    with pytest.raises(ProviderUnavailable) as caught:
        await text.write(request_for_chapter, call)

    assert not caught.value.uncertain
    assert len(llmock.requests) == 1


@pytest.mark.parametrize(("status", "code"), [(401, "wrong_key"), (403, "not_allowed"), (400, "bad_request")])
async def test_refused_requests_are_permanent(
    llmock: LLMock,
    text: OpenAIText,
    request_for_chapter: ChapterRequest,
    call: RememberedCall,
    status: int,
    code: str,
) -> None:
    llmock.fail(status)

    with pytest.raises(ProviderMisconfigured) as caught:
        await text.write(request_for_chapter, call)

    assert caught.value.code == code


async def test_prompt_beyond_the_model_is_told_apart(
    llmock: LLMock, text: OpenAIText, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    llmock.context_overflow()

    with pytest.raises(ProviderMisconfigured) as caught:
        await text.write(request_for_chapter, call)

    assert caught.value.code == "too_long"


async def test_silence_is_given_up_in_time_and_may_be_charged(
    llmock: LLMock, text: OpenAIText, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    llmock.delay(3)
    began = time.monotonic()

    with pytest.raises(ProviderUnavailable) as caught:
        await text.write(request_for_chapter, call)

    assert time.monotonic() - began < 2
    assert caught.value.uncertain


async def test_stalled_stream_is_given_up(
    llmock: LLMock, streaming: OpenAIText, request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    llmock.stall(after_chunks=2, seconds=3)

    with pytest.raises(ProviderUnavailable) as caught:
        await streaming.write(request_for_chapter, call)

    assert caught.value.uncertain


@pytest.mark.parametrize("fault", ["disconnect", "truncate", "corrupt"])
async def test_broken_stream_is_never_taken_for_a_chapter(
    llmock: LLMock,
    streaming: OpenAIText,
    request_for_chapter: ChapterRequest,
    call: RememberedCall,
    fault: str,
) -> None:
    getattr(llmock, fault)(after_chunks=3)

    with pytest.raises(ProviderUnavailable) as caught:
        await streaming.write(request_for_chapter, call)

    assert caught.value.uncertain


async def test_server_that_is_not_there_is_passing_and_costs_nothing(
    request_for_chapter: ChapterRequest, call: RememberedCall
) -> None:
    config = OpenAIConfig(api_key="key", base_url="http://127.0.0.1:9/v1", delivery="plain")

    with pytest.raises(ProviderUnavailable) as caught:
        await OpenAIText(config).write(request_for_chapter, call)

    assert not caught.value.uncertain
