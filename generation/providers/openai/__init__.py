"""OpenAI, and every server that speaks its protocol: text by responses or chat completions, and pictures."""

from generation.providers.openai.config import OpenAIConfig
from generation.providers.openai.pictures import OpenAIPictures
from generation.providers.openai.text import OpenAIText

__all__ = ["OpenAIConfig", "OpenAIPictures", "OpenAIText"]
