"""Another plan: a larger one at once, for the difference; a smaller one or another rhythm from the period's
end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from billing import clock, states
from billing.gateways.registry import gateway
from billing.invoicing.issuing import Line
from billing.models import Payment, PlanPrice, Purpose, Subscription, SubscriptionStatus
from billing.subscriptions import asking, covering, excess
from billing.subscriptions.applying import AFRESH
from billing.subscriptions.asking import Money, UnderWay
from billing.subscriptions.checkout import check_offered, settle_earlier
from billing.subscriptions.excess import Excess
from billing.subscriptions.locking import locked
from billing.subscriptions.periods import Period
from billing.subscriptions.rights import Refusal, check_may_manage
from billing.subscriptions.upgrades import Upgrade, upgrade
from insights.actions import Action
from tenants.doorbell import enqueue
from tenants.models import Membership, Organisation

SHOWN_FOR: Final = timedelta(minutes=15)  # an amount that was shown is good for so long


class CannotChange(Refusal):
    """There is no subscription that could be changed now, or it is on that price already."""


class AmountChanged(Refusal):
    """What is due is not what was shown."""

    def __init__(self) -> None:
        super().__init__(_("The amount has changed since it was shown. Look at it once more."))


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a change would do, before it is done. Amounts are in minor units of the price's currency.

    `at_once`: `amount_due_minor` is charged to the card, `credit_minor` of the old plan being taken off, as
    `lines` tell. Else nothing is charged before `changes_at`. Then `next_amount_minor` is charged at
    `next_charge_at`, and so on. `excess` is what is more than the new plan holds: it is kept, readable and
    exportable, but nothing is added. `uncovered` are organisations that fall to the first plan.
    """

    price: PlanPrice
    at_once: bool
    as_of: datetime
    changes_at: datetime
    amount_due_minor: int
    credit_minor: int
    lines: tuple[Line, ...]
    next_charge_at: datetime
    next_amount_minor: int
    excess: Sequence[Excess]
    uncovered: Sequence[Organisation]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What was done. `payment` is None where nothing was due; where it is CHALLENGED or still to be paid, the
    customer goes on at its `hosted_url`, where it FAILED, nothing has changed."""

    subscription: Subscription
    payment: Payment | None


def change_preview(
    *, subscription: Subscription, price: PlanPrice, as_of: datetime | None = None
) -> ChangePreview:
    """What changing to `price` costs and does, at `as_of` (by default now). Raises `CannotChange`,
    `NotOffered`."""
    at = as_of or clock.now()
    _check_changeable(subscription, price, at)
    assert subscription.period_end is not None
    now = upgrade(subscription=subscription, price=price, at=at)
    return ChangePreview(
        price=price,
        at_once=now is not None,
        as_of=at,
        changes_at=at if now else subscription.period_end,
        amount_due_minor=now.amount_minor if now else 0,
        credit_minor=now.credit_minor if now else 0,
        lines=now.lines if now else (),
        next_charge_at=now.period.end if now else subscription.period_end,
        next_amount_minor=price.amount_minor,
        excess=excess.over(organisation_id=subscription.organisation_id, plan=price.plan),
        uncovered=_uncovered(subscription, price),
    )


def change_plan(
    *,
    membership: Membership,
    price: PlanPrice,
    expected_amount_minor: int,
    as_of: datetime | None = None,
    return_url: str = "",
) -> PlanChange:
    """Change to `price` as `change_preview` told.

    With `as_of` of a preview that is not older than `SHOWN_FOR`, exactly what it told is charged; without it
    what is due now, which must not be more than expected. `return_url` is needed where there is no card.
    Raises `NotAllowed`, `CannotChange`, `NotOffered`, `AmountChanged`, `UnderWay`, `asking.GatewayAway`.
    """
    check_may_manage(membership)
    settle_earlier(membership.organisation_id, Purpose.UPGRADE)
    vendor = gateway()
    with transaction.atomic():
        subscription = locked(membership.organisation_id)
        assert subscription is not None
        if asking.is_under_way(subscription, Purpose.UPGRADE):
            raise UnderWay
        at = _moment(as_of)
        _check_changeable(subscription, price, at)
        now = upgrade(subscription=subscription, price=price, at=at)
        _check_amount(now.amount_minor if now else 0, expected_amount_minor, exactly=as_of is not None)
        if now is None:
            _schedule(subscription, price, membership)
            return PlanChange(subscription, None)
        if not now.amount_minor:
            _change_for_nothing(subscription, price, now, membership)
            return PlanChange(subscription, None)
        payment = asking.begin(
            subscription=subscription,
            purpose=Purpose.UPGRADE,
            price=price,
            gateway=vendor,
            amount=Money(now.amount_minor, price.currency),
            period=Period(at, now.period.end),
            by=membership.user,
        )
    if subscription.card is None:
        payment = asking.show_page(payment=payment, return_url=return_url)
    else:
        payment = asking.charge_card(payment=payment, card=subscription.card)
    return PlanChange(Subscription.objects.get(pk=subscription.pk), payment)


def _check_changeable(subscription: Subscription, price: PlanPrice, at: datetime) -> None:
    check_offered(price)
    if subscription.covered_by_id:
        raise CannotChange(_("Another organisation pays for this one, and chooses its plan."))
    if subscription.status == SubscriptionStatus.PAST_DUE:
        raise CannotChange(_("The last renewal is not paid yet. Change the card to pay it."))
    if subscription.status == SubscriptionStatus.PAUSED:
        raise CannotChange(_("Your subscription is paused. Resume it first."))
    if not subscription.price or not subscription.period_end or subscription.period_end <= at:
        raise CannotChange(_("There is no subscription to change. Subscribe first."))
    if price == subscription.price:
        raise CannotChange(_("You are on this plan already."))


def _check_amount(due_minor: int, expected_minor: int, *, exactly: bool) -> None:
    if due_minor > expected_minor or (exactly and due_minor != expected_minor):
        raise AmountChanged


def _moment(as_of: datetime | None) -> datetime:
    now = clock.now()
    if as_of is None:
        return now
    if not now - SHOWN_FOR <= as_of <= now:
        raise AmountChanged
    return as_of


def _schedule(subscription: Subscription, price: PlanPrice, membership: Membership) -> None:
    """From the period's end on. The gateway is to begin the new price's renewals then, in place of these."""
    states.move(
        subscription,
        SubscriptionStatus.ACTIVE,
        action=Action.PLAN_CHANGE_SCHEDULED,
        by=membership.user,
        details={"plan": price.plan.code, "interval": price.interval},
        **{**AFRESH, "next_plan": price.plan, "next_price": price},
    )
    enqueue("billing.follow_up", organisation_id=subscription.organisation_id)


def _change_for_nothing(
    subscription: Subscription, price: PlanPrice, now: Upgrade, membership: Membership
) -> None:
    """In the last seconds of a period nothing is due: see `proration`."""
    states.move(
        subscription,
        SubscriptionStatus.ACTIVE,
        action=Action.PLAN_CHANGED,
        by=membership.user,
        details={"before": subscription.plan.code, "plan": price.plan.code, "interval": price.interval},
        **{**AFRESH, "plan": price.plan, "price": price, "period_end": now.period.end},
    )
    covering.follow_payer(subscription)
    enqueue("billing.follow_up", organisation_id=subscription.organisation_id)


def _uncovered(subscription: Subscription, price: PlanPrice) -> Sequence[Organisation]:
    if covering.covers_others(price.plan):
        return []
    mine = covering.covered(organisation_id=subscription.organisation_id)
    return [one.organisation for one in mine]
