"""The rows of subscriptions, locked in one order, and one visitor at a time at the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

import psycopg
from django.db.models import Q, QuerySet

from billing.models import Payment, Subscription
from tenants.schemas.direct import open_direct

_ROOM = 7_340_005  # of two-part advisory locks; the second part is the subscription's


class Busy(Exception):
    """Somebody else is comparing this subscription with the gateway just now."""


def subscriptions() -> QuerySet[Subscription]:
    """With all that deciding about them takes."""
    return Subscription.objects.select_related(
        "plan", "price__plan", "next_plan", "next_price__plan", "card", "organisation"
    )


def locked(organisation_id: UUID) -> Subscription | None:
    """An organisation's subscription and those that it covers, locked until the transaction ends.

    None where the organisation is gone.
    """
    return locked_all(organisation_id).get(organisation_id)


def locked_all(*organisation_ids: UUID) -> dict[UUID, Subscription]:
    """The same of several organisations, by organisation.

    The rows are locked by themselves and read with their plans afterwards: after waiting for somebody who
    changes a plan, PostgreSQL would compare the new row with the old plan, and leave it out.
    """
    asked = Q(organisation_id__in=organisation_ids)
    rows = Subscription.objects.filter(asked | Q(covered_by__in=Subscription.objects.filter(asked)))
    in_order = rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    return {row.organisation_id: row for row in subscriptions().filter(pk__in=list(in_order))}


def locked_payment(payment: Payment) -> Payment:
    """To be locked after its organisation's subscription."""
    return (
        Payment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("price__plan")
        .get(pk=payment.pk)
    )


@contextmanager
def alone_at_the_gateway(subscription_id: UUID) -> Iterator[None]:
    """Whoever begins or ends renewals does so alone. It locks no row.

    The lock belongs to a transaction on a connection of its own, since a session's would be lost behind a
    pooler. Raises `Busy`; who was before will have seen nearly the same, and the clock comes again.
    """
    key = [_ROOM, subscription_id.int % 2**32 - 2**31]
    own = open_direct(autocommit=False)
    try:
        taken = own.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", key).fetchone()
        if not taken or not taken[0]:
            raise Busy(str(subscription_id))
        yield
    finally:
        with suppress(psycopg.Error):
            own.rollback()
        own.close()
