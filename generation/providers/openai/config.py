"""What has to be known to call OpenAI or a compatible server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

OPENAI_URL = "https://api.openai.com/v1"

Api = Literal["responses", "chat"]
Delivery = Literal["auto", "background", "stream", "plain"]


@dataclass(frozen=True, slots=True)
class OpenAIConfig:
    """One account at one address. Hashable: connections are shared by everything with the same values.

    `delivery` says how a text arrives: "background" (an id at once, the text by polling), "stream" or
    "plain"; "auto" takes the background where the server is OpenAI's own and the API has it.
    `context_tokens` is how much the text model reads and writes in one call. Times in seconds; `pause` is the longest silence that is taken for life.
    """

    api_key: str = field(repr=False)
    provider: str = "openai"  # its name in the ledger
    guarded: bool = False  # an address that a customer named
    base_url: str = OPENAI_URL
    api: Api = "responses"
    delivery: Delivery = "auto"
    text_model: str = "gpt-5.6-terra"
    context_tokens: int = 400_000
    reasoning_effort: str = ""
    picture_model: str = "gpt-image-2.5-flare"
    picture_quality: str = "medium"
    connect_timeout: float = 10.0
    pause: float = 120.0
    picture_timeout: float = 300.0
    background_limit: float = 1800.0
    first_poll: float = 0.25
    slowest_poll: float = 2.0

    @property
    def is_openai(self) -> bool:
        return urlsplit(self.base_url).hostname == "api.openai.com"

    @property
    def arrives(self) -> Literal["background", "stream", "plain"]:
        if self.delivery != "auto":
            return self.delivery
        return "background" if self.is_openai and self.api == "responses" else "stream"
