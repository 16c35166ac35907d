"""The tax that prices include, in whole minor units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from billing.models import Seller, TaxRate

WHOLE: Final = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Split:
    """`net` and `tax` add up to `total`, in minor units; all three are negative for what is given back."""

    total: int
    tax: int

    @property
    def net(self) -> int:
        return self.total - self.tax


def rate_for(*, seller: Seller, country: str, on: date) -> TaxRate | None:
    """The rate in force that day for customers of a country (ISO 3166-1 alpha-2); None without one."""
    if not country:
        return None
    rates = TaxRate.objects.filter(seller=seller, country=country, valid_from__lte=on)
    return rates.order_by("-valid_from").first()


def split_included(total_minor: int, *, basis_points: int) -> Split:
    """Take the tax out of a price that includes it, rounded half up (away from zero)."""
    return Split(total_minor, _divided(total_minor * basis_points, WHOLE + basis_points))


def split_share(amount_minor: int, *, of: Split, before: int = 0) -> Split:
    """The tax in a part of `of`, after parts of `before` in all were taken. All parts' taxes add up exactly.

    Raises `ValueError` for more than is left.
    """
    after = before + amount_minor
    if not 0 <= before <= after <= of.total:
        raise ValueError(f"{amount_minor} of {of.total} after {before}")
    return Split(amount_minor, _share(after, of) - _share(before, of))


def _share(part: int, of: Split) -> int:
    return _divided(of.tax * part, of.total) if of.total else 0


def _divided(amount: int, by: int) -> int:
    """Rounded half up, the same below zero as above it."""
    rounded = (2 * abs(amount) + by) // (2 * by)
    return rounded if amount >= 0 else -rounded
