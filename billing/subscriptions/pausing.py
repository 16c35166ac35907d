"""Pausing a subscription and going on with it.

A pause begins when what is paid for has run out. Until the subscription goes on, nothing is charged, and no
new books are made: the limits refuse them while it is PAUSED.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from billing import clock, states
from billing.gateways.registry import gateway
from billing.models import Payment, PaymentStatus, Purpose, Subscription, SubscriptionStatus
from billing.subscriptions import asking, covering, telling
from billing.subscriptions.applying import AFRESH
from billing.subscriptions.asking import Money, UnderWay
from billing.subscriptions.changing import PlanChange
from billing.subscriptions.checkout import settle_earlier
from billing.subscriptions.locking import locked
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.rights import Refusal, check_may_manage
from insights.actions import Action
from notifications.models import Kind
from tenants.accounts.models import User
from tenants.doorbell import enqueue
from tenants.models import Membership


class CannotPause(Refusal):
    """Nothing renews itself, or the day is not after the paid period's end."""


class CannotResume(Refusal):
    """It is not paused, or has no card."""


def pause(*, membership: Membership, until: datetime | None) -> Subscription:
    """Pause when the paid period is over, up to `until`, or until somebody resumes.

    Raises `NotAllowed` and `CannotPause`.
    """
    check_may_manage(membership)
    with transaction.atomic():
        subscription = locked(membership.organisation_id)
        _check_pausable(subscription, until)
        assert subscription is not None
        states.move(
            subscription,
            SubscriptionStatus.ACTIVE,
            action=Action.SUBSCRIPTION_PAUSE_ASKED,
            by=membership.user,
            details={"from": telling.moment(subscription.period_end), "until": telling.moment(until)},
            paused_at=clock.now(),
            resumes_at=until,
            next_plan=None,
            next_price=None,
        )
        enqueue("billing.follow_up", organisation_id=subscription.organisation_id)
    return subscription


def resume(*, membership: Membership, return_url: str = "") -> PlanChange:
    """Go on: at once and for nothing while the paid period lasts, else with a payment by the card, or on a
    hosted page where there is none.

    Raises `NotAllowed`, `CannotResume`, `UnderWay`, `asking.GatewayAway`.
    """
    check_may_manage(membership)
    settle_earlier(membership.organisation_id, Purpose.SUBSCRIBE)
    _begin_pause(membership.organisation_id)  # where it was due and the clock has not come by yet
    return _go_on(membership.organisation_id, by=membership.user, return_url=return_url)


def begin_due_pauses() -> int:
    """Pause what was to be paused at the end of its period; how many were."""
    due = Subscription.objects.filter(
        status=SubscriptionStatus.ACTIVE, paused_at__isnull=False, period_end__lte=clock.now()
    ).exclude(price=None)
    return one_by_one(_begin_pause, due.values_list("organisation_id", flat=True))


def resume_due() -> int:
    """Go on with what was paused up to now; how many do. One that cannot be paid stays paused."""
    due = Subscription.objects.filter(status=SubscriptionStatus.PAUSED, resumes_at__lte=clock.now())
    return one_by_one(
        _resume_by_itself, due.filter(covered_by=None).values_list("organisation_id", flat=True)
    )


def _go_on(organisation_id: UUID, *, by: User | None, return_url: str = "") -> PlanChange:
    vendor = gateway()
    with transaction.atomic():
        subscription = locked(organisation_id)
        if subscription is None or not subscription.price or not subscription.paused_at:
            raise CannotResume(_("The subscription is not paused."))
        if subscription.status == SubscriptionStatus.ACTIVE and not _is_over(subscription):
            _unpause(subscription, by)
            return PlanChange(subscription, None)
        if asking.is_under_way(subscription, Purpose.SUBSCRIBE):
            raise UnderWay
        if subscription.card is None and not return_url:
            raise CannotResume(_("There is no card to charge. Add one first."))
        payment = asking.begin(
            subscription=subscription,
            purpose=Purpose.SUBSCRIBE,
            price=subscription.price,
            gateway=vendor,
            amount=Money.of(subscription.price),
            by=by,
        )
    if subscription.card is None:
        payment = asking.show_page(payment=payment, return_url=return_url)
    else:
        payment = asking.charge_card(payment=payment, card=subscription.card)
    return PlanChange(Subscription.objects.get(pk=subscription.pk), payment)


def _unpause(subscription: Subscription, by: User | None) -> None:
    states.move(
        subscription,
        SubscriptionStatus.ACTIVE,
        action=Action.SUBSCRIPTION_RESUMED,
        by=by,
        details={"plan": subscription.plan.code},
        **AFRESH,
    )
    enqueue("billing.follow_up", organisation_id=subscription.organisation_id)


def _begin_pause(organisation_id: UUID) -> bool:
    with transaction.atomic():
        subscription = locked(organisation_id)
        if subscription is None or not subscription.paused_at or not _is_over(subscription):
            return False
        if subscription.status != SubscriptionStatus.ACTIVE:
            return False
        states.move(
            subscription,
            SubscriptionStatus.PAUSED,
            action=Action.SUBSCRIPTION_PAUSED,
            details={"plan": subscription.plan.code},
        )
        covering.follow_payer(subscription)
        telling.tell(subscription, Kind.SUBSCRIPTION_PAUSED, until=telling.moment(subscription.resumes_at))
    return True


def _resume_by_itself(organisation_id: UUID) -> bool:
    """Once: whoever wants it later resumes it by hand."""
    Subscription.objects.filter(organisation_id=organisation_id).update(resumes_at=None)
    try:
        change = _go_on(organisation_id, by=None)
    except Refusal:
        change = None
    payment = change.payment if change else None
    going_on = payment is not None and payment.status != PaymentStatus.FAILED
    if not going_on:
        _tell_of_failure(organisation_id, payment)
    return going_on


def _tell_of_failure(organisation_id: UUID, payment: Payment | None) -> None:
    with transaction.atomic():
        subscription = locked(organisation_id)
        if subscription is None or subscription.price is None:
            return
        price = subscription.price
        told = telling.amount(price.amount_minor, price.currency)
        key = str(payment.pk) if payment else f"no card {clock.now():%Y-%m-%d}"
        telling.tell_once(subscription, Kind.PAYMENT_FAILED, key=key, path="/billing/card/", amount=told)


def _check_pausable(subscription: Subscription | None, until: datetime | None) -> None:
    if subscription is None or not subscription.price_id or subscription.status != SubscriptionStatus.ACTIVE:
        raise CannotPause(_("There is no running subscription to pause."))
    if subscription.cancel_at_period_end or subscription.paused_at:
        raise CannotPause(_("It ends or pauses already at the end of the paid period."))
    if until is not None and subscription.period_end is not None and until <= subscription.period_end:
        raise CannotPause(_("Choose a day after the end of what is paid for."))


def _is_over(subscription: Subscription) -> bool:
    return subscription.period_end is not None and subscription.period_end <= clock.now()
