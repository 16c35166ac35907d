"""Who sells, and the tax that its prices include: changed by the platform's people, for invoices to come."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from billing import clock
from billing.models import Seller, TaxRate
from insights import record
from insights.actions import Action
from tenants.accounts.models import User


class TooLate(ValueError):
    """It is in force already, and invoices have been made by it. The message is for whoever asks."""


@dataclass(frozen=True, slots=True)
class SellerDetails:
    """What stands on invoices. `prefix` begins their numbers, and can be changed until the first is given."""

    name: str
    prefix: str
    address: str = ""
    country: str = ""  # ISO 3166-1 alpha-2
    tax_id: str = ""
    email: str = ""
    note: str = ""


def is_complete(seller: Seller) -> bool:
    """Whether it says what an invoice must say by law nearly everywhere."""
    return bool(seller.name and seller.address and seller.country)


def change_seller(*, seller: Seller, details: SellerDetails, by: User) -> Seller:
    """Raises `TooLate` for another prefix once numbers have been given."""
    with transaction.atomic():
        seller = Seller.objects.select_for_update().get(pk=seller.pk)
        given = seller.last_invoice or seller.last_credit_note
        if given and details.prefix != seller.prefix:
            raise TooLate(_("Numbers have been given with it. Another company begins with another prefix."))
        before = {"name": seller.name, "tax_id": seller.tax_id}
        for name, value in asdict(details).items():
            setattr(seller, name, value)
        seller.save(update_fields=list(asdict(details)))
        record(Action.SELLER_CHANGED, actor=by, resource=seller, details={"before": before})
    return seller


def sell_as_another(*, details: SellerDetails, by: User) -> Seller:
    """Have another company sell from now on, with numbers of its own and the tax rates of the one before.

    Raises `IntegrityError` for a prefix that is another seller's.
    """
    with transaction.atomic():
        former = Seller.objects.select_for_update().filter(current=True).first()
        Seller.objects.filter(current=True).update(current=False)
        seller = Seller.objects.create(**asdict(details), current=True)
        for rate in former.tax_rates.all() if former else ():
            TaxRate.objects.create(
                seller=seller, country=rate.country, name=rate.name, basis_points=rate.basis_points,
                valid_from=rate.valid_from,
            )  # fmt: skip
        record(Action.SELLER_ADDED, actor=by, resource=seller)
    return seller


def add_tax_rate(
    *, seller: Seller, country: str, name: str, basis_points: int, valid_from: date, by: User
) -> TaxRate:
    """Set the rate of a country from a day on, today at the earliest. Raises `TooLate`."""
    if valid_from < clock.now().date():
        raise TooLate(_("A rate holds from today on at the earliest: invoices before that are made."))
    with transaction.atomic():
        rate, _made = TaxRate.objects.update_or_create(
            seller=seller,
            country=country,
            valid_from=valid_from,
            defaults={"name": name, "basis_points": basis_points},
        )
        record(Action.TAX_RATE_ADDED, actor=by, resource=rate, details=_details(rate))
    return rate


def remove_tax_rate(*, rate: TaxRate, by: User) -> None:
    """Take back a rate that is not in force yet. Raises `TooLate`."""
    if rate.valid_from <= clock.now().date():
        words = _("It is in force. Set another rate from a later day on; a rate of nought ends the tax.")
        raise TooLate(words)
    with transaction.atomic():
        record(Action.TAX_RATE_REMOVED, actor=by, resource=rate, details=_details(rate))
        rate.delete()


def _details(rate: TaxRate) -> dict[str, object]:
    return {
        "country": rate.country,
        "basis_points": rate.basis_points,
        "valid_from": rate.valid_from.isoformat(),
    }
