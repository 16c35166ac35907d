"""The console's pages of calls whose cost nobody knows: lost ones, and those of models without a price."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from billing import reckoning
from billing.ledger import NoSuchEntry
from billing.models import LedgerEntry, LedgerState
from billing.prices import OWN, price_of
from console.access import may_change, staff_only, super_admin_only
from console.cost_forms import BilledForm, ModelForm
from console.invoices import PAGE_SIZE, billing_tabs
from insights import record
from insights.actions import Action
from jobs import control
from jobs.models import Job
from tenants.accounts.models import User
from tenants.models import Organisation


@require_GET
@staff_only
def calls(request: HttpRequest) -> HttpResponse:
    context = {
        "here": "billing",
        "tabs": billing_tabs("calls"),
        "page": Paginator(_unknown(), PAGE_SIZE).get_page(request.GET.get("page")),
        "unpriced": reckoning.unpriced(),
        "may_change": may_change(request.user),
    }
    return render(request, "console/calls.html", context)


@require_GET
@staff_only
def call(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry = get_object_or_404(_unknown(), pk=entry_id)
    return _call(request, entry, BilledForm(initial={"remote_id": entry.remote_id}))


@require_POST
@super_admin_only
def reconcile(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry = get_object_or_404(_unknown(), pk=entry_id)
    form = BilledForm(request.POST)
    if not form.is_valid():
        return _call(request, entry, form)
    given = form.given()
    try:
        with transaction.atomic():
            control.reconcile(step_id=entry.step_id, fence=entry.fence, **given)
            actor = cast(User, request.user)
            record(Action.CALL_RECONCILED, actor=actor, resource=entry, details=given)
    except NoSuchEntry:  # its worker answered after all, or somebody was quicker
        messages.error(request, _("Nothing to do here: it has moved on meanwhile."))
    else:
        messages.success(request, _("The ledger has it as the bill says."))
    return redirect("console:calls")


@require_POST
@super_admin_only
def reckon(request: HttpRequest) -> HttpResponse:
    form = ModelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such model."))
        return redirect("console:calls")
    model = form.cleaned_data
    price, count = price_of(**model), control.reckon_unpriced(**model)
    if price and count:
        details = {**model, "calls": count}
        record(Action.CALLS_RECKONED, actor=cast(User, request.user), resource=price, details=details)
        words = ngettext("%(count)d call is reckoned.", "%(count)d calls are reckoned.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.error(request, _("None was reckoned: this model has no price yet, or it was done already."))
    return redirect("console:calls")


def _call(request: HttpRequest, entry: LedgerEntry, form: BilledForm) -> HttpResponse:
    context = {
        "here": "billing",
        "entry": entry,
        "job": Job.objects.filter(pk=entry.job_id).first(),
        "form": form,
        "may_change": may_change(request.user),
    }
    return render(request, "console/call.html", context, status=422 if form.errors else 200)


def _unknown() -> QuerySet[LedgerEntry]:
    """The oldest first, those of erased organisations among them, which have no name any more."""
    named = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    found = LedgerEntry.objects.filter(state=LedgerState.UNKNOWN).exclude(provider__startswith=OWN)
    return found.annotate(organisation_name=Subquery(named)).order_by("created_at", "pk")
