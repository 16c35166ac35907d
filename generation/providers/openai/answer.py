"""What came back, whichever API it came by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generation.contract import Usage
from generation.providers.errors import ProviderError

NAME = "openai"


@dataclass(frozen=True, slots=True)
class Answer:
    """`reason` says why an answer is not complete: "max_output_tokens" or "content_filter"."""

    text: str
    complete: bool
    reason: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Shape:
    """The JSON that an answer has to be, as a strict schema."""

    name: str
    schema: dict[str, Any]


def of_no_use(error: ProviderError, usage: Usage) -> ProviderError:
    """The error of an answer that was paid for and cannot be used: the next try asks anew, not for this one."""
    error.used = usage if usage.input_tokens or usage.output_tokens or usage.pictures else None
    error.forget_call = True
    return error
