"""Whom invoices are made out to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.models import BillingProfile
from billing.profiles import change_details
from web.access import MemberRequest, member_required
from web.forms.billing import BillingDetailsForm
from web.views.billing.frame import payer, tabs


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def details(request: MemberRequest) -> HttpResponse:
    by = payer(request)
    profile = BillingProfile.objects.filter(pk=by.organisation_id).first()
    form = BillingDetailsForm(request.POST if request.method == "POST" else None, instance=profile)
    if form.is_valid():
        change_details(by=by, details=form.details())
        messages.success(request, _("Saved. The next invoice has it so."))
        return redirect("web:billing_details")
    context = {"here": "billing", "tabs": tabs(request, "billing_details"), "form": form}
    return render(request, "web/billing/details.html", context, status=422 if form.errors else 200)
