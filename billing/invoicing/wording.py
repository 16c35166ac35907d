"""The words of an invoice, in the customer's language rather than the reader's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from billing.models import ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Those in braces are filled in."""

    invoice: str
    credit_note: str
    number: str
    issued: str
    paid_on: str
    corrects: str
    reason: str
    seller: str
    customer: str
    tax_number: str  # {number}
    description: str
    period: str  # {start} {end}
    net: str
    tax: str
    total: str
    net_sum: str
    tax_sum: str  # {name} {rate} {net}
    no_tax: str
    paid: str  # {day}
    paid_by_card: str  # {day} {card}
    given_back: str  # {number} {day}
    sandbox: str
    amounts: str  # {currency}
    page: str  # {page} {pages}, filled in by the template
    monthly: str
    yearly: str
    kinds: dict[str, str]  # by billing.models.ItemKind; {plan}
    file_name: str


# In English and in French.
_TEXTS: Final = {
    "invoice": ("Invoice", "Facture"),
    "credit_note": ("Credit note", "Avoir"),
    "number": ("Number", "Numéro"),
    "issued": ("Issued on", "Émise le"),
    "paid_on": ("Paid on", "Payée le"),
    "corrects": ("Corrects", "Corrige"),
    "reason": ("Reason", "Motif"),
    "seller": ("From", "Vendeur"),
    "customer": ("To", "Client"),
    "tax_number": ("Tax number: {number}", "Numéro fiscal\u00a0: {number}"),
    "description": ("Description", "Désignation"),
    "period": ("{start} – {end}", "{start} – {end}"),
    "net": ("Net", "HT"),
    "tax": ("Tax", "Taxe"),
    "total": ("Total", "TTC"),
    "net_sum": ("Total without tax", "Total hors taxes"),
    "tax_sum": ("{name} {rate} on {net}", "{name} {rate} sur {net}"),
    "no_tax": ("No tax", "Sans taxe"),
    "paid": ("Paid on {day}.", "Payée le {day}."),
    "paid_by_card": ("Paid on {day} by {card}.", "Payée le {day} par {card}."),
    "given_back": (
        "Gives back part or all of invoice {number} of {day}.",
        "Rembourse tout ou partie de la facture {number} du {day}.",
    ),
    "sandbox": (
        "Sandbox: no money has moved, and this is no invoice.",
        "Bac à sable\u00a0: aucun argent n’a circulé, ceci n’est pas une facture.",
    ),
    "amounts": ("All amounts are in {currency}.", "Tous les montants sont en {currency}."),
    "page": ("Page {page} of {pages}", "Page {page} sur {pages}"),
    "monthly": ("monthly", "par mois"),
    "yearly": ("yearly", "par an"),
    "file_name": ("invoice", "facture"),
}
_KINDS: Final = {
    ItemKind.SUBSCRIPTION: ("{plan}, {interval}", "{plan}, {interval}"),
    ItemKind.UPGRADE: ("{plan}, rest of the period", "{plan}, reste de la période"),
    ItemKind.UNUSED: ("{plan}, unused rest of the period", "{plan}, reste de la période non utilisé"),
    ItemKind.REFUND: ("Refund: {plan}", "Remboursement\u00a0: {plan}"),
}


def words_in(language: str) -> Words:
    """In French, else in English."""
    return _FRENCH if language.lower().startswith("fr") else _ENGLISH


def _words(place: int) -> Words:
    kinds = {str(kind): texts[place] for kind, texts in _KINDS.items()}
    return Words(**{name: texts[place] for name, texts in _TEXTS.items()}, kinds=kinds)


_ENGLISH, _FRENCH = _words(0), _words(1)
