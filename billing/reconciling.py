"""Subscriptions compared with the gateway: what its API says is brought about here, whatever was told before.

Events, people who come back from a hosted page, the clock and the nightly run all end here or in
`subscriptions.settling`. What the nightly run finds and repairs is a difference that should not have been: it
is logged, and recorded for the platform's console.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from billing import clock
from billing.gateways.contract import (
    Charge,
    Event,
    Gateway,
    GatewayError,
    Renewals,
    RenewalState,
    State,
    Topic,
)
from billing.models import (
    GatewayAccount,
    GatewayEvent,
    GatewayPlan,
    Payment,
    PaymentMethod,
    PaymentStatus,
    PlanPrice,
    Purpose,
    Subscription,
    SubscriptionStatus,
)
from billing.states import OPEN_PAYMENTS
from billing.subscriptions import ending, giving_back, overdue, renewals, settling
from billing.subscriptions.applying import is_due
from billing.subscriptions.locking import Busy, alone_at_the_gateway, locked, subscriptions
from billing.subscriptions.vendors import at_hand, gateway_of
from insights import record
from insights.actions import Action
from insights.models import ActivityLog
from tenants.context import in_public

LOOKED_BACK: Final = timedelta(days=40)  # for charges that we do not know, more where it was longer ago
NOT_RENEWED: Final = timedelta(days=1)  # after a period's end, without any word of the gateway
ASKED_AGAIN: Final = timedelta(minutes=15)  # while a renewal is awaited

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something at the gateway that we did not have, or the other way round; `what` is a word for the log."""

    what: str
    organisation_id: str
    about: str = ""  # a reference or a code


@dataclass(slots=True)
class Report:
    """What the nightly run has seen."""

    checked: int = 0
    failed: int = 0
    differences: list[Difference] = field(default_factory=list)


def handle_event(*, event: GatewayEvent, read: Event) -> bool:
    """Look at what an event is about; False where it is about nothing of ours.

    Raises `GatewayError`, and `locking.Busy`, where it is to be looked at again later.
    """
    if read.topic is Topic.CHARGE and (payment := _payment(event, read.reference)):
        settling.settle(payment=payment)
        return True
    if read.topic is Topic.REFUND and (payment := _payment(event, read.reference)):
        giving_back.adopt(payment=payment)
        giving_back.carry_out_open(payment=payment)
        return True
    if read.topic not in (Topic.CHARGE, Topic.RENEWALS):
        return False
    subscription = _subscription(event, read)
    if subscription is None:
        return False
    reconcile(subscription=subscription)
    return True


def reconcile(*, subscription: Subscription) -> list[Difference]:
    """Bring a subscription and the gateway into line; what was not, and has been repaired.

    Raises `GatewayError`, and `Busy` where somebody else does it just now.
    """
    with alone_at_the_gateway(subscription.pk):
        gateway, now = gateway_of(subscription), clock.now()
        found = [*_settle_open(subscription), *_look_at_charges(gateway, subscription)]
        ending.end_if_over(organisation_id=subscription.organisation_id)
        found += _look_at_renewals(gateway, _fresh(subscription))
        found += _look_for_silence(_fresh(subscription))
        renewals.follow_alone(_fresh(subscription))
        Subscription.objects.filter(pk=subscription.pk).update(checked_at=now)
    return found


def reconcile_due() -> int:
    """Those whose period is over and that should have been renewed by now; how many were looked at."""
    now = clock.now()
    due = Subscription.objects.filter(
        Q(checked_at=None) | Q(checked_at__lte=now - ASKED_AGAIN),
        status=SubscriptionStatus.ACTIVE,
        price__isnull=False,
        period_end__lte=now,
    )
    return sum(_try(subscription) is not None for subscription in list(at_hand(due)))


def reconcile_all() -> Report:
    """Every subscription, every night, and payments that were given up but may have come after all."""
    report = Report()
    before = _paid()
    settling.settle_late()
    report.differences += [Difference("late money", str(pk), reference) for reference, pk in _paid() - before]
    for subscription in at_hand(subscriptions()).order_by("pk").iterator(chunk_size=200):
        found = _try(subscription)
        report.checked += found is not None
        report.failed += found is None
        report.differences += found or []
    _record(report)
    return report


def last_report() -> ActivityLog | None:
    """The nightly run's latest line: `details` has `checked`, `failed`, and up to 100 `differences`."""
    return ActivityLog.objects.filter(action=Action.BILLING_RECONCILED).order_by("-created_at").first()


