"""The console's pages of plans: what is offered, who keeps an older version, and publishing them anew."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing import plans as doings
from billing.models import Plan
from console.access import may_change, staff_only, super_admin_only
from console.invoices import billing_tabs
from console.plan_forms import PlanForm
from tenants.accounts.models import User


@require_GET
@staff_only
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan's newest version first, with how many are on each."""
    rows = Plan.objects.annotate(subscribers=Count("subscriptions")).prefetch_related("prices")
    context = {
        "here": "billing",
        "tabs": billing_tabs("plans"),
        "plans": rows.order_by("position", "code", "-version"),
        "first": doings.FIRST_PLAN,
        "may_change": may_change(request.user),
    }
    return render(request, "console/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@super_admin_only
def change_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Publish a plan as the form says; those who are on it keep what they have."""
    newest = Plan.objects.filter(code=code).order_by("-offered", "-version").first()
    if newest is None:
        raise Http404
    return _form(request, PlanForm(request.POST or None, initial=PlanForm.initial_of(newest)), newest)


@require_http_methods(["GET", "HEAD", "POST"])
@super_admin_only
def new_plan(request: HttpRequest) -> HttpResponse:
    return _form(request, PlanForm(request.POST or None, new=True), None)


@require_POST
@super_admin_only
def withdraw_plan(request: HttpRequest, code: str) -> HttpResponse:
    plan = Plan.objects.filter(code=code, offered=True).first()
    if plan is None:
        raise Http404
    try:
        doings.withdraw(by=cast(User, request.user), plan=plan)
    except doings.LastPlan:
        messages.error(request, _("Every organisation begins with this plan: it stays."))
    else:
        messages.success(request, _("Nobody new gets this plan. Whoever is on it keeps it."))
    return redirect("console:plans")


def _form(request: HttpRequest, form: PlanForm, plan: Plan | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        code = plan.code if plan else form.cleaned_data["code"]
        published = doings.publish(
            by=cast(User, request.user), code=code, terms=form.terms(), prices=form.prices()
        )
        words = _("“%(name)s” is offered like this from now on, as version %(version)d.")
        messages.success(request, words % {"name": published.name, "version": published.version})
        return redirect("console:plans")
    context = {
        "here": "billing",
        "form": form,
        "plan": plan,
        "subscribers": plan.subscriptions.count() if plan else 0,
    }
    return render(request, "console/plan.html", context, status=422 if form.errors else 200)
