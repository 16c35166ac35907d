"""Another card, and a word in time where one expires.

A small charge on a hosted page tells the gateway the new card, and is given back at once. Paystack's own page
for it (`manage/link`) would not do: it needs running renewals, which there are none of when a renewal has
failed, and it tells us of the card only by a code that we may not charge with another address. Where
something is owed, that is what is charged: one visit pays it and changes the card.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from billing import clock
from billing.models import PaymentMethod, Purpose, Subscription, SubscriptionStatus
from billing.subscriptions import telling
from billing.subscriptions.asking import Money
from billing.subscriptions.checkout import open_page, settle_earlier
from billing.subscriptions.locking import locked, subscriptions
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.rights import Refusal, check_may_manage
from notifications.models import Kind
from tenants.models import Membership

# The least that Paystack charges, and 1.00 of every other currency.
SMALL: Final = {"NGN": 50_00, "USD": 2_00, "GHS": 1_00, "ZAR": 1_00, "KES": 3_00, "XOF": 100}
NOTICES: Final = (timedelta(days=30), timedelta(days=7))  # before a card expires
RENEWING: Final = (SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE, SubscriptionStatus.PAUSED)


class NoCardNeeded(Refusal):
    """Nothing is paid for, so there is no card to change."""


def change_card(*, membership: Membership, return_url: str) -> str:
    """The address of the page on which another card is given.

    Raises `NotAllowed`, `NoCardNeeded`, `asking.GatewayAway`, `NotConfigured`.
    """
    check_may_manage(membership)
    settle_earlier(membership.organisation_id, Purpose.CARD, Purpose.RETRY)
    subscription = subscriptions().get(organisation_id=membership.organisation_id)
    _check_pays(subscription)
    owes = subscription.status == SubscriptionStatus.PAST_DUE
    price = subscription.price if owes else None
    page = open_page(
        membership=membership,
        purpose=Purpose.RETRY if owes else Purpose.CARD,
        price=price,
        amount=Money.of(price) if price else _small(subscription),
        return_url=return_url,
        check=_check_pays,
    )
    return page.url


def remind_of_cards() -> int:
    """Say that cards expire, thirty and seven days ahead; how many times."""
    now = clock.now()
    soon = PaymentMethod.objects.filter(
        retired_at=None, expires_on__gte=now.date(), expires_on__lte=(now + max(NOTICES)).date()
    )
    charged = soon.filter(
        organisation__subscription__card=F("pk"), organisation__subscription__status__in=RENEWING
    )
    unsaid = Q(expiry_told_at=None) | Q(expires_on__lte=(now + min(NOTICES)).date())
    ids = charged.filter(unsaid).values_list("organisation_id", flat=True)
    return one_by_one(_remind, ids)


def _remind(organisation_id: UUID) -> bool:
    with transaction.atomic():
        subscription, now = locked(organisation_id), clock.now()
        card = subscription.card if subscription else None
        if subscription is None or card is None or card.expires_on is None:
            return False
        ahead = min(span for span in NOTICES if card.expires_on <= (now + span).date())
        told = telling.tell_once(
            subscription,
            Kind.CARD_EXPIRING,
            path="/billing/card/",
            key=f"{card.signature} {card.expires_on} {ahead.days}",
            card=card.last4,
            ends_at=f"{card.expires_on.isoformat()}T12:00:00+00:00",
        )
        if told:
            PaymentMethod.objects.filter(pk=card.pk).update(expiry_told_at=now)
    return told


def _check_pays(subscription: Subscription) -> None:
    if not subscription.price_id or subscription.covered_by_id:
        raise NoCardNeeded(_("Nothing is paid for here, so no card is needed."))


def _small(subscription: Subscription) -> Money:
    currency = subscription.price.currency if subscription.price else "USD"
    return Money(SMALL.get(currency, 1_00), currency)
