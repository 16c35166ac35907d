"""Amounts in words that people read. Everywhere else money is an integer of minor units with its currency."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from babel.numbers import format_currency, get_currency_precision

_WHOLE: Final = {"en": "¤#,##0", "fr": "#,##0\u00a0¤"}  # patterns of amounts without cents
_LETTER_BEFORE_DIGIT: Final = re.compile(r"(?<=[^\W\d_])(?=\d)")  # "KES 100", as Unicode's CLDR has it


def minor_units(currency: str) -> int:
    """How many minor units make one of the currency (ISO 4217): 100 for USD, 1 for XOF."""
    return int(10 ** get_currency_precision(currency))


def in_words(amount_minor: int, currency: str, *, language: str, short: bool = False) -> str:
    """Such as "$19.00" or "19,00 $US"; where `short`, without cents that are nought: "$19"."""
    language = language.lower()[:2]
    minor = minor_units(currency)
    whole = short and amount_minor % minor == 0
    amount = str(
        format_currency(
            _decimal(amount_minor, minor),
            currency,
            format=_WHOLE.get(language, _WHOLE["en"]) if whole else None,
            locale=language,
            currency_digits=not whole,
        )
    )
    return _LETTER_BEFORE_DIGIT.sub("\N{NO-BREAK SPACE}", amount).replace("-", "\N{MINUS SIGN}")


def _decimal(amount_minor: int, minor: int) -> Decimal:
    return Decimal(amount_minor) / minor
