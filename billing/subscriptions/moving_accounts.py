"""Another account with the gateway, where no card can be charged that was given to the one before.

A key may as well be changed for another one of the same account, which knows all of its customers. So the
gateway is asked, once for each earlier key; nothing is asked while the key stays.
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from billing import clock, states
from billing.gateways.contract import Gateway, GatewayError, NotConfigured
from billing.gateways.registry import gateway
from billing.models import GatewayPlan, PaymentMethod, Subscription
from billing.subscriptions import telling
from billing.subscriptions.locking import locked
from insights.actions import Action
from notifications.models import Kind

logger = logging.getLogger(__name__)


def follow_account() -> int:
    """Put cards under the label of the account that is in use, or aside where it does not know them; how many
    were put aside. Whoever pays with one is asked for a card again.
    """
    try:
        vendor = gateway()
        return sum(_follow(vendor, account) for account in _earlier(vendor))
    except NotConfigured:
        return 0
    except GatewayError:
        logger.warning("account not looked at", exc_info=True)
        return 0


def _earlier(vendor: Gateway) -> list[str]:
    cards = _cards(vendor).exclude(account=vendor.account).order_by("account")
    return list(cards.values_list("account", flat=True).distinct())


def _follow(vendor: Gateway, account: str) -> int:
    if not account or _is_the_same(vendor, account):
        _rename(vendor, account)
        return 0
    logger.warning("cards of another account", extra={"gateway": vendor.name})
    cards = _cards(vendor).filter(account=account).values_list("pk", "organisation_id")
    return sum(_put_aside(card_id, organisation_id) for card_id, organisation_id in list(cards))


def _is_the_same(vendor: Gateway, account: str) -> bool:
    """By the customer that came last: nobody can be removed at Paystack."""
    latest = _cards(vendor).filter(account=account).latest("created_at")
    return vendor.knows_customer(code=latest.customer_code)


def _rename(vendor: Gateway, account: str) -> None:
    """Plans that were made anew meanwhile stay; those before them are not needed."""
    _cards(vendor).filter(account=account).update(account=vendor.account)
    plans = GatewayPlan.objects.filter(gateway=vendor.name, test_mode=vendor.test_mode)
    anew = plans.filter(account=vendor.account, price=OuterRef("price"))
    plans.filter(~Exists(anew), account=account).update(account=vendor.account)


def _put_aside(card_id: UUID, organisation_id: UUID) -> bool:
    """What the other account would charge by itself can be ended there alone: here it is forgotten."""
    with transaction.atomic():
        subscription = locked(organisation_id)
        here = PaymentMethod.objects.filter(pk=card_id, retired_at=None)
        if subscription is None or not here.update(retired_at=clock.now()):
            return False
        if subscription.card is None or subscription.card_id != card_id:
            return True
        mine = Subscription.objects.filter(pk=subscription.pk)
        mine.update(card=None, gateway_code="", gateway_token="")
        details = {"brand": subscription.card.brand, "last4": subscription.card.last4}
        states.note(subscription, Action.CARD_PUT_ASIDE, details=details)
        if subscription.price_id and not subscription.cancel_at_period_end:
            telling.tell(subscription, Kind.CARD_NEEDED)
    return True


def _cards(vendor: Gateway) -> QuerySet[PaymentMethod]:
    return PaymentMethod.objects.filter(gateway=vendor.name, test_mode=vendor.test_mode, retired_at=None)
