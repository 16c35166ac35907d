"""What a provider's call costs, from the price table that the console keeps."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from billing.models import Price

MILLION = 1_000_000
ANY_MODEL = "*"
_KEPT_SECONDS = 30.0
OWN = "own:"  # begins the name of a provider that the organisation itself pays: it costs the platform nothing


class Used(Protocol):
    """What one call used, as the provider reported it."""

    @property
    def provider(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def input_tokens(self) -> int: ...
    @property
    def cached_tokens(self) -> int:
        """Those of the input tokens that the provider had kept and charges less for."""
        ...

    @property
    def output_tokens(self) -> int: ...
    @property
    def pictures(self) -> int: ...
    @property
    def remote_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Rate:
    """Prices in micro-units of the currency: of a million tokens, and of one picture."""

    input: int
    cached: int
    output: int
    picture: int
    version: int = 1


@dataclass(frozen=True, slots=True)
class Cost:
    """Micro-units of the currency, and the version of the price that they were reckoned with."""

    micros: int
    version: int


def cost(used: Used) -> Cost | None:
    """What the call costs the platform, rounded up to a whole micro-unit; None where no price is known."""
    if used.provider.startswith(OWN):
        return Cost(0, 0)
    rate = _rate_for(_rates(), used.provider, used.model)
    return None if rate is None else Cost(priced(used, rate), rate.version)


def price_of(*, provider: str, model: str) -> Price | None:
    """The price by which calls of the model are reckoned."""
    rows = {price.model: price for price in Price.objects.filter(provider=provider)}
    return next((rows[name] for name in _names(model) if name in rows), None)


def priced(used: Used, rate: Rate) -> int:
    cached = min(used.cached_tokens, used.input_tokens)
    tokens = (
        (used.input_tokens - cached) * rate.input + cached * rate.cached + used.output_tokens * rate.output
    )
    return -(-tokens // MILLION) + used.pictures * rate.picture


def estimate_micros(
    *, provider: str, model: str, input_tokens: int = 0, output_tokens: int = 0, pictures: int = 0
) -> int:
    """What a call of that size would cost, to be reserved before it is made; 0 where no price is known."""
    if provider.startswith(OWN):
        return 0
    rate = _rate_for(_rates(), provider, model)
    if rate is None:
        return 0
    return priced(_Size(provider, model, input_tokens, output_tokens, pictures), rate)


def forget_prices() -> None:
    """Read the price table again at the next call: after it was changed, or in a test."""
    global _cached_until  # noqa: PLW0603
    _cached_until = 0.0


@dataclass(frozen=True, slots=True)
class _Size:
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    pictures: int
    cached_tokens: int = 0
    remote_id: str = ""


def _rate_for(rates: Mapping[tuple[str, str], Rate], provider: str, model: str) -> Rate | None:
    """The model's own price, else that of the longest name it extends ("gpt-5-2025-08-07" is "gpt-5")."""
    for name in _names(model):
        if rate := rates.get((provider, name)):
            return rate
    return None


def _names(model: str) -> Iterable[str]:
    parts = model.split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])
    yield ANY_MODEL


_cached: dict[tuple[str, str], Rate] = {}
_cached_until = 0.0


def _rates() -> dict[tuple[str, str], Rate]:
    global _cached, _cached_until  # noqa: PLW0603
    if time.monotonic() > _cached_until:
        _cached = {
            (price.provider, price.model): Rate(
                price.input_micros,
                price.cached_micros,
                price.output_micros,
                price.picture_micros,
                price.version,
            )
            for price in Price.objects.all()
        }
        _cached_until = time.monotonic() + _KEPT_SECONDS
    return _cached
