"""The states of subscriptions, payments and refunds, and the moves between them that are allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from billing import emitting
from billing.models import (
    Payment,
    PaymentStatus,
    Refund,
    RefundStatus,
    Subscription,
    SubscriptionStatus,
)
from insights import record
from insights.actions import Action
from tenants.accounts.models import User
from tenants.context import entered, in_public
from tenants.models import Organisation

_Moves = Mapping[str, frozenset[str]]

# A renewal or another plan leaves a subscription ACTIVE. CANCELLED has paid once, and is on the first plan
# again.
SUBSCRIPTION_MOVES: Final[_Moves] = {
    SubscriptionStatus.ACTIVE: frozenset(SubscriptionStatus),
    SubscriptionStatus.TRIALING: frozenset({SubscriptionStatus.ACTIVE}),
    SubscriptionStatus.PAST_DUE: frozenset(
        {SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE, SubscriptionStatus.CANCELLED}
    ),
    SubscriptionStatus.PAUSED: frozenset(
        {SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED, SubscriptionStatus.CANCELLED}
    ),
    SubscriptionStatus.CANCELLED: frozenset({SubscriptionStatus.ACTIVE, SubscriptionStatus.TRIALING}),
}

# Money may come after all for what failed or was given up: a hosted page stays open, a bank takes its time.
# What failed, fails once more when money comes that is not as asked.
PAYMENT_MOVES: Final[_Moves] = {
    PaymentStatus.PENDING: frozenset(PaymentStatus) - {PaymentStatus.PENDING},
    PaymentStatus.CHALLENGED: frozenset(
        {PaymentStatus.SUCCEEDED, PaymentStatus.FAILED, PaymentStatus.ABANDONED}
    ),
    PaymentStatus.FAILED: frozenset({PaymentStatus.SUCCEEDED, PaymentStatus.FAILED}),
    PaymentStatus.ABANDONED: frozenset({PaymentStatus.SUCCEEDED, PaymentStatus.FAILED}),
    PaymentStatus.SUCCEEDED: frozenset(),
}

REFUND_MOVES: Final[_Moves] = {
    RefundStatus.PENDING: frozenset(
        {RefundStatus.SUCCEEDED, RefundStatus.NEEDS_ATTENTION, RefundStatus.FAILED}
    ),
    RefundStatus.NEEDS_ATTENTION: frozenset({RefundStatus.SUCCEEDED, RefundStatus.FAILED}),
    RefundStatus.SUCCEEDED: frozenset(),
    RefundStatus.FAILED: frozenset(),
}

OPEN_PAYMENTS: Final = (PaymentStatus.PENDING, PaymentStatus.CHALLENGED)


class ForbiddenMove(Exception):
    """The row was not in a state from which this move is allowed."""


def move(
    row: Subscription | Payment | Refund,
    to: str,
    *,
    action: Action,
    by: User | None = None,
    details: Mapping[str, Any] | None = None,
    **fields: Any,
) -> None:
    """Move a row, with other fields of it, and record who did what and when (`by` None: the platform).

    Part of the caller's transaction. Raises `ForbiddenMove` where the row is elsewhere by now.
    """
    allowed = [state for state, targets in _moves_of(row).items() if to in targets]
    if not type(row).objects.filter(pk=row.pk, status__in=allowed).update(status=to, **fields):
        raise ForbiddenMove(f"{row._meta.model_name} {row.pk} cannot become {to} from {row.status}")
    row.status = to
    for name, value in fields.items():
        setattr(row, name, value)
    emitting.tell_of_move(row, action)
    note(row, action, by=by, details=details)


def note(
    row: Subscription | Payment | Refund,
    action: Action,
    *,
    by: User | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write a line of the activity log about the organisation; about the row where that is gone."""
    organisation_id = row.payment.organisation_id if isinstance(row, Refund) else row.organisation_id
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    with entered(organisation) if organisation else in_public():
        record(action, actor=by, resource=organisation or row, details=details)


def _moves_of(row: Subscription | Payment | Refund) -> _Moves:
    if isinstance(row, Subscription):
        return SUBSCRIPTION_MOVES
    return PAYMENT_MOVES if isinstance(row, Payment) else REFUND_MOVES
