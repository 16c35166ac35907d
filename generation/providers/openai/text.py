"""The text provider: plans as structured output, chapters as Markdown."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from generation.contract import (
    Brief,
    ChapterRequest,
    ChapterText,
    Kind,
    Planned,
    RemoteCall,
    Written,
)
from generation.outlines import OutlineFault, outline_from_json
from generation.prompts.chapter import chapter_prompt
from generation.prompts.outline import SCHEMA_NAME, outline_prompt, outline_schema
from generation.prompts.prompt import Prompt
from generation.providers.errors import ProviderMisconfigured, ProviderRefused, UnusableAnswer
from generation.providers.openai import chat, responses
from generation.providers.openai.answer import NAME, Answer, Shape, of_no_use
from generation.providers.openai.config import OpenAIConfig

# Tokens of output, the model's thinking included.
LONGEST_OUTLINE = 32_000
WORTH_COUNTING = 300_000  # characters of a prompt
LONGEST_CHAPTER: dict[Kind, int] = {"guide": 16_000, "story": 6_000, "novel": 24_000}

_SUMMARY = re.compile(r"\n*<summary>\s*(.*?)\s*(?:</summary>\s*)?\Z", re.DOTALL | re.IGNORECASE)
_WRAPPED = re.compile(r"\A```(?:markdown|md)?\n(.*)\n```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OpenAIText:
    config: OpenAIConfig
    name: str = NAME

    async def plan(self, brief: Brief, call: RemoteCall) -> Planned:
        shape = Shape(SCHEMA_NAME, outline_schema())
        answer = await self._ask(outline_prompt(brief), call, longest=LONGEST_OUTLINE, shape=shape)
        if answer.reason == "content_filter":
            raise of_no_use(ProviderRefused("the outline was cut off by the content filter"), answer.usage)
        if not answer.complete:
            raise of_no_use(UnusableAnswer("the outline did not fit"), answer.usage)
        try:
            outline = outline_from_json(json.loads(answer.text))
        except (ValueError, OutlineFault) as error:
            raise of_no_use(UnusableAnswer(f"outline: {error}"), answer.usage) from error
        return Planned(outline=outline, usage=answer.usage)

    async def write(self, request: ChapterRequest, call: RemoteCall) -> Written:
        longest = LONGEST_CHAPTER[request.brief.kind]
        answer = await self._ask(chapter_prompt(request), call, longest=longest)
        markdown, summary = _divided(answer.text)
        if not markdown.strip():
            raise of_no_use(UnusableAnswer(f"an empty chapter {answer.reason}".strip()), answer.usage)
        chapter = ChapterText(markdown, complete=answer.complete, reason=answer.reason, summary=summary)
        return Written(chapter=chapter, usage=answer.usage)

    async def input_tokens(self, prompt: Prompt) -> int:
        """What a prompt costs to read, in tokens: counted by the server, or estimated for chat completions."""
        if self.config.api == "responses":
            return await responses.count_input(self.config, prompt)
        return prompt.characters // 3

    async def _check_length(self, prompt: Prompt, longest: int) -> None:
        """A prompt that cannot fit is told before it is paid for."""
        tokens = await self.input_tokens(prompt)
        if tokens + longest > self.config.context_tokens:
            raise ProviderMisconfigured(f"{tokens} tokens to read", code="too_long")

    async def _ask(
        self, prompt: Prompt, call: RemoteCall, *, longest: int, shape: Shape | None = None
    ) -> Answer:
        if prompt.characters > WORTH_COUNTING:
            await self._check_length(prompt, longest)
        ask = chat.ask if self.config.api == "chat" else responses.ask
        return await ask(self.config, prompt, call, longest=longest, shape=shape)


def _divided(text: str) -> tuple[str, str]:
    """The chapter and the summary that was asked for after it. A fence around the whole is taken off."""
    wrapped = _WRAPPED.match(text.strip())
    body = wrapped.group(1) if wrapped else text
    found = _SUMMARY.search(body)
    if found is None:
        return body.rstrip(), ""
    return body[: found.start()].rstrip(), found.group(1).strip()
