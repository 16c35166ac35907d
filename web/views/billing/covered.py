"""Organisations that this one's plan covers."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.models import Subscription
from billing.subscriptions import covering
from billing.subscriptions.rights import Refusal
from tenants.models import Membership, Organisation
from web.access import MemberRequest, member_required
from web.views.billing.frame import own_subscription, payer


@require_safe
@member_required
def covered(request: MemberRequest) -> HttpResponse:
    by = payer(request)
    subscription = own_subscription(by)
    if not covering.covers_others(subscription.plan) or subscription.covered_by_id:
        raise Http404
    context = {
        "here": "billing",
        "subscription": subscription,
        "covered": covering.covered(organisation_id=by.organisation_id),
        "coverable": covering.coverable(membership=by),
    }
    return render(request, "web/billing/covered.html", context)


@require_POST
@member_required
def cover(request: MemberRequest, organisation_id: UUID) -> HttpResponse:
    words = _("Your plan covers %(name)s now.")
    return _do(request, organisation_id, covering.cover, words)


@require_POST
@member_required
def uncover(request: MemberRequest, organisation_id: UUID) -> HttpResponse:
    words = _("%(name)s is on the free plan now. Its books are still there.")
    return _do(request, organisation_id, covering.uncover, words)


def _do(
    request: MemberRequest, organisation_id: UUID, do: Callable[..., Subscription], words: str
) -> HttpResponse:
    by = payer(request)
    organisation = get_object_or_404(_reachable(by), pk=organisation_id)
    try:
        do(membership=by, organisation=organisation)
    except Refusal as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words % {"name": organisation.name})
    return redirect("web:covered")


def _reachable(by: Membership) -> QuerySet[Organisation]:
    """Those that could be covered, and those that are."""
    mine = covering.covered(organisation_id=by.organisation_id).values("organisation_id")
    could = covering.coverable(membership=by).values("pk")
    found: QuerySet[Organisation] = Organisation.objects.filter(Q(pk__in=could) | Q(pk__in=mine))
    return found
