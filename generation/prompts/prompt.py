"""A prompt as plain data, and how text that came from people is set apart in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

# Every tag that a prompt of ours uses to fence data in.
TAGS = (
    "title", "topic", "goal", "audience", "tone", "notes", "hero", "dedication", "style",
    "premise", "bible", "outline", "chapter", "summaries", "text", "instruction", "summary",
)  # fmt: skip
_FENCE = re.compile(rf"<(?=\s*/?\s*(?:{'|'.join(TAGS)})\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """`system` sets the rules; the turns carry the work. The parts that stay the same come first, so that
    a provider which caches prefixes reads them cheaply.
    """

    system: str
    turns: tuple[Turn, ...]

    @property
    def characters(self) -> int:
        return len(self.system) + sum(len(turn.text) for turn in self.turns)


def fenced(tag: str, text: str) -> str:
    """`text` between tags, unable to close them itself: data to write about, never orders to follow."""
    return f"<{tag}>\n{_FENCE.sub('‹', text.strip())}\n</{tag}>" if text.strip() else ""


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
