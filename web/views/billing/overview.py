"""How the plan stands, at a glance."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing import limits
from billing.gateways.registry import mode
from billing.models import Metric, Subscription, SubscriptionStatus
from billing.subscriptions import covering
from billing.subscriptions.rights import may_manage_billing
from web.access import MemberRequest, member_required
from web.views.billing.frame import own_subscription, reader, tabs


@require_safe
@member_required
def overview(request: MemberRequest) -> HttpResponse:
    membership = reader(request)
    subscription = own_subscription(membership)
    organisation_id = membership.organisation_id
    covers = covering.covers_others(subscription.plan) and subscription.covered_by is None
    context = {
        "here": "billing",
        "tabs": tabs(request, "billing"),
        "subscription": subscription,
        "charged": _next_price(subscription),
        "books": limits.allowance(organisation_id, Metric.BOOKS_CREATED),
        "storage": limits.allowance(organisation_id, Metric.STORAGE_USED),
        "covered": covering.covered(organisation_id=organisation_id) if covers else None,
        "may_pay": may_manage_billing(membership),
        "mode": mode(),
    }
    return render(request, "web/billing/overview.html", context)


def _next_price(subscription: Subscription) -> object | None:
    """What is charged at the period's end; None where nothing is."""
    ends = subscription.cancel_at_period_end or subscription.resumes_at or subscription.paused_at
    if ends or subscription.status != SubscriptionStatus.ACTIVE:
        return None
    return subscription.next_price or subscription.price
