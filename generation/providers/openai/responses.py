"""Text by the responses API (POST /v1/responses): in the background, as a stream, or plainly.

In the background the id is written down before anything is waited for, so a crash costs nothing: whoever
takes the step over asks for the same response instead of paying for a second one.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

import openai
from openai import AsyncOpenAI
from openai.types.responses import Response, ResponseUsage

from generation.contract import RemoteCall, Usage
from generation.prompts.prompt import Prompt
from generation.providers.errors import ProviderRefused, ProviderUnavailable
from generation.providers.openai.answer import Answer, Shape, of_no_use
from generation.providers.openai.config import OpenAIConfig
from generation.providers.openai.connection import client_for
from generation.providers.openai.failures import from_code, translated

_WAITING = ("queued", "in_progress")
_LOST = ("failed", "cancelled")


async def ask(
    config: OpenAIConfig, prompt: Prompt, call: RemoteCall, *, longest: int, shape: Shape | None = None
) -> Answer:
    """Ask and wait for the whole answer. `longest` in tokens of output, thinking included."""
    client = client_for(config)
    request = _request(config, prompt, longest, shape)
    with translated():
        if config.arrives == "background":
            response = await _in_background(client, config, request, call)
        elif config.arrives == "stream":
            response = await _streamed(client, request)
        else:
            response = await client.responses.create(**request)
    return _read(response, config)


async def count_input(config: OpenAIConfig, prompt: Prompt) -> int:
    """How many tokens a prompt costs to read, asked before anything is paid for."""
    with translated():
        counted = await client_for(config).responses.input_tokens.count(
            model=config.text_model, instructions=prompt.system, input=_turns(prompt)
        )
    return counted.input_tokens


def _request(config: OpenAIConfig, prompt: Prompt, longest: int, shape: Shape | None) -> dict[str, Any]:
    request: dict[str, Any] = {
        "model": config.text_model,
        "instructions": prompt.system,
        "input": _turns(prompt),
        "max_output_tokens": longest,
    }
    if shape is not None:
        request["text"] = {
            "format": {"type": "json_schema", "name": shape.name, "schema": shape.schema, "strict": True}
        }
    if config.reasoning_effort:
        request["reasoning"] = {"effort": config.reasoning_effort}
    return request


def _turns(prompt: Prompt) -> Any:
    return [{"role": turn.role, "content": turn.text} for turn in prompt.turns]


async def _in_background(
    client: AsyncOpenAI, config: OpenAIConfig, request: dict[str, Any], call: RemoteCall
) -> Response:
    response = await _already_asked(client, call)
    if response is None:
        response = await client.responses.create(**request, background=True, store=True)
        await call.remember(response.id)
    deadline, pause = time.monotonic() + config.background_limit, config.first_poll
    asked_at = time.monotonic()
    while response.status in _WAITING:
        if time.monotonic() > deadline:
            raise ProviderUnavailable(f"response {response.id} is still {response.status}", uncertain=True)
        await asyncio.sleep(pause)
        response = await client.responses.retrieve(response.id)
        if time.monotonic() - asked_at > 3:  # short answers are met at once, long ones asked for seldom
            pause = min(pause * 1.3, config.slowest_poll)
    return response


async def _already_asked(client: AsyncOpenAI, call: RemoteCall) -> Response | None:
    """The response that an earlier holder of the step asked for, unless it is gone or failed for nothing."""
    if not call.remote_id:
        return None
    with contextlib.suppress(openai.NotFoundError):
        response = await client.responses.retrieve(call.remote_id)
        return None if response.status in _LOST and not response.usage else response
    return None


async def _streamed(client: AsyncOpenAI, request: dict[str, Any]) -> Response:
    async with await client.responses.create(**request, stream=True) as events:
        async for event in events:
            if event.type in ("response.completed", "response.incomplete", "response.failed"):
                response: Response = event.response
                return response
            if event.type == "error":
                raise from_code(event.code or "", event.message)
    raise ProviderUnavailable("the stream ended before the answer did", uncertain=True)


def _read(response: Response, config: OpenAIConfig) -> Answer:
    usage = _usage(response, config)
    if response.status in _LOST:
        error = response.error
        failure = from_code(error.code, error.message) if error else ProviderUnavailable("response cancelled")
        raise of_no_use(failure, usage)
    text, refusal = _text_of(response)
    if refusal and not text:
        raise of_no_use(ProviderRefused(refusal[:500]), usage)
    details = response.incomplete_details
    reason = ""
    if response.status == "incomplete":
        reason = (details.reason if details else None) or "max_output_tokens"
    if reason == "content_filter" and not text:
        raise of_no_use(ProviderRefused("content_filter"), usage)
    return Answer(text=text, complete=response.status != "incomplete", reason=reason, usage=usage)


def _text_of(response: Response) -> tuple[str, str]:
    """All text parts in order, and the refusal, where the model declined."""
    texts, refusals = [], []
    for item in response.output or ():
        for part in item.content if item.type == "message" else ():
            if part.type == "output_text":
                texts.append(part.text)
            elif part.type == "refusal":
                refusals.append(part.refusal)
    return "".join(texts), " ".join(refusals)


def _usage(response: Response, config: OpenAIConfig) -> Usage:
    used: ResponseUsage | None = response.usage
    cached = used.input_tokens_details if used else None
    return Usage(
        provider=config.provider,
        model=response.model or config.text_model,
        input_tokens=used.input_tokens if used else 0,
        cached_tokens=getattr(cached, "cached_tokens", 0) or 0,
        output_tokens=used.output_tokens if used else 0,
        remote_id=response.id or "",
    )
