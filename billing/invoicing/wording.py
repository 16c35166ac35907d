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


_ENGLISH: Final = Words(
    invoice="Invoice",
    credit_note="Credit note",
    number="Number",
    issued="Issued on",
    paid_on="Paid on",
    corrects="Corrects",
    reason="Reason",
    seller="From",
    customer="To",
    tax_number="Tax number: {number}",
    description="Description",
    period="{start} – {end}",
    net="Net",
    tax="Tax",
    total="Total",
    net_sum="Total without tax",
    tax_sum="{name} {rate} on {net}",
    no_tax="No tax",
    paid="Paid on {day}.",
    paid_by_card="Paid on {day} by {card}.",
    given_back="Gives back part or all of invoice {number} of {day}.",
    sandbox="Sandbox: no money has moved, and this is no invoice.",
    amounts="All amounts are in {currency}.",
    page="Page {page} of {pages}",
    monthly="monthly",
    yearly="yearly",
    kinds={
        ItemKind.SUBSCRIPTION: "{plan}, {interval}",
        ItemKind.UPGRADE: "{plan}, rest of the period",
        ItemKind.UNUSED: "{plan}, unused rest of the period",
        ItemKind.REFUND: "Refund: {plan}",
    },
    file_name="invoice",
)
_FRENCH: Final = Words(
    invoice="Facture",
    credit_note="Avoir",
    number="Numéro",
    issued="Émise le",
    paid_on="Payée le",
    corrects="Corrige",
    reason="Motif",
    seller="Vendeur",
    customer="Client",
    tax_number="Numéro fiscal\u00a0: {number}",
    description="Désignation",
    period="{start} – {end}",
    net="HT",
    tax="Taxe",
    total="TTC",
    net_sum="Total hors taxes",
    tax_sum="{name} {rate} sur {net}",
    no_tax="Sans taxe",
    paid="Payée le {day}.",
    paid_by_card="Payée le {day} par {card}.",
    given_back="Rembourse tout ou partie de la facture {number} du {day}.",
    sandbox="Bac à sable\u00a0: aucun argent n’a circulé, ceci n’est pas une facture.",
    amounts="Tous les montants sont en {currency}.",
    page="Page {page} sur {pages}",
    monthly="par mois",
    yearly="par an",
    kinds={
        ItemKind.SUBSCRIPTION: "{plan}, {interval}",
        ItemKind.UPGRADE: "{plan}, reste de la période",
        ItemKind.UNUSED: "{plan}, reste de la période non utilisé",
        ItemKind.REFUND: "Remboursement\u00a0: {plan}",
    },
    file_name="facture",
)


def words_in(language: str) -> Words:
    """In French, else in English."""
    return _FRENCH if language.lower().startswith("fr") else _ENGLISH
