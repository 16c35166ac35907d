"""Cards that may be charged again, and the address under which a gateway knows a customer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from billing import clock
from billing.gateways.contract import Card, Charge
from billing.models import BillingProfile, Payment, PaymentMethod
from billing.subscriptions.vendors import account_in_use
from tenants.models import Membership, Role
from tenants.sealing import seal, unseal


def remember_card(*, payment: Payment, charge: Charge) -> PaymentMethod | None:
    """Keep the card of a charge as the organisation's only one; None where it cannot be charged again.

    To be called with the subscription locked.
    """
    if charge.card is None or not charge.card.reusable:
        return None
    same: dict[str, Any] = {
        "organisation_id": payment.organisation_id,
        "gateway": payment.gateway,
        "test_mode": payment.test_mode,
        "retired_at": None,
    }
    method, _made = PaymentMethod.objects.update_or_create(
        **same, signature=charge.card.signature, defaults=_particulars(charge.card, charge.customer_code)
    )
    PaymentMethod.objects.filter(**same).exclude(pk=method.pk).update(retired_at=clock.now())
    return method


def card_of(method: PaymentMethod) -> Card:
    """As the gateway wants it."""
    return Card(
        authorization=unseal(method.sealed_authorization),
        signature=method.signature,
        email=method.email,
        brand=method.brand,
        last4=method.last4,
        expires_on=method.expires_on,
        reusable=True,
    )


def customer_email(organisation_id: UUID) -> str:
    """The address under which the gateway knows an organisation, and no other one.

    A gateway tells customers apart by their address, and a customer's renewals on one plan by nothing. So
    whoever pays for several organisations pays for the later ones as name+address@host, which arrives at the
    same place. Raises `Membership.DoesNotExist` where nobody owns the organisation.
    """
    kept = PaymentMethod.objects.filter(organisation_id=organisation_id).order_by("-created_at").first()
    if kept:
        return kept.email
    owner = (
        Membership.objects.filter(organisation_id=organisation_id, role=Role.OWNER)
        .select_related("user", "organisation")
        .earliest("created_at")
    )
    profile = BillingProfile.objects.filter(pk=organisation_id).first()
    email = ((profile.email if profile else "") or owner.user.email).lower()
    if not _is_taken(email, organisation_id):
        return email
    name, _at, host = email.rpartition("@")
    return f"{name}+{owner.organisation.slug}@{host}"


def _is_taken(email: str, organisation_id: UUID) -> bool:
    """Another organisation pays under it, or comes before this one in paying under it."""
    if PaymentMethod.objects.filter(email=email).exclude(organisation_id=organisation_id).exists():
        return True
    named = BillingProfile.objects.filter(email__iexact=email).values_list("organisation_id", flat=True)
    owned = Membership.objects.filter(role=Role.OWNER, user__email__iexact=email)
    return any(pk < organisation_id for pk in {*named, *owned.values_list("organisation_id", flat=True)})


def _particulars(card: Card, customer_code: str) -> dict[str, object]:
    return {
        "customer_code": customer_code,
        "email": card.email,
        "account": account_in_use(),
        "sealed_authorization": seal(card.authorization),
        "brand": card.brand,
        "last4": card.last4,
        "expires_on": card.expires_on,
    }
