"""What calls of providers have cost this month, of one book, and the budget for them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing import budgets
from billing.costs import costs_of_jobs, costs_of_organisation
from billing.models import Budget
from billing.months import month_of
from collaboration import permissions
from generation.models import BookJob
from tenants.models import Organisation
from web.access import MemberRequest, member_required, member_who_runs, visible_book
from web.forms.limits import MILLION, BudgetForm
from web.views.usage.frame import tabs


@require_safe
@member_required
def costs(request: MemberRequest) -> HttpResponse:
    member_who_runs(request)
    return _page(request, None)


@require_POST
@member_required
def budget(request: MemberRequest) -> HttpResponse:
    by = member_who_runs(request)
    form = BudgetForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    budgets.set_budget(
        organisation=Organisation.objects.get(pk=by.organisation_id),
        by=request.user,
        limit_micros=form.limit_micros(),
        warn_percent=form.cleaned_data["warn_percent"],
    )
    messages.success(request, _("Saved."))
    return redirect("web:costs")


@require_safe
@member_required
def book_costs(request: MemberRequest, book_id: UUID) -> HttpResponse:
    """To the token; for the author and for those who run the organisation."""
    book = visible_book(request, book_id)
    if not permissions.may_see_costs(request.membership, book):
        raise PermissionDenied
    jobs = BookJob.objects.filter(book=book).values_list("pk", flat=True)
    context = {"here": "books", "book": book, "costs": costs_of_jobs(jobs)}
    return render(request, "web/usage/book.html", context)


def _page(request: MemberRequest, form: BudgetForm | None) -> HttpResponse:
    organisation_id = request.membership.organisation_id
    month = month_of(timezone.now())
    present = Budget.objects.filter(organisation_id=organisation_id).first()
    context = {
        "here": "usage",
        "tabs": tabs(request, "costs"),
        "month": month.first,
        "costs": costs_of_organisation(organisation_id, since=month.since, until=month.until),
        "budget": present,
        "form": form or _form(present),
    }
    return render(request, "web/usage/costs.html", context, status=422 if form else 200)


def _form(present: Budget | None) -> BudgetForm:
    if present is None:
        return BudgetForm()
    limit = None if present.limit_micros is None else Decimal(present.limit_micros) / MILLION
    return BudgetForm(initial={"limit": limit and round(limit, 2), "warn_percent": present.warn_percent})