def _try(subscription: Subscription) -> list[Difference] | None:
    """None where it could not be done; the next run does it."""
    try:
        return reconcile(subscription=subscription)
    except Busy:
        logger.info("reconciled by another", extra={"subscription": str(subscription.pk)})
    except GatewayError:
        logger.warning("not reconciled", extra={"subscription": str(subscription.pk)}, exc_info=True)
    except Exception:
        logger.exception("not reconciled", extra={"subscription": str(subscription.pk)})
    return None


def _fresh(subscription: Subscription) -> Subscription:
    return subscriptions().get(pk=subscription.pk)


# --- payments ----------------------------------------------------------------------------------------------


def _settle_open(subscription: Subscription) -> Iterator[Difference]:
    for payment in Payment.objects.filter(
        organisation_id=subscription.organisation_id,
        status__in=OPEN_PAYMENTS,
        gateway=subscription.gateway,
        test_mode=subscription.test_mode,
    ):
        if settling.settle(payment=payment).status == PaymentStatus.SUCCEEDED:
            yield _difference("unsettled", subscription, payment.reference)


def _look_at_charges(gateway: Gateway, subscription: Subscription) -> Iterator[Difference]:
    """Those that we do not know, and those that we do not know to have succeeded; oldest first."""
    for charge in _charges(gateway, subscription):
        payment = Payment.objects.filter(gateway=gateway.name, reference=charge.reference).first()
        if payment is None:
            yield from _take_in(gateway, subscription, charge)
        elif charge.state is State.SUCCEEDED and payment.paid_at is None:
            settling.settle(payment=payment)
            yield _difference("unsettled", subscription, charge.reference)


def _charges(gateway: Gateway, subscription: Subscription) -> list[Charge]:
    since = min(subscription.checked_at or subscription.started_at, clock.now() - LOOKED_BACK)
    cards = PaymentMethod.objects.filter(
        organisation_id=subscription.organisation_id, gateway=gateway.name, test_mode=gateway.test_mode
    )
    found: list[Charge] = []
    for customer_code in sorted(set(cards.values_list("customer_code", flat=True))):
        found += reversed(list(gateway.charges_of(customer_code=customer_code, since=since)))
    return found


def _take_in(gateway: Gateway, subscription: Subscription, charge: Charge) -> Iterator[Difference]:
    """A renewal that the gateway has charged, or tried to, by itself."""
    price = _price_of(gateway, charge)
    if price is None:
        if charge.state is State.SUCCEEDED:
            yield _difference("unknown charge", subscription, charge.reference)
        return
    if charge.state is State.SUCCEEDED:
        settling.settle(payment=_renewal(gateway, subscription, charge, price))
    elif charge.state is State.FAILED and _is_awaited(subscription, price):
        settling.settle_with(payment=_renewal(gateway, subscription, charge, price), charge=charge)


def _price_of(gateway: Gateway, charge: Charge) -> PlanPrice | None:
    if not charge.plan_code:
        return None
    known = GatewayPlan.objects.filter(
        gateway=gateway.name, test_mode=gateway.test_mode, code=charge.plan_code
    )
    return PlanPrice.objects.filter(gateway_plans__in=known).first()


def _is_awaited(subscription: Subscription, price: PlanPrice) -> bool:
    """Whether a renewal on that price is due about now, so that its failure matters."""
    fresh = _fresh(subscription)
    return price == (fresh.next_price or fresh.price) and is_due(fresh, at=clock.now())


def _renewal(gateway: Gateway, subscription: Subscription, charge: Charge, price: PlanPrice) -> Payment:
    """Its row, with what we ask for that price; what was charged is compared with it."""
    payment, _made = Payment.objects.get_or_create(
        gateway=gateway.name,
        reference=charge.reference,
        defaults={
            "organisation_id": subscription.organisation_id,
            "purpose": Purpose.RENEWAL,
            "price": price,
            "test_mode": gateway.test_mode,
            "amount_minor": price.amount_minor,
            "currency": price.currency,
            "created_at": clock.now(),
        },
    )
    return payment


# --- renewals ----------------------------------------------------------------------------------------------


