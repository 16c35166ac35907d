"""An invoice as a PDF: what the page says is put into words here, and set by a template in a child process.

The file is made anew each time from rows that never change, and is the same each time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_percent

from billing import money
from billing.invoicing.press import press
from billing.invoicing.tax import WHOLE
from billing.invoicing.wording import Words, words_in
from billing.models import Interval, Invoice, InvoiceItem, InvoiceKind, Payment

_RATES: Final = {"en": "#,##0.##%", "fr": "#,##0.##\u00a0%"}  # patterns
_LONG_WORD: Final = re.compile(r"\S{26}(?=\S)")
_LOCALES: Final = {"en": "en_GB", "fr": "fr"}  # of days: "1 March 2026"


def pdf_of(invoice: Invoice) -> bytes:
    """Set the invoice on A4, in its own language. Raises `press.NotSet`."""
    return press(page_of(invoice), made_at=invoice.issued_at)


def file_name(invoice: Invoice) -> str:
    return f"{words_in(invoice.language).file_name}-{invoice.number}.pdf"


def page_of(invoice: Invoice) -> dict[str, Any]:
    """What the page says, as plain data: nothing of it is ever read as markup."""
    words, payment = words_in(invoice.language), _payment(invoice)
    items = list(invoice.items.all())
    return {
        "language": invoice.language[:2],
        "title": words.invoice if invoice.kind == InvoiceKind.INVOICE else words.credit_note,
        "number": invoice.number,
        "facts": _facts(invoice, words),
        "seller": _party(invoice.seller_as_was, invoice.language, words),
        "customer": _party(invoice.customer, invoice.language, words),
        "labels": {name: getattr(words, name) for name in ("seller", "customer", "page")},
        "heads": [words.description, words.net, words.tax, words.total],
        "lines": [_line(item, invoice, words) for item in items],
        "sums": _sums(invoice, items, words),
        "total": [words.total, _amount(invoice.total_minor, invoice)],
        "settled": _settled(invoice, payment, words),
        "amounts": words.amounts.format(currency=invoice.currency),
        "note": invoice.seller_as_was.get("note", ""),
        "sandbox": words.sandbox if payment and payment.test_mode else "",
    }


def _facts(invoice: Invoice, words: Words) -> list[list[str]]:
    facts = [[words.number, invoice.number], [words.issued, _day(invoice.issued_at, invoice.language)]]
    if invoice.corrects:
        facts.append([words.corrects, invoice.corrects.number])
    elif invoice.paid_at:
        facts.append([words.paid_on, _day(invoice.paid_at, invoice.language)])
    return [*facts, [words.reason, invoice.reason]] if invoice.reason else facts


def _party(kept: dict[str, str], language: str, words: Words) -> dict[str, Any]:
    lines = kept.get("address", "").splitlines()
    lines.append(country_name(kept.get("country", ""), language))
    if kept.get("tax_id"):
        lines.append(words.tax_number.format(number=kept["tax_id"]))
    lines.append(kept.get("email", ""))
    return {
        "name": _breakable(kept.get("name", "")),
        "lines": [_breakable(line.strip()) for line in lines if line.strip()],
    }


def _breakable(text: str) -> str:
    """A word too long for its column may be broken."""
    return _LONG_WORD.sub("\\g<0>\N{ZERO WIDTH SPACE}", text)


def country_name(country: str, language: str) -> str:
    """A country's name in a language; its code where it has none."""
    try:
        return str(Locale.parse(language.replace("-", "_")).territories.get(country.upper(), country))
    except (ValueError, UnknownLocaleError):
        return country


def _line(item: InvoiceItem, invoice: Invoice, words: Words) -> dict[str, str]:
    interval = {Interval.MONTH: words.monthly, Interval.YEAR: words.yearly}.get(Interval(item.interval), "")
    period = ""
    if item.period_start and item.period_end:
        start, end = (_day(day, invoice.language) for day in (item.period_start, item.period_end))
        period = words.period.format(start=start, end=end)
    return {
        "what": words.kinds[item.kind].format(plan=item.plan_name, interval=interval).rstrip(" ,:\u00a0"),
        "period": period,
        "net": _amount(item.net_minor, invoice),
        "tax": f"{item.tax_name} {_rate(item.tax_basis_points, invoice.language)}" if item.tax_name else "–",
        "total": _amount(item.total_minor, invoice),
    }


def _sums(invoice: Invoice, items: list[InvoiceItem], words: Words) -> list[list[str]]:
    """Without tax, then each rate with what it is of."""
    by_rate: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for item in items:
        sums = by_rate[item.tax_name, item.tax_basis_points]
        sums[0], sums[1] = sums[0] + item.net_minor, sums[1] + item.tax_minor
    taxed = [
        [
            words.tax_sum.format(name=name, rate=_rate(points, invoice.language), net=_amount(net, invoice)),
            _amount(tax, invoice),
        ]
        for (name, points), (net, tax) in by_rate.items()
        if name
    ]
    untaxed = [words.no_tax, _amount(0, invoice)]
    return [[words.net_sum, _amount(invoice.net_minor, invoice)], *(taxed or [untaxed])]


def _settled(invoice: Invoice, payment: Payment | None, words: Words) -> str:
    """How it was paid, or what it gives back."""
    if invoice.corrects:
        day = _day(invoice.corrects.issued_at, invoice.language)
        return words.given_back.format(number=invoice.corrects.number, day=day)
    if invoice.paid_at is None:
        return ""
    day = _day(invoice.paid_at, invoice.language)
    if payment is None or not payment.card_last4:
        return words.paid.format(day=day)
    card = f"{payment.card_brand.strip().title()} •••• {payment.card_last4}".strip()
    return words.paid_by_card.format(day=day, card=card)


def _payment(invoice: Invoice) -> Payment | None:
    return (invoice.corrects or invoice).payments.first()


def _amount(minor: int, invoice: Invoice) -> str:
    return money.in_words(minor, invoice.currency, language=invoice.language)


def _rate(basis_points: int, language: str) -> str:
    return str(
        format_percent(
            Decimal(basis_points) / WHOLE, _RATES.get(language[:2], _RATES["en"]), locale=language[:2]
        )
    )


def _day(moment: datetime, language: str) -> str:
    return str(format_date(moment.astimezone(UTC), "d MMMM y", locale=_LOCALES.get(language[:2], "en_GB")))
