"""Renewals at the gateway, brought into line with what a subscription wants.

What is wanted is in the subscription's row; the gateway is made to follow it, now or by the next run of the
clock. A doing that changes what is wanted empties `gateway_code` in its own transaction. So whoever looks can
tell from the row alone that something is left to do, and renewals that belong to no row are ended here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from billing import clock
from billing.gateways.contract import Gateway, GatewayError, Renewals, RenewalState
from billing.models import GatewayPlan, PaymentMethod, PlanPrice, Subscription, SubscriptionStatus
from billing.subscriptions.applying import EARLY
from billing.subscriptions.cards import card_of
from billing.subscriptions.locking import Busy, alone_at_the_gateway, subscriptions
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.vendors import at_hand, gateway_of
from tenants.models import OrganisationStatus

LIVE: Final = (RenewalState.ACTIVE, RenewalState.FAILING)
SOONEST: Final = timedelta(minutes=5)  # before a period's end nothing is begun any more

# Subscriptions that are to be renewed by the gateway. Until they have a card, they cannot be.
WANTED: Final = (
    Q(status=SubscriptionStatus.ACTIVE, price__isnull=False, card__isnull=False, covered_by=None)
    & Q(cancel_at_period_end=False, paused_at=None)
    & ~Q(organisation__status=OrganisationStatus.DELETING)
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """Renewals as they are to be."""

    price: PlanPrice
    card: PaymentMethod
    first_on: datetime


def wish_of(subscription: Subscription) -> Wish | None:
    """The same as `WANTED`, of one row."""
    price, card, first_on = (
        subscription.next_price or subscription.price,
        subscription.card,
        subscription.period_end,
    )
    deleting = subscription.organisation.status == OrganisationStatus.DELETING
    leaving = subscription.cancel_at_period_end or subscription.paused_at or deleting
    active = subscription.status == SubscriptionStatus.ACTIVE and subscription.covered_by_id is None
    if not active or leaving or subscription.price is None or not price or not card or not first_on:
        return None
    return Wish(price, card, first_on)


def follow(*, organisation_id: UUID) -> None:
    """Begin, replace or end renewals at the gateway, as the subscription wants it. Can be repeated.

    Raises `GatewayError`, and `Busy` where somebody else does it just now.
    """
    subscription = subscriptions().filter(organisation_id=organisation_id).exclude(gateway="").first()
    if subscription is not None:
        with alone_at_the_gateway(subscription.pk):
            follow_alone(subscriptions().get(pk=subscription.pk))


def follow_alone(subscription: Subscription) -> None:
    """The same for whoever is alone at the gateway."""
    wish = wish_of(subscription)
    if wish is None:
        _end_all(subscription)
    elif not subscription.gateway_code and wish.first_on > clock.now() + SOONEST:
        _begin(subscription, wish)
    elif not subscription.gateway_code:  # too late: nothing else is to be charged, and we ask ourselves
        _end_all(subscription)


def follow_all() -> int:
    """Whatever is left to do by the rows; how many were brought into line."""
    undone = (WANTED & Q(gateway_code="", period_end__gt=clock.now() + SOONEST)) | (
        ~WANTED & ~Q(gateway_code="")
    )
    ids = at_hand(subscriptions()).filter(undone).values_list("organisation_id", flat=True)
    return one_by_one(lambda pk: try_to_follow(organisation_id=pk), ids)


def try_to_follow(*, organisation_id: UUID) -> bool:
    """One that does not succeed is logged, and done by the next run of the clock."""
    try:
        follow(organisation_id=organisation_id)
    except Busy:
        logger.info("renewals looked at by another", extra={"of": str(organisation_id)})
        return False
    except GatewayError:
        logger.warning("renewals not in line", extra={"of": str(organisation_id)}, exc_info=True)
        return False
    return True


def plan_code(gateway: Gateway, price: PlanPrice) -> str:
    """What a price is called at the gateway, where it is made when it is first needed."""
    of_account = {"gateway": gateway.name, "test_mode": gateway.test_mode, "account": gateway.account}
    known = GatewayPlan.objects.filter(**of_account, price=price).first()
    if known:
        return known.code
    code = gateway.plan_code(
        name=f"{price.plan.name} {price.plan.version}",
        amount_minor=price.amount_minor,
        currency=price.currency,
        interval=price.interval,
    )
    # Two at once make two; the one whose row is first is used, the other stays empty.
    found, _made = GatewayPlan.objects.get_or_create(**of_account, price=price, defaults={"code": code})
    return found.code


def is_as_wished(found: Renewals, wish: Wish, *, plan_code: str) -> bool:
    """Whether they will charge that amount for that plan, to that card, at about that time."""
    on_time = found.next_on is not None and abs(found.next_on - wish.first_on) <= EARLY
    wished = (plan_code, wish.price.amount_minor, card_of(wish.card).authorization)
    same = (found.plan_code, found.amount_minor, found.authorization) == wished
    return same and on_time and found.state is RenewalState.ACTIVE


def live_renewals(gateway: Gateway, subscription: Subscription) -> Iterator[Renewals]:
    """Those of the organisation's customers at the gateway that will charge or have failed."""
    cards = PaymentMethod.objects.filter(
        organisation_id=subscription.organisation_id, gateway=gateway.name, test_mode=gateway.test_mode
    )
    for customer_code in sorted(set(cards.values_list("customer_code", flat=True))):
        for renewals in gateway.renewals_of(customer_code=customer_code):
            if renewals.state in LIVE:
                yield renewals


def _begin(subscription: Subscription, wish: Wish) -> None:
    """Take over what was begun before an interruption, end everything else, begin where there is nothing."""
    gateway = gateway_of(subscription)
    code, kept = plan_code(gateway, wish.price), None
    for found in list(live_renewals(gateway, subscription)):
        if kept is None and is_as_wished(found, wish, plan_code=code):
            kept = found
        else:
            _end(gateway, found)
    if kept is None:
        kept = gateway.begin_renewals(
            customer_code=wish.card.customer_code,
            plan_code=code,
            card=card_of(wish.card),
            first_on=wish.first_on,
        )
    if not _note(subscription, wish, kept):
        _end(gateway, kept)


def _note(subscription: Subscription, wish: Wish, found: Renewals) -> bool:
    """Write down whose they are; False where something else is wanted by now."""
    same = Subscription.objects.filter(
        WANTED,
        pk=subscription.pk,
        gateway_code="",
        price=subscription.price,
        next_price=subscription.next_price,
        card=wish.card,
        period_end=wish.first_on,
    )
    try:
        with transaction.atomic():
            return bool(same.update(gateway_code=found.code, gateway_token=found.token))
    except IntegrityError:  # another organisation's, under the same customer
        logger.exception("renewals of two organisations", extra={"code": found.code})
        raise


def _end_all(subscription: Subscription) -> None:
    """Nothing is to be charged any more."""
    gateway = gateway_of(subscription)
    if subscription.gateway_code:
        gateway.end_renewals(code=subscription.gateway_code, token=subscription.gateway_token)
    for found in list(live_renewals(gateway, subscription)):
        _end(gateway, found)
    Subscription.objects.filter(pk=subscription.pk, gateway_code=subscription.gateway_code).exclude(
        WANTED
    ).update(gateway_code="", gateway_token="")


def _end(gateway: Gateway, found: Renewals) -> None:
    """Unless they are another organisation's of the same customer."""
    if not Subscription.objects.filter(gateway=gateway.name, gateway_code=found.code).exists():
        gateway.end_renewals(code=found.code, token=found.token)
        logger.info("renewals ended", extra={"code": found.code})
