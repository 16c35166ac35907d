"""Text by chat completions (POST /v1/chat/completions), which nearly every compatible server has."""

from __future__ import annotations

from typing import Any

from openai.types import CompletionUsage

from generation.contract import RemoteCall, Usage
from generation.prompts.prompt import Prompt
from generation.providers.errors import ProviderRefused, ProviderUnavailable
from generation.providers.openai.answer import Answer, Shape, of_no_use
from generation.providers.openai.config import OpenAIConfig
from generation.providers.openai.connection import client_for
from generation.providers.openai.failures import translated

_WHY_INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}


async def ask(
    config: OpenAIConfig, prompt: Prompt, call: RemoteCall, *, longest: int, shape: Shape | None = None
) -> Answer:
    """Ask and wait for the whole answer. This API has no background mode: `call` has nothing to remember."""
    gathered = _Gathered()
    request = _request(config, prompt, longest, shape)
    with translated():
        if config.arrives == "plain":
            gathered.take_whole(await client_for(config).chat.completions.create(**request))
        else:
            await _stream_into(gathered, config, request)
    return gathered.answer(config)


def _request(config: OpenAIConfig, prompt: Prompt, longest: int, shape: Shape | None) -> dict[str, Any]:
    request: dict[str, Any] = {
        "model": config.text_model,
        "messages": [
            {"role": "system", "content": prompt.system},
            *({"role": turn.role, "content": turn.text} for turn in prompt.turns),
        ],
        # Compatible servers know the older name; OpenAI's own refuses it for models that think.
        "max_completion_tokens" if config.is_openai else "max_tokens": longest,
    }
    if shape is not None:
        request["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": shape.name, "schema": shape.schema, "strict": True},
        }
    if config.reasoning_effort:
        request["reasoning_effort"] = config.reasoning_effort
    return request


async def _stream_into(gathered: _Gathered, config: OpenAIConfig, request: dict[str, Any]) -> None:
    request |= {"stream": True, "stream_options": {"include_usage": True}}
    async with await client_for(config).chat.completions.create(**request) as chunks:
        async for chunk in chunks:
            gathered.take_chunk(chunk)
    if not gathered.finish:
        raise ProviderUnavailable("the stream ended before the answer did", uncertain=True)


class _Gathered:
    """The parts of one answer, as they come in."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.refusals: list[str] = []
        self.finish = ""
        self.id = self.model = ""
        self.used: CompletionUsage | None = None

    def take_chunk(self, chunk: Any) -> None:
        self._take_head(chunk)
        for choice in chunk.choices[:1]:
            self._take(choice.delta, choice.finish_reason)

    def take_whole(self, completion: Any) -> None:
        self._take_head(completion)
        for choice in completion.choices[:1]:
            self._take(choice.message, choice.finish_reason)

    def answer(self, config: OpenAIConfig) -> Answer:
        text, usage = "".join(self.texts), self._usage(config)
        reason = _WHY_INCOMPLETE.get(self.finish, "")
        if not text and (self.refusals or reason == "content_filter"):
            raise of_no_use(ProviderRefused("".join(self.refusals)[:500] or reason), usage)
        return Answer(text=text, complete=not reason, reason=reason, usage=usage)

    def _take_head(self, part: Any) -> None:
        self.id, self.model = part.id or self.id, part.model or self.model
        self.used = part.usage or self.used

    def _take(self, message: Any, finish: str | None) -> None:
        self.texts.append(getattr(message, "content", None) or "")
        self.refusals += filter(None, [getattr(message, "refusal", None)])
        self.finish = finish or self.finish

    def _usage(self, config: OpenAIConfig) -> Usage:
        used = self.used
        details = used.prompt_tokens_details if used else None
        return Usage(
            provider=config.provider,
            model=self.model or config.text_model,
            input_tokens=used.prompt_tokens if used else 0,
            cached_tokens=(details.cached_tokens or 0) if details else 0,
            output_tokens=used.completion_tokens if used else 0,
            remote_id=self.id,
        )
