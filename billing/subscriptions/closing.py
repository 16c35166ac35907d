"""What the end of an organisation, or of its only owner's account, does to its subscription.

Within the transaction of the deletion only a bell is rung. What is to be done can be told from the rows, so
that the clock does it where the bell was lost: an organisation that is being deleted renews nothing
(`renewals.WANTED`).
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction

from billing.gateways.contract import NotConfigured
from billing.models import PaymentMethod, Subscription, SubscriptionStatus
from billing.subscriptions import covering, ending, renewals, telling
from billing.subscriptions.cards import card_of
from billing.subscriptions.locking import locked
from billing.subscriptions.one_by_one import one_by_one
from billing.subscriptions.vendors import gateway_of
from notifications.models import Kind
from tenants.doorbell import enqueue
from tenants.models import Organisation, OrganisationStatus

logger = logging.getLogger(__name__)


def stop_asked(*, organisation: Organisation, **signal: object) -> None:
    """Receiver of `tenants.signals.deletion_asked`."""
    enqueue("billing.stop", organisation_id=organisation.pk)


def tell_to_resume(*, organisation: Organisation, **signal: object) -> None:
    """Receiver of `tenants.signals.organisation_kept`: what was stopped is not begun again unasked."""
    subscription = (
        Subscription.objects.select_related("plan", "organisation")
        .filter(organisation=organisation, cancel_at_period_end=True)
        .first()
    )
    if subscription is not None:
        ends_at = telling.moment(subscription.period_end)
        telling.tell(subscription, Kind.SUBSCRIPTION_STOPPED, ends_at=ends_at)


def stop_before_erasing(*, organisation: Organisation, **signal: object) -> None:
    """Receiver of `tenants.signals.organisation_erasing`: no row goes while its renewals go on. Raises
    `GatewayError`, so that the erasure is tried again."""
    try:
        renewals.follow(organisation_id=organisation.pk)
        for card in PaymentMethod.objects.filter(organisation=organisation):
            gateway_of(card).forget_card(card=card_of(card))
    except NotConfigured:
        logger.exception("renewals of an erased organisation", extra={"of": str(organisation.pk)})


def release_covered(*, organisation: Organisation, **signal: object) -> None:
    """Receiver of `tenants.signals.organisation_erased`: whom it paid for falls back when nobody does."""
    locked(organisation.pk)
    for one in covering.covered(organisation_id=organisation.pk):
        covering.release(one)


def stop(*, organisation_id: UUID) -> bool:
    """Cancel the subscription of an organisation that is being deleted, and end its renewals at once."""
    with transaction.atomic():
        subscription = locked(organisation_id)
        if subscription is None or subscription.organisation.status != OrganisationStatus.DELETING:
            return False
        if subscription.price_id and not subscription.cancel_at_period_end:
            _cancel(subscription)
    return renewals.try_to_follow(organisation_id=organisation_id)


def stop_all() -> int:
    """Those whose bell was lost; how many."""
    going = Subscription.objects.filter(
        organisation__status=OrganisationStatus.DELETING, price__isnull=False, cancel_at_period_end=False
    )
    return one_by_one(lambda pk: stop(organisation_id=pk), going.values_list("organisation_id", flat=True))


def _cancel(subscription: Subscription) -> None:
    if subscription.status == SubscriptionStatus.ACTIVE:
        ending.cancel_at_end(subscription, by=None)
    else:
        ending.fall_back(subscription)
