"""Ending, pausing and going on: each says beforehand what follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.gateways.contract import NotConfigured
from billing.plans import first_plan
from billing.subscriptions import ending, excess, pausing
from billing.subscriptions.rights import Refusal
from web.access import MemberRequest, member_required
from web.forms.billing import PauseForm
from web.views.billing.frame import in_words, own_subscription, payer, return_address
from web.views.billing.returning import onward


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def cancel(request: MemberRequest) -> HttpResponse:
    """End the plan, after a page that says what happens to the books."""
    by = payer(request)
    if request.method != "POST":
        told = _told_beforehand(request)
        if not told["subscription"].price:
            return redirect("web:billing")
        return render(request, "web/billing/cancel.html", told)
    try:
        ended = ending.cancel(membership=by)
    except Refusal as error:
        messages.error(request, str(error))
    else:
        if ended.cancel_at_period_end:
            messages.success(request, _("Your plan is not renewed any more. You can still change your mind."))
        else:
            messages.success(request, _("You are on the free plan now. All your books are still here."))
    return redirect("web:billing")


@require_POST
@member_required
def keep(request: MemberRequest) -> HttpResponse:
    """Undo a cancellation or a change that is scheduled."""
    by = payer(request)
    try:
        ending.keep(membership=by)
    except Refusal as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your plan goes on as before."))
    return redirect("web:billing")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def pause(request: MemberRequest) -> HttpResponse:
    by = payer(request)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            pausing.pause(membership=by, until=form.until())
        except Refusal as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your plan pauses when this period ends."))
        return redirect("web:billing")
    context = {**_told_beforehand(request), "form": form}
    return render(request, "web/billing/pause.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def resume(request: MemberRequest) -> HttpResponse:
    """Go on; where a new period must be paid for, by the page of the gateway."""
    by = payer(request)
    try:
        done = pausing.resume(membership=by, return_url=return_address(by))
    except (Refusal, NotConfigured) as error:
        messages.error(request, in_words(error))
        return redirect("web:billing")
    if done.payment is not None:
        return onward(request, done.payment)
    messages.success(request, _("Your plan goes on."))
    return redirect("web:billing")


def _told_beforehand(request: MemberRequest) -> dict[str, Any]:
    """What the free plan has no room for."""
    subscription, free = own_subscription(request.membership), first_plan()
    return {
        "here": "billing",
        "subscription": subscription,
        "free": free,
        "excess": excess.over(organisation_id=subscription.organisation_id, plan=free),
    }
