"""Sets the typography of a text in its language: quotes, apostrophes, dashes, ellipses and no-break spaces.

A pure and idempotent transform of text runs. The rules see a whole paragraph at once, so a guillemet in roman
before a word in italics still gets its space. Code and addresses are never touched.
"""

from __future__ import annotations

from collections.abc import Sequence

from formats.blocks import Block
from formats.typography import english, french
from formats.typography.paragraphs import Rules, polished_blocks, polished_string

_RULES: dict[str, Rules] = {"en": english.rules, "fr": french.rules}


def rules_for(language: str) -> Rules | None:
    """The rules of a BCP 47 tag's language, or None where there are none and text stays as it is."""
    return _RULES.get(language.lower().split("-")[0])


def polish_blocks(blocks: Sequence[Block], language: str) -> tuple[Block, ...]:
    return polished_blocks(blocks, language, rules_for)


def polish_text(text: str, language: str) -> str:
    return polished_string(text, rules_for(language))
