"""Who sells and who buys, as an invoice keeps them: what is changed later changes no invoice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from django.conf import settings

from billing.invoicing.numbering import SANDBOX_PREFIX
from billing.models import BillingProfile, Seller
from tenants.models import Membership, Organisation, Role


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an invoice. `note` is a seller's alone."""

    name: str
    address: str = ""
    country: str = ""  # ISO 3166-1 alpha-2
    tax_id: str = ""
    email: str = ""
    note: str = ""

    def as_kept(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Customer:
    """Whom an invoice is made out to, and in which language."""

    party: Party
    language: str


def customer_of(organisation_id: UUID) -> Customer:
    """From the billing details; what they leave open is the organisation's and its first owner's."""
    organisation = Organisation.objects.get(pk=organisation_id)
    profile = BillingProfile.objects.filter(pk=organisation_id).first() or BillingProfile()
    party = Party(
        name=profile.name or organisation.name,
        address=profile.address,
        country=profile.country,
        tax_id=profile.tax_id,
        email=profile.email or _first_owners_address(organisation_id),
    )
    return Customer(party, profile.language or organisation.language or settings.LANGUAGE_CODE)


def seller_now() -> Seller | None:
    """Who sells now."""
    return Seller.objects.filter(current=True).first()


def sender_of(series: Seller) -> Party:
    """Who is named on the invoices of a series: for the sandbox's, whoever sells now."""
    seller = series if series.prefix != SANDBOX_PREFIX else seller_now() or series
    return Party(
        name=seller.name,
        address=seller.address,
        country=seller.country,
        tax_id=seller.tax_id,
        email=seller.email,
        note=seller.note,
    )


def _first_owners_address(organisation_id: UUID) -> str:
    owners = Membership.objects.filter(organisation_id=organisation_id, role=Role.OWNER)
    return owners.order_by("created_at").values_list("user__email", flat=True).first() or ""
