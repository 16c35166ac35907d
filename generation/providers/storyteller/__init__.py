"""The embedded storyteller: books without a network, a key or a language model."""

from .provider import MODEL, NAME, Storyteller

__all__ = ["MODEL", "NAME", "Storyteller"]
