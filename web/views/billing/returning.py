"""Back from the page where one pays: what became of it, as the gateway's API tells it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.gateways.registry import mode
from billing.models import Payment
from billing.states import OPEN_PAYMENTS
from billing.subscriptions.checkout import UnknownPayment, return_from_checkout
from web.access import MemberRequest, member_required
from web.fragments import page_or_part
from web.views.billing.frame import payer

LONGEST_REFERENCE: Final = 100
MOST_LOOKS: Final = 20  # by the page itself, some seconds apart


@never_cache
@require_safe
@member_required
def returned(request: MemberRequest) -> HttpResponse:
    """Whatever the address says, the payment is looked up, and only among the organisation's own."""
    by = payer(request)
    reference = request.GET.get("reference") or request.GET.get("trxref") or ""
    if not reference:
        return redirect("web:billing")
    try:
        payment = return_from_checkout(
            reference=reference[:LONGEST_REFERENCE].replace("\0", ""), organisation_id=by.organisation_id
        )
    except UnknownPayment:
        raise Http404 from None
    looks = _looks(request)
    context = {
        "here": "billing",
        "payment": Payment.objects.select_related("price__plan", "invoice").get(pk=payment.pk),
        "open": payment.status in OPEN_PAYMENTS,
        "looks": looks + 1,
        "goes_on": looks < MOST_LOOKS,
        "mode": mode(),
    }
    return page_or_part(
        request,
        context,
        page="web/billing/returned.html",
        part="web/billing/_returned.html",
        target="payment",
    )


def onward(request: MemberRequest, payment: Payment) -> HttpResponse:
    """After the kept card was charged: to what became of it, or to the page where one goes on."""
    if payment.status in OPEN_PAYMENTS and payment.hosted_url:
        return HttpResponseRedirect(payment.hosted_url)
    return redirect(f"{reverse('web:billing_return')}?{urlencode({'reference': payment.reference})}")


def _looks(request: MemberRequest) -> int:
    """How often the page has looked already."""
    given = request.GET.get("looks", "0")
    return min(int(given), MOST_LOOKS) if given.isascii() and given.isdigit() and len(given) < 4 else 0
