"""Telling those who pay: every owner, and the address for invoices where that is none of theirs.

What is told is told in the transaction of what it tells of, and so once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.conf import settings

from billing.invoicing.parties import customer_of
from billing.models import BillingProfile, Payment, Refund, Subscription
from billing.money import in_words
from billing.subscriptions.locking import subscriptions
from notifications import notify
from notifications.emails import message_to_address
from notifications.models import Kind, Notification
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Role

PATH: Final = "/billing/"


def tell(
    subscription: Subscription, kind: Kind, *, path: str = PATH, but_no_letter_to: str = "", **data: Any
) -> None:
    """Part of the caller's transaction. `data` is plain JSON; plan and organisation are added to it.

    Whoever has the address `but_no_letter_to` gets a letter about it already, and hears of it in the app
    alone.
    """
    organisation = subscription.organisation
    told = {"plan": subscription.plan.name, "organisation": organisation.name, "path": path, **data}
    owners = User.objects.filter(memberships__organisation=organisation, memberships__role=Role.OWNER)
    with entered(organisation):
        for owner in owners.order_by("pk"):
            made = notify(owner, kind, told)
            if made and owner.email.lower() == but_no_letter_to.lower():
                Notification.objects.filter(pk=made.pk).update(by_email=False)
    address = _other_address(subscription, owners)
    if address and address != but_no_letter_to.lower():
        message_to_address(address, organisation=organisation, kind=kind, data=told).send()


def tell_once(subscription: Subscription, kind: Kind, *, key: str, **data: Any) -> bool:
    """The same, unless it was told under this key. To be called with the subscription locked."""
    before = Notification.objects.filter(organisation=subscription.organisation_id, kind=kind, data__key=key)
    if before.exists():
        return False
    tell(subscription, kind, key=key, **data)
    return True


def tell_of_payment(payment: Payment) -> None:
    """That it came. The invoice itself goes to the address for invoices, which needs no second letter."""
    subscription = subscriptions().get(organisation_id=payment.organisation_id)
    tell(
        subscription,
        Kind.PAYMENT_RECEIVED,
        path=f"/billing/invoices/{payment.invoice_id}/",
        but_no_letter_to=customer_of(payment.organisation_id).party.email,
        amount=amount(payment.amount_minor, payment.currency),
        card=payment.card_last4,
        period_end=moment(subscription.period_end),
    )


def tell_of_refund(subscription: Subscription, refund: Refund) -> None:
    told = amount(refund.amount_minor, refund.payment.currency)
    tell(
        subscription,
        Kind.PAYMENT_REFUNDED,
        path="/billing/invoices/",
        but_no_letter_to=customer_of(subscription.organisation_id).party.email,
        amount=told,
    )


def amount(minor: int, currency: str) -> dict[str, str]:
    """As `data` holds it: in the words of each language."""
    return {code: in_words(minor, currency, language=code) for code, _name in settings.LANGUAGES}


def moment(at: datetime | None) -> str:
    """As `data` holds it."""
    return at.isoformat() if at else ""


def _other_address(subscription: Subscription, owners: Any) -> str:
    profile = BillingProfile.objects.filter(pk=subscription.organisation_id).first()
    address = profile.email.lower() if profile else ""
    return "" if owners.filter(email__iexact=address).exists() else address
