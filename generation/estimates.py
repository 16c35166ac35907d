"""What a step will about cost, so that its money can be set aside before it is sent."""

from __future__ import annotations

from billing.prices import estimate_micros
from generation.contract import Brief, Kind
from generation.providers import choice

# Tokens that go in and come out, seen generously; the ledger has the true ones afterwards.
OUTLINE: dict[Kind, tuple[int, int]] = {
    "guide": (2_500, 5_000),
    "story": (2_500, 7_000),
    "novel": (3_000, 12_000),
}
CHAPTER: dict[Kind, tuple[int, int]] = {
    "guide": (4_000, 4_000),
    "story": (3_000, 1_000),
    "novel": (9_000, 8_000),
}
PICTURE = (2_000, 2_500)


def outline_micros(provider: str, brief: Brief) -> int:
    return _text(provider, *OUTLINE[brief.kind])


def chapter_micros(provider: str, brief: Brief) -> int:
    return _text(provider, *CHAPTER[brief.kind])


def picture_micros(provider: str) -> int:
    if choice.is_own(provider):
        return 0
    received, given = PICTURE if provider == choice.OPENAI else (0, 0)
    model = choice.picture_model(provider)
    return estimate_micros(
        provider=provider, model=model, input_tokens=received, output_tokens=given, pictures=1
    )


def _text(provider: str, received: int, given: int) -> int:
    if choice.is_own(provider):
        return 0
    model = choice.text_model(provider)
    return estimate_micros(provider=provider, model=model, input_tokens=received, output_tokens=given)