def _look_at_renewals(gateway: Gateway, subscription: Subscription) -> Iterator[Difference]:
    live = list(renewals.live_renewals(gateway, subscription))
    for found in live:
        if not Subscription.objects.filter(gateway=gateway.name, gateway_code=found.code).exists():
            gateway.end_renewals(code=found.code, token=found.token)
            yield _difference("unknown renewals", subscription, found.code)
    if not subscription.gateway_code or renewals.wish_of(subscription) is None:
        return
    listed = (found for found in live if found.code == subscription.gateway_code)
    ours = next(listed, None) or gateway.find_renewals(code=subscription.gateway_code)
    if ours is not None and ours.state not in renewals.LIVE:
        yield from _ended_elsewhere(subscription)
    elif ours is not None and ours.state is RenewalState.FAILING and is_due(subscription, at=clock.now()):
        _begin_dunning(subscription)
    elif ours is None or _is_off(gateway, subscription, ours):
        code = subscription.gateway_code
        mine = Subscription.objects.filter(pk=subscription.pk, gateway_code=code)
        mine.update(gateway_code="", gateway_token="")
        yield _difference("renewals not as wished", subscription, code)


def _ended_elsewhere(subscription: Subscription) -> Iterator[Difference]:
    """By the customer, on a page or in a letter of the gateway's: that is a cancellation."""
    with transaction.atomic():
        row = locked(subscription.organisation_id)
        if row is None or row.gateway_code != subscription.gateway_code or renewals.wish_of(row) is None:
            return
        ending.cancel_at_end(row, by=None)
        ending.tell_of_cancellation(row)
    yield _difference("ended at the gateway", subscription, subscription.gateway_code)


def _is_off(gateway: Gateway, subscription: Subscription, ours: Renewals) -> bool:
    """Whether they would charge something else. Not asked near the period's end, when they may just have
    charged."""
    wish = renewals.wish_of(subscription)
    if wish is None or is_due(subscription, at=clock.now()):
        return False
    return not renewals.is_as_wished(ours, wish, plan_code=renewals.plan_code(gateway, wish.price))


def _look_for_silence(subscription: Subscription) -> Iterator[Difference]:
    """A period that is over without a renewal, paid or failed: we ask for it ourselves. At once where the
    gateway was not to ask, else after a day without a word of it."""
    period_end = subscription.period_end
    leaving = subscription.cancel_at_period_end or subscription.paused_at
    active = subscription.status == SubscriptionStatus.ACTIVE and subscription.price_id
    patience = NOT_RENEWED if subscription.gateway_code else timedelta()
    if not active or leaving or period_end is None or period_end > clock.now() - patience:
        return
    if _begin_dunning(subscription, at_once=True):
        yield _difference("not renewed", subscription, subscription.gateway_code)


def _begin_dunning(subscription: Subscription, *, at_once: bool = False) -> bool:
    with transaction.atomic():
        row = locked(subscription.organisation_id)
        if row is None or row.period_end != subscription.period_end:
            return False
        if not overdue.begin(row, at_once=at_once):
            return False
        if not at_once or row.card is None:  # else whoever pays is told when that attempt fails
            overdue.tell_of_failure(row)
    return True


# --- events and reports ------------------------------------------------------------------------------------


def _payment(event: GatewayEvent, reference: str) -> Payment | None:
    if not reference:
        return None
    return Payment.objects.filter(gateway=event.gateway, reference=reference).first()


def _subscription(event: GatewayEvent, read: Event) -> Subscription | None:
    """By the renewals' code, else by the customer."""
    known = subscriptions().filter(gateway=event.gateway, test_mode=event.test_mode)
    if read.renewals_code and (found := known.filter(gateway_code=read.renewals_code).first()):
        return found
    if not read.customer_code:
        return None
    cards = PaymentMethod.objects.filter(
        gateway=event.gateway, test_mode=event.test_mode, customer_code=read.customer_code
    )
    return known.filter(organisation_id__in=cards.values("organisation_id")).first()


def _difference(what: str, subscription: Subscription, about: str) -> Difference:
    found = Difference(what, str(subscription.organisation_id), about)
    logger.warning("difference with the gateway", extra=asdict(found))
    return found


def _paid() -> set[tuple[str, UUID]]:
    since = clock.now() - settling.LATE_MONEY
    paid = Payment.objects.filter(status=PaymentStatus.SUCCEEDED, created_at__gt=since)
    return set(paid.values_list("reference", "organisation_id"))


def _record(report: Report) -> None:
    details: dict[str, Any] = {
        "checked": report.checked,
        "failed": report.failed,
        "found": len(report.differences),
        "differences": [asdict(one) for one in report.differences[:100]],
    }
    with in_public():
        record(
            Action.BILLING_RECONCILED,
            actor=None,
            resource=GatewayAccount(gateway="paystack"),
            details=details,
        )
